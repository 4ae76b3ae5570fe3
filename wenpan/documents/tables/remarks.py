"""Remarks beside rows and at cells: free text, never a figure, and whether it changes what a number is.

Pure, and a closed world of clauses. One that speaks of the number itself (口径, 预计, 含…, 未经…, 快报) is
asked about; one that tells of the world (a cause, an event, who is in charge) is left out with a word; one of
which neither can be said is asked about."""

from __future__ import annotations

import re
from collections.abc import Callable

from wenpan.documents.tables.grammar.lexicon import shape
from wenpan.documents.tables.grammar.vocabulary import TableWords
from wenpan.documents.words.units import normal

_CONTAINS = re.compile(r"(?:^|[(,、:;为是中均数])含(?!义|金量|量)")
_CLAUSE = re.compile(r"[,，]")


def is_remark(head: str, words: TableWords) -> bool:
    """Whether a column's head says that free text stands below it."""
    plain = normal(head)
    return plain in words.remark_heads or tells_causes(head, words)


def tells_causes(head: str, words: TableWords) -> bool:
    return any(word in normal(head) for word in words.remark_heads_of_causes)


def of_number(clause: str, words: TableWords) -> bool:
    """Whether a clause speaks of the number itself."""
    plain = shape(clause)
    return bool(_CONTAINS.search(plain)) or any(shape(w) in plain for w in words.remark_of_number)


def changes(
    sentence: str,
    words: TableWords,
    known: Callable[[str], bool],
    usual: Callable[[str], bool],
    *,
    causes: bool,
) -> bool:
    """Whether a sentence may change what the number is. `known` and `usual` say of a clause that it changes
    nothing; `causes`: the column's head says that it tells causes."""
    if usual(sentence):
        return False
    for clause in filter(None, _CLAUSE.split(sentence)):
        if usual(clause):
            continue
        if of_number(clause, words):
            return True
        tells = causes or any(word in shape(clause) for word in words.remark_tells)
        if not tells and not known(clause):
            return True
    return False
