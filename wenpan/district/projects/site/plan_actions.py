"""深入现场: who goes to which site, how often, from when; written by the office."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base.scope import require_sight, scope_of
from wenpan.district.projects.base.subjects import Subject, address, subject_field
from wenpan.district.projects.models import SiteAssignment
from wenpan.district.projects.site.plan_queries import is_site


@transaction.atomic
def plan_site(
    *, subject: Subject, person: User, every: int, starts_on: date, by: User, at: datetime | None = None
) -> SiteAssignment:
    """A person goes to a site every so many months, from a day on. Refused "bad_value" (no such interval, no
    site any more, a person who may not record visits or may not see the project), "clash" where that holds
    already."""
    require(by, "contact.plan", "problem.edit")
    require_sight(by, subject)
    if not 1 <= every <= 12:
        raise Refused("bad_value", _("到场间隔应为1到12个月。"))
    if not is_site(subject):
        raise Refused("bad_value", _("这个项目已经完工或退库，不用再列现场计划。"))
    if not can(person, "contact.visit") or not scope_of(person).holds(subject):
        raise Refused("bad_value", _("%(name)s不能登记这个项目的现场走访，不能列入。") % {"name": person})
    try:
        with transaction.atomic():
            made = SiteAssignment.objects.create(
                **{subject_field(subject): subject}, person=person, every=every, starts_on=starts_on, by=by,
                at=at or timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        raise Refused("clash", _("%(name)s已经在这个项目的现场计划里。") % {"name": person}) from None
    record(
        by=by, action="projects.site_plan", subject=address(subject), at=at,
        summary=f"{subject.name}：{person} 每{every}个月到现场一次",
        detail={"person": person.pk, "starts_on": str(starts_on)},
    )  # fmt: skip
    return made


@transaction.atomic
def end_site(*, plan: SiteAssignment, on: date, by: User, at: datetime | None = None) -> SiteAssignment:
    """The last day on which the plan holds. Refused "bad_value" before its start, "clash" where it ended."""
    require(by, "contact.plan", "problem.edit")
    require_sight(by, plan.subject)
    if on < plan.starts_on:
        raise Refused("bad_value", _("结束日期早于开始日期。"))
    if SiteAssignment.objects.filter(pk=plan.pk, ends_on__isnull=True).update(ends_on=on) != 1:
        raise Refused("clash", _("这条现场计划已经结束。"))
    plan.refresh_from_db()
    record(
        by=by, action="projects.site_plan_ended", subject=address(plan.subject), at=at,
        summary=f"{plan.subject.name}：{plan.person} 不再列入现场计划", detail={"on": str(on)},
    )  # fmt: skip
    return plan
