"""Places among the districts and shares of two amounts, against the ledger. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from wenpan.documents.proof.paper_figures import PaperFigure
from wenpan.documents.proof.proof_ledger import LedgerAnswer, ProofLedger, missing, spelt, told_of
from wenpan.economy.figures.quantities import rounded


def _last_time(f: PaperFigure, ledger: ProofLedger, regions: frozenset[str]) -> int:
    """How many districts published the newest period before the figure's own; 0: none is known."""
    periods = [p for p in ledger.periods.get(f.indicator, ()) if p < f.period]
    if not periods:
        return 0
    return sum(ledger.find(f, region=region, period=max(periods)) is not None for region in regions)


def _place(f: PaperFigure, ledger: ProofLedger, *, last: bool = False) -> int | LedgerAnswer:
    """The place of a growth among the districts, from the end if `last`; or why there is none."""
    mine = ledger.find(f)
    regions = ledger.districts
    others = [v for r in regions if (v := ledger.find(f, region=r)) is not None]
    if mine is None or 2 * len(others) < len(regions):  # who has not published yet is not ranked
        return missing(f, ledger)
    if len(others) < ledger.of_last * _last_time(f, ledger, regions):
        return LedgerAnswer("unknown", "全市位次待公布：上期公布过的地区还没有都公布")
    return 1 + sum(v < mine if (f.indicator in ledger.falling) != last else v > mine for v in others)


def rank(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    """A place; of a growth told on another basis (扣除退税) the place of the published growth counts too."""
    if re.search("全[省国]", f.against):
        return LedgerAnswer("unknown", "台账只有全市各区县的位次")
    last = "倒数" in f.against
    place = _place(f, ledger, last=last)
    if f.basis != "natural" and place != f.value:
        published = _place(replace(f, basis="natural"), ledger, last=last)
        place = published if published == f.value else place
    if isinstance(place, LedgerAnswer):
        return place
    nth = "倒数第" if last else "第"
    told = f"{told_of(f, ledger)}列{nth}{place}位（{ledger.origin}）"
    if place == f.value:
        return LedgerAnswer("right", told)
    return LedgerAnswer("wrong", f"{told}，文中为{nth}{f.value}位", f"{nth}{place}位")


def climb(f: PaperFigure, ledger: ProofLedger, then: str) -> LedgerAnswer:
    """`位次较上月前移2位`: the place of the period `then` less the place now; "" where no period is said."""
    now, past = _place(f, ledger), _place(replace(f, period=then), ledger) if then else missing(f, ledger)
    if isinstance(now, LedgerAnswer) or isinstance(past, LedgerAnswer):
        return missing(f, ledger)
    told = f"{told_of(f, ledger)}由{spelt(then)}的第{past}位到第{now}位（{ledger.origin}）"
    if past - now == f.value:
        return LedgerAnswer("right", told)
    right = f"{'前移' if past > now else '后移'}{abs(past - now)}位" if past != now else "位次未变"
    return LedgerAnswer("wrong", f"{told}，文中为{f.word}{abs(f.value)}位", right)


def top(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    """A region that is said to be among the first `value`."""
    place = _place(f, ledger)
    if isinstance(place, LedgerAnswer):
        return place
    if place <= f.value:
        return LedgerAnswer("right", f"{told_of(f, ledger)}列第{place}位（{ledger.origin}）")
    return LedgerAnswer(
        "wrong", f"{told_of(f, ledger)}列第{place}位（{ledger.origin}），不在前{f.value}位", f"第{place}位"
    )


def share(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    """占全市的10.7%; 占一般公共预算收入的79.1%: two amounts of the ledger, each rounded as it holds them."""
    region = f.against.partition("@")[2]
    whole = f.against.partition("=")[2] or (ledger.wholes.get(f.indicator, "") if not f.against else "")
    part = ledger.find(f, growth=False)
    base = (
        ledger.find(f, region=region, growth=False)
        if region
        else ledger.find(replace(f, indicator=whole), growth=False)
        if whole
        else None
    )
    units = {
        ledger.units.get(f.indicator.partition("-")[0], ""),
        ledger.units.get(f.indicator if region else whole, ""),
    }
    if part is None or base is None or base <= 0 or len(units) > 1 or region == f.region:
        return LedgerAnswer("unknown", "台账没有这类数")
    exact = part / base * 100
    half = Decimal(5).scaleb(-f.decimals - 1)
    rough = 2 if "-" in f.indicator else 1  # a difference of two rounded amounts
    slack = exact * (rough * _half_of(part) / part + _half_of(base) / base) if part else Decimal(0)
    of = f"占{ledger.names.get(region, region) if region else '总数'}的比重"
    name = f"{ledger.names.get(f.region, f.region)}{spelt(f.period)}{f.subject}{of}"
    if abs(exact - f.value) <= half + slack:
        return LedgerAnswer("right", f"{name}为{rounded(exact, f.decimals)}%（{ledger.origin}）")
    ours = rounded(exact, f.decimals)
    return LedgerAnswer("wrong", f"{name}为{ours}%（{ledger.origin}），文中为{f.value}%", f"{ours}%")


def _half_of(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(min(int(exponent), 0) - 1)
