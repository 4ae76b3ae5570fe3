"""Questions to ask: from the facts, by the rules' words, each with what it stands on. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from wenpan.district.meetings.memo.facts import (
    LATE,
    SILENT,
    AgreedMatter,
    Citation,
    IndicatorFact,
    MemoFacts,
    MemoQuestion,
    RedThing,
    UnitExpectation,
)
from wenpan.district.meetings.policy import MeetingKind, MeetingRules, QuestionForm
from wenpan.economy.judging.light_words import LIGHTS

_EMPTY = (
    ("，，", "，"),
    ("；：", "："),
    ("，：", "："),
    ("，；", "；"),
    ("：：", "："),
    ("。。", "。"),
    ("；。", "。"),
    ("（）", ""),
)
Made = tuple[
    str, str, dict[str, object], tuple[Citation, ...]
]  # unit, its name, words of the form, citations


def questions(
    facts: MemoFacts, kind: MeetingKind, rules: MeetingRules
) -> tuple[tuple[MemoQuestion, ...], int]:
    """The most pressing first; how many the rules' limits left out. One question a subject and occasion."""
    found: list[MemoQuestion] = []
    for occasion in kind.ask:
        form = rules.questions[occasion]
        found += [_made(occasion, form, made) for made in OCCASIONS[occasion](facts, kind)]
    found = _without_repeated(found)
    found.sort(key=lambda q: (-q.points, kind.ask.index(q.occasion)))
    kept: list[MemoQuestion] = []
    of_unit: dict[str, int] = {}
    for question in found:
        if len(kept) < kind.most and of_unit.get(question.unit, 0) < kind.most_of_unit:
            kept.append(question)
            of_unit[question.unit] = of_unit.get(question.unit, 0) + 1
    return tuple(kept), len(found) - len(kept)


def _without_repeated(found: list[MemoQuestion]) -> list[MemoQuestion]:
    """What was not answered is not asked for twice where the same thing is asked anew."""
    anew = {_thing(c) for q in found if q.occasion != "unanswered" for c in q.citations}
    return [q for q in found if q.occasion != "unanswered" or not any(_thing(c) in anew for c in q.citations)]


def _thing(citation: Citation) -> tuple[str, str]:
    """An indicator is the same thing in every month."""
    return citation.kind, citation.key.partition("@")[0]


def _made(occasion: str, form: QuestionForm, made: Made) -> MemoQuestion:
    unit, name, words, citations = made
    subject = str(words.get("subject", ""))
    return MemoQuestion(
        occasion, unit, name, _tidy(form.text.format(**words)), form.points, citations, subject
    )


def _tidy(text: str) -> str:
    """No empty clause where a word is not known."""
    for before, after in _EMPTY:
        text = text.replace(before, after)
    return text


def _of_matter(row: AgreedMatter, facts: MemoFacts) -> Made:
    began = row.due if row.outcome == LATE else row.assigned_on
    words: dict[str, object] = {
        "meeting": row.meeting,
        "title": row.title,
        "number": row.number,
        "due": f"{row.due.month}月{row.due.day}日" if row.due else "",
        "days": (facts.on - began).days if began else 0,
    }
    return row.unit, row.unit_name, words, (Citation("matter", str(row.matter), row.number),)


def _late(facts: MemoFacts, _kind: MeetingKind) -> Iterator[Made]:
    for row in sorted((r for r in facts.agreed if r.outcome == LATE), key=lambda r: r.due or facts.on):
        yield _of_matter(row, facts)


def _silent(facts: MemoFacts, kind: MeetingKind) -> Iterator[Made]:
    for row in facts.agreed:
        since = row.assigned_on
        if row.outcome == SILENT and since is not None and (facts.on - since).days >= kind.silent_after:
            yield _of_matter(row, facts)


def _unanswered(facts: MemoFacts, _kind: MeetingKind) -> Iterator[Made]:
    for row in facts.asked:
        if not row.answer:
            subject = row.subject or row.text
            title = subject if len(subject) <= 60 else f"{subject[:58]}……"
            words: dict[str, object] = {"meeting": row.meeting, "title": title, "subject": subject}
            cited = Citation("question", str(row.question), f"{row.meeting}提问")
            carried = (c for c in row.citations if c.kind not in ("question", "figure"))
            yield row.unit, row.unit_name, words, (cited, *carried)


def _of_indicator(row: IndicatorFact) -> Made:
    words: dict[str, object] = {
        "name": row.name,
        "before": LIGHTS.get(row.before, "未亮灯"),
        "period": row.period,
        "actual": row.actual,
        "gap": row.gap,
        "needed": row.needed,
        "months": row.months,
    }
    cited = [Citation("indicator", f"{row.code}@{row.as_of}", f"{row.name}研判")]
    if row.figure is not None:
        cited.insert(0, Citation("figure", str(row.figure), f"{row.name}{row.period}"))
    return row.unit, row.unit_name, words, tuple(cited)


def _new_red(facts: MemoFacts, _kind: MeetingKind) -> Iterator[Made]:
    for row in facts.indicators:
        if row.is_new:
            yield _of_indicator(row)


def _standing_red(facts: MemoFacts, _kind: MeetingKind) -> Iterator[Made]:
    for row in sorted(facts.indicators, key=lambda r: -r.months):
        if row.light == "RED" and not row.is_new:
            yield _of_indicator(row)


def _of_expectation(row: UnitExpectation, words: dict[str, object], *cited: Citation | None) -> Made:
    return row.unit, row.unit_name, {"name": row.name, **words}, tuple(c for c in cited if c is not None)


def _figure(row: UnitExpectation, key: int | None, period: str) -> Citation | None:
    return Citation("figure", str(key), f"{row.name}{period}") if key is not None else None


def _estimate(row: UnitExpectation) -> Citation:
    return Citation("estimate", row.code, f"{row.name}预计")


def _missed(facts: MemoFacts, _kind: MeetingKind) -> Iterator[Made]:
    for row in facts.expectations:
        if row.wrong_side and row.error:
            words: dict[str, object] = {
                "period": row.last_period, "expected": row.last_expected, "actual": row.last_official,
                "error": row.error,
            }  # fmt: skip
            yield _of_expectation(
                row, words, _estimate(row), _figure(row, row.last_official_id, row.last_period)
            )


def _below(facts: MemoFacts, _kind: MeetingKind) -> Iterator[Made]:
    for row in facts.expectations:
        if row.short and row.expected:
            words: dict[str, object] = {
                "period": row.period,
                "expected": row.expected,
                "target": row.target,
            }
            yield _of_expectation(
                row, words, _estimate(row), _figure(row, row.official_id, row.official_period)
            )


def _none_sent(facts: MemoFacts, _kind: MeetingKind) -> Iterator[Made]:
    """Only of what is red or yellow: a meeting has no time for the rest."""
    bad = {row.code for row in facts.indicators if row.light in ("RED", "YELLOW")}
    for row in facts.expectations:
        if not row.expected and row.code in bad and row.official_id is not None:
            words: dict[str, object] = {"period": row.period, "actual": row.official}
            yield _of_expectation(row, words, _figure(row, row.official_id, row.official_period))


def _things(of: str) -> Callable[[MemoFacts, MeetingKind], Iterator[Made]]:
    def made(facts: MemoFacts, _kind: MeetingKind) -> Iterator[Made]:
        rows: tuple[RedThing, ...] = getattr(facts, of)
        for row in rows:
            if row.light == "RED":
                cited = Citation(row.kind, row.key, row.name)
                words: dict[str, object] = {"name": row.name, "number": row.name, "words": row.words}
                yield row.unit, row.unit_name, words, (cited,)

    return made


OCCASIONS: Mapping[str, Callable[[MemoFacts, MeetingKind], Iterator[Made]]] = {
    "late_decision": _late,
    "unanswered": _unanswered,
    "silent_decision": _silent,
    "new_red": _new_red,
    "standing_red": _standing_red,
    "missed_expectation": _missed,
    "below_needed": _below,
    "no_expectation": _none_sent,
    "red_project": _things("projects"),
    "still_deal": _things("deals"),
    "late_request": _things("requests"),
}
