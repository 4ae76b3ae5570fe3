"""From ledger and targets to rows of judgement: the one call of `economy.judging.judgement.judge`.

Reads only; `actions.judge_month` stores what this returns.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import polars as pl
from django.db.models import Max, Q

from wenpan import rules as policy
from wenpan.district.indicators.forecast_fans import Fans
from wenpan.district.indicators.hysteresis import HeldLight, held_light
from wenpan.district.indicators.judgement_row import FACTS, clean
from wenpan.district.indicators.models import Judgement, Target
from wenpan.district.indicators.rules import in_force, month_end, primary
from wenpan.district.observations import kept_columns
from wenpan.district.observations import queries as ledger
from wenpan.district.observations.models import Batch, Region
from wenpan.documents.words import analysis_phrases
from wenpan.economy.figures.indicators import Indicator, Measure
from wenpan.economy.figures.series import month_index, one_period_each
from wenpan.economy.judging.target_probability import METHOD
from wenpan.economy.time.periods import Month

TEXTS = ("target_id", "region", "indicator", "measure", "basis", "comparison", "set_by", "schedule")
TARGET_SCHEMA: dict[str, Any] = {
    **dict.fromkeys(TEXTS, pl.String),
    "year": pl.Int32,
    "value": pl.Float64,
    "curve": pl.List(pl.Float64),
}
RIVALS_PAST = 72  # months
LEVEL_OF = {
    Measure.YTD_GROWTH: Measure.YTD,
    Measure.MONTH_GROWTH: Measure.MONTH,
    Measure.BALANCE_GROWTH: Measure.BALANCE,
}


def targets_in_force(
    region: Region, as_of: Month, indicators: Collection[str] | None = None
) -> tuple[Target, ...]:
    """The district's targets of the year and the year before, each in the version effective by its end."""
    years = (as_of.year - 1, as_of.year)  # in January some indicators are still judged at last December
    kept = Target.objects.filter(region=region, unit__isnull=True, year__in=years, withdrawn_at__isnull=True)
    if indicators is not None:
        kept = kept.filter(indicator__in=indicators)
    return in_force(kept, as_of)


def targets_frame(targets: Iterable[Target], region: str) -> pl.DataFrame:
    """The frame that `economy` takes; `value` as a float, `target_id` the row's id as text."""
    rows = [
        {
            "target_id": str(t.pk),
            "region": region,
            **{name: getattr(t, name) for name in TEXTS[2:]},
            "year": t.year,
            "value": float(t.value),
            "curve": [float(share) for share in t.curve],
        }
        for t in targets
    ]
    return pl.DataFrame(rows, schema=TARGET_SCHEMA)


def known_by(at: datetime) -> datetime:
    """`at`, or the moment of the newest change of figures or targets if that is later: a bulk load and a
    clock set back both ask for a judgement at a moment at which some of its figures were not there yet."""
    figures = Batch.objects.aggregate(came=Max("recorded_at"), went=Max("undone_at"))
    promises = Target.objects.aggregate(came=Max("recorded_at"), went=Max("withdrawn_at"))
    changes: list[datetime | None] = [*figures.values(), *promises.values()]
    return max([at, *(moment for moment in changes if moment is not None)])


def judge_rows(*, region: Region, as_of: Month, indicators: Collection[str] | None) -> list[Judgement]:
    """Unsaved judgements of the home region, one per indicator and target (or none)."""
    from wenpan.economy.judging.judgement import judge

    catalogue = policy.catalogue()
    wanted = {c: i for c, i in catalogue.items() if indicators is None or c in indicators}
    observations = ledger_frame(region, as_of, list(wanted))
    rivals = Region.objects.filter(parent=region.parent).exclude(pk=region.pk) if region.parent else ()
    fans = Fans(region.code, [rival.code for rival in rivals])
    rank_rule = policy.rank_rule(month_end(as_of))
    judged = judge(
        observations,
        targets_frame(targets_in_force(region, as_of, list(wanted)), region.code),
        indicators=wanted,
        regions=ledger.regions_frame(),
        as_of=as_of,
        rules=policy.rules_in_force(month_end(as_of)),
        only_regions={region.code},
        forecaster=fans,
        with_untargeted=True,
        rank_rule=rank_rule,
        one_version_each=one_period_each(observations),  # of a period the ledger holds one version at a time
    ).to_dicts()
    ids = _figure_ids(observations, region.code, judged)
    runs = _runs_before(region, as_of)
    past = lights_before(region, as_of)
    efforts = _efforts(observations, region, wanted, as_of, judged, fans)
    hold = policy.hold_periods(month_end(as_of))
    priority = list(policy.target_policy().priority)
    by_indicator: dict[str, list[dict[str, Any]]] = {}
    for row in judged:
        by_indicator.setdefault(row["indicator"], []).append(row)
    out = []
    for code, rows in by_indicator.items():
        shown = primary(rows, priority, catalogue[code].basis)
        for i, row in enumerate(rows):
            steadied = held_light(str(row["light"]), str(row["period"]), past.get(_key(row), ()), hold=hold)
            row["rank_rule"] = rank_rule.version
            effort = efforts.get(_key(row))
            row["record"] = effort.record if effort is not None and row["target"] is not None else ""
            row["ahead"] = fans.ahead(row, catalogue[code], effort)
            kept = _row(region, as_of, row, i == shown, ids, runs, steadied)
            kept.fan = fans.of(row)
            out.append(kept)
    return out


def ledger_frame(
    region: Region, as_of: Month, codes: list[str], known_on: datetime | None = None
) -> pl.DataFrame:
    """The whole past of ours and the city's, the last years of the rivals': what ranks and panels read.
    With `at` (`economy.figures.series.month_index`); the rivals' rows of now have no id."""
    ours = [region.code, *([region.parent.code] if region.parent else [])]
    own = ledger.frame(indicators=codes, regions=ours, until=as_of, as_known_on=known_on)
    own = own.with_columns(at=month_index())
    since = as_of.plus(-RIVALS_PAST)
    if known_on is None:
        theirs = kept_columns.others(indicators=codes, aside=ours, since=since, until=as_of)
    else:
        rivals = Region.objects.exclude(code__in=ours).values_list("code", flat=True)
        theirs = ledger.frame(
            indicators=codes, regions=list(rivals), since=since, until=as_of, as_known_on=known_on
        ).with_columns(at=month_index())
    # The ledger's versions say what was known when; a release date typed late must not hide a figure.
    return pl.concat([own, theirs], how="diagonal").with_columns(released=pl.lit(None, pl.Date))


def _row(
    region: Region,
    as_of: Month,
    row: dict[str, Any],
    shown: bool,
    ids: dict[tuple[str, str, str, str], int],
    runs: dict[tuple[str, str | None], tuple[str, str]],
    steadied: HeldLight,
) -> Judgement:
    facts = {name: clean(row.get(name)) for name in FACTS if name not in ("light", "reasons")}
    light = steadied.light
    held = analysis_phrases.held_phrase(steadied.better, steadied.periods, light) if steadied.periods else ""
    facts |= {"raw_light": str(row["light"]), "first_warned": steadied.first_warned, "record": row["record"]}
    facts |= {"rank_rule": row["rank_rule"], "ahead": row["ahead"], "forecast_method": METHOD}
    facts |= {"hold_periods": steadied.periods, "better_periods": steadied.better}
    before = runs.get((row["indicator"], row["set_by"]))
    facts["since"] = before[1] if before and before[0] == light else str(as_of)
    level = LEVEL_OF.get(Measure(row["measure"]), Measure(row["measure"]))
    facts["figure_id"] = ids.get((row["indicator"], str(row["period"]), row["measure"], row["basis"]))
    facts["level_id"] = ids.get((row["indicator"], str(row["period"]), str(level), "natural"))
    return Judgement(
        region=region,
        indicator=row["indicator"],
        as_of=str(as_of),
        target_id=int(row["target_id"]) if row["target_id"] else None,
        primary=shown,
        light=light,
        facts=facts,
        reasons=[*([held] if held else []), *(str(r) for r in row["reasons"] or [])],
        rule_set=str(row["rule_set"]),
        rule_version=str(row["rule_version"]),
    )


def _figure_ids(
    observations: pl.DataFrame, region: str, judged: list[dict[str, Any]]
) -> dict[tuple[str, str, str, str], int]:
    periods = sorted({str(row["period"]) for row in judged if row["period"]})
    here = observations.filter((pl.col("region") == region) & pl.col("period").is_in(periods))
    columns = ("indicator", "period", "measure", "basis", "id")
    return {(i, p, m, b): n for i, p, m, b, n in here.select(columns).iter_rows()}


def _runs_before(region: Region, as_of: Month) -> dict[tuple[str, str | None], tuple[str, str]]:
    """Light and since-when of each indicator and target a month before."""
    kept = Judgement.objects.filter(region=region, as_of=str(as_of.plus(-1)), superseded_at__isnull=True)
    return {
        (code, facts.get("set_by")): (light, facts.get("since", str(as_of.plus(-1))))
        for code, light, facts in kept.values_list("indicator", "light", "facts")
    }


Key = tuple[str, str | None, str, str]  # indicator, set_by, measure, basis


def _key(row: Mapping[str, Any]) -> Key:
    return row["indicator"], row["set_by"], row["measure"], row["basis"]


def lights_before(
    region: Region, as_of: Month, known_on: datetime | None = None
) -> dict[Key, list[tuple[str, str]]]:
    """(period, light as the numbers gave it) of the year's earlier months, per indicator and target: as they
    are judged now, or as they were at `known_on`."""
    standing = Q(superseded_at__isnull=True)
    if known_on is not None:
        standing = Q(judged_at__lte=known_on) & (standing | Q(superseded_at__gt=known_on))
    kept = (
        Judgement.objects.filter(standing, region=region, as_of__lt=str(as_of))
        .filter(as_of__gte=f"{as_of.year}-01")
        .order_by("as_of")
        .values_list("indicator", "light", "facts")
    )
    past: dict[Key, list[tuple[str, str]]] = {}
    for code, light, facts in kept:
        key = (code, facts.get("set_by"), facts["measure"], facts["basis"])
        past.setdefault(key, []).append((str(facts["period"]), facts.get("raw_light", light)))
    return past


def _efforts(
    observations: pl.DataFrame,
    region: Region,
    indicators: Mapping[str, Indicator],
    as_of: Month,
    judged: Sequence[Mapping[str, Any]],
    fans: Fans,
) -> dict[Key, Any]:
    """What the target (without one, the forecast's median) asks of the months left; the city is no rival.
    Reads the same figures as the forecast, and what that made of them."""
    from wenpan.economy.forecast.effort import what_would_have_to_happen

    anchor = [row["target"] if row["target"] is not None else row["p50"] for row in judged]
    asked = [
        (row, at)
        for row, at in zip(judged, anchor, strict=True)
        if at is not None and row["year"] == as_of.year
    ]
    rows = [row for row, _at in asked]
    if not rows:
        return {}
    columns = ("region", "indicator", "measure", "basis")
    city = [region.parent.code] if region.parent else []
    efforts = what_would_have_to_happen(
        observations,
        indicators=indicators,
        as_of=as_of,
        wanted=pl.DataFrame([{name: row[name] for name in columns} for row in rows]),
        comparison=[row["comparison"] for row in rows],
        target=np.array([at for _row, at in asked], dtype=np.float64),
        known=fans.known.get(as_of),
        chained=fans.chained.get(as_of),
        aside=city,
    )
    return {_key(row): effort for row, effort in zip(rows, efforts, strict=True)}
