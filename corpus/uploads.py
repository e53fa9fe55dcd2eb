"""Receiving a file: straight to disk, and not at all where it is too large."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler

# What a form around the file may add to a request.
ROOM = 64 * 1024


def most_bytes() -> int:
    """The largest file taken."""
    return int(settings.AQWAL_UPLOAD_MB) * 1024 * 1024


class BoundedUpload(TemporaryFileUploadHandler):
    """Django's handler, which writes nothing of a request that is too large.

    The request is still read to its end: a browser whose sending is broken off shows no
    page that could say why.
    """

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Remember how much is coming, before any of it is kept."""
        self._too_large = content_length > most_bytes() + ROOM

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, or pass it over."""
        if self._too_large:
            raise SkipFile
        Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True)
        super().new_file(*args, **kwargs)
