"""Directives: from the paragraphs of a speech, minutes or a task list to proposed matters.

Pure, by rules, without a network. Each proposal carries the words it comes from and how sure we
are; a person confirms, edits or drops every one before anything is issued. Nothing is invented:
no unit named gives an empty lead. What counts as a matter follows the clerk's rules
(domain brief §10): one per action with a unit or a deadline of its own; a numbered item with one
bracketed note of responsibility stays whole, and a sentence inside it that names another unit is a
further one; exhortation, progress and past results are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from wenpan.documents.orders import bulletins, deadlines, not_orders
from wenpan.documents.orders.acceptance import NO_ROSTER, Acceptance
from wenpan.documents.orders.acceptance import signs as signs_of
from wenpan.documents.orders.boundaries import by_deadline, is_for_all, joined, shared_limit
from wenpan.documents.orders.deadlines import Deadline
from wenpan.documents.orders.headings import behind_preface, heading_end, is_bare_order, own_heading, trim
from wenpan.documents.orders.is_order import best_limit, impossible_limits, is_ahead, is_order
from wenpan.documents.orders.items import Item, items
from wenpan.documents.orders.note_places import PLACES
from wenpan.documents.orders.paper import ReadPaper, plain_of
from wenpan.documents.orders.proposal import NO_LIMIT, NO_UNIT, MatterProposal
from wenpan.documents.orders.units import responsibility
from wenpan.documents.orders.units.clauses import Clause, clauses, is_name
from wenpan.documents.orders.units.gazetteer import Gazetteer, is_person, split_names
from wenpan.documents.orders.units.responsibility import Roles
from wenpan.documents.orders.whole_paper import (
    distinct,
    placed,
    told_elsewhere,
    with_days_of_all,
    with_global,
    with_reporters,
)
from wenpan.documents.words.sentences import pieces, without_number
from wenpan.economy.time.calendars import Calendar

__all__ = ["MatterProposal", "propose"]


_YOU = re.compile(r"^(?:你|贵)(?:单位|局|办|镇|委|中心|街道|公司|区|县)$")
_REPORT_PAPER = re.compile(r"(?m)^\s*(?:特此|专此)报告")  # what was done, told upwards
_ONE_PAPER = 8000  # a longer text may be a bundle of papers
_REPORTS_HERE = re.compile(r"(?:整改|落实|工作|进展|办理)情况(?:报告|汇报|函告)如下")
_MOTTO = re.compile(r",(?:谁|哪个)[^。;]{2,30}(?:就|谁)[^。;]{0,14}$")  # ,谁砸了牌子,就摘谁的帽子


def propose(
    paragraphs: Sequence[str],
    *,
    on: date,
    calendar: Calendar,
    gazetteer: Gazetteer | None = None,
    places: Sequence[str] = (),
    acceptance: Acceptance | None = None,
) -> list[MatterProposal]:
    """The matters that a document orders, in its order. `on` is the document's date.

    `acceptance` judges how sure each is and drops what is hardly one; without it a rule of thumb does.
    `places` says where each paragraph stands (`reading.Text.places`); a proposal takes that of its first.
    """
    text = "\n".join(paragraphs)
    if len(text) < _ONE_PAPER and (_REPORT_PAPER.search(text[-300:]) or _REPORTS_HERE.search(text[:600])):
        return []
    document = ReadPaper(text, plain_of(text), on, calendar, gazetteer or Gazetteer(), acceptance)
    found = [p for item in items(document.plain) for p in _read(document, item)]
    if acceptance is not None:
        found = [p for p in found if p.confidence >= acceptance.drop_below]
    whole = with_reporters(document, with_global(document, distinct(found)))
    whole = told_elsewhere(document, with_days_of_all(document, whole))
    return placed(whole, paragraphs, places) if any(places) else whole


def marked(
    words: str, before: str, *, on: date, calendar: Calendar, gazetteer: Gazetteer | None = None
) -> MatterProposal:
    """Words that a person marked are a matter because they say so: with the one unit and the limit in them.

    `before`: what stands before them in the paragraph; who is told something there last is told this too.
    """
    doc = ReadPaper(words, plain_of(words), on, calendar, gazetteer or Gazetteer())
    told = [c.roles for c in clauses(doc.plain, 0, len(words), doc.known) if c.roles.lead]
    if not told and before:
        earlier = plain_of(before)
        told = [c.roles for c in clauses(earlier, 0, len(earlier), doc.known) if c.roles.lead][-1:]
    who = told[0] if len({roles.lead for roles in told}) == 1 else Roles()
    return _proposal(doc, (0, len(words)), who, best_limit(doc.limits(0, len(words)), last=True), 1.0)


def _read(doc: ReadPaper, item: Item) -> Iterator[MatterProposal]:
    """An item's own note, quoted orders, the places of a note (`note_places`); the rest by its sentences."""
    if item.note:
        yield from _noted(doc, item.start, item.end, item.note, _of_phase(doc, item))
        return
    quoted = list(bulletins.quoted_spans(doc, item.start, item.end))
    for span, names in quoted:
        yield _proposal(doc, span, Roles(names), best_limit(doc.limits(*span)), 0.9)
    if quoted:
        behind = doc.plain.find("。", quoted[-1][0][1])
        yield from _free(doc, replace(item, start=max(behind, quoted[-1][0][1]) + 1))
        return
    cursor = item.start
    for place in PLACES:
        if (found := place.find(doc.plain, cursor, item.end, doc.known)) is None:
            continue
        for part in found.parts:
            yield from _noted(doc, *part)
        if found.rest is None:
            return
        cursor = found.rest
    yield from _free(doc, replace(item, start=cursor))


def _noted(
    doc: ReadPaper, start: int, end: int, note: str, phase: Deadline | None = None
) -> Iterator[MatterProposal]:
    """A measure with its note of responsibility, and sentences in it that name other units."""
    while (told := bulletins.without_feedback(doc.plain, start, end)[0]) > start:
        start = told
    start, end = trim(doc.plain, start, end)
    given = responsibility.note(note, doc.known)
    others = [
        c
        for c in clauses(doc.plain, heading_end(doc.plain, start, end), end, doc.known)
        if c.roles.lead
        and (c.strong or doc.limits(c.start, c.end))
        and not _same(c.roles, given)
        and not (given.lead and all(_ANYBODY.match(name) for name in c.roles.lead))
        and (c.strong or not _is_built(doc.plain[c.start : c.end], c.roles.lead[-1]))
    ]
    own = [
        d
        for d in doc.limits(start, end)
        if not any(c.start <= d.start < c.end for c in others)
        and not _of_service(doc.plain, d)
        and not (d.text.startswith("每年") and _A_TARGET.match(doc.plain, d.end))
    ]
    named = next((c for c in others if not all(is_person(n) for n in c.roles.lead)), None)
    if named and given.lead and all(is_person(n) for n in given.lead):  # only a 责任领导 below the measure
        given, others = named.roles, [c for c in others if c is not named]
    said = deadlines.in_note(note, on=doc.on, calendar=doc.calendar)
    limit = best_limit(said, last=True) if said else best_limit(own, last=True) or phase
    for clause in reversed(others):
        if end - clause.end < 3 and clause.start - start > 12:
            end = trim(doc.plain, start, clause.start)[1]
    yield _proposal(doc, (start, end), given, limit, 0.95 if given.lead else 0.7)
    for clause in others:
        yield from _of_clause(doc, clause, trusted=True)


_BUILT = re.compile(
    r"[^,。;要须由]*?(?:完工|竣工|开工|动工|交付|投用|投产|建成|封顶|启用|开业|开园)(?:使用)?(?=[,。;]|$)"
)


def _is_built(words: str, name: str) -> bool:
    """`8月底前北坡幼儿园竣工交付`: what is built is nobody who is told."""
    at = words.find(name)
    return at >= 0 and bool(_BUILT.match(words, at + len(name)))


_AT_THE_COUNTER = re.compile(
    r"压缩|缩短|压减|审批|受理|窗口|申请|申报|登记|许可|核准|备案|办理时限|承诺|企业开办|答复|拨付到企业|审核通过"
)


_ANYBODY = re.compile(r"(?:有关|相关|各有关|各相关)(?:部门|单位)$")  # in a measure whose unit is named
_A_TARGET = re.compile(
    r"(?:新?增|培育|引进|建设|改造|认定|发展|培训|打造|扶持|实现)[^,。;]{0,16}\d"
)  # 每年培育企业50家


def _of_service(plain: str, limit: Deadline) -> bool:
    """A standing service limit (`3个工作日内办结`) is not the matter's deadline."""
    if limit.kind != "date" or not re.search(r"工作日|小时|分钟|\d天|\d日内", limit.text):
        return False
    begun = max(plain.rfind(sign, 0, limit.start) for sign in "。;\n") + 1
    if re.search(
        r"(?:本?(?:通知|方案|文件|意见|措施)?(?:印发|下发|发布))[^,]{0,8}$", plain[begun : limit.start]
    ):
        return False
    return bool(
        re.match(r"[^。;]{0,20}(?:办结|审批|答复|受理|出具|完成)", plain[limit.end :])
        or _AT_THE_COUNTER.search(plain, begun, limit.end + 30)
    )


def _same(found: Roles, given: Roles) -> bool:
    mine, theirs = set(found.lead), set(given.lead) | set(given.coop)
    return any(a in b or b in a for a in mine for b in theirs)


def _free(doc: ReadPaper, item: Item) -> Iterator[MatterProposal]:
    """Sentences without a note. The item orders something if one of its sentences does so in form."""
    head = item.told_from or own_heading(doc, item)
    if is_name(doc.plain[without_number(doc.plain, item.start, item.end) : item.end].strip(" :"), doc.known):
        return  # a heading that is only a unit
    found = joined(doc, clauses(doc.plain, head, item.end, doc.known))
    limits = doc.limits(item.start, item.end)
    phase = best_limit([d for d in doc.limits(item.start, head) if d.aside]) if head > item.start else None
    phase = phase or _of_phase(doc, item)
    trusted = (
        any(c.strong for c in found)
        or phase is not None
        or any(is_ahead(doc, d) for d in limits)
        or _is_list_of_orders(doc.plain, item)
    )
    for i, clause in enumerate(found):
        if (item.quiet and not clause.roles.lead) or (i and is_for_all(doc, clause)):
            continue
        headed = i == 0 and head > item.start and (item.told_from or doc.plain.startswith("由", clause.start))
        whole = replace(clause, start=item.start) if headed and is_bare_order(doc, clause) else clause
        shared = shared_limit(doc, clause, found[i + 1 :]) or phase
        for part in by_deadline(doc, _addressed(doc, whole, item)):
            yield from _of_clause(doc, part, trusted=trusted, shared=shared)


def _of_phase(doc: ReadPaper, item: Item) -> Deadline | None:
    """The days of the heading above: `(二)集中整治阶段(6月1日-9月30日)` holds for what stands below it."""
    if item.phase is None or item.phase[0] == item.start:
        return None
    return best_limit(doc.limits(*item.phase), last=True)


def _is_list_of_orders(plain: str, item: Item) -> bool:
    """A numbered line outside reports: `2.县财政局安排50万元` orders without 要."""
    numbered = without_number(plain, item.start, item.end) > item.start
    return numbered and not item.quiet and not not_orders.is_report(plain[item.start : item.end])


def _addressed(doc: ReadPaper, clause: Clause, item: Item) -> Clause:
    """你单位 is the addressee; below a heading that is only a unit, that unit is told."""
    if not clause.roles.lead and item.heading and is_name(item.heading, doc.known):
        return replace(clause, roles=Roles((item.heading,), clause.roles.coop), strong=True)
    asked = not clause.roles.lead and doc.plain[clause.start : clause.end].lstrip("”").startswith("请")
    if item.addressee and asked and "各" not in item.addressee and is_name(item.addressee, doc.known):
        return replace(
            clause, roles=Roles(tuple(split_names(item.addressee)), clause.roles.coop), strong=True
        )
    if item.addressee and any(_YOU.match(name) for name in clause.roles.lead):
        return replace(clause, roles=Roles(tuple(split_names(item.addressee)), clause.roles.coop))
    return clause


def _behind_slogans(doc: ReadPaper, start: int, end: int) -> int:
    """`要发扬攻坚克难作风,启动建设,确保8月底前建成`: set phrases before what has a day are not the matter."""
    for a, b in pieces(doc.plain, start, end):
        if not_orders.share_of_phrases(doc.plain[a:b]) < 1 or not doc.limits(b, end):
            return a
    return start


def _of_clause(
    doc: ReadPaper, clause: Clause, *, trusted: bool, shared: Deadline | None = None
) -> Iterator[MatterProposal]:
    start, end = trim(doc.plain, clause.start, clause.end)
    if tail := _MOTTO.search(doc.plain, start, end):
        end = tail.start()
    start, end = bulletins.without_feedback(doc.plain, start, end)
    lead = clause.roles.lead
    start = behind_preface(doc.plain, start, end, lead[0]) if lead else _behind_slogans(doc, start, end)
    limit = best_limit(doc.limits(start, end)) or shared
    if not is_order(doc, (start, end), clause, limit, trusted=trusted):
        return
    confidence = 0.5 + 0.25 * bool(lead) + 0.1 * clause.strong + 0.1 * (limit is not None)
    yield _proposal(doc, (start, end), clause.roles, limit, round(confidence, 2))


def _proposal(
    doc: ReadPaper,
    span: tuple[int, int],
    who: Roles,
    limit: Deadline | None,
    confidence: float,
) -> MatterProposal:
    words, known = doc.plain[slice(*span)], NO_ROSTER
    if doc.known.names or doc.known.directory:
        known = float(bool(doc.codes([part for name in who.lead for part in name.split("、")])))
    signs = signs_of(words, who, limit, doc.limits(*span), known=known)
    if doc.acceptance is not None:
        confidence = doc.acceptance.probability(signs)
    questions = [] if who.lead else [NO_UNIT]
    if who.lead and all(is_person(name) for name in who.lead):
        questions.append("只写明负责人, 未写明单位")
    if limit is None:
        questions.append(NO_LIMIT)
    elif limit.estimated:
        questions.append("时限按未公布的节假日推算")
    if limit is not None and limit.date is not None and limit.date < doc.on:
        questions.append("时限早于文件日期")
    questions += impossible_limits([*doc.limits(*span), *([limit] if limit else [])])
    questions += doc.questions((*who.lead, *who.coop))
    return MatterProposal(
        text=doc.text[span[0] : span[1]],
        lead="、".join(doc.as_written(name) for name in who.lead),
        coop=tuple(doc.as_written(name) for name in who.coop),
        deadline=limit.date if limit else None,
        deadline_text=limit.text if limit else "",
        recurrence=limit.recurrence if limit else "",
        span=span,
        confidence=confidence,
        questions=tuple(questions),
        units=doc.codes(who.lead),
        coop_units=doc.codes(who.coop),
        signs=tuple(signs.items()),
    )
