"""转督办: a leader's order on a red light is a registered matter with owner and day.

The leader's word is the approval (立项); 交办 stays with the office, which finds owner and day prefilled. The
people of the unit are told at once (@ unit). Where an open matter follows the light already, the words are
an instruction on it: one light, one matter.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.log import append as event_log
from wenpan.district.supervision.log import lifecycle
from wenpan.district.supervision.log.events import EventKind
from wenpan.district.supervision.log.notifications import notify
from wenpan.district.supervision.log.recipients import recipients_of
from wenpan.district.supervision.matters.actions import leading
from wenpan.district.supervision.matters.drafts import make_draft
from wenpan.district.supervision.models import Matter, Proposal
from wenpan.district.supervision.orders.queries import subject_of
from wenpan.district.supervision.sources.proposal_history import step

KIND = "note"


@transaction.atomic
def order_matter(
    *, cause: str, lead: Unit, due: date, words: str, by: User, at: datetime | None = None
) -> Matter:
    """Raises Refused "bad_value": nothing of that name that the leader sees, a day gone by, a unit that is no
    more."""
    require(by, "matter.instruct")
    at = at or timezone.now()
    subject = subject_of(cause, by)
    if subject is None:
        raise Refused("bad_value", _("没有这项可转督办的内容。"))
    if following := Matter.objects.filter(cause=cause, state__in=lifecycle.OPEN).first():
        _onto(following, words, by, at)
        return following
    today = timezone.localdate(at)
    if due < today:
        raise Refused("bad_value", _("时限%(due)s早于今天%(today)s。") % {"due": due, "today": today})
    if lead.active_to is not None and lead.active_to < today:
        raise Refused("bad_value", _("%(unit)s已撤并，请改由承接单位承办。") % {"unit": lead.short_name})
    matter = _matter(subject.title, cause, subject.proposal, lead, due, words, by, at)
    event_log.append(matter=matter, kind=EventKind.REGISTERED, by=by, at=at, text=_said(words))
    _tell(matter, lead, due, words, by, at)
    return matter


def _onto(matter: Matter, words: str, by: User, at: datetime) -> None:
    """The leader's words on a matter that is there: they approve a draft, instruct on one that is under way;
    before 交办 nobody has it yet, so the office is told."""
    if matter.state == lifecycle.DRAFT:
        event_log.append(matter=matter, kind=EventKind.REGISTERED, by=by, at=at, text=_said(words))
    elif matter.state == lifecycle.REGISTERED:
        text = _("%(leader)s催交办 %(number)s：%(words)s") % {
            "leader": by.name,
            "number": matter.number,
            "words": _said(words),
        }
        key = f"order:{matter.pk}:{matter.version}"
        notify(users=recipients_of(matter.lead, ("office",)), key=key, text=text[:400], matter=matter, at=at)
    else:
        leading.instruct(matter=matter, words=words or _("请抓紧办理，按期报告。"), by=by, at=at)


def _matter(
    title: str,
    cause: str,
    proposal: Proposal | None,
    lead: Unit,
    due: date,
    words: str,
    by: User,
    at: datetime,
) -> Matter:
    matter = make_draft(
        title=title,
        kind=(proposal.kind if proposal else "") or KIND,
        by=by,
        source=None,
        cause=cause,
        evidence=proposal.evidence if proposal else words,
        span=None,
        important=True,
        leader=by.name,
        parent=None,
        at=at,
    )
    if proposal is not None:
        entry = {"deed": "confirm"}
        step(
            proposal,
            None,
            by=by,
            at=at,
            entry=entry,
            state=Proposal.State.CONFIRMED,
            matter=matter,
            lead=lead,
            deadline=due,
        )
        return matter
    Proposal.objects.create(
        origin="person",
        text=matter.title,
        lead=lead,
        deadline=due,
        evidence=words,
        confidence=1.0,
        state=Proposal.State.CONFIRMED,
        matter=matter,
        important=True,
        leader=by.name,
        decided_by=by,
        decided_at=at,
    )
    return matter


def _said(words: str) -> str:
    return (words.strip() or _("请列入督办。"))[:300]


def _tell(matter: Matter, lead: Unit, due: date, words: str, by: User, at: datetime) -> None:
    text = _("%(leader)s将%(title)s转督办，由%(unit)s于%(due)s前办结：%(words)s") % {
        "leader": by.name,
        "title": matter.title,
        "unit": lead.short_name,
        "due": due,
        "words": _said(words),
    }
    people = recipients_of(lead, ("office", "liaison", "unit_head"))
    notify(users=people, key=f"order:{matter.pk}", text=text[:400], matter=matter, at=at)
