"""How Aqwal is put together: settings, addresses, and the private database server."""
