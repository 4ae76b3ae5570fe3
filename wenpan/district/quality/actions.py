"""Every write about findings: a letter is issued, answered by the unit, closed by the statistician; a soft
finding is accepted with its reason. None writes a figure."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base.scope import require_sight
from wenpan.district.projects.models import Project
from wenpan.district.quality import queries
from wenpan.district.quality.asked import finding
from wenpan.district.quality.models import AcceptedFinding, QueryLetter
from wenpan.district.quality.reminders import tell_unit
from wenpan.economy.time.periods import Month


@transaction.atomic
def issue_letter(
    *,
    project: Project,
    month: Month,
    rule: str,
    question: str,
    due: date,
    by: User,
    at: datetime | None = None,
) -> QueryLetter:
    """Asks the unit in whose area the project stands (else the leading department) about a rule that its
    return fails now; the evidence is what it reported."""
    require(by, "quality.query")
    require_sight(by, project)
    at = at or timezone.now()
    if not question.strip():
        raise Refused("bad_value", _("请写明要核实什么。"))
    if due < timezone.localdate(at):
        raise Refused("bad_value", _("答复期限不能早于今天。"))
    unit: Unit | None = project.unit or project.department
    if unit is None:
        raise Refused("bad_value", _("项目没有所在镇街和主管部门，不知向谁核实。"))
    failed = finding(project.pk, month, rule, queries.shown_month(""))
    if failed is None:
        raise Refused("bad_value", _("这份报表现在不再违反该规则，无须核实。"))
    hold()  # numbers are given one after the other
    last = QueryLetter.objects.filter(year=timezone.localdate(at).year).aggregate(last=Max("sequence"))[
        "last"
    ]
    try:
        with transaction.atomic():
            letter = QueryLetter.objects.create(
                year=timezone.localdate(at).year, sequence=(last or 0) + 1, unit=unit, project=project,
                period=str(month), rule=rule, severity=failed.severity, question=question.strip()[:400],
                evidence=failed.evidence[:400], due=due, issued_at=at, issued_by=by,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("clash", _("同一问题的核实单尚未办结。")) from None
    record(
        by=by,
        action="quality.issue",
        subject=f"query_letter:{letter.pk}",
        at=at,
        summary=f"{letter.number} 向{unit.short_name}核实{project.name}{month}: {letter.question}",
        detail={"rule": rule, "due": str(due)},
    )
    tell_unit(letter=letter, stage="issued", at=at)
    return letter


@transaction.atomic
def accept_finding(
    *, project: Project, month: Month, rule: str, reason: str, by: User, at: datetime | None = None
) -> AcceptedFinding:
    """A soft finding is taken as explained, with the reason. It holds for what is reported now: a corrected
    return is looked at anew. Hard ones are asked about."""
    require(by, "quality.query")
    require_sight(by, project)
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("bad_value", _("请写明认可的理由。"))
    failed = finding(project.pk, month, rule, queries.shown_month(""))
    if failed is None:
        raise Refused("bad_value", _("这份报表现在不再违反该规则，无须认可。"))
    if failed.severity == "hard":
        raise Refused("bad_value", _("硬性规则不能认可，请发核实单。"))
    if (project.pk, rule) in queries.open_rules(month):
        raise Refused("clash", _("同一问题的核实单尚未办结。"))
    try:
        with transaction.atomic():
            made = AcceptedFinding.objects.create(
                project=project, period=str(month), rule=rule, evidence=failed.evidence[:400],
                reason=reason.strip()[:400], by=by, at=at,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("clash", _("这一处已经认可过。")) from None
    record(
        by=by,
        action="quality.accept",
        subject=f"accepted_finding:{made.pk}",
        at=at,
        summary=f"认可{project.name}{month}：{failed.sentence}。{made.reason}",
        detail={"rule": rule},
    )
    return made


@transaction.atomic
def answer_letter(
    *, letter: QueryLetter, kind: str, text: str, by: User, at: datetime | None = None
) -> QueryLetter:
    """The unit's answer, once. What it corrects it sends as a return of its own."""
    require(by, "quality.answer")
    queries.require_own(by, letter)
    at = at or timezone.now()
    if kind not in QueryLetter.AnswerKind.values or not text.strip():
        raise Refused("bad_value", _("请选择核实结果并写明情况。"))
    open_ = QueryLetter.objects.filter(pk=letter.pk, answered_at__isnull=True, closed_at__isnull=True)
    if open_.update(answer_kind=kind, answer=text.strip()[:400], answered_at=at, answered_by=by) != 1:
        raise Refused("state", _("这份核实单已经答复或办结。"))
    letter.refresh_from_db()
    record(
        by=by,
        action="quality.answer",
        subject=f"query_letter:{letter.pk}",
        at=at,
        summary=f"{letter.number} 答复: {letter.get_answer_kind_display()}。{letter.answer}",
    )
    return letter


@transaction.atomic
def close_letter(
    *, letter: QueryLetter, outcome: str, reason: str, by: User, at: datetime | None = None
) -> QueryLetter:
    """The statistician's conclusion, with its reason; a letter is not closed before the unit has answered or
    sent its return anew, and not as corrected before a corrected return has come from the unit."""
    require(by, "quality.query")
    at = at or timezone.now()
    if outcome not in QueryLetter.Outcome.values or not reason.strip():
        raise Refused("bad_value", _("请选择结果并写明理由。"))
    corrected = queries.corrected_by_unit(letter)
    if outcome == QueryLetter.Outcome.CORRECTED and not corrected:
        raise Refused("bad_value", _("还没有收到单位更正的报表，不能按“已由单位更正”办结。"))
    answered = QueryLetter.objects.filter(pk=letter.pk, closed_at__isnull=True)
    if not corrected:
        answered = answered.filter(answered_at__isnull=False)
    if answered.update(outcome=outcome, reason=reason.strip()[:400], closed_at=at, closed_by=by) != 1:
        raise Refused("state", _("这份核实单还没有答复，或已经办结。"))
    letter.refresh_from_db()
    record(
        by=by,
        action="quality.close",
        subject=f"query_letter:{letter.pk}",
        at=at,
        summary=f"{letter.number} 办结: {letter.get_outcome_display()}。{letter.reason}",
    )
    return letter
