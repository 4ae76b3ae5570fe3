"""The same order in two papers: how alike two proposed matters are, and why.

Pure. Words are compared by characters and their pairs after units, days and the usual verbs of
orders are taken out; who is told and by when speak for or against. What sets siblings apart weighs
most: another town, another road, another phase or number, one word put in the place of another. A
person decides; `THRESHOLD` only says from where on merging is proposed (`benchmarks/same_order.md`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from wenpan.documents.orders.proposal import MatterProposal
from wenpan.documents.orders.units.unit_directory import shape
from wenpan.documents.words.characters import same_length

THRESHOLD = 0.5
_DATES = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|初|末|[上中下]旬)?(?:之?前)?|(?:今年|明年|年底|月底|春节|本周|下周[一二三四五六日]?|每[周月日季][一二三四五六日]?)前?"
)
_USUAL = re.compile(
    r"要|负责|牵头|抓紧|加快|尽快|确保|推进|推动|全面|全部|完成|开展|组织|做好|加强|进行|工作|问题|关于|情况|必须|以上|不低于|不少于|会同|配合|由|对|将|把|的|和|及|并|了|在|于|前|后|等|个"
)
_SIGNS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")
_PLACED = re.compile(
    r"(?![入沿临跨])[\u4e00-\u9fff](?![入沿临跨])[\u4e00-\u9fff](?=(?:大道|大桥|公路|路|街道?|桥|镇|乡|村|社区|小区|河|湖|公园|广场|学校|医院|机械|食品|化工|电子|科技|集团|公司))"
)
_ORDINAL = re.compile(
    r"([一二三四五六七八九十]|\d{1,3})(期|号线|号地块|标段|季度|批|号)|(20\d\d)年|([春夏秋冬])季"
)
_SYNONYMS = (
    ("清理拖欠", "清欠"),
    ("控制性详细规划", "控规"),
    ("两", "2"),
    ("复工", "开工"),
    ("经营商户", "经营户"),
)


@dataclass(frozen=True)
class Likeness:
    """`score` from 0 to 1; `reasons` in words for the person who decides."""

    score: float
    reasons: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return self.score >= THRESHOLD


def same_order(a: MatterProposal, b: MatterProposal) -> float:
    return likeness(a, b).score


def likeness(a: MatterProposal, b: MatterProposal) -> Likeness:
    mine, other = _core(a), _core(b)
    words = _alike(mine, other)
    reasons = [f"文字相近{words:.0%}"]
    factor = 1.0
    for weight, reason in (_who(a, b), _what(a.text, b.text), _when(a, b)):
        factor *= weight
        reasons += [reason] if reason else []
    return Likeness(round(min(1.0, words * factor), 3), tuple(reasons))


def _core(p: MatterProposal) -> str:
    """The words of the matter without its units, days and the verbs that all orders share."""
    text = same_length(p.text)
    for name in sorted((*p.lead.split("、"), *p.coop), key=len, reverse=True):
        text = text.replace(same_length(name), "") if name else text
    for long, short in _SYNONYMS:
        text = text.replace(long, short)
    return _SIGNS.sub("", _USUAL.sub("", _DATES.sub("", text)))


def _alike(a: str, b: str) -> float:
    """Common characters and common pairs, of the shorter text and of both (mean of the two shares)."""
    if not a or not b:
        return 0.0
    return 0.5 * _share(_pairs(a, 1), _pairs(b, 1)) + 0.5 * _share(_pairs(a, 2), _pairs(b, 2))


def _pairs(text: str, size: int) -> Counter[str]:
    return Counter(text[i : i + size] for i in range(len(text) - size + 1))


def _share(a: Counter[str], b: Counter[str]) -> float:
    common, sizes = (a & b).total(), (a.total(), b.total())
    if not min(sizes):
        return 0.0
    return 0.5 * common / min(sizes) + common / sum(sizes)


def _who(a: MatterProposal, b: MatterProposal) -> tuple[float, str]:
    mine = set(a.units) or {shape(n) for n in a.lead.split("、") if n}
    other = set(b.units) or {shape(n) for n in b.lead.split("、") if n}
    if bool(a.units) != bool(b.units):  # codes on one side only: names tell
        mine, other = ({shape(n) for n in p.lead.split("、") if n} for p in (a, b))
    if not mine or not other:
        return 0.95, "有一方没有写明责任单位"
    if mine & other:
        return 1.1, "责任单位相同"
    helped = {shape(n) for n in (*a.coop, *b.coop)} & {shape(n) for n in (a.lead, b.lead)}
    return (0.85, "一方的牵头单位是另一方的配合单位") if helped else (0.45, "责任单位不同")


def _what(a: str, b: str) -> tuple[float, str]:
    """Names of places and firms, phases, lines, quarters, years: both have some and none in common."""
    plain = same_length(a), same_length(b)
    ordinals = [{m.group(0) for m in _ORDINAL.finditer(text)} for text in plain]
    by_kind = [{re.sub(r"[\d一二三四五六七八九十春夏秋冬]", "", o): o for o in found} for found in ordinals]
    for kind in by_kind[0].keys() & by_kind[1].keys():
        if by_kind[0][kind] != by_kind[1][kind]:
            return 0.4, f"“{by_kind[0][kind]}”与“{by_kind[1][kind]}”不同"
    bare = [_USUAL.sub(" ", text) for text in plain]
    names = [{m.group(0) for m in _PLACED.finditer(text)} for text in bare]
    if all(names) and not any(n in plain[1] for n in names[0]) and not any(n in plain[0] for n in names[1]):
        return 0.5, f"对象不同: {'、'.join(sorted(names[0]))} / {'、'.join(sorted(names[1]))}"
    if swapped := _swapped(*plain):
        return 0.55, f"“{swapped[0]}”与“{swapped[1]}”不同"
    return 1.0, ""


def _swapped(a: str, b: str) -> tuple[str, str] | None:
    """`落实两所学校用地` and `落实两所医院用地`: one sentence with one word put in the place of another."""
    steps = [s for s in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if s[0] != "equal"]
    pairs = {(a[i:j], b[k:m]) for _, i, j, k, m in steps}
    if len(pairs) != 1:
        return None
    mine, other = next(iter(pairs))
    return (mine, other) if 0 < len(mine) <= 4 and 0 < len(other) <= 4 else None


def _when(a: MatterProposal, b: MatterProposal) -> tuple[float, str]:
    if a.recurrence and b.recurrence:
        return (1.05, "周期相同") if a.recurrence == b.recurrence else (0.8, "周期不同")
    if a.deadline is None or b.deadline is None:
        return (0.8, "一方是周期任务, 一方有截止日") if a.recurrence or b.recurrence else (1.0, "")
    return _days_apart(a.deadline, b.deadline)


def _days_apart(a: date, b: date) -> tuple[float, str]:
    days = abs((a - b).days)
    if not days:
        return 1.05, "时限相同"
    return (1.0, f"时限相差{days}天") if days <= 31 else (0.75, f"时限相差{days}天")
