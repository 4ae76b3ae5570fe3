"""A district with two towns and two offices, and workbooks as they are kept there."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import count

import pytest

from wenpan.demo.files.grid import PrintedSheet, workbook

AT = datetime(2022, 10, 10, 9, 0, tzinfo=timezone(timedelta(hours=8)))
LIST_HEAD = [
    "项目代码",
    "项目名称",
    "建设单位",
    "规模",
    "类别",
    "所在镇街",
    "行业主管部门",
    "计划总投资(万元)",
    "开工年月",
    "计划竣工年月",
    "入库年月",
    "统计状态",
]
KEY_HEAD = [
    "编号",
    "项目名称",
    "建设单位",
    "级别",
    "所在镇街",
    "责任单位",
    "总投资(万元)",
    "年度计划投资(万元)",
    "本年完成投资(万元)",
    "计划开工",
    "计划竣工",
    "实际开工",
    "实际竣工",
    "阶段",
]
RETURN_HEAD = [
    "项目代码",
    "项目名称",
    "自开工累计完成投资",
    "本年累计完成投资",
    "建设状态",
    "形象进度",
    "依据",
]


@pytest.fixture
def units(db):
    from wenpan.district.accounts.actions import sync_units

    names = [
        ("tongxi", "桐溪镇", "town"),
        ("liuwan", "柳湾镇", "town"),
        ("jfj", "经发局", "department"),
        ("zjj", "住建局", "department"),
    ]
    sync_units(units=[{"code": c, "name": n, "short_name": n, "kind": k} for c, n, k in names], by=None)


@pytest.fixture(autouse=True)
def place(db, units, monkeypatch):
    from wenpan.district.intake import handlers
    from wenpan.district.observations.actions import sync_regions

    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    sync_regions(
        regions=[{"code": "anhe", "name": "安禾区", "home": True}],
        city={"code": "n", "name": "宁澜市"},
        by=None,
    )
    names = {"桐溪镇": "tongxi", "柳湾镇": "liuwan", "经发局": "jfj", "住建局": "zjj"}
    monkeypatch.setattr(
        handlers, "place", lambda: handlers.ReaderPlace({"安禾区": "anhe"}, names, "anhe", "n")
    )


@pytest.fixture
def analyst(make_user):
    return make_user("analyst")


def project_row(code="P1", name="桐溪智造园", **more):
    row = {
        "code": code,
        "name": name,
        "owner": "安禾实业",
        "band": "5000万元以上",
        "kind": "工业",
        "town": "桐溪镇",
        "office": "经发局",
        "total": 10_000.0,
        "opened": "2021年3月",
        "finish": "2023年3月",
        "entered": "2021年4月",
        "state": "在库",
        **more,
    }
    return list(row.values())


@pytest.fixture
def row():
    return project_row


def list_file(*rows, title="安禾区投资统计在库项目清单", head=LIST_HEAD):
    return workbook([PrintedSheet("在库项目", title, "填报单位: 统计局", [head], list(rows))])


def key_file(*rows, title="安禾区2022年重点建设项目计划表", head=KEY_HEAD):
    return workbook([PrintedSheet("重点项目", title, "9月", [head], list(rows))])


def return_file(month, *rows, subtitle="单位:万元"):
    year, number = month.split("-")
    title = f"安禾区{year}年{int(number)}月投资项目月报"
    return workbook([PrintedSheet("月报", title, subtitle, [RETURN_HEAD], list(rows))])


def history_file(rows, months):
    head = ["项目代码", "项目名称", *(f"{m[:4]}年{int(m[5:])}月" for m in months)]
    return workbook([PrintedSheet("累计", "安禾区项目累计完成投资", "单位:万元", [head], rows)])


@pytest.fixture
def files():
    class Files:
        list, key, returns, history = map(staticmethod, (list_file, key_file, return_file, history_file))

    return Files


@pytest.fixture
def checked(analyst):
    numbers = count(1)

    def send(data, name=""):
        from wenpan.district.intake import actions

        submission = actions.submit(data=data, filename=name or f"表{next(numbers)}.xlsx", by=analyst, at=AT)
        return actions.check(submission=submission, at=AT)

    return send


@pytest.fixture
def accepted(checked, analyst):
    def send(data, name="", at=AT):
        from wenpan.district.intake import actions

        submission = checked(data, name)
        assert submission.state == "ready", list(submission.findings.values_list("check_code", "found"))
        keys = list(submission.findings.filter(severity="soft").values_list("key", flat=True))
        if keys:
            actions.explain(submission=submission, reasons=dict.fromkeys(keys, "已核实"), by=analyst, at=at)
        return actions.accept(submission=submission, by=analyst, at=at)

    return send


@pytest.fixture
def said():
    """said(submission): check code -> what was found."""

    def codes(submission):
        return dict(submission.findings.values_list("check_code", "found"))

    return codes
