"""What the acts on a clause and the tables of clauses write alike; who may is asked by them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.firms.models import SupportClause
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake.models import Submission
from wenpan.economy.policies.clauses import clause_from_data
from wenpan.economy.policies.facts import PolicyError
from wenpan.rules.firm_policies import firm_facts

LARGEST = Decimal(10) ** 10  # 万元: what the column holds
DAYS = ("valid_from", "valid_to", "claim_from", "claim_to")


class ClausePaper(TypedDict, total=False):
    """What stands beside the conditions of a clause."""

    office: Unit | None
    text: str
    contact: str
    papers: str
    budget: str


@transaction.atomic
def write_clause(
    *,
    data: Mapping[str, Any],
    by: User | None,
    at: datetime,
    revises: SupportClause | None = None,
    submission: Submission | None = None,
    **paper: Unpack[ClausePaper],
) -> SupportClause:
    """A new clause, or a new version of the one with the same code; without a code one is given. `data` as
    `economy.policies.clauses` reads it, with `source`. `revises`: the wording that the person saw. Refused
    "bad_value" says where it cannot be read, "clash" that somebody was quicker. `by=None` is the system."""
    given = {name: str(paper.get(name, "")).strip() for name in ("text", "contact", "papers", "budget")}
    budget = given["budget"] if given["budget"] in SupportClause.Budget.values else "unknown"
    if not str(data.get("source") or "").strip():
        raise Refused("bad_value", _("请写明文件名称和文号。"))
    hold()
    data = {**data, "code": data.get("code") or _free_code(at.year)}
    try:
        clause = clause_from_data(data, firm_facts())
    except PolicyError as error:
        raise Refused("bad_value", _("条件有误：%(why)s") % {"why": error}) from None
    same = SupportClause.objects.filter(code=clause.code)
    old = same.filter(superseded_at__isnull=True).first()
    last = same.aggregate(last=Max("version"))["last"] or 0
    if revises is not None and (old is None or old.pk != revises.pk):
        raise Refused("clash", _("“%(name)s”刚被别人改过，请重新核对。") % {"name": revises.name})
    if old is not None:
        SupportClause.objects.filter(pk=old.pk).update(superseded_at=at)
    kept = SupportClause.objects.create(
        code=clause.code, version=last + 1, name=clause.name[:200],
        source=str(data["source"]).strip()[:300], text=given["text"], conditions=_plain(data),
        **{name: getattr(clause, name) for name in DAYS}, office=paper.get("office"),
        contact=given["contact"][:60],
        papers=given["papers"][:500], budget=budget,
        paid=old.paid if old else None, paid_on=old.paid_on if old else None, submission=submission,
        by=by, at=at,
    )  # fmt: skip
    record(
        by=by, action="policies.clause", subject=f"policy:{kept.code}", at=at,
        summary=f"{'修订' if old else '登记'}政策条款 {kept.name}", detail={"version": kept.version},
    )  # fmt: skip
    return kept


def _free_code(year: int) -> str:
    """The next number of the year; the journal is held, so that two people cannot be given the same."""
    start = f"zc{year}-"
    taken = SupportClause.objects.filter(code__startswith=start).values_list("code", flat=True)
    numbers = [int(code[len(start) :]) for code in taken if code[len(start) :].isdigit()]
    return f"{start}{max(numbers, default=0) + 1:03d}"


@transaction.atomic
def write_paid(
    *, clause: SupportClause, paid: Decimal, on: date, budget: str, by: User, at: datetime
) -> SupportClause:
    """What was paid out so far under a clause (万元, of a day) and how its money stands. Refused "bad_value"
    for a negative sum or a day to come, "state" for an older wording."""
    if not 0 <= paid < LARGEST:
        raise Refused("bad_value", _("兑付金额应为不小于0的数，单位万元。"))
    if on > timezone.localdate(at):
        raise Refused("bad_value", _("兑付截至日期不能在今天之后。"))
    if budget not in SupportClause.Budget.values:
        raise Refused("bad_value", _("请选择资金情况。"))
    hold()
    held = SupportClause.objects.filter(pk=clause.pk, superseded_at__isnull=True).first()
    if held is None:
        raise Refused("state", _("这是旧版本，请在现行条款上登记。"))
    SupportClause.objects.filter(pk=held.pk).update(paid=paid, paid_on=on, budget=budget)
    record(
        by=by, action="policies.paid", subject=f"policy:{held.code}", at=at,
        summary=_("%(name)s：截至%(on)s已兑付%(paid)s万元") % {"name": held.name, "on": on, "paid": paid},
        detail={"paid": str(paid), "before": None if held.paid is None else str(held.paid),
                "on": str(on), "budget": budget},
    )  # fmt: skip
    clause.refresh_from_db()
    return clause


def _plain(data: Any) -> Any:
    """As JSON: days as text."""
    if isinstance(data, Mapping):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value) for value in data]
    return data.isoformat() if isinstance(data, date) else data
