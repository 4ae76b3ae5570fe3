"""A district with two rivals, and files whose content is JSON: what the reader would have read.

The reader itself is tested with real workbooks in tests/documents and tests/flows.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from wenpan.documents.spreadsheets.workbook import Unreadable
from wenpan.documents.tables.explained import ExplainedColumn, ExplainedTable, LeftOutRow, TableQuestion
from wenpan.documents.tables.reading import Figure, Reading
from wenpan.economy.quality.finding import CheckFinding, Severity


def figure(indicator="retail", value="5.1", *, region="anhe", period="2022-09", measure="ytd_growth", **more):
    number = None if value in ("-", "…") else Decimal(value)
    status = {"-": "not_assessed", "…": "missing"}.get(value, "value")
    unit = "%" if measure.endswith("growth") else "亿元"
    return {"region": region, "indicator": indicator, "period": period, "measure": measure,
            "basis": "natural", "status": status, "value": None if number is None else str(number),
            "text": value, "unit": unit, "sheet": "表1", "cell": "C5", **more}  # fmt: skip


def workbook(*figures, kind="indicator_table", period="2022-09", findings=(), broken="", **more) -> bytes:
    placed = [{**f, "cell": f"C{i}"} if f["cell"] == "C5" else f for i, f in enumerate(figures, 5)]
    return json.dumps({"kind": kind, "period": period, "figures": placed, "findings": list(findings),
                       "broken": broken, **more}).encode()  # fmt: skip


def _parse(data, filename, context, **limits):
    said = json.loads(data)
    if said["broken"]:
        raise Unreadable(said["broken"], "打不开")
    period = context.period or said["period"]
    values = [None if f["value"] is None else Decimal(f["value"]) for f in said["figures"]]
    figures = [
        Figure(**{**f, "value": value, "period": f["period"] or period})
        for f, value in zip(said["figures"], values, strict=True)
    ]
    findings = [CheckFinding(**{**f, "severity": Severity(f["severity"])}) for f in said["findings"]]
    tables = [_explained(t, context) for t in said.get("tables", ())]
    if tables and not all(t.taught for t in tables):
        question = TableQuestion("layout", "“增减”是什么意思不明确")
        return Reading(said["kind"], title=said.get("title", ""), tables=tables, question=question)
    return Reading(
        kind=said["kind"],
        title=said.get("title", "主要经济指标"),
        period=period,
        period_from="title",
        figures=figures,
        findings=findings,
        rows=len(figures),
        tables=tables,
    )


def _explained(said, context):
    """A table of two columns that somebody must explain: {"title", "signature", "header"}."""
    columns = [
        ExplainedColumn("表1", 0, "A", ("指标",), ("社零",), "key", role="indicator"),
        ExplainedColumn("表1", 1, "B", (said.get("header", "增减"),), ("5.1", "3.0"), "asked", unread=2),
    ]
    taught = context.layouts.get(said["signature"])
    if taught:
        column = {k: v for k, v in taught["columns"]["1"].items() if k != "role"}
        columns[1] = replace(columns[1], understood="figure", role="figure", unread=0, **column)
    left = () if taught else (LeftOutRow("表1", 6, "社消", "目录里没有这个名称"),)
    return ExplainedTable(
        "表1", said["title"], "indicator_table", "figures", (4,), (("指标", "增减"),), (("社零", "5.1"),),
        tuple(columns), said["signature"], taught=bool(taught), rows_left_out=left,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def reader(monkeypatch):
    """Files are JSON here, and the checks of figures are silent: they have their own tests."""
    from wenpan.district.ground import sandbox
    from wenpan.district.intake import examination
    from wenpan.district.observations import handler, hooks

    monkeypatch.setattr(sandbox, "parse", _parse)
    monkeypatch.setattr(examination, "workbook_kinds", dict)
    monkeypatch.setattr(hooks.FIGURES_CHANGED, "listeners", [])  # judging has its own tests
    monkeypatch.setattr(handler, "examine", lambda figures, ledger, context: [])


@pytest.fixture
def analyst(make_user, regions):
    return make_user("analyst")


@pytest.fixture
def checked(analyst):
    """checked(workbook(…)): uploaded and checked."""
    from wenpan.district.intake import actions

    def make(data, *, name="九月.xlsx", by=None, at=None, **more):
        submission = actions.submit(data=data, filename=name, by=by or analyst, at=at, **more)
        return actions.check(submission=submission, at=at)

    return make


@pytest.fixture
def accepted(checked, analyst):
    """accepted(workbook(…)): in the ledger."""
    from wenpan.district.intake import actions

    def make(data, *, at=None, **more):
        return actions.accept(submission=checked(data, at=at, **more), by=analyst, at=at)

    return make


@pytest.fixture
def make_file():
    return workbook


@pytest.fixture
def make_figure():
    return figure
