"""Actors: who is told to do something in one piece of a sentence, and in which role."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from wenpan.documents.orders.not_orders import ACTIONS
from wenpan.documents.orders.units import forms
from wenpan.documents.orders.units.gazetteer import UNKNOWN_SUBJECT, is_person, split_names, unit_of
from wenpan.documents.orders.units.subject import begins_with_a_verb, listed_at_head

MODAL = re.compile(
    r"(?<![需主重必只首紧摘简纪概扼])要(?![求素件点闻么害领务])|须|(?<![响对相反供适回效感顺呼])应(?![急用对届收税纳统])|务必|必须|负责|牵头|会同|力争|确保|不得|严禁|尽快|抓紧|立即"
)
# 确保, 会同, 立即 alone are no order: a newspaper says them too
ORDERS = re.compile(
    MODAL.pattern.replace("|会同|力争|确保", "").replace("|尽快|抓紧|立即", "")
    + r"|按(?:照)?(?:规定|要求|程序)[^,。;]{0,6}(?:填报|报送|上报|提交)"
)
_TOLD = r"(?:由|限(?=[\u4e00-\u9fff]{2,8}(?:局|镇|乡|街道|办|公司|单位|委|中心))|责成|责令|(?<![提申邀聘报])请|要求|督促|交由|转由|批?转(?=[\u4e00-\u9fff]{1,8}(?:局|办|委|室|中心|镇|街道))|安排|指定|同意由|通知|授权)"
_BEFORE = "|".join(form.words for form in forms.BEFORE)
_NOT_A_SUBJECT = forms.any_of(forms.NOT_A_SUBJECT)
_UNKNOWN_TOO = re.compile(forms.UNKNOWN_TOO.words)
_MATTER_ONLY = re.compile(forms.MATTER_ONLY.words)
_COOP_AFTER = re.compile(forms.COOP_AFTER.words)
_HEAD_AFTER = re.compile(forms.HEAD_AFTER.words)
_LIST_BEGINS = re.compile(forms.LIST_BEGINS.words)
_WITH = re.compile(forms.WITH.words)
_BY_RHYTHM = re.compile(forms.BY_RHYTHM.words)


@dataclass(frozen=True)
class ToldActor:
    """One piece that names an actor."""

    names: tuple[str, ...]
    rest: str
    strong: bool
    before: bool  # words of the matter stand before the actor in the piece
    word: str = ""  # 由, 请, 责成 …

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(n for n in self.names if not is_person(n)) or self.names

    @property
    def only_person(self) -> bool:
        return all(is_person(n) for n in self.names)

    @property
    def coop(self) -> bool:
        return bool(_COOP_AFTER.match(self.rest))

    @property
    def lists(self) -> bool:
        return bool(_LIST_BEGINS.match(self.rest))

    @property
    def head(self) -> bool:
        return bool(_HEAD_AFTER.match(self.rest))


@lru_cache(maxsize=16)
def _patterns(listed: str) -> tuple[re.Pattern[str], ...]:
    names = rf"(?P<names>{listed})"
    tail = r"(?:(?:党政|单位|部门)?(?:主要|分管)?(?:负责人|负责同志))?"
    return (
        re.compile(rf"(?:{_BEFORE})*+(?P<told>{_TOLD})?{names}{tail}"),
        re.compile(
            rf"(?P<told>(?<![自理缘来])由|责成|责令|(?<![提申邀聘报])请|交由|同意由|(?<![照据按合各关作])要求){names}{tail}"
        ),
        re.compile(
            rf"(?P<told>(?<=[^的对向给把将由和、与及])){names}{tail}(?=要|应(?!急)|须|务必|负责|牵头)"
        ),
    )


_HEADS = re.compile(rf"(?:{_BEFORE})*?(?P<told>{_TOLD})?(?=[\u4e00-\u9fff])")
_TOLD_WORD = re.compile(r"(?P<told>(?<![自理缘来])由|责成|责令|交由|同意由)(?=[\u4e00-\u9fff])")


# Characters: a list of units is tried from each of its names, so its end is not sought for ever.
_LONGEST_SUBJECT = 600


def told_in(piece: str, listed: str) -> ToldActor | None:
    """The actor of a piece: at its beginning, or behind 由 / 请 / 责成, or `区…局要` inside."""
    told = _by_endings(piece, listed)
    return _by_grammar(piece, told) or told


def _by_grammar(piece: str, told: ToldActor | None) -> ToldActor | None:
    """The subject as a noun phrase, where it reaches farther than the names that endings and lists gave."""
    if told and (told.before or told.coop):
        return None
    for m in (_HEADS.match(piece), _TOLD_WORD.search(piece)):
        names = listed_at_head(piece[m.end() :]) if m else ""
        if m and len(names) > len("、".join(told.names) if told else ""):
            return _told(m["told"] or "", names, m.end(), piece, bool(m["told"]))
    return None


def _by_endings(piece: str, listed: str) -> ToldActor | None:
    first, behind, inside = _patterns(listed)
    told: ToldActor | None = None
    if (m := first.match(piece)) and (told := _matched(m, piece, bool(m["told"]))):
        before = told.rest.split("由")[0]  # 雁湖景区提质由…: the actor stands behind 由
        if m["told"] or before == told.rest or MODAL.search(before):
            return told
    if (m := behind.search(piece)) and (given := _matched(m, piece, True)):
        return given
    if told:
        return told
    m = inside.search(piece, 0, _LONGEST_SUBJECT)
    if m and m["names"][0] in "区县市各":
        return _matched(m, piece, True)
    m = UNKNOWN_SUBJECT.match(piece)
    return ToldActor((m[1],), piece[m.end() :], True, False) if m and not begins_with_a_verb(m[1]) else None


def _matched(m: re.Match[str], piece: str, strong: bool) -> ToldActor | None:
    tail = piece[m.start("names") : m.end()]
    return _told(m["told"] or "", m["names"], m.start("names"), piece, strong, tail)


class NameInPiece(NamedTuple):
    """Names where they stand in a piece, and what is told to them."""

    listed: str  # as written
    before: str  # all that stands before them, with 由, 请, 责成 …
    names: tuple[str, ...]
    rest: str  # what is told them
    strong: bool
    last: bool  # the piece ends with them


class NoActor(NamedTuple):
    """A name that nobody tells anything, with a piece in which 【】 marks it."""

    name: str
    example: str
    holds: Callable[[NameInPiece], bool]


NO_ACTOR = (
    NoActor("a verb", "【摸清企业】底数", lambda at: begins_with_a_verb(at.listed)),
    NoActor(
        "some of a number",
        "要求36【家主办单位】报送",
        lambda at: at.listed[0] in "家个名户" and at.before[-1:].isdigit(),
    ),
    NoActor("leaders of nobody", "请【领导】审阅", lambda at: at.names == ("领导",)),
    NoActor(
        "named in passing", "【县财政局】主要负责人", lambda at: not at.strong and not at.rest and not at.last
    ),
)
# What stands behind a name and is no order to it as it stands: how it is read on. The first that fits.
READ_ON: tuple[tuple[forms.ClauseForm, Callable[[str, int], str]], ...] = (
    (forms.NAMED_HEAD, lambda rest, end: f"牵头{rest[end:]}"),  # 县工信局为牵头部门
    (forms.LIST_BEGINS, lambda rest, _end: rest),  # 区卫健局一是核对…
    (forms.IN_HAND, lambda rest, _end: rest),
    (forms.GATHERED, lambda rest, _end: rest),
    (forms.OF_THEIRS, lambda rest, end: rest[end:]),  # 各牵头单位的实施方案务于2月3日前报送…
)


def _read_on(rest: str) -> str | None:
    """What of the words behind a name is told to it; None where they tell it nothing."""
    for form, read in READ_ON:
        if m := re.match(form.words, rest):
            return read(rest, m.end())
    only_matter = _MATTER_ONLY.fullmatch(rest) and not ACTIONS.search(rest)
    return None if only_matter or _NOT_A_SUBJECT.search(rest) else rest


def _told(word: str, listed: str, at: int, piece: str, strong: bool, tail: str = "") -> ToldActor | None:
    """`tail`: the names with 主要负责人 and the like behind them."""
    behind, start, whole = piece[at + len(tail or listed) :], at - len(word), listed
    if _WITH.match(behind) and "与" in listed:  # 市政中心与供电公司签订合同: only the first is told
        listed = listed[: listed.rindex("与")]
    if word and (more := _UNKNOWN_TOO.match(behind)):  # 由甲局、乙街办、华东服装城共同组织
        behind, listed = behind[more.end() :], listed + more.group(0)
    names = tuple(unit_of(bare(n)) for n in split_names(listed))
    rest = _read_on(behind)
    if rest is None:
        return None
    name = NameInPiece(whole, piece[:at], names, rest, strong, piece.endswith(whole))
    if any(form.holds(name) for form in NO_ACTOR):
        return None
    if _ends_with_person(whole):  # 常务副区长王磊负总责
        rest = re.sub(r"^[\u4e00-\u9fff]{2,3}(?=牵头|负责|负总责|抓总|包案)", "", rest)
    if all(is_person(n) for n in names) and not (MODAL.search(rest) or _HEAD_AFTER.match(rest)):
        asked = _BY_RHYTHM.search(rest) or piece[:at].endswith(("请", "责成"))
        return None if not asked else ToldActor(names, rest, strong, start > 0, word)
    return ToldActor(names, rest, strong or bool(ORDERS.search(rest)), start > 0, word)


_ROLE_BEFORE = re.compile(
    r"^[\u4e00-\u9fff]{0,8}?(?:包片|包联|包保|包抓|帮扶|挂钩|责任|主管)单位(?=[\u4e00-\u9fff]{3})"
)


def bare(name: str) -> str:
    """`甲局等有关部门` is 甲局; `有关成员单位(详见任务分工)` without what the bracket refers to."""
    name = _ROLE_BEFORE.sub("", name)
    name = re.sub(r"\((?:详?见|附|下同|名单|下称|以下简称)[^()]*\)$", "", name)
    return re.sub(
        r"等(?:有关|相关)?$|(?<=[局委办院镇乡街道心会司队社站校厂])等(?:有关|相关)?(?:部门|单位)$", "", name
    )


def _ends_with_person(names: str) -> bool:
    return is_person(split_names(names)[-1])
