"""A paper's figures against the ledger: right, wrong with the right one and its origin, or unknown.

Pure. Compared as printed: the ledger's value rounded to the paper's decimals, half up; amounts in the
paper's own unit (亿元, 万元). A rank is counted over the districts of the ledger; points are the
difference of the shown growths. What the ledger does not hold is unknown, with the reason.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from wenpan.documents.proof.numbers import scale
from wenpan.documents.proof.paper_figures import SCALE, PaperFigure
from wenpan.documents.proof.proof_ledger import (
    LedgerAnswer,
    ProofLedger,
    by_length,
    missing,
    month_before,
    spelt,
    told_of,
)
from wenpan.documents.proof.ranks_and_shares import climb, rank, share, top
from wenpan.economy.figures.quantities import rounded


def answer(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    if f.planned:
        return LedgerAnswer("unknown", "目标、预测或表中的数，不与台账的发布数比")
    return _answer(f, ledger)


def late_answer(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer | None:
    """Where a paragraph names no period, the month before counts too: some figures come a month late."""
    if f.planned or f.dated or f.kind not in ("growth", "points", "rank"):
        return None
    before = month_before(f.period)
    late = _answer(replace(f, period=before), ledger) if before else None
    return late if late and late.state == "right" else None


def _answer(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    if f.kind == "count":
        return LedgerAnswer("unknown", "台账没有这类数")
    if not f.indicator:
        return LedgerAnswer("unknown", f"“{f.subject}”不是目录里的指标" if f.subject else "看不出是哪个指标")
    if not f.period:
        return LedgerAnswer("unknown", "看不出是哪个时期")
    if f.kind == "climb":
        return climb(f, ledger, _before(f))
    kinds = {
        "growth": _growth,
        "level": _level,
        "points": _points,
        "rank": rank,
        "share": share,
        "top": top,
    }
    return kinds[f.kind](f, ledger)


def _growth(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    return _judged(f, ledger.find(f), "%", ledger)


def _level(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    held, unit = ledger.find(f, growth=False), ledger.units.get(f.indicator.partition("-")[0], "")
    if held is None:
        return _of_another_month(f, ledger) or missing(f, ledger)
    if unit.lstrip("万亿") != f.unit.lstrip("万亿"):
        return LedgerAnswer("wrong", f"{told_of(f, ledger)}的单位是{unit}，文中为{f.unit}", f"{held}{unit}")
    ours = held * SCALE[scale(unit)] / SCALE[scale(f.unit)]
    return _judged(f, ours, f.unit, ledger)


def _points(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer:
    """高于全市0.8个百分点; 较上月收窄1.9个百分点. Other comparisons (拉动) have no figure in the ledger."""
    mine, period = ledger.find(f), _before(f)
    if period:
        then = ledger.find(f, period=period)
        if mine is None or then is None:
            return missing(f, ledger)
        return _judged(f, _shown_change(f, mine, then), "个百分点", ledger, f"比{spelt(period)}的变化")
    whom = next((code for name, code in by_length(ledger) if name in f.against), "")
    if (
        not f.against
        and re.match("增长|下降|比增|比降|增[速幅]|达|$", f.word)
        and mine is not None
        and rounded(mine, f.decimals) == f.value
    ):
        return LedgerAnswer(
            "wrong", f"{told_of(f, ledger)}为{f.value}%，单位应为%，文中为个百分点", f"{f.value}%"
        )
    if not whom or f.word[:1] not in "高低快慢领落":
        return LedgerAnswer("unknown", "台账没有这类比较")
    theirs = ledger.find(f, region=whom)
    if mine is None or theirs is None:
        return missing(f, ledger)
    gap = rounded(mine, f.decimals) - rounded(theirs, f.decimals)
    return _judged(f, gap, "个百分点", ledger, f"与{ledger.names.get(whom, whom)}之差")


def _shown_change(f: PaperFigure, mine: Decimal, then: Decimal) -> Decimal:
    """With the sign of the paper's words: 收窄 and 扩大 are said of the size of a growth or of a fall."""
    now, past = rounded(mine, f.decimals), rounded(then, f.decimals)
    if f.word in ("收窄", "扩大", "缩小"):
        return abs(now) - abs(past)
    return now - past


def _before(f: PaperFigure) -> str:
    """The period that 上月, 上半年 … stand for beside the figure's own."""
    year, month = int(f.period[:4]), int(f.period[5:])
    if f.against in ("去年同期", "上年同期"):
        return f"{year - 1}-{month:02d}"
    if f.against in ("去年全年", "上年全年"):
        return f"{year - 1}-12"
    months = {"上月": month - 1, "上季度": month - 3, "上半年": 6, "一季度": 3, "前三季度": 9}
    named = re.match(r"(?:1-|前)?(\d{1,2})个?月", f.against)
    then = int(named[1]) if named else months.get(f.against, 0)
    return f"{year}-{then:02d}" if 0 < then < month else ""


def _judged(
    f: PaperFigure, held: Decimal | None, unit: str, ledger: ProofLedger, of: str = ""
) -> LedgerAnswer:
    if held is None:
        return _of_another_month(f, ledger) or missing(f, ledger)
    ours, told = rounded(held, f.decimals), f"{told_of(f, ledger)}{of}"
    if ours == f.value:
        return LedgerAnswer("right", f"{told}为{ours}{unit}（{ledger.origin}）")
    said = "，正负号相反" if ours == -f.value else ""
    return LedgerAnswer(
        "wrong", f"{told}为{ours}{unit}（{ledger.origin}），文中为{f.value}{unit}{said}", f"{ours}{unit}"
    )


def _of_another_month(f: PaperFigure, ledger: ProofLedger) -> LedgerAnswer | None:
    """`1—9月增长3.8%`, and the ledger has none of 1—9月 but 3.8 % of 1—8月: the period is written wrong."""
    if f.monthly or f.kind not in ("growth", "level"):
        return None
    year, month = f.period[:4], int(f.period[5:])
    near = sorted(
        (n for n in range(max(2, month - 3), min(12, month + 3) + 1) if n != month),
        key=lambda n: (abs(n - month), n),
    )
    for other in near:
        period = f"{year}-{other:02d}"
        held = ledger.find(f, period=period, growth=f.kind == "growth")
        if held is None:
            continue
        unit = ledger.units.get(f.indicator, "")
        ours = held if f.kind == "growth" else held * SCALE[scale(unit)] / SCALE[scale(f.unit)]
        if rounded(ours, f.decimals) == f.value:
            told = f"{told_of(f, ledger)}没有发布，{spelt(period)}为{f.value}{f.unit}（{ledger.origin}）"
            return LedgerAnswer("wrong", f"{told}，时期可能写错", spelt(period))
        if other < month and f.kind == "growth":
            return None
    return None
