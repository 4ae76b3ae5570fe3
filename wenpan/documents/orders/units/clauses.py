"""Clauses with their actors: where a sentence tells a unit to do something.

Pure. Works on text of one width (`chinese.same_length`). A sentence is read piece by piece between
its commas; a piece that tells a new unit something begins a clause, a cooperating unit
(`乙、丙配合`) does not. Pieces before the first unit belong to it, also when they are many
(`针对…,特别是…,区住建局务必…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from wenpan.documents.orders.units import forms
from wenpan.documents.orders.units.actors import ORDERS, ToldActor, bare, told_in
from wenpan.documents.orders.units.gazetteer import (
    Gazetteer,
    is_person,
    split_names,
)
from wenpan.documents.orders.units.responsibility import Roles
from wenpan.documents.words.sentences import Span, pieces, sentences, without_number

_ORDER_WORDS = re.compile(
    r"要|须|务必|必须|应当?|请[于在]|完成|报送|上报|报|落实|启动|开展|建成|开工|拿出|出台|印发|制定|整改|拨付|确保|通报|督查|组织|推进|召开|办结|提交|形成|编制|实行|实施|建立|付清|清偿"
)
# 由县国土局负责,…;铺面征迁于17日前完成: who is responsible for all of the item
_BY_WHOM = re.compile(r"由[^,。;]{2,40}(?:负责|牵头|落实|承办),")
_OTHERS = re.compile(r"(?:逾期|对(?:于)?[^,。;]{2,20}的|凡|如果?|若)")
# 各职能部门要各司其职。要及时调度…: what is said next is said to nobody of them
_NOBODY = re.compile(
    r"(?:各级|各(?:职能|相关|有关)?(?:部门|单位)$|有关(?:部门|单位)|相关(?:部门|单位)|全[县区市])"
)
_MADE_TO = ("责令", "督促", "通知", "授权")
_GONE = forms.any_of(forms.GONE)
_GOES_ON = forms.any_of(forms.GOES_ON)
_THEN = re.compile(forms.THEN.words)
_COOP_AFTER = re.compile(forms.COOP_AFTER.words)
_DUTY_AFTER = re.compile(forms.DUTY_AFTER.words)
_JOINED = re.compile(forms.JOINED.words)
_LEADER_HEADS = re.compile(forms.LEADER_HEADS.words)
_HELPS_WITH = re.compile(forms.HELPS_WITH.words)
_LISTED_ON = re.compile(forms.LISTED_ON.words)
_AGREED = r"(?:原则)?(?:同意|通过)(?P<names>{listed})(?:关于|提交|提出|上报|起草|汇报)"


@dataclass(frozen=True)
class Clause:
    start: int
    end: int
    roles: Roles = field(default_factory=Roles)
    strong: bool = False  # 由…, 责成…, 请…, …要: an order in form, not only a subject
    orders: bool = False  # without a unit: still worded as a task (要…, 完成…)
    goes_on: bool = False  # 要… that goes on telling the unit before it
    below: bool = False  # without a number of its own below `市卫生局:`
    listing: bool = False  # 区卫健局一是…: the numbers that follow tell the same unit


@lru_cache(maxsize=16)
def _role_sentence(listed: str) -> re.Pattern[str]:
    role = r"(?:牵头负责|牵头|按(?:照)?(?:各自)?职责(?:分工)?(?:负责|落实|配合)|分工负责|共同负责|负责落实|负责|配合|协办|参与)"
    return re.compile(rf"(?:由)?{listed}{role}(?:[,;、]{listed}{role})*")


def is_role_sentence(words: str, gazetteer: Gazetteer) -> bool:
    """`甲牵头,乙、丙配合` as a sentence of its own: a note without its bracket."""
    return bool(_role_sentence(gazetteer.listed()).fullmatch(words))


def is_name(words: str, gazetteer: Gazetteer) -> bool:
    return bool(_only_names(gazetteer.listed()).fullmatch(words))


@lru_cache(maxsize=16)
def _only_names(listed: str) -> re.Pattern[str]:
    return re.compile(listed)


def clauses(plain: str, start: int, end: int, gazetteer: Gazetteer) -> Iterator[Clause]:
    """The clauses of a stretch, each with its actors; sentences without an actor come as they are.

    `要…` at the beginning of a sentence goes on telling the unit of the sentence before.
    """
    listed = gazetteer.listed()
    last, below, owner, by = Roles(), tuple[str, ...](), Roles(), False
    for a, b in sentences(plain, start, end):
        begun = without_number(plain, a, b)
        below = _named_before(plain[begun : b + 1], listed) or below
        for clause in _sentence(plain, begun, b, listed):
            if below and not clause.roles.lead:
                yield Clause(clause.start, clause.end, Roles(below), True, True, True, begun == a)
                continue
            if owner.lead and not clause.roles.lead and _LISTED_ON.match(plain[a:b]):
                yield replace(clause, roles=owner, strong=True, orders=True)  # 区卫健局一是核对…;二是补齐…
                continue
            goes_on = not clause.roles.lead and (
                _GOES_ON.match(plain[clause.start - 1 : clause.end])
                or (by and plain[a - 1 : a] == ";" and not _OTHERS.match(plain[clause.start : clause.end]))
            )
            if (
                goes_on
                and last.lead
                and not (plain[a - 1 : a] in "。;" and all(map(_NOBODY.match, last.lead)))
            ):
                yield Clause(clause.start, clause.end, Roles(last.lead), True, True, True)
                continue
            if not (last.lead and clause.roles.lead and all(map(is_person, clause.roles.lead))):
                last = clause.roles  # 各部门要…,主要领导要亲自抓: the units stay told
                by = bool(_BY_WHOM.match(plain[clause.start : clause.end]))
                owner = clause.roles if clause.listing else owner
            yield clause


def _named_before(words: str, listed: str) -> tuple[str, ...]:
    """`市卫生局:负责…;对…进行监管。`: who is told all that follows in the paragraph."""
    m = _colon_head(listed).match(words)
    return tuple(split_names(m["names"])) if m else ()


@lru_cache(maxsize=16)
def _colon_head(listed: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?!(?:牵头|责任|配合|主办|承办|落实|实施|成员)单位)(?P<names>{listed}):(?!已|今年|截至|目前)"
    )


def _sentence(plain: str, start: int, end: int, listed: str) -> Iterator[Clause]:
    open_from, parts, told = start, list[str](), list[ToldActor]()
    waiting: tuple[str, ...] = ()  # 各县区人民政府,市直各部门要…
    cuts = list(pieces(plain, start, end))
    helper: ToldActor | None = None
    for i, (a, b) in enumerate(cuts):
        words = plain[a:b].strip(" “”")
        found = told_in(words, listed)
        if told and told[-1].lists and not found and _LISTED_ON.match(words):
            yield _clause(open_from, a, plain, told, parts, listed)
            open_from, parts, told = a, [words], [replace(told[-1], rest=words)]
            continue
        if found and not found.rest and plain[b : b + 1] != ":" and not _goes_on(plain, cuts[i + 1 :]):
            waiting, found = (found.names if not told else ()), None
        elif found and waiting and not found.coop and not found.before:
            waiting, found = (), replace(found, names=(*waiting, *found.names))
        if found and told and _begins(told, found, plain[open_from:a]):
            yield _clause(open_from, a, plain, told, parts, listed)
            open_from, parts, told = a, [], []
        if found and not told and (ordered := _apart(found, words, parts, plain[open_from:a])) is not None:
            yield from [Clause(open_from, a, orders=True)] * ordered
            open_from, parts = a, []
        if found and (told or not found.coop):
            told.append(found)
        elif found and helper is None and _HELPS_WITH.search(found.rest):
            helper = found
        parts.append(words)
    if not told and helper:  # 各村组要积极配合土地丈量工作: to help is the order itself
        told = [replace(helper, rest="要", strong=True)]
    if told:
        yield _clause(open_from, end, plain, told, parts, listed)
    elif agreed := _agreed(plain[start:end], listed):
        yield Clause(open_from, end, Roles(agreed), True, True)
    else:
        yield Clause(open_from, end, orders=bool(_ORDER_WORDS.search(plain[open_from:end])))


_SUBJECTLESS = re.compile(r"(?:并|还|同时|此外|另外)?(?:要|须|务必)(?!求)")


def _apart(found: ToldActor, words: str, parts: list[str], before: str) -> bool | None:
    """Do the pieces before the first unit stand apart from what it is told, and do they order (True)?

    `要加强督查,县督查办每周要通报`: an order without a subject, then another's. `近日,镇里进行了分解,由甲组负责…`:
    what happened is not the matter. None: they belong to the unit.
    """
    if not found.coop and parts and _SUBJECTLESS.match(parts[0]) and len("".join(parts)) > 6:
        return True
    at_head = not found.before or 0 <= words.find(found.names[0]) <= len("同时要求")
    return False if at_head and _GONE.search(before) else None


def _agreed(words: str, listed: str) -> tuple[str, ...]:
    """`会议原则同意县财政局关于…的意见,会后修改完善后报…审议`: whose paper it is goes on with it."""
    m = re.search(_AGREED.format(listed=listed), words)
    return tuple(split_names(m["names"])) if m and _THEN.search(words, m.end()) else ()


def _goes_on(plain: str, following: list[Span]) -> bool:
    """`承担任务的各有关部门,要加强…`: a bare name is a subject if an order follows."""
    return bool(following) and bool(
        re.match(r"要|应|须|务必|必须|在|于|对", plain[following[0][0] :].lstrip())
    )


def _begins(told: list[ToldActor], found: ToldActor, before: str) -> bool:
    """Does a further actor begin a matter of its own?"""
    known = {name for t in told for name in t.names}
    if found.coop or set(found.names) <= known:
        return False
    if found.word in _MADE_TO:  # 市人社局要…,责令企业…: what the unit does, not a matter of the firm
        return False
    if told[-1].only_person and told[-1].head and not found.only_person:
        return False
    if all(t.head and len(t.rest) <= 4 for t in told):  # 甲牵头,乙负责落实…
        name = told[-1].names[-1]
        done = before[before.rfind(name) + len(name) + len(told[-1].rest) :] if name in before else ""
        return len(done.strip(" ,")) > 6  # 甲牵头,5月底前完成招标,乙负责落实资金
    return len(before.strip(" ,")) > 3


def _clause(start: int, end: int, plain: str, told: list[ToldActor], parts: list[str], listed: str) -> Clause:
    with_unit = [t for t in told if not t.coop and not t.only_person]
    chosen = (with_unit or told)[0]
    under = any(t.only_person and t.head for t in told) or _LEADER_HEADS.search(plain, start, end)
    joint = chosen.word in ("由", "交由", "同意由")  # outside brackets 由甲、乙负责 names joint leads
    first_leads = _DUTY_AFTER.match(chosen.rest) and not chosen.head and not under and not joint
    units = chosen.units
    lead = units[:1] if first_leads else units
    coop = list(units[1:] if first_leads else ())
    for other in told:
        if other is not chosen and not other.only_person and other.word not in _MADE_TO:
            coop += [n for n in other.units if n not in lead]
    coop += [n for t in told for n in _behind_head(t, listed) if n not in lead]
    coop += [n for part in parts for n in _joined(part, listed) if n not in lead]
    text = plain[start:end]
    strong = any(t.strong or t.lists for t in told) or bool(ORDERS.search(text))
    listing = any(t.lists for t in told)
    return Clause(start, end, Roles(lead, tuple(dict.fromkeys(coop))), strong, True, listing=listing)


def _behind_head(told: ToldActor, listed: str) -> list[str]:
    """`城管局牵头、公安局和市场监管局参与`: units in the same piece behind the lead's word."""
    m = re.match(rf"(?:牵头|负责)、(?P<names>{listed})", told.rest)
    return split_names(m["names"]) if m and _COOP_AFTER.match(told.rest[m.end() :]) else []


def _joined(part: str, listed: str) -> list[str]:
    """Units behind 会同 / 联合 / 要与: as many as form a list."""
    m = _JOINED.search(part)
    found = _only_names(listed).match(m["names"]) if m else None
    return [bare(n) for n in split_names(found.group(0))] if found else []
