"""Clauses with their actors: where a sentence tells a unit to do something.

Pure. Works on text of one width (`chinese.same_length`). A sentence is read piece by piece between
its commas; a piece that tells a new unit something begins a clause, a cooperating unit
(`乙、丙配合`) does not. Pieces before the first unit belong to it, also when they are many
(`针对…,特别是…,区住建局务必…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from wenpan.documents.orders.units import forms
from wenpan.documents.orders.units.actors import told_in
from wenpan.documents.orders.units.clause_steps import (
    LISTED_ON,
    STEPS,
    Clause,
    OpenClause,
    SentencePiece,
    only_names,
)
from wenpan.documents.orders.units.gazetteer import (
    Gazetteer,
    is_person,
    split_names,
)
from wenpan.documents.orders.units.responsibility import Roles
from wenpan.documents.words.sentences import Span, pieces, sentences, without_number

__all__ = ["Clause", "clauses", "is_name", "is_role_sentence"]

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
_RHYTHM = re.compile(r";每(?:半年|年|季度?|月|周|旬|日)(?:报告|报送|上报|填报|反馈)")
_GOES_ON = forms.any_of(forms.GOES_ON)
_THEN = re.compile(forms.THEN.words)
_AGREED = r"(?:原则)?(?:同意|通过)(?P<names>{listed})(?:关于|提交|提出|上报|起草|汇报)"


@lru_cache(maxsize=16)
def _role_sentence(listed: str) -> re.Pattern[str]:
    role = r"(?:牵头负责|牵头|按(?:照)?(?:各自)?职责(?:分工)?(?:负责|落实|配合)|分工负责|共同负责|负责落实|负责|配合|协办|参与)"
    return re.compile(rf"(?:由)?{listed}{role}(?:[,;、]{listed}{role})*")


def is_role_sentence(words: str, gazetteer: Gazetteer) -> bool:
    """`甲牵头,乙、丙配合` as a sentence of its own: a note without its bracket."""
    return bool(_role_sentence(gazetteer.listed()).fullmatch(words))


def is_name(words: str, gazetteer: Gazetteer) -> bool:
    return bool(only_names(gazetteer.listed()).fullmatch(words))


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
            if owner.lead and not clause.roles.lead and LISTED_ON.match(plain[a:b]):
                yield replace(clause, roles=owner, strong=True, orders=True)  # 区卫健局一是核对…;二是补齐…
                continue
            goes_on = not clause.roles.lead and (
                _GOES_ON.match(plain[clause.start - 1 : clause.end])
                or (by and plain[a - 1 : a] == ";" and not _OTHERS.match(plain[clause.start : clause.end]))
            )
            if (
                goes_on
                and last.lead
                and not (
                    plain[a - 1 : a] in "。;"
                    and all(map(_NOBODY.match, last.lead))
                    and not _RHYTHM.match(plain[a - 1 : b])
                )
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
    open_clause, cuts = OpenClause(plain, listed, start), list(_in_one_breath(plain, start, end, listed))
    for i, (a, b) in enumerate(cuts):
        words = plain[a:b].strip(" “”")
        found = told_in(words, listed)
        bare_names = found is not None and not found.rest and plain[b : b + 1] != ":"
        piece = SentencePiece(a, words, found, bare_names and not _goes_on(plain, cuts[i + 1 :]))
        for step in STEPS:
            yield from step.take(open_clause, piece)
            if piece.taken:
                break
    told, helper = open_clause.told, open_clause.helper
    if not told and helper:  # 各村组要积极配合土地丈量工作: to help is the order itself
        open_clause.told = told = [replace(helper, rest="要", strong=True)]
    if told:
        yield open_clause.end(end)
    elif agreed := _agreed(plain[start:end], listed):
        yield Clause(open_clause.start, end, Roles(agreed), True, True)
    else:
        orders = bool(_ORDER_WORDS.search(plain[open_clause.start : end]))
        yield Clause(open_clause.start, end, orders=orders)


@lru_cache(maxsize=16)
def _another_told(listed: str) -> re.Pattern[str]:
    return re.compile(rf"、(?=(?:{listed})(?:负责|牵头|安排专人|组织|做好|尽快|抓紧)(?!人|同志))")


def _in_one_breath(plain: str, start: int, end: int, listed: str) -> Iterator[Span]:
    """The pieces; `由甲局落实红线图、乙办负责临时用电、丙公司负责移植` as one for each unit."""
    for a, b in pieces(plain, start, end):
        begun = a
        for m in _another_told(listed).finditer(plain, a, b) if "由" in plain[a:b] else ():
            told = told_in(plain[begun : m.start()].strip(" “”"), listed)
            if told and len(told.rest) > 4 and not told.names[-1].endswith("单位"):  # 包片单位甲、乙
                yield begun, m.start()
                begun = m.end()
        yield begun, b


def _agreed(words: str, listed: str) -> tuple[str, ...]:
    """`会议原则同意县财政局关于…的意见,会后修改完善后报…审议`: whose paper it is goes on with it."""
    m = re.search(_AGREED.format(listed=listed), words)
    return tuple(split_names(m["names"])) if m and _THEN.search(words, m.end()) else ()


def _goes_on(plain: str, following: list[Span]) -> bool:
    """`承担任务的各有关部门,要加强…`: a bare name is a subject if an order follows."""
    return bool(following) and bool(
        re.match(
            r"(?:一定|也|都|还|更|均|首先)?要|应|须|务必|必须|在|于|对", plain[following[0][0] :].lstrip()
        )
    )
