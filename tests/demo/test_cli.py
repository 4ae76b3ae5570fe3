"""The command line: found by file name, quick to start, one clear line when something is wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from wenpan import cli
from wenpan.commands import settings

CODE = Path(cli.__file__).resolve().parents[1]
COMMANDS = sorted(a.dest for a in cli.parser()._subparsers._group_actions[0]._choices_actions)  # type: ignore[union-attr]


def wenpan(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    import os

    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WENPAN_", "DATABASE_URL"))}
    command, env = [sys.executable, "-m", "wenpan", *arguments], {**kept, **environment}
    return subprocess.run(command, cwd=CODE, text=True, check=False, capture_output=True, env=env)


def test_every_module_that_offers_a_command_is_found():
    files = [p for p in (CODE / "wenpan" / "commands").rglob("*.py") if not p.stem.startswith("_")]
    assert {p.stem for p in files if "def add_parser" in p.read_text(encoding="utf-8")} == set(COMMANDS)


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as end:
        cli.main(["--help"])
    assert end.value.code == 0
    text = capsys.readouterr().out
    for command in COMMANDS:
        assert re.search(rf"^\s+{command}\s", text, re.M), command


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as end:
        cli.main([command, "--help"])
    assert end.value.code == 0
    assert len(capsys.readouterr().out) > 100


def test_the_help_is_shown_without_django_or_polars():
    script = (
        "import sys; from wenpan import cli; cli.parser().format_help();"
        "print([m for m in ('django', 'polars', 'numpy') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=CODE, text=True, capture_output=True, check=False
    )
    assert run.stdout.strip() == "[]", run.stderr


def test_without_a_command_the_help_is_shown_and_the_code_says_misuse(capsys):
    assert cli.main([]) == 2
    assert "demo 演示" in capsys.readouterr().out


def test_every_setting_that_the_code_reads_is_documented():
    documented = {s.name for s in settings.SETTINGS}
    read = set()
    for path in (CODE / "wenpan").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        read |= set(
            re.findall(
                r"""environ(?:\.get\(|\[|\.setdefault\(|\.pop\()\s*["'](WENPAN_\w+|DATABASE_URL)["']""", text
            )
        )
        read |= set(re.findall(r"""_key\(["'](WENPAN_\w+)["']\)""", text))
    assert read - documented == set()


def test_settings_never_print_a_secret(capsys, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:geheim@h/d")
    monkeypatch.setenv("WENPAN_SECRET_KEY", "auch-geheim")
    assert cli.main(["settings"]) == 0
    text = capsys.readouterr().out
    assert "geheim" not in text
    assert "(set)" in text


def test_a_misspelt_setting_is_noticed(monkeypatch):
    monkeypatch.setenv("WENPAN_HOMME", "/tmp/x")
    assert "WENPAN_HOMME" in settings.unlisted()


def test_the_demo_never_touches_a_place_that_is_not_a_demo(tmp_path):
    (tmp_path / "wenpan.sqlite3").write_bytes(b"a real place")
    for more in ([], ["--fresh"]):
        run = wenpan("demo", "--no-serve", *more, WENPAN_HOME=str(tmp_path))
        assert run.returncode == 1
        assert run.stderr.startswith("× ") and len(run.stderr.splitlines()) == 1
    assert (tmp_path / "wenpan.sqlite3").read_bytes() == b"a real place"


def test_a_month_that_the_simulator_does_not_know_is_refused_in_one_line(tmp_path):
    for wrong in ("2031-01", "2022-13", "前三季度"):
        run = wenpan("demo", "--no-serve", "--as-of", wrong, WENPAN_HOME=str(tmp_path / "home"))
        assert run.returncode == 1
        assert len(run.stderr.splitlines()) == 1
    assert not (tmp_path / "home").exists()


def test_a_port_in_use_is_said_in_one_line():
    import socket

    from wenpan.commands import serve

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SystemExit):
            serve._free_or_stop("127.0.0.1", taken.getsockname()[1])
