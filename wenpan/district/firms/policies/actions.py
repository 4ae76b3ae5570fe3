"""The policy library: a clause is checked before it is kept; what is known of a firm has a source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.firms.base.addresses import firm_address
from wenpan.district.firms.base.scope import require_firm
from wenpan.district.firms.models import Firm, SupportClause
from wenpan.district.firms.policies import clause_records
from wenpan.district.firms.policies.clause_records import ClausePaper
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.economy.policies.facts import FactKind
from wenpan.rules.firm_policies import firm_facts


@transaction.atomic
def keep_clause(
    *,
    data: Mapping[str, Any],
    by: User | None,
    revises: SupportClause | None = None,
    at: datetime | None = None,
    **paper: Unpack[ClausePaper],
) -> SupportClause:
    """A new clause or a new version (`clause_records.write_clause`), by who keeps the library."""
    if by is not None:
        require(by, "policy.edit")
    return clause_records.write_clause(data=data, by=by, at=at or timezone.now(), revises=revises, **paper)


@transaction.atomic
def note_paid(
    *, clause: SupportClause, paid: Decimal, on: date, budget: str, by: User, at: datetime | None = None
) -> SupportClause:
    """What was paid out so far under a clause (万元, of a day) and how its money stands. Refused "bad_value"
    for a negative sum or a day to come, "state" for an older wording."""
    require(by, "policy.edit")
    return clause_records.write_paid(
        clause=clause, paid=paid, on=on, budget=budget, by=by, at=at or timezone.now()
    )


@transaction.atomic
def note_fact(
    *, firm: Firm, fact: str, value: Any, source: str, on: date, by: User, at: datetime | None = None
) -> Firm:
    """What is known of a firm, from where and of which day. Refused for no such fact or no such value."""
    require(by, "policy.edit", "firm.edit")
    require_firm(by, firm)
    wanted = firm_facts().get(fact)
    if wanted is None:
        raise Refused("bad_value", _("没有这项事实。"))
    if not source.strip():
        raise Refused("bad_value", _("请写明出处，如企业自述、公开登记。"))
    kept = {"value": _value(wanted.kind, value), "source": source.strip()[:80], "on": str(on)}
    fresh = Firm.objects.select_for_update().get(pk=firm.pk)
    facts = fresh.facts | {fact: kept}
    Firm.objects.filter(pk=firm.pk).update(facts=facts, version=fresh.version + 1)
    record(
        by=by, action="firms.fact", subject=firm_address(firm), at=at,
        summary=f"{firm.name}：{wanted.name}，{kept['source']}", detail={fact: kept},
    )  # fmt: skip
    firm.refresh_from_db()
    return firm


def _value(kind: FactKind, value: Any) -> Any:
    text = str(value).strip()
    try:
        if kind is FactKind.NUMBER:
            return float(text.replace(",", ""))
        if kind is FactKind.DAY:
            return str(date.fromisoformat(text))
    except ValueError:
        raise Refused("bad_value", _("值应为数或日期，实为“%(text)s”。") % {"text": text}) from None
    if kind is FactKind.YES_NO:
        if text not in ("yes", "no"):
            raise Refused("bad_value", _("请选是或否。"))
        return text == "yes"
    if not text:
        raise Refused("bad_value", _("请填写。"))
    return (
        [part.strip() for part in text.replace("，", "、").split("、") if part.strip()]
        if kind is FactKind.MARKS
        else text
    )
