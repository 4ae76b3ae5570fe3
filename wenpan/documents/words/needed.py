"""Needed characters: what a text must hold before a regular expression can match in it.

Pure. A long paper is read piece by piece, and most pieces hold nothing of most forms. The characters are read
off the expression itself, so that no list beside it can fall behind. The parser of `re` is not public: where
it gives something unknown the answer is empty, and the form is tried everywhere, as without this module.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

Characters = frozenset[str]
_REPEATS = (_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
_MOST = 64  # a larger class sifts nothing


def needed(words: str) -> Characters:
    """At least one of these stands in every text in which the expression matches; empty: nothing is known."""
    return _of_all(_parser.parse(words))


def may_match(characters: Characters, text: set[str]) -> bool:
    return not characters or not characters.isdisjoint(text)


def _of_all(parts: Iterable[tuple[Any, Any]]) -> Characters:
    """Of parts that must all match: the smallest set."""
    known = [found for part in parts if (found := _of(*part))]
    return min(known, key=lambda found: (len(found), min(found)), default=frozenset())


def _of(kind: Any, value: Any) -> Characters:
    found: Characters = frozenset()
    if kind is _constants.LITERAL:
        found = frozenset(chr(value))
    elif kind is _constants.IN:
        found = _of_class(value)
    elif kind is _constants.BRANCH:
        branches = [_of_all(branch) for branch in value[1]]
        found = found.union(*branches) if all(branches) else found
    elif kind is _constants.SUBPATTERN and not (value[1] or value[2]):  # without flags of its own
        found = _of_all(value[3])
    elif kind in _REPEATS and value[0]:
        found = _of_all(value[2])
    elif kind is _constants.ASSERT:
        found = _of_all(value[1])
    return found


def _of_class(items: Iterable[tuple[Any, Any]]) -> Characters:
    found: set[str] = set()
    for kind, value in items:
        if kind is _constants.LITERAL:
            found.add(chr(value))
        elif kind is _constants.RANGE and value[1] - value[0] < _MOST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:  # a category, a negation
            return frozenset()
    return frozenset(found) if len(found) <= _MOST else frozenset()
