"""Targets and needs of a paper: the gap to a target against the ledger, one target said with two numbers.

Pure. `固定资产投资低于市下达目标(增长8.0%)32.0个百分点`: the target, the gap and the ledger's growth belong
together; `后三个月需增长74.1%` of one indicator is one number wherever the paper says it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal

from wenpan.documents.proof.arithmetic import Contradiction
from wenpan.documents.proof.paper_figures import PaperFigure, Vocabulary
from wenpan.documents.proof.proof_ledger import ProofLedger, month_before
from wenpan.documents.words.characters import same_length
from wenpan.economy.figures.quantities import rounded

_TARGET = re.compile(
    r"(?P<side>高于|低于|优于|与)(?P<whose>[^,。;()]{0,16}目标)\((?:增长|下降)\d+(?:\.\d+)?%(?:以[上内])?\)"
    r"(?:(?P<gap>\d+(?:\.\d+)?)个?百分点|持平)"
)
_NEED = re.compile(
    r"(?P<whose>后[一二三四五六七八九十]个月|[一二三四]季度|全年预计|全年)需?(?=(?:增长|下降)\d)"
)
_HEAD = 200  # characters at the head of a sentence in which its indicator stands
_LEFT_OUT = re.compile(r"\((?:自|从)\d{1,2}月起\)|:|全年预计")


def against_plans(
    paragraphs: Sequence[str], found: Sequence[PaperFigure], known: Vocabulary, ledger: ProofLedger
) -> list[Contradiction]:
    """One contradiction a target or need that the ledger or another place of the paper denies."""
    by_paragraph: dict[int, list[PaperFigure]] = {}
    for f in found:
        by_paragraph.setdefault(f.paragraph, []).append(f)
    names = sorted({same_length(n) for n in known.indicators}, key=len, reverse=True)
    written = {same_length(n): code for n, code in known.indicators.items()}
    out, told = list[Contradiction](), dict[tuple[str, str], PaperFigure]()
    for index, figures in by_paragraph.items():
        text = same_length(paragraphs[index])
        for f, whose, gap in _plans(text, figures):
            name = _named_before(text, f.start, names)
            if not name:
                continue
            code, basis = written[name], _basis(text, f)
            first = told.setdefault((code, f"{whose}{basis}"), f)
            if first.value != f.value:
                reason = f"前文{name}{whose}为{first.words}，此处为{f.words}"
                out.append(Contradiction("target", f, (first,), reason))
            elif gap is not None and (reason := _denied(f, code, basis, gap, figures, ledger)):
                out.append(Contradiction("target", f, (), f"{name}{reason}"))
    return out


def _plans(
    text: str, figures: Sequence[PaperFigure]
) -> Iterator[tuple[PaperFigure, str, tuple[Decimal, int] | None]]:
    """The figure of each target and need, whose it is, and the gap that is said behind a target, signed."""
    growths = [f for f in figures if f.kind == "growth" and f.planned]
    for m in _TARGET.finditer(text):
        at = bisect_left(growths, m.start(), key=lambda f: f.start)
        target = growths[at] if at < len(growths) and growths[at].start < m.end() else None
        if target is not None:
            gap = Decimal(m["gap"] or 0)
            below = m["side"] == "低于" or (m["side"] == "优于" and target.value < 0)
            yield target, m["whose"], (-gap if below else gap, len((m["gap"] or "0.0").partition(".")[2]))
    starts = {f.start: f for f in reversed(growths)}
    for m in _NEED.finditer(text):
        if need := starts.get(m.end()):
            yield need, m["whose"], None


def _named_before(text: str, at: int, names: Sequence[str]) -> str:
    """The indicator at the head of the semicolon's part in which a plan stands, else of the sentence."""
    for signs in (";。", "。", ":。"):
        begun = max(text.rfind(sign, 0, at) for sign in signs) + 1
        head = _LEFT_OUT.sub("", text[begun : min(at, begun + _HEAD)]).lstrip(" 、")
        head = re.sub(
            r"^(?:\d{4}年)?(?:1-\d{1,2}月|\d{1,2}月(?:末|底|份)?|前[两三]季度|上半年|一季度),", "", head
        )
        if name := next((n for n in names if head.startswith(n)), ""):
            return name
    return ""


def _basis(text: str, f: PaperFigure) -> str:
    said = text[text.rfind("。", 0, f.start) + 1 : f.start]
    return "refund_adjusted" if "退税" in said else "natural"


def _denied(
    f: PaperFigure,
    code: str,
    basis: str,
    gap: tuple[Decimal, int],
    figures: Sequence[PaperFigure],
    ledger: ProofLedger,
) -> str:
    """Why the ledger denies a gap; "" where it agrees or does not know. The figure's own period is asked."""
    probe = PaperFigure(
        f.paragraph, f.start, f.end, f.words, "growth", f.value, 1, "%", code, "", f.region, f.period, basis
    )
    held = ledger.find(probe)
    if held is None or f.monthly:
        return ""
    shown = rounded(held, 1)
    room = Decimal(5).scaleb(-gap[1] - 1)  # a target is exact: only the gap is rounded
    late = None if f.dated else ledger.find(probe, period=month_before(f.period) or f.period)
    for one in (held, late):  # what is published a month late stands a month behind in a summary
        if one is not None and any(abs(x - f.value - gap[0]) <= room for x in (one, rounded(one, 1))):
            return ""
    return f"增速{shown}%（{ledger.origin}）与目标{f.value}%相差{shown - f.value}个百分点，文中为{gap[0]}"
