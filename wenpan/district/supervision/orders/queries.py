"""What a leader may turn into a matter, prefilled; and who answers for a unit, with telephones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan import rules
from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.roles import LIAISON, UNIT_HEAD
from wenpan.district.projects.base.scope import scope_of
from wenpan.district.projects.models import KeyProject, Project
from wenpan.district.supervision.log import lifecycle, policy
from wenpan.district.supervision.models import Charge, Matter, Proposal
from wenpan.district.ui.responsible import Contact
from wenpan.rules.office import post_holders

PROJECTS = {"project": Project, "key_project": KeyProject}


@dataclass(frozen=True)
class OrderSubject:
    cause: str
    title: str
    lead: Unit | None
    proposal: Proposal | None  # of the light, still open
    matter: Matter | None  # that follows it already
    due: date | None = None


def subject_of(cause: str, user: User, today: date | None = None) -> OrderSubject | None:
    """None where there is no such thing, or none that this person sees."""
    kind, _sep, key = cause.partition(":")
    if kind == "indicator":
        item = rules.catalogue().get(key)
        if item is None or not user.may("indicator.view"):
            return None
        title, owner = _("%(name)s红灯整改") % {"name": item.name}, item.owner
    elif kind in PROJECTS:
        row = PROJECTS[kind].objects.filter(pk=key if key.isdecimal() else 0, retracted=False).first()  # type: ignore[attr-defined]
        if row is None or not user.may("project.view") or not scope_of(user).holds(row):
            return None
        title, owner = _("%(name)s红灯整改") % {"name": row.name}, row.unit.code if row.unit else ""
    else:
        return None
    proposal = Proposal.objects.filter(cause=cause, state=Proposal.State.OPEN).select_related("lead").first()
    matter = Matter.objects.filter(cause=cause, state__in=lifecycle.OPEN).select_related("lead").first()
    lead = (proposal.lead if proposal else None) or Unit.objects.filter(code=owner).first()
    return OrderSubject(
        cause,
        (proposal.text if proposal else title)[:400],
        lead,
        proposal,
        matter,
        due_day(today) if today else None,
    )


def due_day(today: date) -> date:
    """So many working days from today as the office gives, by the place's calendar."""
    return policy.calendar().working_days_after(today, policy.office().order_working_days)


def contacts() -> Mapping[str, tuple[Contact, ...]]:
    """Of every unit: who holds its posts as the place's list says, its head, its liaison officers, the leader
    in charge. Whom the list names is not named again by an account. Three questions for all units."""
    found: dict[str, list[Contact]] = defaultdict(list)
    for row in post_holders(timezone.localdate()):
        found[row.unit].append(Contact(row.post, row.name, row.telephone))
    listed = {(code, contact.name) for code, people in found.items() for contact in people}
    people = User.objects.filter(is_active=True, role__in=(UNIT_HEAD.code, LIAISON.code), unit__isnull=False)
    words = {UNIT_HEAD.code: _("负责人"), LIAISON.code: _("联络员")}
    for user in sorted(people.select_related("unit"), key=lambda u: (u.role != UNIT_HEAD.code, u.pk)):
        assert user.unit is not None
        if (user.unit.code, user.name) not in listed:
            post = user.post or words[user.role]
            found[user.unit.code].append(Contact(post, user.name, user.telephone))
    for charge in Charge.objects.select_related("unit", "leader"):
        found[charge.unit.code].append(Contact(_("分管领导"), charge.leader.name, charge.leader.telephone))
    return {code: tuple(each) for code, each in found.items()}
