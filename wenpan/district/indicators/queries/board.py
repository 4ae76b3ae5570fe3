"""The board: the stored judgements of one month, with the names that people know.

Reads stored judgements and three small tables; nothing is computed here that the judgement holds,
so that page, wall, document and export show the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from wenpan import rules as policy
from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import own_unit_only
from wenpan.district.indicators.judgement_row import FACTS, JudgementRow, TargetChip
from wenpan.district.indicators.models import Judgement, Target
from wenpan.district.indicators.queries.bases import with_other_bases
from wenpan.district.indicators.rules import sees
from wenpan.district.observations.models import Region
from wenpan.economy.figures import figure_words
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.time.periods import Month, parse_month

COMPARISONS = {">=": "≥", "<=": "≤"}


@dataclass(frozen=True)
class BoardCounts:
    red: int
    yellow: int
    green: int
    unknown: int

    @property
    def all(self) -> int:
        return self.red + self.yellow + self.green + self.unknown


@dataclass(frozen=True)
class Stamp:
    """Which judgements a page shows: equal texts, equal pages."""

    as_of: str
    text: str


@dataclass(frozen=True)
class Board:
    """`as_of` None: nothing was ever judged. `stamp` changes whenever a judgement of the month does."""

    as_of: Month | None
    region: str
    region_name: str
    rows: tuple[JudgementRow, ...]
    counts: BoardCounts
    rule_set: str
    rule_version: str
    rule_name: str
    stamp: str
    city_name: str


def board(*, as_of: Month | None = None, user: User | None = None, region: str | None = None) -> Board:
    """All indicators of the home region at `as_of` (default: the newest month judged), in catalogue order.

    A liaison officer (`user`) gets the indicators that their unit owns or has a target in.
    """
    home = _home(region)
    if home is None:
        return Board(None, "", "", (), count(()), "", "", "", "", "")
    as_of = as_of or latest_judged(home)
    kept: list[Any] = list(
        Judgement.objects.filter(region=home, as_of=str(as_of), superseded_at__isnull=True)
        .order_by("pk")
        .values("pk", "indicator", "primary", "light", "facts", "reasons", "rule_set", "rule_version")
    )
    rows = with_other_bases(assemble(kept, user=user, year=as_of.year if as_of else 0))
    first: dict[str, Any] = kept[0] if kept else {}
    code, version = first.get("rule_set", ""), first.get("rule_version", "")
    known = policy.light_rules().get(code)
    stamp = f"{as_of}:{len(kept)}:{kept[-1]['pk'] if kept else 0}"
    return Board(
        as_of,
        home.code,
        home.name,
        rows,
        count(rows),
        code,
        version,
        known.name if known else code,
        stamp,
        home.parent.name if home.parent else "",
    )


def stamp(*, as_of: Month | None = None) -> Stamp | None:
    """The stamp of a month's judgements (default: the newest month) without reading them; None: none yet."""
    home = _home(None)
    month = (as_of or latest_judged(home)) if home else None
    if home is None or month is None:
        return None
    kept = Judgement.objects.filter(region=home, as_of=str(month), superseded_at__isnull=True)
    found = kept.aggregate(newest=Max("pk"), count=Count("pk"))
    return Stamp(str(month), f"{home.code}:{month}:{found['count']}:{found['newest'] or 0}")


def assemble(kept: list[dict[str, Any]], *, user: User | None, year: int) -> tuple[JudgementRow, ...]:
    """Stored rows → what people see, in the order of the catalogue; codes no longer in it are left out."""
    catalogue = policy.catalogue()
    units = dict(Unit.objects.values_list("code", "short_name"))
    may_see = visible(user, year)
    shown = {k["indicator"]: k for k in kept if k["primary"]}
    others: dict[str, list[dict[str, Any]]] = {}
    for k in kept:
        if not k["primary"]:
            others.setdefault(k["indicator"], []).append(k)
    return tuple(
        judgement_rows(shown[code], item, units, others.get(code, []))
        for code, item in catalogue.items()
        if code in shown and may_see(item)
    )


def visible(user: User | None, year: int) -> Any:
    """A test `item -> bool`: may this person see the indicator?"""
    if user is None or not own_unit_only(user):
        return lambda item: True
    own = user.unit_code
    theirs = frozenset(
        Target.objects.filter(unit=user.unit_id, year=year, superseded_at__isnull=True).values_list(
            "indicator", flat=True
        )
        if user.unit_id
        else ()
    )
    return lambda item: sees(item.owner, item.code, own, theirs)


def of_target(j: JudgementRow, target_id: int) -> JudgementRow | None:
    """The judgement of another target of the same indicator and month."""
    item = policy.catalogue()[j.indicator]
    kept = (
        Judgement.objects.filter(
            region__code=j.region,
            indicator=j.indicator,
            as_of=j.as_of,
            superseded_at__isnull=True,
            target=target_id,
        )
        .order_by("pk")
        .values("pk", "indicator", "primary", "light", "facts", "reasons", "rule_set", "rule_version")
        .first()
    )
    return judgement_rows(kept, item, {item.owner: j.owner_name}) if kept else None


def judgement_rows(
    kept: Mapping[str, Any],
    item: Indicator,
    units: Mapping[str, str],
    others: list[dict[str, Any]] | None = None,
) -> JudgementRow:
    facts = kept["facts"]
    measure = Measure(facts["measure"])
    values = {name: facts.get(name) for name in FACTS}
    values["growth"] = growth_of(facts)
    values["missing_rivals"] = tuple(facts.get("missing_rivals") or ())
    values["trend"] = tuple(facts.get("trend") or ())
    values["forecast_note"] = facts.get("forecast_note") or ""
    values |= {"light": kept["light"], "reasons": tuple(kept["reasons"])}
    values |= {"rule_set": kept["rule_set"], "rule_version": kept["rule_version"]}
    growth_decimals = growth_places(facts, item)
    decimals = growth_decimals if measure.is_growth else item.level_decimals
    return JudgementRow(
        **values,
        name=item.name,
        short_name=item.short,
        group=item.group,
        unit=item.unit_of(measure),
        level_unit=item.unit,
        decimals=decimals,
        level_decimals=item.level_decimals,
        growth_decimals=growth_decimals,
        direction=item.direction,
        frequency=item.frequency,
        core=item.core,
        owner=item.owner,
        owner_name=units.get(item.owner, item.owner),
        target_label=target_label(facts, item.unit_of(measure), decimals),
        since=facts.get("since") or facts["as_of"],
        figure_id=facts.get("figure_id"),
        level_id=facts.get("level_id"),
        judgement_id=kept["pk"],
        other_targets=tuple(_chip(k, item) for k in others or []),
        raw_light=facts.get("raw_light") or kept["light"],
        hold_periods=facts.get("hold_periods") or 0,
        better_periods=facts.get("better_periods") or 0,
        first_warned=facts.get("first_warned") or "",
        record=facts.get("record") or "",
        ahead=facts.get("ahead") or {},
    )


def growth_places(facts: Mapping[str, Any], item: Indicator) -> int:
    """Decimals of the row's growth and of all it is compared with, as its reasons print them."""
    aim = facts["target"] if Measure(facts["measure"]).is_growth else None
    return figure_words.places(growth_of(facts), aim, facts.get("city"), decimals=item.decimals)


def growth_of(facts: Mapping[str, Any]) -> float | None:
    """The growth that was ranked and compared; judgements before 2022-11 kept it only as a distance."""
    if Measure(facts["measure"]).is_growth:
        return facts["actual"]  # type: ignore[no-any-return]
    city, beyond = facts.get("city"), facts.get("versus_city")
    earlier = None if city is None or beyond is None else round(city + beyond, 9)
    return facts.get("growth", earlier)  # type: ignore[no-any-return]


def target_label(facts: Mapping[str, Any], unit: str, decimals: int) -> str:
    """市下达 ≥6.0%; empty without a target."""
    if facts.get("target") is None:
        return ""
    sign = COMPARISONS[facts["comparison"]]
    return f"{set_by_label(facts['set_by'])} {sign}{facts['target']:,.{decimals}f}{unit}"


def set_by_label(set_by: str | None) -> str:
    return str(Target.SetBy(set_by).label) if set_by in Target.SetBy.values else _("其他")


def _chip(kept: Mapping[str, Any], item: Indicator) -> TargetChip:
    facts = kept["facts"]
    measure = Measure(facts["measure"])
    return TargetChip(
        judgement_id=kept["pk"],
        target_id=str(facts["target_id"]),
        set_by=facts["set_by"] or "",
        label=set_by_label(facts["set_by"]),
        measure=facts["measure"],
        basis=facts["basis"],
        comparison=facts["comparison"] or ">=",
        target=facts["target"],
        gap=facts["gap"],
        gap_unit=facts["gap_unit"] or "",
        light=kept["light"],
        unit=item.unit_of(measure),
        decimals=growth_places(facts, item) if measure.is_growth else item.level_decimals,
    )


def count(rows: tuple[JudgementRow, ...]) -> BoardCounts:
    lights = [row.light for row in rows]
    return BoardCounts(*(lights.count(name) for name in ("RED", "YELLOW", "GREEN", "UNKNOWN")))


def counted(rows: Iterable[JudgementRow]) -> tuple[JudgementRow, ...]:
    """The core indicators: the one set whose lights board, wall, analysis and bulletin count."""
    return tuple(row for row in rows if row.core)


def _home(region: str | None) -> Region | None:
    kept = Region.objects.select_related("parent")
    return kept.filter(code=region).first() if region else kept.filter(home=True).first()


def latest_judged(home: Region) -> Month | None:
    newest = Judgement.objects.filter(region=home, superseded_at__isnull=True).aggregate(m=Max("as_of"))["m"]
    return parse_month(newest) if newest else None


def judged_months(region: Region | None = None) -> tuple[Month, ...]:
    """Months with a judgement, newest first."""
    home = region or _home(None)
    if home is None:
        return ()
    found = Judgement.objects.filter(region=home, superseded_at__isnull=True).order_by("-as_of")
    return tuple(parse_month(m) for m in found.values_list("as_of", flat=True).distinct())
