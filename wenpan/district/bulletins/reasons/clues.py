"""What the program already knows about a red indicator of a unit: nobody types a cause twice.

The unit's own words of the matter that follows the light, its answers to slips and in meetings, its projects
behind plan and its firms' requests that are late. They are clues; the cause is what the unit makes of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.bulletins.policy import briefing_policy
from wenpan.district.firms.requests.late import late_requests
from wenpan.district.indicators.judgement_row import JudgementRow
from wenpan.district.meetings.models import MeetingQuestion
from wenpan.district.projects.lights import LightCause, light_causes
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.matters.queries.own_words import own_words
from wenpan.district.supervision.models import Feedback, Matter, Slip
from wenpan.district.supervision.slips.state import is_standing_on

EACH = 3  # of one kind
RECENT = timedelta(days=120)


@dataclass(frozen=True)
class ReasonClue:
    """`said`: the unit's own words, which the draft of the cause starts with; a clue that is not said is only
    shown."""

    kind: str  # matter, slip, meeting, project, request, part, light
    label: str
    words: str
    url: str = ""
    said: bool = False


class IndicatorNamed(Protocol):
    """As much of an indicator as is needed to find what was said of it."""

    @property
    def indicator(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def short_name(self) -> str: ...


def said_clues(rows: Sequence[IndicatorNamed], on: date) -> dict[str, list[ReasonClue]]:
    """By indicator, what was known by the day of feedback, slips and meetings."""
    found: dict[str, list[ReasonClue]] = defaultdict(list)
    if not rows:
        return found
    _said(found, matters_of(rows), {row.indicator: row.owner for row in rows}, on)
    for indicator, own in own_words([row.indicator for row in rows], on, causes=True).items():
        known = {clue.words for clue in found[indicator]}
        found[indicator] += [
            ReasonClue("matter", one.label, one.words, one.url, said=True)
            for one in own[:EACH]
            if one.words not in known
        ]
    _meetings(found, rows, on)
    return found


def clues_of(rows: Sequence[JudgementRow], on: date) -> dict[str, list[ReasonClue]]:
    """By indicator, what was known by the day."""
    found = said_clues(rows, on)
    if not rows:
        return found
    _lights(found, rows)
    _projects(found, rows, on)
    _requests(found, rows, on)
    return found


def matters_of(rows: Sequence[IndicatorNamed]) -> dict[str, list[Matter]]:
    """The open matters of each indicator: those that follow its light, then its unit's that name it."""
    causes = {f"indicator:{row.indicator}": row.indicator for row in rows}
    owners = {row.owner for row in rows if row.owner}
    asked = Q(cause__in=causes) | Q(lead__code__in=owners)
    under_way = Matter.objects.filter(asked, state__in=lifecycle.OPEN, assigned_on__isnull=False)
    found: dict[str, list[Matter]] = {row.indicator: [] for row in rows}
    matters = list(under_way.select_related("lead").defer("evidence").order_by("due", "pk"))
    for matter in matters:
        if matter.cause in causes:
            found[causes[matter.cause]].append(matter)
    for matter in matters:
        for row in rows:
            led = matter.lead is not None and matter.lead.code == row.owner
            named = row.name in matter.title or row.short_name in matter.title
            if led and named and matter not in found[row.indicator]:
                found[row.indicator].append(matter)
    return found


def _said(
    found: dict[str, list[ReasonClue]], matters: dict[str, list[Matter]], owners: dict[str, str], on: date
) -> None:
    """The newest feedback of each matter, and the newest answer to a slip, of the unit itself."""
    keys = {matter.pk for rows in matters.values() for matter in rows}
    if not keys:
        return
    feedback: dict[tuple[int, str], Feedback] = {}
    rows = (
        Feedback.objects.filter(matter__in=keys, at__date__lte=on).select_related("unit").order_by("at", "pk")
    )
    for one in rows:
        feedback[one.matter_id, one.unit.code] = one
    slips: dict[tuple[int, str], Slip] = {}
    answered = Slip.objects.filter(is_standing_on(on), matter__in=keys, answered_at__date__lte=on)
    for slip in answered.select_related("unit").order_by("answered_at", "pk"):
        slips[slip.matter_id, slip.unit.code] = slip
    for indicator, its in matters.items():
        for matter in its[:EACH]:
            if (told := feedback.get((matter.pk, owners[indicator]))) is not None:
                url = reverse("supervision:matter", args=[matter.pk])
                label = _("督办反馈 %(number)s") % {"number": matter.number}
                follows = matter.cause == f"indicator:{indicator}"
                words, said = told.situation or told.process, bool(told.situation) or follows
                found[indicator].append(ReasonClue("matter", label, words, url, said=said))
            if (answer := slips.get((matter.pk, owners[indicator]))) is not None:
                url = reverse("supervision:slip", args=[answer.pk])
                label = _("督办单答复 %(number)s") % {"number": answer.number}
                found[indicator].append(ReasonClue("slip", label, answer.answer, url, said=True))


def _meetings(found: dict[str, list[ReasonClue]], rows: Sequence[IndicatorNamed], on: date) -> None:
    """What the unit answered in a dispatch meeting to a question about the indicator; what the office took
    down in the meeting is shown, but is not the unit's own wording."""
    owners = {row.owner for row in rows if row.owner}
    answered = MeetingQuestion.objects.filter(
        unit__code__in=owners, answered_at__date__lte=on, answered_at__date__gt=on - RECENT
    )
    for one in answered.select_related("unit", "meeting", "answered_by").order_by("-answered_at", "pk")[:200]:
        for row in rows:
            if one.unit is None or one.unit.code != row.owner or not _cites(one, row.indicator):
                continue
            if not any(clue.kind == "meeting" for clue in found[row.indicator]):  # the newest says it
                url = reverse("meetings:meeting", args=[one.meeting_id])
                label = _("调度会答复 %(title)s") % {"title": one.meeting.title}
                own = one.answered_by is not None and one.answered_by.unit_id == one.unit_id
                found[row.indicator].append(ReasonClue("meeting", label, one.answer, url, said=own))


def _cites(question: MeetingQuestion, indicator: str) -> bool:
    return any(
        cited.get("kind") == "indicator" and str(cited.get("key", "")).partition("@")[0] == indicator
        for cited in question.citations
    )


def _lights(found: dict[str, list[ReasonClue]], rows: Sequence[JudgementRow]) -> None:
    """Why the light is red, in the judgement's own words."""
    for row in rows:
        if row.reasons:
            url = reverse("indicators:indicator", args=[row.indicator])
            words = "；".join(reason.rstrip("。") for reason in row.reasons[:EACH])
            found[row.indicator].append(ReasonClue("light", _("判定依据"), words, url))


def _projects(found: dict[str, list[ReasonClue]], rows: Sequence[JudgementRow], on: date) -> None:
    for indicator, projects in projects_behind(rows, on).items():
        for one in projects[:EACH]:
            label = _("项目 %(name)s") % {"name": one.name}
            found[indicator].append(ReasonClue("project", label, "；".join(one.reasons[:2]), one.url))


def projects_behind(rows: Sequence[JudgementRow], on: date) -> dict[str, list[LightCause]]:
    """Red projects that the indicator's unit has or leads, of indicators in the policy's groups."""
    groups = briefing_policy().project_groups
    weighed = [row for row in rows if row.group in groups]
    if not weighed:
        return {}
    red = [one for one in light_causes(on) if one.light == "RED"]
    found = {}
    for row in weighed:
        mine = [
            one for one in red if row.owner in {u.code for u in (one.unit, one.department) if u is not None}
        ]
        found[row.indicator] = mine or (red if row.core else [])
    return found


def _requests(found: dict[str, list[ReasonClue]], rows: Sequence[JudgementRow], on: date) -> None:
    """By number only: whose request it is stands behind the link."""
    owners = {row.owner for row in rows}
    late = [one for one in late_requests(on, most=200) if one.unit is not None and one.unit.code in owners]
    for row in rows:
        mine = [one for one in late if one.unit is not None and one.unit.code == row.owner]
        for one in mine[:EACH]:
            label = _("企业诉求 %(number)s") % {"number": one.number}
            found[row.indicator].append(ReasonClue("request", label, "；".join(one.reasons[:2]), one.url))
