"""Proof: the verdict on every figure of a paper, each with its reason. Pure; the text is never changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from wenpan.documents.proof.agreement import AgreedReading, readings
from wenpan.documents.proof.figures import LONGEST_PIECE, figures
from wenpan.documents.proof.inside import contradictions
from wenpan.documents.proof.ledger import answer, late_answer
from wenpan.documents.proof.paper_figures import YEARS, PaperFigure, Vocabulary
from wenpan.documents.proof.planned import against_plans
from wenpan.documents.proof.proof_ledger import LedgerAnswer, ProofLedger, spelt
from wenpan.documents.proof.subject_names import PERIOD
from wenpan.documents.words.characters import same_length

STATES = ("wrong", "contradictory", "unknown", "right")


@dataclass(frozen=True)
class FigureVerdict:
    """`state` of STATES; `right`: the right figure where the ledger has it."""

    figure: PaperFigure
    state: str
    reason: str
    right: str = ""


def proof(
    paragraphs: Sequence[str], known: Vocabulary, ledger: ProofLedger, places: Sequence[str] = ()
) -> list[FigureVerdict]:
    """Every figure in its order. What contradicts the paper itself is said, also when it is right."""
    plain = [*map(same_length, paragraphs)]
    found = [_of_others(_out_of_a_table(f, places), plain, known) for f in figures(paragraphs, known)]
    plans = against_plans(paragraphs, found, known, ledger)
    against = {c.at: c for c in (*plans, *contradictions(paragraphs, found))}
    verdicts = []
    told_of = [_after_the_paper(f, known) or answer(f, ledger) for f in found]
    of_now = {_thing(f) for f, told in zip(found, told_of, strict=True) if told.state == "right"}
    for f, now in zip(found, told_of, strict=True):
        late = late_answer(f, ledger) if now.state == "wrong" and _thing(f) not in of_now else None
        told = late or now
        if told.state == "wrong":
            more = f"；并且{against[f].reason}" if f in against else ""
            verdicts.append(FigureVerdict(f, "wrong", told.reason + more, told.right))
        elif f in against:
            verdicts.append(FigureVerdict(f, "contradictory", against[f].reason))
        else:
            verdicts.append(FigureVerdict(f, told.state, told.reason, told.right))
    right, wrong = ([v.figure for v in verdicts if v.state == state] for state in ("right", "wrong"))
    verdicts = _agreeing(verdicts, readings(paragraphs, known, ledger, right, wrong), places)
    return [*_title(paragraphs, verdicts, known), *verdicts]


def _agreeing(
    verdicts: Sequence[FigureVerdict], read: Sequence[AgreedReading], places: Sequence[str]
) -> list[FigureVerdict]:
    """The verdicts, and what agreement says where the first reading knows nothing or alarms for nothing."""
    out, seen = (
        [*verdicts],
        {
            (v.figure.paragraph, p): i
            for i, v in enumerate(verdicts)
            for p in range(v.figure.start, v.figure.end)
        },
    )
    for one in read:
        i = seen.get((one.paragraph, one.printed.end - 1))
        if one.foreign and i is not None and out[i].state == "wrong" and out[i].figure.kind != "share":
            out[i] = FigureVerdict(replace(out[i].figure, indicator=""), "unknown", "看不出是哪个指标")
        if one.figure is None or one.answer is None or one.state == "unknown":
            continue
        if (
            one.paragraph < len(places)
            and places[one.paragraph]
            and not places[one.paragraph].startswith("第")
        ):
            continue
        verdict = FigureVerdict(one.figure, one.state, one.answer.reason, one.answer.right)
        if i is None:
            out.append(verdict)
        elif (
            (one.dated and one.state == "wrong")
            or (out[i].state == "unknown" and not out[i].figure.planned)
            or (out[i].state == "wrong" and one.state == "right")
        ):
            out[i] = replace(verdict, figure=replace(one.figure, sentence=out[i].figure.sentence))
    return sorted(out, key=lambda v: (v.figure.paragraph, v.figure.start))


_TITLE = 40  # characters that a title has at most
_HEAD = 6  # paragraphs among which a title or `现将1—9月…汇报如下` stands


def _head_period(text: str, place: int) -> re.Match[str] | None:
    """The period of a title (`1—8月…`, `统计月报（2022年8月）`) or of the words before a paper's figures."""
    plain = same_length(text)
    m = PERIOD.search(plain)
    title = place == 0 and len(text) <= _TITLE and "。" not in text[:-1]
    if m is None or not (title or re.search("现将[^。]*如下", plain) or "  " in plain):
        return None
    month = m["last"] or (m["month"] if title and "月报" in plain else None)
    return m if month and 1 <= int(month) <= 12 and int(m["year"] or YEARS[0]) in YEARS else None


def _title(
    paragraphs: Sequence[str], verdicts: Sequence[FigureVerdict], known: Vocabulary
) -> Iterator[FigureVerdict]:
    """The period of the title, where no figure is of it: `1—8月经济运行情况` over figures of 1—9月."""
    for place, at in enumerate([i for i, text in enumerate(paragraphs) if text.strip()][:_HEAD]):
        if m := _head_period(paragraphs[at], place):
            yield from _titled(paragraphs[at], at, m, verdicts, known)


def _titled(
    text: str, at: int, m: re.Match[str], verdicts: Sequence[FigureVerdict], known: Vocabulary
) -> Iterator[FigureVerdict]:
    last = m["last"] or m["month"]
    if any(v.figure.paragraph == at for v in verdicts):
        return  # a sentence with figures of its own is no title
    period = f"{m['year'] or known.year}-{int(last):02d}"
    right = Counter(v.figure.period for v in verdicts if v.state == "right")
    if not right or any(v.figure.period == period for v in verdicts):
        return
    most = right.most_common(1)[0][0]
    figure = PaperFigure(
        at,
        m.start(),
        m.end(),
        text[m.start() : m.end()],
        "date",
        Decimal(last),
        0,
        period=period,
    )
    yield FigureVerdict(
        figure, "contradictory", f"标题为{spelt(period)}，正文各数是{spelt(most)}的", spelt(most)
    )


def _thing(f: PaperFigure) -> tuple[str, str, str]:
    """What a paper speaks of: where one figure of it is this month's, the others are no earlier month's."""
    return f.indicator, f.region, f.period


def _after_the_paper(f: PaperFigure, known: Vocabulary) -> LedgerAnswer | None:
    """`1—11月` in a paper on September: nothing can have been published of a period that is to come."""
    known_kind = f.indicator and f.kind in ("growth", "level", "rank")
    if known_kind and f.dated and not f.monthly and f.period.endswith("-01") and not f.planned:
        return LedgerAnswer("wrong", "“1—1月”不是累计时期：累计数从1—2月起")
    published = (known_kind or f.kind == "count") and not f.planned and not f.monthly
    if not published or f.period.endswith("-12") or f.period <= known.period:
        return None
    return LedgerAnswer("wrong", f"时期{f.period}晚于本文的{known.period}，还没有发布数")


_OTHERS = re.compile(
    r"(?<!比)(?<!于)(?<!较)(?<!与)(?P<who>全国|全省|国内(?!生产)|[两三]年平均|年均)(?![第各平排])"
)


_OF_A_SHARE = re.compile(r"(?:比重|占比|份额)[^,;。]{0,8}%,[^,;。]*$")


def _of_others(f: PaperFigure, plain: Sequence[str], known: Vocabulary) -> PaperFigure:
    """`全国固定资产投资增长5.9%`, `两年平均增长5.4%`: no ledger of a place holds it."""
    text = plain[f.paragraph]
    nearest = max(0, f.start - LONGEST_PIECE)
    begun = max(nearest, *(text.rfind(sign, nearest, f.start) + 1 for sign in "。;,"))
    if f.kind == "points" and _OF_A_SHARE.search(text[max(0, begun - 16) : f.start]):
        return replace(f, indicator="", subject="比重的变化")
    m = next(reversed([*_OTHERS.finditer(text, begun, f.end)]), None)
    if m is None or any(name in text[m.end() : f.start] for name in known.regions):
        return f
    return replace(f, indicator="", subject=f"{m['who']}{f.subject}")


def _out_of_a_table(f: PaperFigure, places: Sequence[str]) -> PaperFigure:
    """Of a cell only the heading says what it is (target, gap, last year): it is not compared."""
    place = places[f.paragraph] if f.paragraph < len(places) else ""
    return replace(f, planned=True) if place and not place.startswith("第") else f
