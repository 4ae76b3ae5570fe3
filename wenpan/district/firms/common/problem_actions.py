"""共性问题: raised from alike requests, requests joined and taken out, a unit put in charge, settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.firms.base.scope import require_request
from wenpan.district.firms.models import CommonProblem, ServiceRequest
from wenpan.district.ground.journal.actions import hold, record
from wenpan.district.ground.refused import Refused

LEAST_FIRMS = 2


def problem_address(problem: CommonProblem) -> str:
    return f"common:{problem.number}"


@transaction.atomic
def raise_problem(
    *, title: str, category: str, requests: Sequence[ServiceRequest], by: User, why: str = "",
    lead: Unit | None = None, at: datetime | None = None,
) -> CommonProblem:  # fmt: skip
    """Refused "bad_value" without words, or with requests of fewer than two firms."""
    require(by, "request.office")
    at = at or timezone.now()
    if not title.strip() or category not in ServiceRequest.Category.values:
        raise Refused("bad_value", _("请写明共性问题和类别。"))
    for request in requests:
        require_request(by, request)
    if len({request.firm_id for request in requests}) < LEAST_FIRMS:
        raise Refused("bad_value", _("共性问题至少要有两家企业的诉求。"))
    hold()
    year = timezone.localdate(at).year
    last = CommonProblem.objects.filter(number__startswith=f"{year}-G").aggregate(last=Max("number"))["last"]
    serial = int(str(last).rpartition("G")[2]) + 1 if last else 1
    problem = CommonProblem.objects.create(
        number=f"{year}-G{serial:04d}", title=title.strip()[:200], why=why.strip()[:500], category=category,
        lead=lead, raised_by=by, raised_at=at,
    )  # fmt: skip
    problem.requests.set(requests)
    _told(problem, "raised", f"提出共性问题 {problem}", by, at, {"requests": [r.number for r in requests]})
    return problem


@transaction.atomic
def join_requests(
    *, problem: CommonProblem, requests: Sequence[ServiceRequest], by: User, at: datetime | None = None
) -> CommonProblem:
    """Refused "state" for a problem that is settled, "bad_value" where nothing new is joined."""
    require(by, "request.office")
    for request in requests:
        require_request(by, request)
    _open(problem)
    held = set(problem.requests.values_list("pk", flat=True))
    fresh = [request for request in requests if request.pk not in held]
    if not fresh:
        raise Refused("bad_value", _("请选定还没有并入的诉求。"))
    problem.requests.add(*fresh)
    _told(problem, "joined", f"{problem.number} 并入诉求{len(fresh)}件", by, at, [r.number for r in fresh])
    return problem


@transaction.atomic
def leave_problem(
    *, problem: CommonProblem, request: ServiceRequest, by: User, at: datetime | None = None
) -> CommonProblem:
    """A request that does not belong there. Refused where fewer than two firms would be left."""
    require(by, "request.office")
    _open(problem)
    left = problem.requests.exclude(pk=request.pk)
    if left.count() == problem.requests.count():
        raise Refused("bad_value", _("这件诉求没有并入。"))
    if left.values("firm").distinct().count() < LEAST_FIRMS:
        raise Refused("bad_value", _("共性问题至少要有两家企业的诉求。"))
    problem.requests.remove(request)
    _told(problem, "left", f"{problem.number} 移出诉求 {request.number}", by, at, [request.number])
    return problem


@transaction.atomic
def ask_matter(
    *, problem: CommonProblem, lead: Unit | None, by: User, at: datetime | None = None
) -> CommonProblem:
    """提请督办: from now on the problem is a cause, and the supervision office is proposed a matter.
    Refused "clash" where that was asked already, "bad_value" without a unit in charge."""
    require(by, "request.office")
    at = at or timezone.now()
    if lead is None:
        raise Refused("bad_value", _("请选定牵头单位。"))
    held = CommonProblem.objects.filter(pk=problem.pk, asked_on=None, closed_on=None)
    if held.update(asked_on=timezone.localdate(at), lead=lead) != 1:
        raise Refused("clash", _("已经提请督办，或问题已解决。"))
    problem.refresh_from_db()
    _told(problem, "asked", f"{problem.number} 提请督办，牵头{lead.short_name}", by, at, {"lead": lead.code})
    return problem


@transaction.atomic
def settle_problem(
    *, problem: CommonProblem, resolution: str, on: date, by: User, at: datetime | None = None
) -> CommonProblem:
    """The cause is gone, and how. The requests go on for themselves: each firm is asked for itself."""
    require(by, "request.office")
    at = at or timezone.now()
    if not resolution.strip():
        raise Refused("reason_missing", _("请写明怎么解决的。"))
    if not timezone.localdate(problem.raised_at) <= on <= timezone.localdate(at):
        raise Refused("bad_value", _("解决日期应在提出之后、今天之前。"))
    held = CommonProblem.objects.filter(pk=problem.pk, closed_on=None)
    if held.update(closed_on=on, resolution=resolution.strip()[:500]) != 1:
        raise Refused("clash", _("这个问题已经解决。"))
    problem.refresh_from_db()
    _told(problem, "settled", f"{problem.number} 已解决：{problem.resolution[:80]}", by, at, {"on": str(on)})
    return problem


def _open(problem: CommonProblem) -> None:
    if CommonProblem.objects.filter(pk=problem.pk, closed_on=None).first() is None:
        raise Refused("state", _("这个问题已经解决。"))


def _told(problem: CommonProblem, what: str, words: str, by: User, at: datetime | None, detail: Any) -> None:
    record(
        by=by, action=f"common.{what}", subject=problem_address(problem), at=at, summary=words, detail=detail
    )
