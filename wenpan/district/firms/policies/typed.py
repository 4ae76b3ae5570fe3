"""A clause as people type it (a form, a row of a table) and the data that it is kept as, both ways."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from wenpan.district.firms.models import SupportClause
from wenpan.district.firms.policies.queries import data_of
from wenpan.district.ground.refused import Refused
from wenpan.economy.policies.clause_terms import clause_terms
from wenpan.economy.policies.clause_words import clause_words
from wenpan.economy.policies.facts import PolicyError
from wenpan.rules.firm_policies import firm_facts

LONGEST = 20_000  # characters of the conditions of one clause
BUDGETS = {str(label): value for value, label in SupportClause.Budget.choices}


def clause_data(
    *, name: str, source: str, terms: str, days: Mapping[str, date | None], group: str = "", code: str = ""
) -> dict[str, Any]:
    """As `economy.policies.clauses` reads it. Refused "bad_value": the line, what it says, what it should."""
    if not name.strip():
        raise Refused("bad_value", _("请写条款名称。"))
    if days.get("valid_from") is None:
        raise Refused("bad_value", _("请写施行日期。"))
    if len(terms) > LONGEST:
        raise Refused("bad_value", _("条款过长。"))
    try:
        read = clause_terms(terms, firm_facts())
    except PolicyError as error:
        raise Refused("bad_value", error_words(error)) from None
    known = {key: day for key, day in days.items() if day is not None}
    return {
        "code": code,
        "name": name.strip(),
        "source": source.strip(),
        "group": group.strip(),
        **known,
        **read,
    }


def error_words(error: PolicyError) -> str:
    """ "适用条件第3行“研发投入大”应为以一项事实开头（…）。" """
    where = {"at": error.key, "found": error.found, "expected": error.expected}
    return _("适用条件%(at)s“%(found)s”应为%(expected)s。") % where


def terms_of(row: SupportClause) -> str:
    """The conditions and support of a kept clause in words."""
    return clause_words(data_of(row), firm_facts())


def group_of(row: SupportClause) -> str:
    return str(row.conditions.get("group") or "")
