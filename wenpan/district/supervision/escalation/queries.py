"""督办规则: which slips are served, up which line an overdue matter goes, and who is in charge of whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from wenpan import rules as policy
from wenpan.district.accounts.models import Unit, User
from wenpan.district.ground.jobs.models import Job
from wenpan.district.supervision.escalation_steps import policy as escalation_policy
from wenpan.district.supervision.escalation_steps.rules import EscalationRules
from wenpan.district.supervision.models import Charge
from wenpan.rules.slips import SlipRules, slip_rules, slips_in_force

TICK = "supervision.tick"


@dataclass(frozen=True)
class RuleOrigin:
    """Where a rule comes from: file within the rules folder, version, since when, source, whose file."""

    file: str
    version: str
    since: date
    source: str
    ours: bool


@dataclass(frozen=True)
class EscalationView:
    in_force: SlipRules | None
    since: date  # the choice holds since
    choice: RuleOrigin
    others: tuple[SlipRules, ...]
    escalation: EscalationRules
    escalation_origin: RuleOrigin
    charges: tuple[tuple[Unit, User | None], ...]
    last_tick: datetime | None


def escalation_view(on: date) -> EscalationView:
    found = slips_in_force(on)
    data, _ = policy.load_yaml("supervision/slips_in_force")
    since = max(entry["from"] for entry in data["in_force"] if entry["from"] <= on)
    return EscalationView(
        found,
        since,
        _origin("supervision/slips_in_force"),
        tuple(s for s in slip_rules().values() if found is None or s.rules.code != found.rules.code),
        escalation_policy.escalation_rules(),
        _origin(escalation_policy.NAME),
        _charges(on),
        last_tick(),
    )


def _origin(name: str) -> RuleOrigin:
    _data, p = policy.load_yaml(name)
    return RuleOrigin(
        f"rules/{name}{Path(p.file).suffix}", p.version, p.effective_from, p.source, not p.overridden
    )


def _charges(on: date) -> tuple[tuple[Unit, User | None], ...]:
    leaders = {c.unit_id: c.leader for c in Charge.objects.select_related("leader")}
    units = [u for u in Unit.objects.exclude(kind=Unit.Kind.DISTRICT) if not u.active_to or u.active_to >= on]
    return tuple((unit, leaders.get(unit.pk)) for unit in units)


def last_tick() -> datetime | None:
    """When the timed work last ran to its end; None: never."""
    done = Job.objects.filter(kind=TICK, state=Job.State.DONE).order_by("-finished_at")
    moment: datetime | None = done.values_list("finished_at", flat=True).first()
    return timezone.localtime(moment) if moment else None
