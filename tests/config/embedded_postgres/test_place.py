"""Where a server's files go."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

from config.embedded_postgres import ServerError, destroy, ensure_running, release
from config.embedded_postgres.place import SYSTEM_HOME, place_of
from tests.config.embedded_postgres.asking import ask


def test_it_refuses_a_path_the_shell_would_read(data_dir: Path) -> None:
    with pytest.raises(ServerError, match="may not hold"):
        ensure_running(data_dir / "$HOME")
    assert not data_dir.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's folders can be out of reach")
def test_root_may_keep_the_folder_to_itself() -> None:
    """A clone under /root: the server's account can reach neither data nor programs."""
    top = Path(tempfile.mkdtemp(prefix="aqwal-root-"))
    try:
        top.chmod(0o700)
        assert ensure_running(top, durable=False).started
        assert stat.S_IMODE(top.stat().st_mode) == 0o700
        home = place_of(top).home
        assert home.parent == SYSTEM_HOME
        assert ask(top, "SELECT current_user") == "aqwal"
        assert release(top)
        destroy(top)
        assert not home.exists()
    finally:
        shutil.rmtree(top)
