"""What the pieces of a sentence add to a clause, step by step, each step with an example. Pure.

A test reads every example, and that without its step it would come to other clauses.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from wenpan.documents.orders.units import forms
from wenpan.documents.orders.units.actors import ORDERS, ToldActor, bare
from wenpan.documents.orders.units.gazetteer import split_names
from wenpan.documents.orders.units.responsibility import Roles

_MADE_TO = ("责令", "督促", "通知", "授权")
_GONE = forms.any_of(forms.GONE)
_DUTY_AFTER = re.compile(forms.DUTY_AFTER.words)
_JOINED = re.compile(forms.JOINED.words)
_LEADER_HEADS = re.compile(forms.LEADER_HEADS.words)
_HELPS_WITH = re.compile(forms.HELPS_WITH.words)
_COOP_AFTER = re.compile(forms.COOP_AFTER.words)
LISTED_ON = re.compile(forms.LISTED_ON.words)


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


@dataclass
class SentencePiece:
    """One piece of a sentence, with the actor that is told something in it."""

    start: int
    words: str
    actor: ToldActor | None
    alone: bool  # nothing behind the sentence's names that orders or begins a list: 各县区,市直各部门要…
    taken: bool = False  # no further step is asked


@dataclass
class OpenClause:
    """The clause that a sentence's pieces add to, until another begins."""

    plain: str
    listed: str
    start: int
    parts: list[str] = field(default_factory=list)
    told: list[ToldActor] = field(default_factory=list)
    waiting: tuple[str, ...] = ()  # names whose order follows
    helper: ToldActor | None = None

    def end(self, at: int) -> Clause:
        """The clause up to here; the next begins."""
        done = _clause(self.start, at, self.plain, self.told, self.parts, self.listed)
        self.start, self.parts, self.told = at, [], []
        return done

    def list_goes_on(self, piece: SentencePiece) -> Iterator[Clause]:
        if self.told and self.told[-1].lists and not piece.actor and LISTED_ON.match(piece.words):
            last = self.told[-1]
            yield self.end(piece.start)
            self.parts, self.told = [piece.words], [replace(last, rest=piece.words)]
            piece.taken = True

    def names_wait(self, piece: SentencePiece) -> Iterator[Clause]:
        found = piece.actor
        if found and piece.alone:
            self.waiting, piece.actor = (found.names if not self.told else ()), None
        elif found and self.waiting and not found.coop and not found.before:
            self.waiting, piece.actor = (), replace(found, names=(*self.waiting, *found.names))
        yield from ()

    def another_begins(self, piece: SentencePiece) -> Iterator[Clause]:
        before = self.plain[self.start : piece.start]
        if piece.actor and self.told and _begins(self.told, piece.actor, before):
            yield self.end(piece.start)

    def what_stands_apart(self, piece: SentencePiece) -> Iterator[Clause]:
        if not piece.actor or self.told:
            return
        before = self.plain[self.start : piece.start]
        if (ordered := _apart(piece.actor, piece.words, self.parts, before)) is not None:
            yield from [Clause(self.start, piece.start, orders=True)] * ordered
            self.start, self.parts = piece.start, []

    def add(self, piece: SentencePiece) -> Iterator[Clause]:
        found = piece.actor
        if found and (self.told or not found.coop):
            self.told.append(found)
        elif found and self.helper is None and _HELPS_WITH.search(found.rest):
            self.helper = found
        self.parts.append(piece.words)
        yield from ()


class ClauseStep(NamedTuple):
    """What a further piece does to the open clause, with a sentence and the clauses that it comes to."""

    name: str
    example: str
    reads: tuple[tuple[str, tuple[str, ...]], ...]  # words, leads
    take: Callable[[OpenClause, SentencePiece], Iterator[Clause]]


# Asked of each piece, in this order.
STEPS = (
    ClauseStep(
        "the next of a list tells the same unit",
        "区卫健局一是核对床位,二是补齐设备",
        (("区卫健局一是核对床位,", ("区卫健局",)), ("二是补齐设备", ("区卫健局",))),
        OpenClause.list_goes_on,
    ),
    ClauseStep(
        "names wait for the order behind them",
        "区财政局,区审计局要核对账目",
        (("区财政局,区审计局要核对账目", ("区财政局", "区审计局")),),
        OpenClause.names_wait,
    ),
    ClauseStep(
        "another actor begins a clause of its own",
        "区住建局要完成管网改造,区城管局要清理占道",
        (("区住建局要完成管网改造,", ("区住建局",)), ("区城管局要清理占道", ("区城管局",))),
        OpenClause.another_begins,
    ),
    ClauseStep(
        "an order without a subject stands apart",
        "要加强各项工作督查,县督查办每周要通报",
        (("要加强各项工作督查,", ()), ("县督查办每周要通报", ("县督查办",))),
        OpenClause.what_stands_apart,
    ),
    ClauseStep(
        "the actor is told, its words are kept",
        "由区住建局牵头,5月底前完成",
        (("由区住建局牵头,5月底前完成", ("区住建局",)),),
        OpenClause.add,
    ),
)


_SUBJECTLESS = re.compile(r"(?:并|还|同时|此外|另外)?(?:[省市县区镇乡村]级)?(?:要|须|务必)(?!求)")


def _apart(found: ToldActor, words: str, parts: list[str], before: str) -> bool | None:
    """Do the pieces before the first unit stand apart from what it is told, and do they order (True)?

    `要加强督查,县督查办每周要通报`: an order without a subject, then another's. `近日,镇里进行了分解,由甲组负责…`:
    what happened is not the matter. None: they belong to the unit.
    """
    if not found.coop and parts and _SUBJECTLESS.match(parts[0]) and len("".join(parts)) > 6:
        return True
    at_head = not found.before or 0 <= words.find(found.names[0]) <= len("同时要求")
    return False if at_head and _GONE.search(before) else None


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


@lru_cache(maxsize=16)
def only_names(listed: str) -> re.Pattern[str]:
    return re.compile(listed)


def _behind_head(told: ToldActor, listed: str) -> list[str]:
    """`城管局牵头、公安局和市场监管局参与`: units in the same piece behind the lead's word."""
    m = re.match(rf"(?:牵头|负责)、(?P<names>{listed})", told.rest)
    return split_names(m["names"]) if m and _COOP_AFTER.match(told.rest[m.end() :]) else []


def _joined(part: str, listed: str) -> list[str]:
    """Units behind 会同 / 联合 / 要与: as many as form a list."""
    m = _JOINED.search(part)
    found = only_names(listed).match(m["names"]) if m else None
    return [bare(n) for n in split_names(found.group(0))] if found else []
