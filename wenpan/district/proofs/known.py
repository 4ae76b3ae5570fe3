"""What a paper is compared with: the place's words for indicators and regions, and its official figures."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from wenpan.district.indicators.rules import month_end
from wenpan.district.observations import frames
from wenpan.district.observations.models import Region
from wenpan.district.observations.queries import home
from wenpan.documents.proof.paper_figures import Vocabulary
from wenpan.documents.proof.proof_ledger import ProofLedger
from wenpan.documents.proof.subject_names import with_the_rest
from wenpan.economy.figures.indicators import Measure
from wenpan.economy.time.periods import Month, Quarter, parse_period
from wenpan.rules import catalogue, place, rank_rule

YEARS = 3  # a paper speaks of this year and the two before it
OWN = ("全区", "我区", "全县", "我县", "本区", "本县")


def vocabulary(period: Month) -> Vocabulary:
    """Names and aliases of the catalogue and of the place's regions; unnamed is the own district."""
    words, wholes = _words()
    regions = {region.name: region.code for region in Region.objects.all()}
    if (known := place()) is not None:
        for region in (known.city, *known.regions):
            regions |= dict.fromkeys(region.aliases, region.code)
        regions["全市"] = known.city.code
    own = home().code
    return Vocabulary(words, regions | dict.fromkeys(OWN, own), own, period.year, str(period), wholes)


def ledger(period: Month, at: datetime) -> ProofLedger:
    """The official figures of three years up to the paper's month, as they were known at that moment."""
    indicators, city = catalogue(), _city()
    frame = frames.frame(since=Month(period.year - YEARS + 1, 1), until=period, as_known_on=at)
    values = {
        (row["region"], row["indicator"], _month(row["period"]), row["measure"], row["basis"]): Decimal(
            repr(row["value"])
        )
        for row in frame.iter_rows(named=True)
        if row["value"] is not None
    }
    names = dict(Region.objects.values_list("code", "name"))
    return ProofLedger(
        values,
        {i.code: i.unit_of(Measure.YTD) for i in indicators.values()},
        names | ({city: "全市"} if city else {}),
        frozenset(i.code for i in indicators.values() if i.direction == "down"),
        "台账",
        city,
        rank_rule(month_end(period)).of_last,
        _words()[1],
    )


def _words() -> tuple[dict[str, str], dict[str, str]]:
    """Every name of the catalogue, and which indicator is a part of which."""
    known = catalogue().values()
    return with_the_rest(
        {n: i.code for i in known for n in (i.name, i.short_name, *i.aliases) if n},
        {i.code: i.part_of for i in known if i.part_of},
    )


def _city() -> str:
    parent = home().parent
    return parent.code if parent else ""


def _month(text: str) -> str:
    period = parse_period(text)
    return str(period.end) if isinstance(period, Quarter) else str(period)
