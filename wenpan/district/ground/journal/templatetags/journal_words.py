"""Filters of the journal's pages: a deed and its subject in words."""

from __future__ import annotations

from django import template

from wenpan.district.ground.journal import words

register = template.Library()
register.filter("deed", words.deed)
register.filter("subject", words.subject)
