"""Every read of the room. The office and the leaders see a meeting whole, a unit what was put to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.meetings.memo import memo_json
from wenpan.district.meetings.memo.facts import Citation, Memo
from wenpan.district.meetings.memo_facts import live_memo
from wenpan.district.meetings.models import KeptMemo, Meeting, MeetingQuestion
from wenpan.district.meetings.policy import MeetingKind, meeting_rules
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.matters.queries.own_words import OwnWords, own_words
from wenpan.district.supervision.models import Proposal
from wenpan.district.ui.form_counts import per_unit
from wenpan.rules import catalogue
from wenpan.rules.schema import read_kept


def visible(user: User) -> QuerySet[Meeting]:
    """All of them, or for a unit's people those in which something was put to their unit."""
    if can(user, "meeting.view"):
        return Meeting.objects.all()
    if not can(user, "desk.use") or user.unit_id is None:
        return Meeting.objects.none()
    mine = MeetingQuestion.objects.filter(meeting=OuterRef("pk"), unit=user.unit_id)
    return Meeting.objects.filter(Exists(mine)).exclude(state=Meeting.State.CANCELLED)


def meeting_for(user: User, pk: int) -> Meeting:
    """Http404 for what the person may not see."""
    found = get_object_or_404(visible(user).select_related("record", "created_by"), pk=pk)
    if not isinstance(found, Meeting):
        raise Http404
    return found


def listed(user: User) -> QuerySet[Meeting]:
    """With how much was asked, answered and agreed of each."""
    own = Q() if can(user, "meeting.view") else Q(questions__unit=user.unit_id)
    return visible(user).annotate(
        asked=Count("questions", filter=own, distinct=True),
        answered=Count("questions", filter=own & ~Q(questions__answer=""), distinct=True),
        agreed=Count(
            "record__proposals",
            filter=Q(record__proposals__state=Proposal.State.CONFIRMED),
            distinct=True,
        ),
        left=Count(
            "record__proposals", filter=Q(record__proposals__state=Proposal.State.OPEN), distinct=True
        ),
    )


def kinds(on: date) -> dict[str, MeetingKind]:
    return dict(meeting_rules(on).kinds)


def kind_name(meeting: Meeting) -> str:
    """As the rules called it on its day; the code where they know it no more."""
    found = meeting_rules(meeting.held_on).kinds.get(meeting.kind)
    return found.name if found else meeting.kind


@dataclass(frozen=True)
class ShownMemo:
    """`kept_at` None: as the place stands now; else as it was put."""

    memo: Memo
    kept: KeptMemo | None


def memo_of(meeting: Meeting, *, now: bool = False) -> ShownMemo | None:
    """As it was put to the units, else (or with `now`) as the place stands. None where its kind is gone."""
    found = KeptMemo.objects.filter(meeting=meeting).select_related("made_by").first()
    if found is not None and not now:
        return ShownMemo(memo_json.read_memo(found.facts), found)
    try:
        return ShownMemo(live_memo(meeting, timezone.localdate()), None)
    except KeyError:
        return None


def questions_of(meeting: Meeting, user: User) -> list[MeetingQuestion]:
    """What was put; of a unit's people their own."""
    rows = meeting.questions.select_related("unit", "answered_by")
    if not can(user, "meeting.view"):
        rows = rows.filter(unit=user.unit_id)
    return list(rows)


def citations_of(question: MeetingQuestion) -> list[Citation]:
    return [read_kept(Citation, data) for data in question.citations]


@dataclass(frozen=True)
class Decision:
    """One line of the follow-up: as the matter has it once it is handed over, before that as planned."""

    proposal: Proposal
    units: tuple[Unit, ...]  # that cooperate
    leads: tuple[Unit, ...]  # of a group: one is to be chosen

    @property
    def handed(self) -> bool:
        m = self.proposal.matter
        return m is not None and m.assigned_on is not None

    @property
    def lead(self) -> Unit | None:
        m = self.proposal.matter
        return m.lead if m is not None and self.handed else self.proposal.lead

    @property
    def due(self) -> date | None:
        m = self.proposal.matter
        return m.due if m is not None and self.handed else self.proposal.deadline

    @property
    def text(self) -> str:
        return self.proposal.matter.title if self.proposal.matter is not None else self.proposal.text

    @property
    def is_open(self) -> bool:
        return self.proposal.state == Proposal.State.OPEN

    @property
    def revocable(self) -> bool:
        """Not handed over yet: what is with a unit is taken back on the matter's own page."""
        m = self.proposal.matter
        return m is None or m.state == lifecycle.DRAFT or self.proposal.state == Proposal.State.MERGED

    @property
    def counts(self) -> bool:
        """It is a decision: not dropped, not part of another."""
        return self.proposal.state in (Proposal.State.OPEN, Proposal.State.CONFIRMED) or (
            self.proposal.state == Proposal.State.MERGED and self.proposal.matter_id is not None
        )


def decisions(meeting: Meeting) -> list[Decision]:
    """In the order in which they were said. Two queries."""
    if meeting.record_id is None:
        return []
    rows = Proposal.objects.filter(source=meeting.record_id).exclude(state=Proposal.State.SPLIT)
    rows = rows.select_related("lead", "matter__lead", "merged_into").order_by("order", "pk")
    found = list(rows)
    codes = {code for p in found for code in (*p.coops, *p.detail.get("leads", ()))}
    units = {u.code: u for u in Unit.objects.filter(code__in=codes)} if codes else {}
    return [
        Decision(
            p,
            tuple(units[c] for c in p.coops if c in units),
            tuple(units[c] for c in p.detail.get("leads", ()) if c in units),
        )
        for p in found
    ]


def units_now(on: date) -> QuerySet[Unit]:
    """Units that can be given something to do."""
    return Unit.objects.filter(Q(active_to=None) | Q(active_to__gte=on)).exclude(kind=Unit.Kind.DISTRICT)


def _indicator(key: str) -> str:
    code, _at, month = key.partition("@")
    url = reverse("indicators:indicator", args=[code])
    return f"{url}?as_of={month}" if month else url


URLS: dict[str, Any] = {
    "figure": lambda key: reverse("observations:origin", args=[int(key)]),
    "indicator": _indicator,
    "estimate": lambda key: reverse("indicators:indicator", args=[key]),
    "matter": lambda key: reverse("supervision:matter", args=[int(key)]),
    "project": lambda key: reverse("projects:project", args=[int(key)]),
    "key_project": lambda key: reverse("projects:key_project", args=[int(key)]),
    "deal": lambda key: reverse("attraction:deal", args=[int(key)]),
    "request": lambda key: reverse("firms:request", args=[int(key)]),
    "question": lambda key: reverse("meetings:question", args=[int(key)]),
}


def url_of(citation: Citation) -> str:
    """Where the figure or the event stands; KeyError for a kind that no page has."""
    return str(URLS[citation.kind](citation.key))


def forms_filled(first: datetime, end: datetime) -> Mapping[str, Mapping[int, int]]:
    """For 填报账; what the office wrote down in the meeting cost the unit nothing."""
    rows = MeetingQuestion.objects.filter(answered_by__unit=F("unit"))
    typed, carried = rows.filter(carried_from=""), rows.exclude(carried_from="")
    return {
        "meeting_answer": per_unit(typed, "unit", "answered_at", first, end),
        "meeting_answer_carried": per_unit(carried, "unit", "answered_at", first, end),
    }


def drafts_of(questions: Sequence[MeetingQuestion], on: date) -> dict[int, OwnWords]:
    """By question, what its unit has said of late of the indicator that is asked about. One query."""
    cited = {q.pk: code for q in questions if (code := _indicator_of(q))}
    said = own_words(sorted(set(cited.values())), on) if cited else {}
    owners = {q.pk: q.unit.code for q in questions if q.unit is not None}
    known = catalogue()
    return {
        pk: said[code][0] for pk, code in cited.items() if said[code] and known[code].owner == owners.get(pk)
    }


def _indicator_of(question: MeetingQuestion) -> str:
    """The indicator that the question cites; "" for none."""
    for cited in question.citations:
        if cited.get("kind") == "indicator":
            return str(cited.get("key", "")).partition("@")[0]
    return ""
