"""Relations are read from a form's text into proposals; a person confirms, declines or ends each."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.quality.models import PrintedRelation
from wenpan.district.quality.relations.rules import RelationError, checked_rule, example_of
from wenpan.economy.quality.edits.printed_relations import proposals

State = PrintedRelation.State
MOST, LONGEST = 200, 20_000


@transaction.atomic
def propose_relations(*, form: str, text: str, by: User, at: datetime | None = None) -> tuple[int, int]:
    """How many sentences are new, and how many of them were understood. What was not understood is kept too,
    with the reason."""
    require(by, "quality.query")
    at = at or timezone.now()
    if not form.strip() or not text.strip() or len(text) > LONGEST:
        raise Refused("bad_value", _("请写明报表名称并粘贴表内关系（至多两万字）。"))
    found = proposals(text)
    if len(found) > MOST:
        raise Refused("bad_value", _("一次最多读%(most)s条，请分次粘贴。") % {"most": MOST})
    name = form.strip()[:80]
    there = set(PrintedRelation.objects.filter(form=name).values_list("printed", flat=True))
    new = {one.printed[:300]: one for one in found if one.printed[:300] not in there}
    made = [
        PrintedRelation.objects.create(
            form=name,
            printed=printed,
            proposed=one.expression[:2000],
            problem=one.problem[:200],
            by=by,
            at=at,
        )
        for printed, one in new.items()
    ]
    understood = sum(bool(row.proposed) for row in made)
    if made:
        record(
            by=by, action="quality.propose", subject=f"relations:{name}", at=at,
            summary=f"读入“{name}”表内关系{len(made)}条，读懂{understood}条",
            detail={"relations": [row.pk for row in made]},
        )  # fmt: skip
    return len(made), understood


@transaction.atomic
def confirm_relation(
    *,
    relation: PrintedRelation,
    expression: str,
    sentence: str,
    severity: str,
    passes: str,
    fails: str,
    from_day: date,
    by: User,
    at: datetime | None = None,
) -> PrintedRelation:
    """From its day on it checks the returns that have its columns. Refused "bad_value" where the expression
    cannot be used or an example says otherwise."""
    require(by, "quality.query")
    at = at or timezone.now()
    if not sentence.strip() or severity not in ("hard", "soft"):
        raise Refused("bad_value", _("请写一句说明并选定级别。"))
    try:
        right, wrong = example_of(passes), example_of(fails)
        checked_rule({
            "code": relation.code, "expression": expression.strip()[:2000],
            "passes": [right], "fails": [wrong],
        })  # fmt: skip
    except RelationError as why:
        raise Refused("bad_value", str(why)) from None
    row = PrintedRelation.objects.filter(pk=relation.pk, state=State.PROPOSED)
    changed = row.update(
        state=State.CONFIRMED, expression=expression.strip()[:2000], sentence=sentence.strip()[:200],
        severity=severity, passes=right, fails=wrong, from_day=from_day, decided_by=by, decided_at=at,
    )  # fmt: skip
    return _decided(changed, relation, "quality.confirm", "确认为规则", by, at)


@transaction.atomic
def decline_relation(*, relation: PrintedRelation, by: User, at: datetime | None = None) -> PrintedRelation:
    require(by, "quality.query")
    at = at or timezone.now()
    row = PrintedRelation.objects.filter(pk=relation.pk, state=State.PROPOSED)
    changed = row.update(state=State.DECLINED, decided_by=by, decided_at=at)
    return _decided(changed, relation, "quality.decline", "不采用", by, at)


@transaction.atomic
def end_relation(*, relation: PrintedRelation, by: User, at: datetime | None = None) -> PrintedRelation:
    """Yesterday was the rule's last day; what it found before stays."""
    require(by, "quality.query")
    at = at or timezone.now()
    last = timezone.localdate(at) - timedelta(days=1)
    row = PrintedRelation.objects.filter(pk=relation.pk, state=State.CONFIRMED, to_day__isnull=True)
    return _decided(row.update(to_day=last), relation, "quality.end_rule", f"自{last}后不再使用", by, at)


def _decided(
    changed: int, relation: PrintedRelation, action: str, words: str, by: User, at: datetime
) -> PrintedRelation:
    if changed != 1:
        raise Refused("state", _("这一条已经处理过。"))
    relation.refresh_from_db()
    record(
        by=by, action=action, subject=f"relation:{relation.pk}", at=at,
        summary=f"“{relation.form}”{relation.printed} {words}"[:400],
        detail={"expression": relation.expression, "severity": relation.severity},
    )  # fmt: skip
    return relation
