"""Facts of a memo for tests: one of each, changed where a test needs it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from wenpan.district.meetings.memo.facts import (
    SILENT,
    AgreedMatter,
    AskedBefore,
    IndicatorFact,
    MemoFacts,
    RedThing,
    UnitExpectation,
)

ON = date(2022, 11, 18)
AGREED = AgreedMatter(
    matter=7, number="2022-0007", title="完成二期供地", unit="tongxi",
    unit_name="桐溪镇", due=date(2022, 11, 30),
    state="办理", outcome=SILENT, meeting="10月调度会", assigned_on=date(2022, 10, 19),
)  # fmt: skip
ASKED = AskedBefore(3, "swj", "商务局", "社零还差多少？", "", "10月调度会")
RED = IndicatorFact(
    code="retail", name="社零", unit="swj", unit_name="商务局", light="RED",
    before="YELLOW", months=1,
    period="1—10月", actual="增长2.1%", gap="低于市下达目标（增长4.5%）2.4个百分点",
    needed="后两个月需增长9.0%",
    rank="居全市第8位", chance="12%", forecast="年末预计增长2.4%", figure=41, as_of="2022-10",
)  # fmt: skip
EXPECTED = UnitExpectation(
    code="retail", name="社零", unit="swj", unit_name="商务局", period="1—11月", expected="增长2.5%", note="",
    official_period="1—10月", official="增长2.1%", official_id=41, last_period="1—10月",
    last_expected="增长4.3%", last_official="增长2.1%", last_official_id=41, error="−2.2个百分点",
    wrong_side=True, target="增长4.5%", short=True,
)  # fmt: skip
PROJECT = RedThing("project", "5", "智造园二期", "zjj", "住建局", "RED", "落后时序进度31.4个百分点")


def facts(**more: Any) -> MemoFacts:
    return replace(
        MemoFacts(on=ON, as_of="2022-10", last_title="10月调度会", since=date(2022, 10, 18)), **more
    )
