"""The entry point for a web server: `gunicorn config.wsgi`.

It starts no database: `python -m config.serve` (that is, `make run`) does, and a production
server has DATABASE_URL.
"""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()
