"""Relations printed on a form (表内关系) as proposals for edit rules; a person confirms every one.

Pure. "8栏=(9+17+19+24)栏; 16栏≤9栏; 若7到36栏中任意一栏不为零,则建设项目名称≥4个字符" is how forms print what
must hold. Each sentence becomes an expression that the reader of rules accepts, or stays with the reason why
it was not understood: nothing is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenpan.economy.quality.edits.syntax import ExpressionError, kinds, parse

_SIGNS = str.maketrans(
    {"≧": "≥", "≦": "≤", "＝": "=", "＞": ">", "＜": "<", "＋": "+", "－": "-", "−": "-", "—": "-", "×": "*"}
    | {"÷": "/", "（": "(", "）": ")", "，": ",", "：": ":", "“": "", "”": "", "【": "(", "】": ")"}
)
_SENTENCE = re.compile(r"[;；。\n]+")
_NUMBER_OF_LINE = re.compile(r"^\s*(?:[(（]?\d+[)）]|\d+[、.](?!\d)|[(（]?[一二三四五六七八九十]+[)）、])\s*")
_GROUP = re.compile(r"\(\s*(\d+(?:\s*[-+]\s*\d+)+)\s*\)\s*(栏|行)")
_FROM_TO = r"(\d+)\s*(?:到|至|-|~)\s*(\d+)\s*(栏|行)中?"
_RANGE = re.compile(_FROM_TO + r"(?:任意|任何|任)一(?:栏|行)(不为零|不为0|大于零|大于0|≠0)")
_LENGTH = re.compile(r"([^\W\d]\w*)\s*(≥|>=|>|不少于)\s*(\d+)\s*个?(?:字符|汉字|字)")
_WORDS = (
    ("不大于", "<="), ("不小于", ">="), ("不等于", "<>"), ("大于等于", ">="), ("小于等于", "<="),
    ("大于或等于", ">="),
    ("小于或等于", "<="), ("等于", "="), ("大于", ">"), ("小于", "<"), ("≥", ">="), ("≤", "<="), ("≠", "<>"),
)  # fmt: skip
_NAME = re.compile(r"\d+(?:栏|行)|[^\W\d]\w*|\"[^\"]*\"")
_KEPT = {"AND", "OR", "NOT", "LENGTH"}
_MOST_IN_RANGE = 60


@dataclass(frozen=True)
class RelationProposal:
    """`expression` empty: not understood, `problem` says why. `printed` is the sentence as it stands on the
    form."""

    printed: str
    expression: str
    problem: str = ""


def proposals(text: str) -> list[RelationProposal]:
    """One for each sentence, in the order of the form."""
    found = []
    for sentence in _SENTENCE.split(text):
        printed = _NUMBER_OF_LINE.sub("", " ".join(sentence.split()))
        if not printed:
            continue
        try:
            found.append(RelationProposal(printed, _expression(printed)))
        except ExpressionError as error:
            found.append(RelationProposal(printed, "", str(error)))
    return found


def _expression(printed: str) -> str:
    text = re.sub(r"\s+", "", printed.translate(_SIGNS))
    condition = re.fullmatch(r"(?:若|如果|如|当)(.+?)(?:时)?,?(?:则|,)(.+)", text)
    if condition:
        made = f"NOT ({_statement(condition[1])}) OR ({_statement(condition[2])})"
    else:
        made = _statement(text)
    kinds(parse(made))
    return made


def _statement(text: str) -> str:
    text = _GROUP.sub(lambda m: "(" + re.sub(r"\d+", lambda n: n[0] + m[2], m[1]) + ")", text)
    text = _RANGE.sub(_any_of, text)
    text = _LENGTH.sub(
        lambda m: f"LENGTH({m[1]}) >= {m[3]}" if m[2] != ">" else f"LENGTH({m[1]}) > {m[3]}", text
    )
    for word, sign in _WORDS:
        text = text.replace(word, f" {sign} ")
    if not re.search(r"[=<>]", text):
        raise ExpressionError("没有等于、大于、小于一类的关系")
    spaced = re.sub(r"\s*(<=|>=|<>|[=<>+])\s*", r" \1 ", text)
    return _NAME.sub(lambda m: _quoted(m[0]), " ".join(spaced.split()))


def _any_of(found: re.Match[str]) -> str:
    first, last, unit = int(found[1]), int(found[2]), found[3]
    if not first <= last <= first + _MOST_IN_RANGE:
        raise ExpressionError(f"栏次范围{first}到{last}不合理")
    sign = ">" if "大于" in found[4] else "<>"
    return "(" + " OR ".join(f"{number}{unit} {sign} 0" for number in range(first, last + 1)) + ")"


def _quoted(name: str) -> str:
    if name in _KEPT or name.startswith('"'):
        return name
    return f'"{name}"' if name[0].isdigit() else name
