"""A district 安禾区 with one rival, finance figures on two bases, and people of each role."""

from __future__ import annotations

import io
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest

from tests.district.places import accepted_file
from wenpan.district.observations.models import Batch, Observation, Region

AT = datetime(2022, 10, 20, 9, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def people(make_user):
    roles = ("analyst", "statistician", "leader", "supervisor", "liaison", "auditor")
    return {role: make_user(role) for role in roles} | {
        "second": make_user("statistician", username="second")
    }


@pytest.fixture
def put(regions, people):
    """put("anhe", "revenue", "2022-07", natural="4.7", refund_adjusted="13.6", level="119.19")."""
    count = iter(range(1, 1000))

    def make(region, indicator, period, *, level=None, **growths):
        by = people["analyst"]
        file = accepted_file(next(count), by=by, at=AT, decided_by=by, decided_at=AT)
        batch = Batch.objects.create(submission=file, recorded_at=AT, recorded_by=by)
        figures = [("ytd_growth", basis, text) for basis, text in growths.items()]
        figures += [("ytd", "natural", level)] if level else []
        return [
            Observation.objects.create(
                region=Region.objects.get(code=region), indicator=indicator, period=period, measure=measure,
                basis=basis, value=Decimal(text), value_text=text, unit="亿元" if measure == "ytd" else "%",
                batch=batch, sheet="表1", cell=f"C{n + 5}", recorded_at=AT,
            )
            for n, (measure, basis, text) in enumerate(figures)
        ]  # fmt: skip

    return make


def xlsx(rows, *, merges=(), name="Sheet1"):
    """A workbook of one sheet, cell by cell."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def checked(people, regions, monkeypatch):
    """checked(rows, "口径调整表.xlsx"): a file in the intake, looked at."""
    from wenpan.district.intake import actions, handlers

    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    monkeypatch.setattr(
        handlers,
        "place",
        lambda: handlers.ReaderPlace({"安禾区": "anhe", "东澜区": "donglan"}, {}, "anhe", "ninglan"),
    )

    def look(rows, name, *, merges=(), by="analyst", at=AT):
        data = rows if isinstance(rows, bytes) else xlsx(rows, merges=merges)
        found = actions.submit(data=data, filename=name, by=people[by], at=at)
        return actions.check(submission=found, by=people[by], at=at)

    return look


@pytest.fixture
def accepted(checked, people):
    """The same, and accepted."""
    from wenpan.district.intake import actions

    def send(rows, name, *, merges=(), by="analyst", at=AT):
        found = checked(rows, name, merges=merges, by=by, at=at)
        hard = [(f.check_code, f.cell, f.found) for f in found.findings.all() if f.severity == "hard"]
        assert found.state == found.State.READY, (found.get_state_display(), hard)
        soft = found.findings.filter(severity="soft").values_list("key", flat=True)
        if soft:
            actions.explain(submission=found, reasons=dict.fromkeys(soft, "已核实"), by=people[by], at=at)
        return actions.accept(submission=found, by=people[by], at=at)

    return send
