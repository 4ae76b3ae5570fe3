"""The whole and its parts: what each adds to the growth, and the year's end from both sides."""

from __future__ import annotations

from wenpan import rules as policy
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.indicators.models import Judgement
from wenpan.district.indicators.outlook import Growth, YearEndOutlook, outlook
from wenpan.district.indicators.parts import Decomposition, IndicatorPart, decompose
from wenpan.district.indicators.queries.figures import FigureLookup
from wenpan.district.observations.models import Region
from wenpan.economy.figures.indicators import Indicator


def parts_of(
    item: Indicator, figures: FigureLookup, home: str, main: JudgementRow | None
) -> Decomposition | None:
    if not item.parts or main is None:
        return None
    catalogue = policy.catalogue()

    def part(code: str) -> IndicatorPart:
        level, level_id = figures.of(home, code, main.period, "ytd", "natural")
        growth, growth_id = figures.of(home, code, main.period, "ytd_growth", catalogue[code].basis)
        return IndicatorPart(code, catalogue[code].short, level, growth, None, None, level_id, growth_id)

    whole, _id = figures.of(home, item.code, main.period, "ytd_growth", item.basis)
    return decompose(whole, [part(code) for code in item.parts])


def outlook_of(
    item: Indicator, figures: FigureLookup, home: Region, main: JudgementRow | None
) -> YearEndOutlook | None:
    """From the stored judgements of the parts; None where a part has no forecast or no amount last year."""
    if not item.parts or main is None or main.p50 is None or main.p10 is None or main.p90 is None:
        return None
    kept = Judgement.objects.filter(
        region=home, as_of=main.as_of, indicator__in=item.parts, primary=True, superseded_at__isnull=True
    )
    forecasts = dict(kept.values_list("indicator", "facts"))
    catalogue, parts = policy.catalogue(), []
    for code in item.parts:
        facts = forecasts.get(code, {})
        base, _id = figures.of(home.code, code, f"{main.year - 1}-12", "ytd", "natural")
        if base is None or facts.get("p50") is None or facts.get("measure") != "ytd_growth":
            return None
        parts.append(Growth(catalogue[code].short, base, facts["p10"], facts["p50"], facts["p90"]))
    return outlook((main.p10, main.p50, main.p90), parts, item.level_decimals)
