"""Asking the index: which records of a kind hold every word that was typed."""

from __future__ import annotations

from functools import reduce
from operator import and_

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from wenpan.district.search import engines
from wenpan.district.search.finding import SearchWords
from wenpan.district.search.models import IndexedText
from wenpan.district.search.tokens import tokens


def holding(kind: str, typed: SearchWords, *, in_title: bool = False) -> Q:
    """The condition over records of a kind: every word somewhere in the record, or all in its title (or, in
    Latin letters, in the title's pinyin)."""
    return reduce(and_, (Q(pk__in=_records(kind, word, typed, in_title)) for word in typed.words))


def kinds_holding(typed: SearchWords) -> set[str]:
    """The kinds of which some record, whoever may see it, holds the first word: the others need no look."""
    keys = _keys(typed.words[0], typed, in_title=False)
    return set(IndexedText.objects.filter(pk__in=keys).values_list("kind", flat=True).distinct())


def _records(kind: str, word: str, typed: SearchWords, in_title: bool) -> QuerySet[IndexedText, int]:
    keys = _keys(word, typed, in_title=in_title)
    return IndexedText.objects.filter(kind=kind, pk__in=keys).values_list("object_id", flat=True)


def _keys(word: str, typed: SearchWords, *, in_title: bool) -> RawSQL:
    columns = ["title"] if in_title else ["title", "body"]
    if typed.latin:
        columns.append("sound")
    return engines.keys_of(connection.vendor, tokens(word), columns)
