"""Official figures: as they hold, or held on a day; estimates are no figures and are not here."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from wenpan.district.accounts.permissions import require
from wenpan.district.observations import ledger
from wenpan.district.observations.models import Observation
from wenpan.district.sharing.api import sdmx
from wenpan.district.sharing.api.entry import ERRORS, MOST, ByToken, json_answer, owner, within_our_time

router = Router(auth=ByToken("figures"), tags=["figures"])


class FiguresAsked(Schema):
    indicator: str = Field("", description="code of the catalogue")
    region: str = Field("", description="code of a region")
    since: str = Field("", description="first month, 2022-09")
    until: str = Field("", description="last month")
    measure: str = ""
    basis: str = ""
    as_known_on: date | None = Field(None, description="the ledger as it stood at the end of that day")
    before: int | None = Field(None, ge=1, le=2**62, description="`next` of the page before")
    size: int = Field(100, ge=1, le=MOST)


class ApiFigure(Schema):
    """`value` is null where there is none; `status` says why: missing or not_assessed."""

    id: int
    region: str
    indicator: str
    period: str
    measure: str
    basis: str
    status: str
    value: Decimal | None
    text: str
    unit: str
    version: int
    released: date | None
    recorded_at: datetime


class FigurePage(Schema):
    """Newest first. `next`: `before` of the next page; null on the last."""

    items: list[ApiFigure]
    next: int | None


FIELDS = (
    "pk", "region__code", "indicator", "period", "measure", "basis", "status", "value", "value_text", "unit",
    "version", "released", "recorded_at",
)  # fmt: skip
NAMES = tuple(ApiFigure.model_fields)


@router.get("/figures", response={200: FigurePage, **ERRORS}, url_name="figures")
def figures(request: HttpRequest, asked: Query[FiguresAsked]) -> HttpResponse:
    """Written straight from the columns: models and their validation would cost three times the query."""
    rows = list(_rows(request, asked).values_list(*FIELDS)[: asked.size + 1])
    items = [dict(zip(NAMES, row, strict=True)) for row in rows[: asked.size]]
    return json_answer({"items": items, "next": items[-1]["id"] if len(rows) > asked.size else None})


@router.get("/figures.sdmx.csv", url_name="figures_sdmx", response={200: str, **ERRORS})
def figures_sdmx(request: HttpRequest, asked: Query[FiguresAsked]) -> HttpResponse:
    """SDMX-CSV 2.0 of one indicator (`indicator` is required), all its figures at once, oldest first."""
    if not asked.indicator:
        return HttpResponse("indicator?", status=400, content_type="text/plain")
    rows = _rows(request, asked).order_by("region__code", "measure", "basis", "period")
    answer = HttpResponse(sdmx.written(rows.iterator(2000)), content_type=sdmx.CONTENT_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="figures.sdmx.csv"'
    return answer


def _rows(request: HttpRequest, asked: FiguresAsked) -> QuerySet[Observation]:
    require(owner(request), "ledger.view")
    filters = ledger.LedgerFilters(
        indicator=asked.indicator,
        region=asked.region,
        since=asked.since,
        until=asked.until,
        measure=asked.measure,
        basis=asked.basis,
        known_on=within_our_time(asked.as_known_on),
    )
    rows = ledger.figures(filters)
    return rows.filter(pk__lt=asked.before) if asked.before else rows
