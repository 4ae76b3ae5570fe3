"""Where the words of a matter begin and end: headings, numbers, who speaks.

Pure. A short heading sentence stands before what is told; it is left out of the matter's words unless
it alone says what is to be done.
"""

from __future__ import annotations

import re

from wenpan.documents.orders.items import Item
from wenpan.documents.orders.paper import ReadPaper
from wenpan.documents.orders.units.actors import MODAL, told_in
from wenpan.documents.orders.units.clauses import Clause
from wenpan.documents.words.sentences import without_number

# who speaks is not the matter
_SAID = re.compile(
    r"(?:会议|会上|(?!按照|根据|对照|结合|落实|达到|有关|相关|工作|具体|上级|统一|明确)[\u4e00-\u9fff]{2,3}(?:同志|书记|县长|区长|市长|镇长|主任)?)"
    r"(?:研究)?(?:议定|决定|要求|明确|强调|确定)[,:]"
)
# what the order is for, or the regime that it belongs to, before somebody is told
_PURPOSE = re.compile(
    r"(?:为(?!期|主|准)了?[^,。;:]{4,60},(?=[^。]{12})|[^,。;:要须应由请]{4,40}(?:实行|执行|建立)[^,。;:]{2,20}(?:制度|机制),(?=[^。]{12}))"
)
_TELLS = re.compile(rf"{MODAL.pattern}|由|责成")
_TOPIC = re.compile(r"(?:项目|工程|工作|问题|事项|任务|行动|情况)$")


# What is said before a unit is told: each kind with its words up to the comma and an example.
PREFACES = (
    ("who speaks", "周强指出,", r"[一-龥]{2,8}(?:指出|强调|认为)[,:]"),
    ("what is to be understood", "要充分认识项目的意义,", r"要(?:充分|深刻)?(?:认识|领会|把握)[^,。;]*[,;]"),
    (
        "what else was settled",
        "会议明确了集市的范围,",
        r"会议(?:还)?(?:明确|确定|议定|研究)了(?!由)[^,。;]*,",
    ),
    ("that it was settled", "并明确了由", r"(?:会议|并|还|同时)*(?:明确|确定|议定)了(?=由)"),
)
_PREFACE = re.compile("|".join(words for _, _, words in PREFACES))


def behind_preface(plain: str, start: int, end: int, lead: str) -> int:
    """Where the words of a matter begin, when what is said before its unit `lead` is told is none of it."""
    told = plain.find(lead, start, end)
    while (said := _PREFACE.match(plain, start, end)) and said.end() <= told:
        start = said.end()
    return start


def heading_end(plain: str, start: int, end: int) -> int:
    """Where a short bold heading sentence ends: `强化监测预警。由…` starts reading after it."""
    stop = plain.find("。", start, end)
    words = re.sub(r"\([^()]*\)", "", plain[start:stop]) if stop >= 0 else ""
    return stop + 1 if stop >= 0 and len(words) <= 20 else start


def own_heading(doc: ReadPaper, item: Item) -> int:
    """A short heading sentence stays with the first clause that follows it; it tells nobody anything."""
    plain = doc.plain
    start = without_number(plain, item.start, item.end)
    stop = heading_end(plain, start, item.end)
    words = plain[start:stop].rstrip("。")
    if not start < stop < item.end or "," in words or _TELLS.search(words):
        return item.start
    told = None if _TOPIC.search(words) else told_in(words, doc.known.listed())
    return item.start if told and not told.word else stop


def is_bare_order(doc: ReadPaper, clause: Clause) -> bool:
    """`落实减税降费。由区税务局牵头,11月底前完成。`: only the heading says what is to be done."""
    words = doc.plain[clause.start : clause.end]
    for taken in (
        *clause.roles.lead,
        *clause.roles.coop,
        *(d.text for d in doc.limits(clause.start, clause.end)),
    ):
        words = words.replace(taken, "")
    return len(re.sub(r"由|牵头|配合|负责|完成|落实|[^\u4e00-\u9fff]", "", words)) < 8


def trim(plain: str, start: int, end: int) -> tuple[int, int]:
    """Without numbering in front and punctuation at the ends."""
    before = -1
    while before != start:
        before = start
        while start < end and (plain[start] in " 。;,、:\n\t”" or plain[start : start + 2] == "“”"):
            start += 1
        start = without_number(plain, start, end)
        if said := _SAID.match(plain, start, end) or _PURPOSE.match(plain, start, end):
            start = said.end()
    while end > start and plain[end - 1] in " ;,、:\n\t":
        end -= 1
    return start, end
