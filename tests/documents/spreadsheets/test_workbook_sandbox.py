"""The sandbox: a file may hang or eat memory, and only the child dies."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from tests.documents.fixtures import workbooks as made
from tests.documents.fixtures.place import context
from wenpan.district.ground import sandbox
from wenpan.documents.spreadsheets.workbook import Unreadable

TABLE = made.two_row_header()


@pytest.fixture(autouse=True)
def _end_children(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("WENPAN_SANDBOX", raising=False)
    yield
    sandbox.stop()


def test_the_child_reads_what_the_process_itself_would(monkeypatch: pytest.MonkeyPatch) -> None:
    there = sandbox.parse(TABLE, "表.xlsx", context())
    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    here = sandbox.parse(TABLE, "表.xlsx", context())
    assert there.figures == here.figures and there.ranks == here.ranks and there.findings == here.findings


def test_one_child_serves_many_files() -> None:
    sandbox.parse(TABLE, "表.xlsx", context())
    first = sandbox._IDLE[0].process.pid
    for _ in range(3):
        sandbox.parse(TABLE, "表.xlsx", context())
    assert [child.process.pid for child in sandbox._IDLE] == [first]


def test_a_refusal_comes_back_with_its_code_and_the_child_lives_on() -> None:
    with pytest.raises(Unreadable) as refusal:
        sandbox.parse(made.far_cell(), "远.xlsx", context())
    assert refusal.value.code == "far_cells"
    assert len(sandbox._IDLE) == 1


def test_a_file_that_takes_too_long_is_stopped_and_nothing_stays() -> None:
    with pytest.raises(Unreadable) as refusal:
        sandbox.parse(TABLE, "慢.xlsx", context(), seconds=0.001)
    assert refusal.value.code == "timeout" and "请" in refusal.value.message
    assert sandbox._IDLE == []
    assert sandbox.parse(TABLE, "表.xlsx", context()).figures


def test_a_file_that_wants_too_much_memory_is_refused() -> None:
    sheet = b"".join(
        b'<row r="%d"><c r="A%d"><v>%d</v></c><c r="WA%d"><v>1</v></c></row>' % (n, n, n, n)
        for n in range(1, 7000)
    )
    with pytest.raises(Unreadable) as refusal:
        sandbox.parse(made.with_sheet_xml(sheet), "宽.xlsx", context(), megabytes=100)
    assert refusal.value.code == "memory"
    assert sandbox.parse(TABLE, "表.xlsx", context()).figures


def test_a_child_that_was_killed_is_replaced() -> None:
    sandbox.parse(TABLE, "表.xlsx", context())
    child = sandbox._IDLE[0]
    child.process.kill()
    child.process.wait()
    assert sandbox.parse(TABLE, "表.xlsx", context()).figures
    assert sandbox._IDLE[0] is not child


def test_threads_do_not_share_a_child_at_the_same_time() -> None:
    got: list[int] = []
    threads = [
        threading.Thread(target=lambda: got.append(len(sandbox.parse(TABLE, "表.xlsx", context()).figures)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(got)) == 1 and len(got) == 4
    assert len(sandbox._IDLE) <= 2


@pytest.mark.skipif(not Path("/proc").exists(), reason="reads /proc")
def test_no_zombies_stay() -> None:
    for _ in range(3):
        with pytest.raises(Unreadable):
            sandbox.parse(TABLE, "慢.xlsx", context(), seconds=0.001)
    sandbox.stop()
    children = [
        p for p in Path("/proc").glob("[0-9]*/stat") if _parent(p) == os.getpid() and " Z " in p.read_text()
    ]
    assert children == []


def _parent(path: Path) -> int:
    try:
        return int(path.read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError):
        return -1


def test_findings_are_marked_in_the_child_too() -> None:
    assert sandbox.annotate(TABLE, "表.xlsx", [])[:2] == b"PK"
