"""A place whose September has been judged: stored judgements of a few indicators, as the board shows them.

宁城 with 甲区 (home). The numbers are written out here, so that a reader sees what a paper must say.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.utils import timezone

from wenpan.district.accounts.models import Unit, User
from wenpan.district.indicators.models import Judgement
from wenpan.district.observations.models import Region

AT = timezone.make_aware(datetime(2022, 10, 20, 9, 0))
SECRET = "稳盘-test-2022"


def facts(code: str, actual: float | None, **more: Any) -> dict[str, Any]:
    """Everything a judgement of a growth keeps; city 1 point above, target 6.0."""
    known = actual is not None
    standard: dict[str, Any] = {
        "region": "jia", "indicator": code, "as_of": "2022-09", "period": "2022-09", "target_id": "1",
        "set_by": "city", "comparison": ">=", "year": 2022, "measure": "ytd_growth", "basis": "natural",
        "target": 6.0, "actual": actual, "level": None, "previous": actual - 0.5 if known else None,
        "last_year": 5.0, "gap": round(actual - 6.0, 9) if known else None, "gap_unit": "points",
        "schedule_share": None, "schedule_gap": round(actual - 6.0, 9) if known else None,
        "rank": 4 if known else None, "rivals": 5, "rank_previous": 5 if known else None,
        "rank_change": 1 if known else None, "missing_rivals": [], "city": actual + 1 if known else 3.0,
        "versus_city": -1.0 if known else None, "pull": None, "needed": 9.0 if known else None,
        "needed_unit": "%", "needed_kind": "growth", "months_left": 3, "p10": 1.0 if known else None,
        "p50": 3.0 if known else None, "p90": 5.0 if known else None,
        "probability": 0.2 if known else None, "forecast_note": "", "streak": 1, "since": "2022-09",
        "trend": [4.0, 4.5, actual - 0.5 if known else None, actual], "figure_id": None, "level_id": None,
    }  # fmt: skip
    return standard | more


class JudgedPlace:
    """Home district, people, and a way to put a judgement on the board."""

    def __init__(self) -> None:
        city = Region.objects.create(code="city", name="宁城", order=0, pinyin="ningcheng")
        self.home = Region.objects.create(
            code="jia", name="甲区", parent=city, home=True, order=1, pinyin="jiaqu"
        )
        unit = Unit.objects.create(
            code="jfj", name="经济发展局", short_name="经发局", kind="department", pinyin="jfj"
        )
        self.people = {
            role: User.objects.create_user(username=role, password=SECRET, name=role, role=role, unit=unit)
            for role in ("leader", "analyst", "statistician", "supervisor", "liaison", "auditor")
        }

    @property
    def analyst(self) -> User:
        return self.people["analyst"]

    def judge(self, code: str, actual: float | None, light: str, **more: Any) -> Judgement:
        """A new judgement of the indicator; the one before is superseded."""
        old = Judgement.objects.filter(indicator=code, superseded_at__isnull=True)
        old.update(superseded_at=AT)
        return Judgement.objects.create(
            region=self.home,
            indicator=code,
            as_of="2022-09",
            primary=True,
            light=light,
            facts=facts(code, actual, **more),
            reasons=[f"判定为{light}"],
            rule_set="default",
            rule_version="2022-01",
            judged_at=AT,
        )


@pytest.fixture
def september(db: None) -> JudgedPlace:
    """Four figures are out, one red; enough for a paper."""
    place = JudgedPlace()
    place.judge("industry_va", 8.3, "GREEN", probability=0.95)
    place.judge("fai", -12.3, "RED", probability=0.01, figure_id=77)
    place.judge("retail", 4.7, "YELLOW")
    place.judge("revenue", 2.0, "YELLOW")
    return place


@pytest.fixture
def district(db: None, make_user: Any) -> Any:
    from tests.district.bulletins.matters import District

    return District(make_user)
