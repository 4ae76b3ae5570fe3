"""Clauses with their actors: where a sentence tells a unit to do something.

Pure. Works on text of one width (`chinese.same_length`). A sentence is cut where a new unit is
told something of its own; a cooperating unit (`乙、丙配合`) does not cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from wenpan.documents import roles
from wenpan.documents.roles import Roles
from wenpan.documents.units import PERSON, Gazetteer, split_names


@dataclass(frozen=True)
class Clause:
    start: int
    end: int
    roles: Roles = field(default_factory=Roles)
    strong: bool = False  # 由…牵头, 责成…, 请…: an order in form, not only a subject with 要
    orders: bool = False  # without a unit: still worded as a task (要…, 完成…)


_SENTENCE_END = re.compile(r"[。!?;\n]")
_ORDER_WORDS = re.compile(
    r"要|须|务必|必须|应当?|完成|报送|上报|报|落实|启动|开展|建成|开工|拿出|出台|印发|制定|整改|拨付|确保|通报|督查|组织|推进|召开|办结|提交|形成|编制|实行|实施|建立"
)
_VERB = r"(?:要|应当?|须|需|务必|必须|负责|牵头|会同|联合|于|在|到|尽快|抓紧|按照?|每|对|将|组织|进一步|切实|加快|做好|制定|完成|落实|配合|指导|督促|开展|建立|抓好|报送|拿出|提供|研究|梳理|加强|起草|办理|主动|全面|协调|统筹|继续|同步|根据|结合|承担|分别|共同|密切|及时|同|与|严格|深入|定期|认真|明确|跟进|推进|拨付|召开|提出|就|把|以|逐|集中|立即|从|自|用|通过|围绕|聚焦|细化|完善|确保|修改|编制|核实|核查|收集|汇总|公布)"


@lru_cache(maxsize=16)
def _patterns(names: str) -> tuple[re.Pattern[str], ...]:
    listed = (
        rf"(?P<names>(?:{names})(?:\([^)]*\))?(?:(?:[、和及与]|以及)(?:{names}|{PERSON})(?:\([^)]*\))?)*)"
    )
    person = rf"(?P<names>{PERSON})"
    after = rf"(?={_VERB}|[,])"
    return (
        re.compile(rf"由{listed}"),
        re.compile(rf"由{person}(?=牵头|负责|抓总|统筹)"),
        re.compile(rf"(?:责成|责令|请|要求|督促|交由|交|委托|指定|安排|同意由){listed}{after}"),
        re.compile(
            rf"(?:^|(?<=[,。;:、!?\n]))(?:[一二三四五六七八九十]是)?{listed}(?:主要负责人|负责人|负责同志)?[,]?{after}"
        ),
    )


def _gazetteer_pattern(gazetteer: Gazetteer) -> str:
    return gazetteer.pattern()


def clauses(plain: str, start: int, end: int, gazetteer: Gazetteer) -> Iterator[Clause]:
    """The clauses of a stretch, each with its actors; sentences without an actor come as they are."""
    patterns = _patterns(_gazetteer_pattern(gazetteer))
    cursor = start
    for m in [*_SENTENCE_END.finditer(plain, start, end), None]:
        stop = m.start() if m else end
        if plain[cursor:stop].strip():
            yield from _sentence(plain, cursor, stop, patterns)
        cursor = m.end() if m else end


def _starts(
    plain: str, start: int, end: int, patterns: tuple[re.Pattern[str], ...]
) -> list[tuple[int, Roles, bool]]:
    """Where a unit is told something of its own: (beginning of its clause, roles, strong)."""
    sentence = plain[start:end]
    found: dict[int, tuple[int, Roles, bool]] = {}
    for index, pattern in enumerate(patterns):
        for m in pattern.finditer(sentence):
            head = _clause_start(sentence, m.start())
            told = _roles_of(sentence, m)
            if told.lead and head not in found:
                found[head] = (start + head, told, index < 3)
    return [found[key] for key in sorted(found)]


def _clause_start(sentence: str, at: int) -> int:
    """Back to the comma before, so that `10月底前,由甲…` keeps its deadline with it."""
    return max(sentence.rfind(",", 0, at) + 1, 0)


_COOP_AFTER = re.compile(
    r"^(?:等)?(?:按职责(?:分工)?)?(?:积极|密切|全力|做好|予以)?(?:配合|协办|协助|参与|协同)"
)
_LEAD_AFTER = re.compile(r"^(?:主要负责人|负责人|负责同志)?(?:具体|要|须|应)?(?:牵头|抓总|主办|统筹)")


def _roles_of(sentence: str, m: re.Match[str]) -> Roles:
    """Roles told in the clause that begins with this match and in the coop clauses after it."""
    rest = sentence[m.end("names") :]
    if _COOP_AFTER.match(rest):
        return Roles()
    named = split_names(m["names"])
    coop = _coop_units(rest)
    carried = re.match(r"^[^,。;]*?牵头[,]([^,。;]{2,20}?)(?:具体)?(?:负责|落实)", rest)
    if carried and all(re.match(rf"^{PERSON}$", n) for n in named):
        units = split_names(carried[1].removeprefix("由"))
        return Roles(tuple(units[:1]), tuple(units[1:]) + tuple(coop))
    units = [n for n in named if not re.match(rf"^{PERSON}$", n)] or named
    joint = _LEAD_AFTER.match(rest) or not re.match(r"^(?:按职责分工|分工|共同|具体)?负责", rest)
    return Roles(tuple(units), tuple(coop)) if joint else Roles((units[0],), (*units[1:], *coop))


def _coop_units(rest: str) -> list[str]:
    coop: list[str] = []
    if m := re.match(
        r"^(?:要|应|须|负责|牵头)?[,]?(?:会同|联合|协同|同)([^,。;]{2,40}?)(?=$|[,。;]|于|在|要|开展|制定|研究|对|负责|按|抓紧|尽快|做好|组织|共同|完成|提出|加快|建立|每|将|进行|推进|拿出|梳理|全面|加强|核查|落实)",
        rest,
    ):
        coop += split_names(m[1])
    for m in re.finditer(
        r"(?:^|[,。;])(?:由)?([^,。;]{2,50}?)(?:等)?(?:按职责(?:分工)?)?(?:积极|密切|全力|做好)?(?:配合|协办|协助|参与)(?=$|[,。;])",
        rest,
    ):
        coop += split_names(re.sub(r"^.*(?:牵头|负责)[,]?", "", m[1]))
    return coop


def _sentence(plain: str, start: int, end: int, patterns: tuple[re.Pattern[str], ...]) -> Iterator[Clause]:
    starts = _starts(plain, start, end, patterns)
    if not starts:
        yield Clause(start, end, orders=bool(_ORDER_WORDS.search(plain[start:end])))
        return
    merged: list[tuple[int, Roles, bool]] = []
    for beginning, told, strong in starts:
        if merged and _same_clause(plain, merged[-1], beginning, told):
            continue
        merged.append((beginning, told, strong))
    first = start if merged[0][0] - start < 60 else merged[0][0]
    for i, (beginning, told, strong) in enumerate(merged):
        stop = merged[i + 1][0] if i + 1 < len(merged) else end
        yield Clause(first if i == 0 else beginning, stop, told, strong)


def _same_clause(plain: str, last: tuple[int, Roles, bool], beginning: int, told: Roles) -> bool:
    """A unit that already leads or cooperates does not begin a new matter."""
    known = set(last[1].lead) | set(last[1].coop)
    return set(told.lead) <= known or roles.note(plain[last[0] : beginning]).lead == told.lead
