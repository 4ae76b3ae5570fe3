"""Judgements: light, numbers and reasons of one month, as they hold or held on a day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from wenpan.district.accounts.permissions import require
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.queries.board import visible
from wenpan.district.observations.frames import moment_after
from wenpan.district.sharing.api.entry import ERRORS, ByToken, owner, within_our_time
from wenpan.economy.time.periods import Month, parse_month
from wenpan.rules import catalogue

router = Router(auth=ByToken("judgements"), tags=["judgements"])
NUMBERS = (
    "actual", "gap", "schedule_gap", "rank", "rivals", "needed", "p10", "p50", "p90", "probability",
)  # fmt: skip


class JudgementsAsked(Schema):
    as_of: str = Field("", description="month of the figures, 2022-09; the newest judged where empty")
    region: str = Field("", description="code of a region; the home region where empty")
    indicator: str = ""
    as_known_on: date | None = Field(None, description="the judgements as they stood at the end of that day")


class JudgementSaid(Schema):
    """`numbers`: null where the judgement has none; `light`: GREEN, YELLOW, RED, UNKNOWN."""

    id: int
    region: str
    indicator: str
    as_of: str
    light: str
    board: bool
    numbers: dict[str, Any]
    reasons: list[Any]
    rules: str
    judged_at: datetime


class JudgementList(Schema):
    as_of: str | None
    items: list[JudgementSaid]


@router.get("/judgements", response={200: JudgementList, **ERRORS}, url_name="judgements")
def judgements(request: HttpRequest, asked: Query[JudgementsAsked]) -> JudgementList:
    user = owner(request)
    require(user, "board.view")
    rows = _held(within_our_time(asked.as_known_on))
    rows = rows.filter(region__code=asked.region) if asked.region else rows.filter(region__home=True)
    if asked.indicator:
        rows = rows.filter(indicator=asked.indicator)
    month = _month(asked.as_of) if asked.as_of else None
    as_of = str(month) if month else rows.order_by("-as_of").values_list("as_of", flat=True).first()
    if as_of is None:
        return JudgementList(as_of=None, items=[])
    may_see = visible(user, int(as_of[:4]))
    found = rows.filter(as_of=as_of).select_related("region").order_by("indicator", "pk")
    known = catalogue()
    items = [_said(row) for row in found if row.indicator in known and may_see(known[row.indicator])]
    return JudgementList(as_of=as_of, items=items)


def _held(day: date | None) -> Any:
    if day is None:
        return Judgement.objects.filter(superseded_at__isnull=True)
    after = moment_after(day)
    return Judgement.objects.filter(
        Q(superseded_at__isnull=True) | Q(superseded_at__gte=after), judged_at__lt=after
    )


def _month(text: str) -> Month:
    try:
        return parse_month(text[:10])
    except ValueError:
        raise HttpError(400, "as_of: 2022-09") from None


def _said(row: Judgement) -> JudgementSaid:
    return JudgementSaid(
        id=row.pk,
        region=row.region.code,
        indicator=row.indicator,
        as_of=row.as_of,
        light=row.light,
        board=row.primary,
        numbers={name: row.facts.get(name) for name in NUMBERS},
        reasons=row.reasons,
        rules=f"{row.rule_set} {row.rule_version}",
        judged_at=row.judged_at,
    )
