"""A place is its owner's alone."""

import os
import sqlite3
import stat

from wenpan.district.ground.private_files import keep_private, mend


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_what_others_could_read_is_mended_and_a_second_time_nothing_is(tmp_path):
    (tmp_path / "originals" / "ab").mkdir(parents=True, mode=0o755)
    for name in ("wenpan.sqlite3", "originals/ab/file"):
        (tmp_path / name).write_text("x")
        (tmp_path / name).chmod(0o644)
    tmp_path.chmod(0o755)
    assert mend(tmp_path) >= 3
    assert mode(tmp_path) == mode(tmp_path / "originals") == 0o700
    assert mode(tmp_path / "wenpan.sqlite3") == mode(tmp_path / "originals/ab/file") == 0o600
    assert mend(tmp_path) == 0


def test_a_link_is_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("x")
    outside.chmod(0o644)
    (tmp_path / "home").mkdir(mode=0o700)
    (tmp_path / "home" / "link").symlink_to(outside)
    mend(tmp_path / "home")
    assert mode(outside) == 0o644


def test_a_generous_umask_makes_nothing_for_others(tmp_path):
    before = os.umask(0)
    try:
        keep_private()
        sqlite3.connect(tmp_path / "new.sqlite3").execute("create table x (y)").connection.close()
        assert mode(tmp_path / "new.sqlite3") == 0o600
    finally:
        os.umask(before)
