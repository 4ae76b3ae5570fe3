"""Marks of state secrets: 机密★1年, 秘 密, 【绝密】, as they stand on a paper; not the words in a sentence.

GB/T 9704 puts the mark alone or beside copy number and urgency at the head of the first page. A star
beside the level is a mark wherever its line is short; without a star the level must stand alone between
signs that are no words, so that 保密工作, 商业秘密保护 and 国家秘密 in running text are none.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

LEVELS = ("绝密", "机密", "秘密")
_PLAIN = {"絕": "绝", "機": "机", "祕": "秘", "☆": "★", "✩": "★", "✮": "★", "⭐": "★", "*": "★", "※": "★"}
_LEVEL = r"(?P<level>绝\s*密|机\s*密|秘\s*密)"
_KIND = r"(?:\s*(?:级|件|文件|资料|材料|级文件|级资料|级材料))?"
_TERM = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:年|个月|月|天)|长期|永久|解密前|启封前"
_NOT_WORD = r"(?<![\u3400-\u9fffA-Za-z“‘\"'])"
_STAR = re.compile(
    rf"(?:{_NOT_WORD}|(?<=密级)|(?<=等级)){_LEVEL}{_KIND}\s*★(?:\s*(?:{_TERM}))?(?![”’\"'])", re.M
)
_LABEL = re.compile(
    rf"(?:密\s*级|保密等级|涉密等级|秘密等级)\s*[:：]?\s*[\[【(（<〔]?\s*{_LEVEL}(?!\S*[\u3400-\u9fff])"
)
_BRACKET = re.compile(rf"[\[【(（〔〈《<{{]\s*{_LEVEL}{_KIND}\s*(?:{_TERM})?\s*[\])）】〕〉》>}}]")
_BESIDE = re.compile(
    rf"(?:No|№)?\.?\s*\d{{1,8}}|(?:{_TERM})|特\s*急|加\s*急|平\s*急|特\s*提|急\s*件|内\s*部(?:资料|文件)?|注意保存|不得外传"
)
_ALONE = re.compile(rf"{_LEVEL}{_KIND}\s*(?:{_TERM})?")
_IN_NAME = re.compile(
    rf"(?:^|[^\u3400-\u9fffA-Za-z“‘]|(?<=密级)){_LEVEL}{_KIND}\s*★?\s*(?:{_TERM})?(?=$|[^\u3400-\u9fffA-Za-z”’])"
)
_LONG_LINE = 60  # characters; a mark stands in a short line


def normalise(text: str) -> str:
    """Compatibility forms and the several stars made one, invisible signs dropped."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(
        _PLAIN.get(c, c) for c in folded if unicodedata.category(c) not in ("Cf", "Cc") or c in "\n\t"
    )


def level_in_name(filename: str) -> str:
    """The level that a file's name carries as a mark (机密★1年 x.xlsx, x（秘密）.docx), or ""."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", normalise(filename).strip())
    return _level(_IN_NAME.search(stem) or _STAR.search(stem) or _BRACKET.search(stem))


def level_in_line(line: str) -> str:
    """The level that one line of the head of a paper, or one cell, carries as a mark, or ""."""
    text = normalise(line).strip()
    if not text or "密" not in text:
        return ""
    if len(text) <= _LONG_LINE:
        found = _STAR.search(text) or _LABEL.search(text) or _whole_bracket(text)
        if found:
            return _level(found)
    return _alone(text)


def level_in_lines(lines: Iterable[str]) -> str:
    """The gravest level among the lines, or ""."""
    found = {level for line in lines if (level := level_in_line(line))}
    return next((level for level in LEVELS if level in found), "")


def level_in_row(cells: Iterable[str]) -> str:
    """Of a row of a sheet: every cell for itself, and a label beside its value (密级 | 机密)."""
    row = [cell.strip() for cell in cells if cell.strip()]
    return level_in_lines([*row, *(f"{a}:{b}" for a, b in pairwise(row) if "级" in a)])


def _whole_bracket(text: str) -> re.Match[str] | None:
    """【机密】 at the beginning or the end of a line (a title may follow or precede it)."""
    for found in _BRACKET.finditer(text):
        if found.start() == 0 or found.end() == len(text):
            return found
    return None


def _alone(text: str) -> str:
    """秘密 alone in its line, or beside copy number, term and urgency only."""
    if len(text) > _LONG_LINE:
        return ""
    found = _ALONE.search(text)
    if found is None:
        return ""
    rest = _BESIDE.sub(" ", text[: found.start()] + " " + text[found.end() :])
    return _level(found) if not re.search(r"\w", rest) and not re.search(r"[“”‘’\"]", text) else ""


def _level(found: re.Match[str] | None) -> str:
    return re.sub(r"\s", "", found["level"]) if found else ""
