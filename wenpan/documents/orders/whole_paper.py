"""What concerns a paper as a whole: clauses over all its matters, groups that it names elsewhere.

Pure. `以下均需各县区落实`, `各乡镇均为责任单位,不再逐一列出`, 各牵头单位.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from wenpan.documents.orders.paper import ReadPaper
from wenpan.documents.orders.proposal import NO_LIMIT, NO_UNIT, MatterProposal
from wenpan.documents.orders.units import responsibility
from wenpan.documents.orders.units.unit_directory import is_relative

GLOBAL = re.compile(
    r"(?:(?:以下|以上|上述)[^,。]{0,12}?均需?(?:由)?(?P<names>[^,。]{2,20}?)(?:落实|负责|配合|参与)"
    r"|(?P<all>各[^,。;:]{1,20}?)均为(?:责任|落实|配合|实施)(?:单位|主体),[^,。]{0,4}不再)"
)


def distinct(found: list[MatterProposal]) -> list[MatterProposal]:
    seen: dict[tuple[int, int], MatterProposal] = {}
    for proposal in found:
        seen.setdefault(proposal.span, proposal)
    return sorted(seen.values(), key=lambda p: p.span)


def with_global(doc: ReadPaper, found: list[MatterProposal]) -> list[MatterProposal]:
    """`以下均需各县区落实` adds these units to every matter after it (before it, for 以上)."""
    clause = GLOBAL.search(doc.plain)
    if not clause:
        return found
    listed = clause["names"] or clause["all"]
    names = tuple(doc.as_written(name) for name in responsibility.note(listed + "配合").coop)
    back = clause.group(0).startswith(("以上", "上述")) or all(p.span[0] < clause.start() for p in found)
    before: list[MatterProposal] = []
    after: list[MatterProposal] = []
    for p in found:
        if not p.span[0] <= clause.start() < p.span[1]:
            (before if p.span[0] < clause.start() else after).append(p)
    told = [_joined_by(doc, p, names) for p in (before if back else after)]
    return told + after if back else before + told


_IN_TIME = re.compile(
    r"按照?(?:规定|上述|以上|要求)的?(?:时间|时限|期限)(?:节点|要求)?[^,。]{0,8}(?:报送|上报|填报|完成)"
)


def with_reporters(doc: ReadPaper, found: list[MatterProposal]) -> list[MatterProposal]:
    """`各有关单位按照规定的时间报送报表`: who is told the matters above that have a limit and no unit."""
    last = next((p for p in found if p.lead and not p.deadline_text and _IN_TIME.search(p.text)), None)
    if last is None or not any(_is_open(p, last) for p in found):
        return found
    return [_led_by(doc, p, last) if _is_open(p, last) else p for p in found if p is not last]


def _is_open(p: MatterProposal, last: MatterProposal) -> bool:
    return p.span < last.span and not p.lead and bool(p.deadline_text)


def _led_by(doc: ReadPaper, p: MatterProposal, teller: MatterProposal) -> MatterProposal:
    known = dict(teller.signs).get("单位在名录", 0.0)
    signs = dict(p.signs) | {"有责任单位": 1.0, "单位在名录": known}
    sure = doc.acceptance.probability(signs) if doc.acceptance else p.confidence
    asked = tuple(q for q in p.questions if q != NO_UNIT)
    signed = tuple(signs.items())
    return replace(p, lead=teller.lead, units=teller.units, questions=asked, confidence=sure, signs=signed)


_TO_BE_DONE = re.compile(r"问题|整改|任务|事项")
# 确保上述三项工作在4月26日前全面完成
_ABOVE = re.compile(
    r"(?:以上|上述|前述)[^,。;]{0,6}(?:工作|任务|事项|问题)(?:均|都|全部)?[在于][^,。;]{3,16}(?:完成|办结|到位)"
)
_LIST_OF = re.compile(
    r"\n[^。\n]{0,12}(?:存在的?(?:主要)?问题|问题清单|整改清单|任务清单|交办清单|交办事项)[:]?[ ]*(?=\n)"
)


_SECTION = re.compile(r"\n\s*[一二三四五六七八九十]{1,3}、")


def with_days_of_all(doc: ReadPaper, found: list[MatterProposal]) -> list[MatterProposal]:
    """A day that is said once for several matters.

    `2.各单位要确保上述工作在4月26日前完成` for what stands above it; `请各责任单位于5月20日前整改完成。
    存在问题:1.…(责任单位:甲)` for each of the list. What one unit is told of the matters above stays its own.
    """
    return _of_the_list(doc, _of_what_is_above(doc, found))


def _of_what_is_above(doc: ReadPaper, found: list[MatterProposal]) -> list[MatterProposal]:
    said = next((p for p in found if p.deadline and _ABOVE.search(p.text.replace("，", ","))), None)
    if said is None or (said.lead and not said.lead.startswith(("各", "有关", "相关"))):
        return found
    if not any(p.span < said.span and not p.deadline_text for p in found):
        return found
    return [_due_as(doc, p, said) if p.span < said.span else p for p in found if p is not said]


def _of_the_list(doc: ReadPaper, found: list[MatterProposal]) -> list[MatterProposal]:
    if (listed := _LIST_OF.search(doc.plain)) is None:
        return found
    section = _SECTION.search(doc.plain, listed.end())
    end = section.start() if section else len(doc.plain)
    before = [p for p in found if p.span[1] <= listed.end() and p.deadline and _TO_BE_DONE.search(p.text)]
    for_all = next((p for p in reversed(before) if "各" in p.lead + p.text[:4]), None)
    if for_all is None:
        return found
    return [_due_as(doc, p, for_all) if listed.end() <= p.span[0] < end and p.lead else p for p in found]


def _due_as(doc: ReadPaper, p: MatterProposal, for_all: MatterProposal) -> MatterProposal:
    if p.deadline_text:
        return p
    signs = dict(p.signs) | {"有日期": 1.0}
    return replace(
        p,
        deadline=for_all.deadline,
        deadline_text=for_all.deadline_text,
        questions=tuple(q for q in p.questions if q != NO_LIMIT),
        confidence=doc.acceptance.probability(signs) if doc.acceptance else p.confidence,
        signs=tuple(signs.items()),
    )


def _joined_by(doc: ReadPaper, p: MatterProposal, names: tuple[str, ...]) -> MatterProposal:
    coop = (*p.coop, *(n for n in names if n not in p.coop))
    asked = tuple(dict.fromkeys((*p.questions, *doc.questions(names))))
    return replace(p, coop=coop, coop_units=doc.codes(coop), questions=asked)


def told_elsewhere(doc: ReadPaper, found: list[MatterProposal]) -> list[MatterProposal]:
    """各牵头单位, 各责任单位: the units that the paper itself names as such, to be checked by the clerk."""
    if doc.known.directory is None or not any(is_relative(n) for p in found for n in p.lead.split("、")):
        return found
    leads = tuple(dict.fromkeys(code for p in found for code in p.units))
    everyone = tuple(dict.fromkeys((*leads, *(code for p in found for code in p.coop_units))))
    return [
        replace(p, units=leads if "牵头" in p.lead else everyone)
        if not p.units and p.lead and all(is_relative(n) for n in p.lead.split("、"))
        else p
        for p in found
    ]


def placed(
    found: list[MatterProposal], paragraphs: Sequence[str], places: Sequence[str]
) -> list[MatterProposal]:
    """Each with the place of the paragraph in which it begins."""
    if len(places) != len(paragraphs):
        raise ValueError("places: 每段一个")
    starts = list(accumulate((len(p) + 1 for p in paragraphs), initial=0))
    return [replace(p, place=places[bisect_right(starts, p.span[0]) - 1]) for p in found]
