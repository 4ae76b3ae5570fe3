"""A district with an attraction office, a town and a park; ledgers of deals as they are kept there."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from itertools import count

import pytest

from wenpan.demo.files.grid import PrintedSheet, workbook

AT = datetime(2022, 10, 10, 9, 0, tzinfo=timezone(timedelta(hours=8)))
TODAY = date(2022, 10, 10)
USCC = "91110000600037341L"
HEAD = [
    "项目编号",
    "项目名称",
    "投资方名称",
    "协议类型",
    "洽谈时间",
    "签约时间",
    "签约认定时间",
    "佐证材料",
    "开工时间",
    "投资总额（万元）",
    "累计到位资金（万元）",
    "项目进展",
    "责任单位",
    "终止时间",
    "终止原因",
    "行业大类",
    "新公司名称",
    "统一社会信用代码",
    "合同外资额（万美元）",
]
_KEYS = [
    "code",
    "name",
    "investor",
    "agreement",
    "talk",
    "signed",
    "approved",
    "paper",
    "started",
    "agreed",
    "arrived",
    "progress",
    "unit",
    "ended",
    "reason",
    "industry",
    "company",
    "uscc",
    "foreign",
]


@pytest.fixture(autouse=True)
def place(db, monkeypatch):
    from wenpan.district.accounts.actions import sync_units
    from wenpan.district.intake import handlers
    from wenpan.district.observations.actions import sync_regions

    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    names = [("zsj", "招商局", "department"), ("tongxi", "桐溪镇", "town"), ("park", "高新园", "park")]
    sync_units(units=[{"code": c, "name": n, "short_name": n, "kind": k} for c, n, k in names], by=None)
    sync_regions(
        regions=[{"code": "anhe", "name": "安禾区", "home": True}],
        city={"code": "n", "name": "宁澜市"},
        by=None,
    )
    known = {name: code for code, name, _kind in names}
    monkeypatch.setattr(
        handlers, "place", lambda: handlers.ReaderPlace({"安禾区": "anhe"}, known, "anhe", "n")
    )


@pytest.fixture
def unit():
    from wenpan.district.accounts.models import Unit

    return lambda code: Unit.objects.get(code=code)


@pytest.fixture
def staff(make_user, unit):
    return make_user("attraction", username="staff", unit=unit("zsj"))


@pytest.fixture
def town(make_user, unit):
    return make_user("liaison", username="town", unit=unit("tongxi"))


@pytest.fixture
def analyst(make_user):
    return make_user("analyst")


def ledger(*rows: dict, title: str = "安禾区招商项目台账"):
    cells = [[row.get(key) for key in _KEYS] for row in rows]
    return workbook([PrintedSheet("台账", title, "", [list(HEAD)], cells)])


def signed_row(name: str = "桐溪智造园", **more) -> dict:
    row = {
        "name": name, "investor": "安禾实业", "agreement": "投资合同", "talk": "2022-01-10",
        "signed": "2022-03-04",
        "paper": "安招合〔2022〕7号", "agreed": 12_000, "unit": "桐溪镇", "industry": "工业类项目_01",
    }  # fmt: skip
    return row | more


@pytest.fixture
def checked(analyst):
    from wenpan.district.intake import actions

    numbers = count(1)

    def send(data, name="", at=AT):
        submission = actions.submit(
            data=data, filename=name or f"台账{next(numbers)}.xlsx", by=analyst, at=at
        )
        return actions.check(submission=submission, at=at)

    return send


@pytest.fixture
def accepted(checked, analyst):
    from wenpan.district.intake import actions

    def send(data, name="", at=AT):
        submission = checked(data, name, at)
        assert submission.state == "ready", list(submission.findings.values_list("check_code", "found"))
        keys = list(submission.findings.filter(severity="soft").values_list("key", flat=True))
        if keys:
            actions.explain(submission=submission, reasons=dict.fromkeys(keys, "已核实"), by=analyst, at=at)
        return actions.accept(submission=submission, by=analyst, at=at)

    return send


@pytest.fixture
def deal(accepted):
    """deal(): one signed deal of 桐溪镇, by its ledger; deal(signed=None): one in talks."""
    from wenpan.district.attraction.models import Deal

    def make(name="桐溪智造园", **more):
        accepted(ledger(signed_row(name, **more)))
        return Deal.objects.get(name=name)

    return make
