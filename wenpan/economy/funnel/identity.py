"""Who is who: firms by their code and name, and deals that may be the same one reported twice.

Pure. The code is the 统一社会信用代码 (18 characters with a checksum); a firm may change its name under one
code, and sometimes its code under one name: both are told as a question, nothing is merged here. Names are
compared after brackets, legal forms and place words are put aside; likeness is 0…100.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz, process
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

_FORMS = (
    "股份有限公司",
    "有限责任公司",
    "集团有限公司",
    "有限公司",
    "总公司",
    "分公司",
    "公司",
    "集团",
    "股份",
)
_BRACKETS = re.compile(r"[()\[\]{}《》“”\"'·・,，。、\s—–-]")
_PROJECT = re.compile(r"(?:建设|投资|产业化)?项目$")
SAME, LIKELY = 97.0, 86.0


def valid_uscc(text: str) -> bool:
    """Whether a 统一社会信用代码 is well formed and its checksum holds."""
    return bool(uscc.is_valid(normal_uscc(text)))


def normal_uscc(text: str) -> str:
    """Half-width capitals without blanks and dashes; what the code would be compared by."""
    return re.sub(r"[\s\-－—]", "", unicodedata.normalize("NFKC", text)).upper()


def uscc_fault(text: str) -> str:
    """Why a code cannot be one, in words; "" where it is valid or blank."""
    code = normal_uscc(text)
    if not code or uscc.is_valid(code):
        return ""
    if len(code) != 18:
        return f"统一社会信用代码应为18位, 实为{len(code)}位: {code}"
    try:
        uscc.validate(code)
    except ValidationError as error:
        checksum = type(error).__name__ == "InvalidChecksum"
        return f"统一社会信用代码{code}{'的校验位不对' if checksum else '含不合规定的字符'}, 请核对"
    return ""


@lru_cache(maxsize=65_536)
def core_name(name: str) -> str:
    """What of a firm's or deal's name is its own: 安禾（中国）新材料有限公司 → 安禾中国新材料."""
    text = _BRACKETS.sub("", unicodedata.normalize("NFKC", name)).casefold()
    text = _PROJECT.sub("", text)
    for form in _FORMS:
        if text.endswith(form) and len(text) > len(form) + 1:
            return text[: -len(form)]
    return text


def likeness(one: str, other: str) -> float:
    """0…100; 100 where the own parts of both names are the same."""
    a, b = core_name(one), core_name(other)
    return float(fuzz.ratio(a, b)) if a and b else 0.0


@dataclass(frozen=True)
class DealIdentity:
    """What is known of who a deal is. `amount` in 万元."""

    deal: str
    name: str
    investor: str = ""
    company: str = ""
    uscc: str = ""
    unit: str = ""
    amount: Decimal | None = None
    first_on: date | None = None


@dataclass(frozen=True)
class DuplicatePair:
    """Two deals that may be one, to be confirmed by a person. `score` 0…100; `why` in sentences.

    `two_units`: reported by two units: if it is one deal, shares are asked for."""

    one: str
    other: str
    score: float
    why: tuple[str, ...]
    two_units: bool


def duplicate_candidates(
    deals: Iterable[DealIdentity], *, apart: Iterable[frozenset[str]] = ()
) -> tuple[DuplicatePair, ...]:
    """Pairs that may be the same deal, the likeliest first. `apart`: pairs that a person has kept apart.

    A pair is proposed for the same code of the new firm, the same name, or a like name with the same
    investor or nearly the same amount. Names are compared in one pass of arrays, so that 5,000 deals take
    seconds.
    """
    known = sorted(deals, key=lambda d: d.deal)
    kept_apart = set(apart)
    pairs: dict[tuple[int, int], None] = {}
    for i, j in (*_same_code(known), *_like_names(known)):
        pairs[min(i, j), max(i, j)] = None
    found = [_pair(known[i], known[j]) for i, j in pairs]
    kept = [p for p in found if p is not None and frozenset((p.one, p.other)) not in kept_apart]
    return tuple(sorted(kept, key=lambda p: (-p.score, p.one, p.other)))


def _same_code(known: Sequence[DealIdentity]) -> list[tuple[int, int]]:
    by_code: dict[str, list[int]] = {}
    for at, deal in enumerate(known):
        if deal.uscc:
            by_code.setdefault(normal_uscc(deal.uscc), []).append(at)
    return [(group[0], other) for group in by_code.values() for other in group[1:]]


def _like_names(known: Sequence[DealIdentity]) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    names = [core_name(deal.name) for deal in known]
    for begin in range(0, len(names), 500):
        part = names[begin : begin + 500]
        scores = process.cdist(part, names, scorer=fuzz.ratio, score_cutoff=LIKELY, dtype=None)
        rows, columns = scores.nonzero()
        pairs += [
            (begin + int(i), int(j))
            for i, j in zip(rows, columns, strict=True)
            if begin + int(i) < int(j) and names[begin + int(i)]
        ]
    return pairs


def _pair(one: DealIdentity, other: DealIdentity) -> DuplicatePair | None:
    why, score = [], likeness(one.name, other.name)
    same_code = bool(one.uscc) and normal_uscc(one.uscc) == normal_uscc(other.uscc)
    same_investor = likeness(one.investor, other.investor) >= SAME
    near_amount = _near(one.amount, other.amount)
    if same_code:
        same_firm = likeness(one.company, other.company) >= SAME or not (one.company and other.company)
        renamed = "" if same_firm else f", 名称不同(“{one.company}”“{other.company}”), 可能更名"
        why.append(f"新公司的统一社会信用代码相同{renamed}")
        score = 100.0
    elif score >= LIKELY:
        why.append("项目名称相同" if score >= SAME else f"项目名称相近({score:.0f}分)")
    if same_investor:
        why.append("投资方相同")
    if near_amount:
        why.append("金额相同或相近")
    if one.uscc and other.uscc and not same_code:
        if score < SAME and not same_investor:
            return None
        why.append("统一社会信用代码不同, 请核实是否换照或两家公司")
    if not same_code and score < SAME and not (same_investor or near_amount):
        return None
    two_units = bool(one.unit and other.unit and one.unit != other.unit)
    if two_units:
        why.append("由两家单位分别上报, 如系同一项目须约定分成比例, 只计1个")
    return DuplicatePair(one.deal, other.deal, score, tuple(why), two_units)


def _near(one: Decimal | None, other: Decimal | None) -> bool:
    if not one or not other:
        return False
    return abs(one - other) <= max(one, other) * Decimal("0.02")


@dataclass(frozen=True)
class FirmChange:
    """A firm that stands under two names or two codes. `what` is renamed | recoded."""

    what: str
    words: str
    deals: tuple[str, ...]


def firm_changes(deals: Iterable[DealIdentity]) -> tuple[FirmChange, ...]:
    """Firms with one code and two names, or one name and two codes: a question, never a merge."""
    known = [d for d in deals if d.company and d.uscc]
    return (*_split(known, "uscc", "company"), *_split(known, "company", "uscc"))


def _split(known: Sequence[DealIdentity], same: str, differs: str) -> list[FirmChange]:
    groups: dict[str, list[DealIdentity]] = {}
    for deal in known:
        groups.setdefault(_compared(deal, same), []).append(deal)
    found = []
    for group in groups.values():
        if len({_compared(deal, differs) for deal in group}) < 2:
            continue
        renamed = differs == "company"
        shown = "、".join(sorted({getattr(deal, differs) for deal in group}))
        words = f"{getattr(group[0], same)}有不同的{'名称' if renamed else '统一社会信用代码'}: {shown}"
        found.append(FirmChange("renamed" if renamed else "recoded", words, tuple(d.deal for d in group)))
    return found


def _compared(deal: DealIdentity, name: str) -> str:
    return normal_uscc(deal.uscc) if name == "uscc" else core_name(deal.company)
