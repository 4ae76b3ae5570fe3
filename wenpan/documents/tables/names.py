"""Names in tables: which indicator and which region a cell means.

Pure. A name is compared after taking off numbering, 其中:, units, bases, periods and growth words;
it is never matched by likeness, so that 工业投资 cannot become 工业用电量.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wenpan.documents.tables.grammar.lexicon import Lexicon, Token
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.words import periods
from wenpan.documents.words.units import normal, units_in, without_units
from wenpan.economy.figures.indicators import Indicator

_LEAD = re.compile(
    r"^(?:其中[::]?|[#＃·•◆●○■□△▪※*\-]+|\(?[一二三四五六七八九十]+\)?[、.．]|[((][一二三四五六七八九十]{1,3}[))]|[((]\d{1,2}[))]|\d{1,2}[、.．)](?!\d)|[①-⑳])+"
)
_TAIL = re.compile(
    r"(?:的?(?:累计|当月|本月))?(?:同比)?(?:增速|增长率|增长|增幅|总量|绝对额|绝对量)$|(?:累计|当月|同比)$"
)
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_FOOTNOTE = re.compile(r"[\u2460-\u24ff\u00b9\u00b2\u00b3\u2070-\u2079*]+$")
_GROWTH = {"growth", "unsure_growth", "month_growth", "ytd_growth"}
_LEVEL = {"level", "amount", "month_level", "month", "ytd", "balance"}
_SCOPES = {
    "month": "month", "month_growth": "month", "month_level": "month", "ytd": "ytd", "ytd_growth": "ytd",
    "balance": "balance",
}  # fmt: skip
_PLACES = {"region", "home", "city"}
_BESIDE_A_NAME = {"indicator", "unit", "period", "basis", *_PLACES, *_GROWTH, *_LEVEL}
_REGION_END = re.compile(r"^[\u4e00-\u9fff]{1,12}(?:区|县|市|旗|新城|管委会)$")

_NO_REGION = re.compile(
    r"^(?:各|主|中心|老|近郊|远郊|山|郊|市|平原|丘陵)*(?:城区|区县|县区|市区|郊区|山区|地区|县市|市县|区|县|市)$"
)


@dataclass(frozen=True, slots=True)
class Name:
    """What a cell with an indicator's name says besides the name."""

    text: str
    code: str | None
    basis: str | None = None
    period: periods.ReadPeriod | None = None
    units: tuple[str, ...] = ()
    growth: bool = False
    only_basis: bool = False  # the cell says just 同口径: it belongs to the indicator above
    only_growth: bool = False  # the cell says just 增速(%) or 比上年增长: it belongs to the indicator above
    only_scope: bool = False  # the cell says just 当月 or 累计: it belongs to the indicator above
    under: str = ""  # code of the indicator above, where the words mean this only under it (其中:工业)
    scope: str = ""  # month | ytd | balance, where the name says it (累计增长)
    region: str = ""  # code of the place, @city or @home, that the name begins with (清河区:税收收入)
    level: bool = False  # the name says that it is a level (当期值)


def key(text: str) -> str:
    """One spelling: NFKC, no spaces, one kind of dash and bracket, lower case."""
    text = re.sub(r"[—–−‐‑‒―－~～]+", "-", normal(text))
    return text.translate(str.maketrans("【】〔〕[]“”\"'", "()()()    ")).replace(" ", "").lower()


class Names:
    """Indicators of a catalogue and regions of a place by any of their names; answers are remembered."""

    def __init__(
        self,
        catalogue: Mapping[str, Indicator],
        regions: Mapping[str, str],
        guess: bool = False,
        units: Mapping[str, str] | None = None,
    ) -> None:
        self._indicators: dict[str, str] = {}
        for code, indicator in catalogue.items():
            for name in (indicator.name, indicator.short_name, *indicator.aliases, code):
                if name:
                    self._indicators.setdefault(key(name), code)
        self._regions = {key(name): code for name, code in regions.items()}
        self._catalogue, self._named_regions, self._units = catalogue, regions, units or {}
        self._lexicons: dict[tuple[WorkbookKind, bool], Lexicon] = {}
        self._guess = guess
        self.indicator = lru_cache(maxsize=65_536)(self._indicator)
        self.region = lru_cache(maxsize=65_536)(self._region)

    def _region(self, text: str) -> str | None:
        wanted = key(_BRACKETS.sub("", normal(text)) or text)
        wanted = _LEAD.sub("", wanted) or wanted
        if found := self._regions.get(wanted) or self._regions.get(key(text)):
            return found
        guessed = self._guess and _REGION_END.match(wanted) and not _NO_REGION.match(wanted)
        return wanted if guessed else None

    def lexicon(self, kind: WorkbookKind, *, notes: bool = False) -> Lexicon:
        """The words of a kind in this place; `notes`: with those that change nothing in a note."""
        if (kind, notes) not in self._lexicons:
            more = kind.words.note_words if notes else ()
            self._lexicons[kind, notes] = Lexicon(
                kind, self._catalogue, self._named_regions, self._units, note_words=more
            )
        return self._lexicons[kind, notes]

    def code(self, text: str) -> str | None:
        return self._indicators.get(key(text))

    def candidates(self, text: str, kind: WorkbookKind) -> list[str]:
        """The spellings of a name, from the whole cell to its bare words."""
        raw, plain, bare = _plain(text)
        short = _TAIL.sub("", bare)
        spelt = (normal(raw), plain, without_units(plain), bare, short, _without_basis(short, kind))
        return [word for word in spelt if word]

    def _indicator(self, text: str, kind: WorkbookKind) -> Name:
        raw, plain, _bare = _plain(text)
        code = next(
            (c for word in (normal(raw), plain, without_units(plain)) if (c := self.code(word))), None
        )
        return self.meaning(text, kind, code or self._accounted(plain, kind))

    def _accounted(self, text: str, kind: WorkbookKind) -> str | None:
        """The one indicator of a row's name, if every other word says measure, basis, period or unit."""
        tokens = self.lexicon(kind).read(text)
        if any(t.kind not in _BESIDE_A_NAME and t.text != "的" for t in tokens):
            return None
        codes = {t.value for t in tokens if t.kind == "indicator"}
        if sum(t.kind in _PLACES for t in tokens) > 1:
            return None
        return codes.pop() if len(codes) == 1 else None

    def meaning(self, text: str, kind: WorkbookKind, code: str | None) -> Name:
        """What a cell says besides the indicator that it means."""
        raw, plain, bare = _plain(text)
        basis = basis_in(raw, kind)
        found = periods.find_period(plain) if code else None
        tokens = self.lexicon(kind).read(plain) if code and key(plain) not in self._indicators else ()
        kinds = {t.kind for t in tokens}
        growth = bool(kinds & _GROWTH) or (
            bool(_TAIL.search(bare)) and any(w in bare for w in ("增", "同比"))
        )
        scope = next((_SCOPES[t.kind] for t in reversed(tokens) if t.kind in _SCOPES), "")
        level = not growth and bool(kinds & _LEVEL)
        rest = _TAIL.sub("", _without_basis(_BRACKETS.sub("", plain), kind))
        only_basis = code is None and basis is not None and not rest
        alone = code is None and not only_basis and self._only_growth(plain, kind)
        within = "" if code or only_basis or alone else self._only_scope(plain, kind)
        return Name(
            text.strip(), code, basis, found, units_in(raw), growth or alone, only_basis, alone,
            only_scope=bool(within), scope=within or scope, level=level, region=_place_of(tokens),
        )  # fmt: skip

    def _only_scope(self, text: str, kind: WorkbookKind) -> str:
        """month | ytd where a cell says nothing else: 当月, 本年累计, 累计完成(亿元)."""
        tokens = self.lexicon(kind).read(text)
        scopes = {_SCOPES[t.kind] for t in tokens if t.kind in _SCOPES and t.kind not in _GROWTH}
        plain = all(t.kind in ("unit", "filler", "month", "month_level", "ytd") for t in tokens)
        return scopes.pop() if plain and len(scopes) == 1 else ""

    def _only_growth(self, text: str, kind: WorkbookKind) -> bool:
        """增速(%), 比上年增长%, 同口径增长: every word says growth, basis, scope or unit."""
        tokens = self.lexicon(kind).read(text)
        kinds = {t.kind for t in tokens}
        percent = any(t.kind == "unit" and t.value == "%" for t in tokens)
        sure = kinds & {"growth", "month_growth", "ytd_growth"} or ("unsure_growth" in kinds and percent)
        return bool(sure) and kinds <= {*_GROWTH, "basis", "unit"}


def _place_of(tokens: Sequence[Token]) -> str:
    place = next((t for t in tokens if t.kind in _PLACES), None)
    return "" if place is None else {"home": "@home", "city": "@city"}.get(place.kind, place.value)


def _plain(text: str) -> tuple[str, str, str]:
    """Without footnotes; without numbering and 其中; without units and brackets."""
    raw = _FOOTNOTE.sub("", text.strip())
    plain = _LEAD.sub("", normal(raw)) or normal(raw)
    return raw, plain, _BRACKETS.sub("", without_units(plain))


def basis_in(text: str, kind: WorkbookKind) -> str | None:
    """The basis that a text names, or None; the first that matches in the kind's order."""
    text = normal(text)
    return next((basis for basis, words in kind.bases.items() if any(w in text for w in words)), None)


def _without_basis(text: str, kind: WorkbookKind) -> str:
    for words in kind.bases.values():
        for word in words:
            text = text.replace(word, "")
    return re.sub(r"^[::、,后的]+|[::、,后的()]+$", "", text)
