"""`wenpan clocks`: one row per request and clock, from and to plain files; refusals name file and row."""

from __future__ import annotations

import csv

import pytest

from wenpan.cli import main

EVENTS = """request,event,at
A,received,2022-09-30T09:00
A,accepted,2022-09-30T10:00
A,contacted,2022-10-08T09:00
B,received,2022-09-30T09:00
B,accepted,2022-09-30T10:00
B,paused,2022-10-08T08:30
C,received,2022-10-14
"""


@pytest.fixture
def clocks(tmp_path):
    def run(
        text: str = EVENTS, *, rules: str = "shandong", at: str = "2022-10-14T17:00", out: str = "out.csv"
    ):
        (tmp_path / "events.csv").write_text(text, encoding="utf-8")
        named = {"events": tmp_path / "events.csv", "rules": rules, "at": at, "out": tmp_path / out}
        code = main(
            ["clocks", *(word for name, value in named.items() for word in (f"--{name}", str(value)))]
        )
        return code, tmp_path / out

    return run


def test_one_row_per_request_and_clock(clocks):
    code, out = clocks()
    assert code == 0
    rows = {
        (r["request"], r["clock"]): (r["due"], r["state"]) for r in csv.DictReader(out.open(encoding="utf-8"))
    }
    assert rows["A", "contact"] == ("2022-10-08T17:30", "met")
    assert rows["A", "reply"] == ("2022-10-10T17:30", "late")
    assert rows["A", "close"] == ("2022-10-26T17:30", "open")
    assert rows["B", "close"] == ("", "paused")
    assert rows["B", "contact"] == ("2022-10-08T17:30", "late")
    assert rows["C", "close"] == ("", "open")
    assert len(rows) == 12


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text": "request,event\nA,received\n"}, "缺少列 at"),
        ({"text": "request,event,at\nA,arrived,2022-09-30\n"}, "第2行 event"),
        ({"text": "request,event,at\nA,received,yesterday\n"}, "第2行 at"),
        ({"text": "request,event,at\n,received,2022-09-30\n"}, "第2行 request"),
        ({"rules": "atlantis"}, "shandong"),
        ({"rules": "nowhere.yaml"}, "不存在"),
        ({"at": "noon"}, "--at"),
        ({"out": "out.txt"}, "后缀"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(clocks, capsys, change, said):
    code, _ = clocks(**change)
    assert code == 2 and said in capsys.readouterr().err


def test_a_set_of_ones_own_is_a_file(clocks, tmp_path):
    (tmp_path / "own.yaml").write_text(
        "version: '1'\neffective_from: 2022-01-01\nsource: 本区办法\nclocks:\n"
        "  - {code: close, name: 办结, begins: received, ends: [closed], limit: 2, unit: hours}\n",
        encoding="utf-8",
    )
    code, out = clocks(rules=str(tmp_path / "own.yaml"), out="out.jsonl")
    assert code == 0 and '"due":"2022-09-30T11:00","state":"late"' in out.read_text(encoding="utf-8")
