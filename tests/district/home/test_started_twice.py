"""A second start in one home ends with a sentence; the first goes on and health shows it."""

from __future__ import annotations

import os

import pytest

from wenpan.commands._single import LOCK, SECOND_START, only_start


def test_the_second_start_is_told_who_runs(tmp_path, capsys):
    with only_start(tmp_path):
        with pytest.raises(SystemExit) as ended, only_start(tmp_path):
            pass
        assert ended.value.code == 1
        assert f"已经在运行（进程 {os.getpid()}）" in capsys.readouterr().err
        assert (tmp_path / SECOND_START).exists()


def test_after_the_first_ended_the_home_is_free(tmp_path):
    with only_start(tmp_path):
        pass
    with only_start(tmp_path):
        assert (tmp_path / LOCK).read_text() == str(os.getpid())
