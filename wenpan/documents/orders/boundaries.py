"""Where one clause ends and the next matter begins: further orders, shared limits, steps with a day each.

Pure. One matter per action with a unit or a day of its own (domain brief §10).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from wenpan.documents.orders.deadlines import Deadline
from wenpan.documents.orders.is_order import best_limit
from wenpan.documents.orders.paper import ReadPaper
from wenpan.documents.orders.units.clauses import Clause
from wenpan.documents.words.sentences import pieces

_STEP = re.compile(
    r"成立|组建|制定|编制|签订|答复|办结|反馈|函告|送达|拨付|移交|公示|完成|到位|开展|组织|召开|举办|开工|建成|竣工|投用|上线|实现|放在|印发|出台|报|提交|付清|清零|试运行|启动|接入|拿出|争取|达到|交付|进场|施工|封顶|投产|完工|开业|开街|规模|[打种栽收清拆修挖铺]完"
)
_COUNTS_IN = re.compile(r"(?:内容|其中|也|还|均)?包[括含]")  # 也包括9月底前办理的建议: no step
_OFTEN = re.compile(
    r"(?:原则上|一般)?(?:每|[一两二三半]个?(?:月|季度|周)|一(?:周|月))[^,。]{0,6}(?:召开|举行|组织|开展|调度)[^,。]{0,4}一次"
)
_FOR_ALL = re.compile(
    r"(?:以上|上述)(?:各项)?(?:工作|任务|事项)[^,。由]{0,24}(?:完成|办结|落实|到位)(?=$|。)"
)
_RHYTHM = re.compile(r"(?:并|同时|此后|之后|以后)?(?:自|从)?(?:[\d一二三四五六七八九十]+月份?起)?每")


def joined(doc: ReadPaper, told: Iterable[Clause]) -> list[Clause]:
    """`县工信局要…;要…`: no unit and no day of its own, so no matter of its own."""
    kept: list[Clause] = []
    for clause in told:
        between = doc.plain[kept[-1].end : clause.start] if kept else ""
        follows = (clause.goes_on and ";" in between) or (clause.below and bool(kept))
        follows = follows and not doc.limits(clause.start, clause.end)
        if follows or (between == "。" and _only_a_rhythm(doc, kept[-1], clause)):
            kept[-1] = replace(kept[-1], end=clause.end)
        else:
            kept.append(clause)
    return kept


def _only_a_rhythm(doc: ReadPaper, before: Clause, clause: Clause) -> bool:
    """`由管委会召集有关单位参加。原则上每月召开一次。`: when the one before it is to be done."""
    words = doc.plain[clause.start : clause.end]
    return (
        bool(before.roles.lead)
        and not clause.roles.lead
        and bool(_OFTEN.match(words))
        and not doc.limits(before.start, before.end)
    )


def is_for_all(doc: ReadPaper, clause: Clause) -> bool:
    """`以上工作确保在一个月内完成。`: the limit of what stands before it in the paragraph."""
    return not clause.roles.lead and bool(_FOR_ALL.match(doc.plain, clause.start, clause.end))


def shared_limit(doc: ReadPaper, clause: Clause, following: Sequence[Clause]) -> Deadline | None:
    """`甲负责…,乙负责…,均于8月10日前完成`: the limit of the clauses before it in the sentence."""
    for later in following:
        if re.search(r"[。!?\n]", doc.plain[clause.end : later.start + 1]):
            return best_limit(doc.limits(later.start, later.end)) if is_for_all(doc, later) else None
        if m := re.search(
            r"(?:[均都]|(?:以上|上述|所有|全部)[^,。;]{0,8}?(?:均|都)?)(?:须|需|应|要)?(?:于|在)?(?=[\d一二三四五六七八九十本下年])",
            doc.plain[later.start : later.end],
        ):
            return best_limit(doc.limits(later.start + m.end(), later.end))
        for limit in doc.limits(later.start, later.end):  # 清明节前全部到位
            if re.match(r"(?:均|全部)(?:要|须|应)?(?:到位|完成|落实|完工|清零)", doc.plain[limit.end :]):
                return limit
    return None


def by_deadline(doc: ReadPaper, clause: Clause) -> Iterator[Clause]:
    """`9月底前完成方案,12月底前完成建设`: one matter per action with a date of its own."""
    start, dated = clause.start, False
    for a, b in _steps(doc, clause):
        words = doc.plain[a:b]
        step = _is_step(doc, a, b)
        again = dated and bool(_RHYTHM.match(words)) and any(d.recurrence for d in doc.limits(a, b))
        if dated and (step or again) and not re.search("均|全部到位", words):
            yield replace(clause, start=start, end=a)
            start = a
        dated = dated or step or any(d.recurrence for d in doc.limits(a, b))
    yield replace(clause, start=start)


# 甲类问题11月底清零、乙类问题年底清零: what has a day each and its own state
_STATE = re.compile(r"(?:完成|清零|销号|开工|竣工|完工|建成|投产|投用|交付|到位|见底|入库|达产|通车|验收)")


def _steps(doc: ReadPaper, clause: Clause) -> Iterator[tuple[int, int]]:
    """The pieces; one with two things, each with its day and its state, as two."""
    for a, b in pieces(doc.plain, clause.start, clause.end):
        begun = a
        for m in re.finditer("、", doc.plain[a:b]):
            at = a + m.start()
            if not _STATE.fullmatch(doc.plain, max(begun, at - 2), at):
                continue  # no state right before it: limits are not looked for at every 、 of a long list
            before, after = doc.limits(begun, at), doc.limits(at + 1, b)
            if before and after and after[0].start - at > 4 and before[-1].date and after[0].date:
                ends = _STATE.match(doc.plain, before[-1].end, at)
                if ends and ends.end() == at and _STATE.match(doc.plain, after[0].end, b):
                    yield begun, at
                    begun = at + 1
        yield begun, b


def _is_step(doc: ReadPaper, start: int, end: int) -> bool:
    """A piece with a day of its own and an action: `12月底前完成建设`, `5月底前主体工程完工`."""
    words = doc.plain[start:end]
    limits = [d for d in doc.limits(start, end) if d.date and d.kind == "date"]
    if not limits or _COUNTS_IN.match(words):
        return False
    first = limits[0]
    leads = first.start - start <= 3 and end - first.end >= 4 and "前" in first.text
    return leads or bool(_STEP.search(words))
