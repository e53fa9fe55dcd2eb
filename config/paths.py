"""The two folders everything else is found from. No Django here."""

from __future__ import annotations

from pathlib import Path

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent

# Everything Aqwal writes: database, secret key, collected static files. Several data
# folders make several independent instances of one working copy.
DATA_DIR = env.folder("AQWAL_DATA_DIR", BASE_DIR / "var")
