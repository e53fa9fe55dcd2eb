"""Receiving a file: straight to disk, and not at all where it is too large."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    SkipFile,
    TemporaryFileUploadHandler,
)

# What a form around the file may add to a request.
ROOM = 64 * 1024


def most_bytes() -> int:
    """The largest file taken."""
    return int(settings.AQWAL_UPLOAD_MB) * 1024 * 1024


class Received(TemporaryUploadedFile):
    """A file under way, in the data folder: the system's temporary one may be small memory."""

    def __init__(self, name: Any, content_type: Any, charset: Any, extra: Any) -> None:
        folder = Path(settings.AQWAL_UPLOADS)
        folder.mkdir(parents=True, exist_ok=True)
        # Closed, and so removed, by whoever has the request.
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=folder)  # noqa: SIM115
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)


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
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = Received(
            self.file_name, self.content_type, self.charset, self.content_type_extra
        )
