"""The one error the private server raises."""

from __future__ import annotations


class ServerError(RuntimeError):
    """The private server cannot be made ready; the message says why in one sentence."""
