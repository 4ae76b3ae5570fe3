"""Title: what the lines above a table say: whose table it is, of what, and which words nobody accounts for.

Pure. Lines that name who filled the form in, or only a unit, are no title; a long sentence is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wenpan.documents.spreadsheets.cells import cell_text
from wenpan.documents.spreadsheets.workbook import Sheet
from wenpan.documents.tables.grammar.lexicon import Token
from wenpan.documents.tables.kinds import WorkbookKind
from wenpan.documents.tables.names import Names
from wenpan.documents.words.units import normal

_META = re.compile(
    r"^\(?(?:计量)?单位[::]|^(?:填报|制表|报送|编制|制定|批准|审核|印发|打印|导出)"
    r"|^(?:19|20)\d{2}[-./年]\d{1,2}[-./月]\d{1,2}日?$"
    r"|^(?:表号|文号|有效期|联系|负责人|数据来源|资料来源|来源|注|备注|说明|日期|时间|数据库|频率|更新)"
)
_ISSUER = re.compile(r"^.{2,20}(?:局|调查队|委员会|办公室|中心|领导小组|(?:局|室|办)(?:制|编|印))$")
_NUMBER = re.compile(
    r"^(?:续?附?表|附件|图)?\s*[(]?[\d一二三四五六七八九十]{1,3}(?:[-—–.．]\d{1,3})*[)]?(?:[、.．:：]\s*|\s+)(?!月|年|季)"
    r"|^(?:续?附?表|附件)\s*\d*(?:[-—–.．]\d{1,3})*\s*[:：]?\s*"
)
_FILLED_BY = re.compile(r"^(?:填报|报送|编制)|" + _ISSUER.pattern)
_LONG = 60  # characters: a sentence and no title
_NUMBERED = ("表", "附件")
DEPARTMENT = re.compile(r"(?:局|委|办|中心|处|室|科|队|部)$")
_ASKS = ("estimate", "need", "average")
_ASKS_STRICTLY = ("index", "share", "contribution", "increment", "gap", "change", "progress")
DONE = ("完成", "实际", "执行", "实现", "进展", "实绩", "落实", "对照", "对比")


@dataclass(frozen=True)
class Title:
    """What stands above a table. `regions` are codes, @city or @home in the order in which they are named."""

    text: str
    tokens: tuple[Token, ...] = ()
    subject_words: tuple[str, ...] = ()  # names of places that the program does not know
    filled_by: tuple[str, ...] = ()  # regions that the line 填报单位 names

    def of(self, kind: str) -> tuple[Token, ...]:
        return tuple(t for t in self.tokens if t.kind == kind)

    @property
    def indicators(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(t.value for t in self.of("indicator")))

    @property
    def regions(self) -> tuple[str, ...]:
        named = (t for t in self.tokens if t.kind in ("region", "city", "home"))
        return tuple(dict.fromkeys({"city": "@city", "home": "@home"}.get(t.kind, t.value) for t in named))

    @property
    def carriers(self) -> tuple[str, ...]:
        """Towns and parks; a department is not the subject of a table."""
        return tuple(t.text for t in self.of("carrier") if not DEPARTMENT.search(t.text))

    @property
    def parts_of_subject(self) -> tuple[str, ...]:
        """临溪区城区: unknown places named after a known one; 江苏省…临溪区 names where it lies."""
        found: list[str] = []
        known = False
        for token in self.tokens:
            known = known or token.kind in ("region", "home")
            if known and token.kind == "left" and token.text in self.subject_words:
                found.append(token.text)
        return tuple(found)

    def left_over(self, *, strictly: bool) -> tuple[str, ...]:
        """Words that nobody accounts for. `strictly`: the title alone says what the numbers are."""
        strange = {"left", "things", *({"topics"} if strictly else ())}
        before = ("", *(t.text for t in self.tokens))
        found = [
            t.text
            for t, last in zip(self.tokens, before, strict=False)
            if t.kind in strange and not (t.text.isdigit() and last.endswith(_NUMBERED))  # 附表1
        ]
        return tuple(dict.fromkeys(w for w in found if w not in self.subject_words))

    @property
    def says_growth(self) -> bool:
        """…增速: the title of a table without units says that its numbers are rates, and nothing else."""
        kinds = {t.kind for t in self.tokens}
        values = {t.value for t in self.of("beside")}
        rates = {"growth", "ytd_growth"}
        others = {"joins", "level", "amount", "unsure_growth", "month", "month_growth", "left", "things"}
        return bool(kinds & rates) and not kinds & others and not values

    def roles(self, *, strictly: bool) -> tuple[str, ...]:
        """Roles beside the figures that the title gives to the whole table."""
        asked = (*_ASKS, *(_ASKS_STRICTLY if strictly else ()))
        found = [t.value for t in self.of("beside")]
        roles = [role for role in found if role in asked]
        if "target" in found and not any(word in self.text for word in DONE):
            roles.append("target")
        return tuple(dict.fromkeys(roles))


def read_title(sheet: Sheet, above: int, kind: WorkbookKind, names: Names, *, first: int = 0) -> Title:
    """The title of the table whose header begins at row `above`; lines from row `first` on belong to it."""
    lines = list(_lines(sheet, first, above))
    lexicon = names.lexicon(kind)
    tokens: list[Token] = []
    for line in lines:
        tokens += lexicon.read(without_number(line))
    endings = kind.words.regional_endings
    places = tuple(t.text for t in tokens if t.kind == "left" and endings and t.text.endswith(endings))
    filled = [line for line in _cells(sheet, first, above) if _FILLED_BY.match(normal(line))]
    by = tuple(t.value for line in filled for t in lexicon.read(line) if t.kind == "region")
    return Title(max(lines, key=len, default=""), tuple(tokens), places, by)


def without_number(line: str) -> str:
    """表3 固定资产投资 and 一、工业 without their numbers."""
    return _NUMBER.sub("", line)


def _cells(sheet: Sheet, first: int, above: int) -> Iterator[str]:
    for row in sheet.rows[first:above]:
        yield from (cell_text(v) for v in row if isinstance(v, str) and v.strip())


def _lines(sheet: Sheet, first: int, above: int) -> Iterator[str]:
    for text in _cells(sheet, first, above):
        plain = normal(text)
        if len(plain) <= _LONG and not _META.match(plain) and not _ISSUER.match(plain):
            yield text


def region_of(regions: Sequence[str], home: str, city: str) -> str:
    """Whose table a title speaks of: the lowest place that it names, "" where it names none."""
    codes = [{"@home": home, "@city": city}.get(r, r) for r in regions]
    if home in codes:
        return home
    districts = [c for c in codes if c != city]
    return districts[0] if districts else (codes[0] if codes else "")
