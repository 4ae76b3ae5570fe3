"""What people may word in a bulletin: sentences without figures of their own.

Pure. Days, months, deadlines ("3个工作日内"), numbers of papers and of matters may stand in them; any other
digit is a figure, and figures come from the log only.
"""

from __future__ import annotations

import re

from wenpan.documents.papers.paper import Inline, label
from wenpan.documents.words.numbers import full_width

_NO_FIGURE = re.compile(
    r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日|\d{1,2}[:时点](?:\d{1,2}分?)?"
    r"|\d{1,3}个?(?:工作日|日|天)(?:内|前)|[^\s，。；]{0,8}〔\d{4}〕\d+号|\d{4}-\d{3,6}"
)


def free(words: str) -> list[Inline]:
    """The sentence as spans; what is no figure is marked as such."""
    words = full_width(words.strip()).replace("：", ":") if re.search(r"\d：\d", words) else full_width(words)
    out: list[Inline] = []
    at = 0
    for found in _NO_FIGURE.finditer(words):
        out += [words[at : found.start()], label(found[0])]
        at = found.end()
    return [*(part for part in (*out, words[at:]) if part)]


def figures(words: str) -> list[str]:
    """The digits in the sentence that would be figures; empty when it may be printed."""
    return re.findall(r"\d+(?:\.\d+)?%?", _NO_FIGURE.sub("", full_width(words)))
