"""Causes of matters: what is red or yellow on a day, and the present light of every cause that is followed.

One record a cause; which two records are one project `projects.queries.lights` knows. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction import lights as deals
from wenpan.district.firms.common.queries import asked_problems
from wenpan.district.firms.requests.late import late_requests
from wenpan.district.indicators.queries import JudgementRow, board, judged_months
from wenpan.district.projects import lights
from wenpan.district.projects.base import policy as project_policy
from wenpan.district.projects.key_projects import queries as keys
from wenpan.district.projects.models import Standing
from wenpan.district.supervision.lights.policy import LightMatters
from wenpan.documents.words.numbers import full_width
from wenpan.economy.judging.light_words import LIGHTS
from wenpan.economy.time.periods import Month

RANK = {"GREEN": 0, "UNKNOWN": 0, "YELLOW": 1, "RED": 2}


@dataclass(frozen=True)
class LightProposal:
    """`mark`: of which month (or, of a problem, which due day) it speaks. `also`: the cause of its twin."""

    cause: str
    title: str
    light: str
    kind: str  # a type of matter
    mark: str
    lead: Unit | None
    coops: tuple[str, ...]
    reasons: tuple[str, ...]
    rules: str
    url: str
    also: str = ""

    @property
    def evidence(self) -> str:
        why = "\n".join(self.reasons) or "—"
        return f"{LIGHTS[self.light]} · {self.rules} · {_('数据截至')} {self.mark}\n{why}"


@dataclass
class PresentLights:
    """`lit`: what proposes. `now`: the light of every cause that was asked for; absent: it is over."""

    lit: list[LightProposal] = field(default_factory=list)
    now: dict[str, str] = field(default_factory=dict)


def present_lights(on: date, policy: LightMatters, asked: set[str]) -> PresentLights:
    """`asked`: causes with an open proposal or matter, whose present light is wanted as well."""
    found = PresentLights()
    for lit, light in _indicators(on):
        found.now[lit.cause] = light
        if light in policy.indicators and policy.takes(lit.cause.partition(":")[2]):
            found.lit.append(lit)
    for lit, row in _projects(on):
        found.now |= {one: lit.light for one in (lit.cause, lit.also) if one}
        if _asked_for(row, policy):
            found.lit.append(lit)
    for lit, proposes in _of_other_rooms(on, policy):
        found.now[lit.cause] = lit.light
        if proposes:
            found.lit.append(lit)
    for cause in asked - set(found.now):
        if light := _light_of_project(cause, on):
            found.now[cause] = light
    return found


def _of_other_rooms(on: date, policy: LightMatters) -> Iterator[tuple[LightProposal, bool]]:
    """Late problems and requests, common problems of firms, idle deals; and whether the light proposes."""
    for lit in _problems(on):
        yield lit, policy.problems
    for lit in _requests(on, policy.late_by):
        yield lit, lit.light in policy.requests
    for lit in _common_problems(on):
        yield lit, True  # a person of the service office asked for it
    for lit in _deals(on, policy) if policy.deals else ():
        yield lit, lit.light in policy.deals


def _indicators(on: date) -> Iterator[tuple[LightProposal, str]]:
    """At the newest month that was judged by the day."""
    month = next((m for m in judged_months() if m <= Month(on.year, on.month)), None)
    if month is None:
        return
    shown = board(as_of=month)
    owners = {unit.code: unit for unit in Unit.objects.all()}
    for row in shown.rows:
        yield _indicator(row, owners.get(row.owner), shown.rule_name), row.light


def _indicator(row: JudgementRow, owner: Unit | None, rule_name: str) -> LightProposal:
    return LightProposal(
        cause=f"indicator:{row.indicator}",
        title=_title(row.name, row.light) if row.light in ("RED", "YELLOW") else row.name,
        light=row.light,
        kind="indicator_light",
        mark=row.as_of,
        lead=owner,
        coops=(),
        reasons=tuple(full_width(reason) for reason in row.reasons),
        rules=f"{rule_name} {row.rule_version}",
        url=reverse("indicators:indicator", args=[row.indicator]),
    )


def _projects(on: date) -> Iterator[tuple[LightProposal, lights.LightCause]]:
    for row in lights.light_causes(on):
        lead = row.department or row.unit
        help_ = (row.unit.code,) if row.unit and lead and row.unit.pk != lead.pk else ()
        told = tuple(full_width(reason) for reason in row.reasons)
        yield (
            LightProposal(
                cause=row.address,
                title=_title(row.name, row.light),
                light=row.light,
                kind="project_light",
                mark=row.month,
                lead=lead,
                coops=help_,
                reasons=(row.pair_words, *told) if row.pair_words else told,
                rules=_rules_of(row.month),
                url=row.url,
                also=row.twin,
            ),
            row,
        )


def _asked_for(row: lights.LightCause, policy: LightMatters) -> bool:
    """One of its lights is among those that its list proposes by."""
    return any(
        one.light in (policy.key_projects if one.address.startswith("key_project:") else policy.projects)
        for one in row.lights
    )


def _title(name: str, light: str) -> str:
    """What the matter is called: a short noun. Why it came stands in its reasons, with their day."""
    return _("%(name)s%(light)s整改") % {"name": name, "light": LIGHTS[light]}


def _rules_of(month: str) -> str:
    """The rule set by which projects were judged at that month."""
    year, number = (int(part) for part in month.split("-"))
    chosen = project_policy.rules_in_force(date(year, number, 1))
    return f"{chosen.name} {chosen.version}"


def _problems(on: date) -> Iterator[LightProposal]:
    for row in lights.open_problems_overdue(on):
        words = {"name": row.name, "kind": row.kind}
        why = _("应于%(due)s办结，已逾期：%(text)s") % {"due": row.due, "text": row.text}
        yield LightProposal(
            cause=f"problem:{row.problem}",
            title=_("%(name)s%(kind)s问题办理") % words,
            light="RED",
            kind="project_light",
            mark=row.due.isoformat(),
            lead=row.owner,
            coops=(),
            reasons=(why,),
            rules=_("要素保障期限"),
            url=row.url,
        )


def _requests(on: date, late_by: int) -> Iterator[LightProposal]:
    for row in late_requests(on, late_by=late_by):
        yield LightProposal(
            cause=f"request:{row.request}",
            title=_("%(firm)s诉求办理：%(title)s") % {"firm": row.firm, "title": row.title},
            light=row.light,
            kind="request_late",
            mark=on.isoformat()[:7],
            lead=row.unit,
            coops=(),
            reasons=row.reasons,
            rules=_("企业诉求时限"),
            url=row.url,
        )


def _common_problems(on: date) -> Iterator[LightProposal]:
    for row in asked_problems():
        if row.asked_on > on:
            continue
        words = {"firms": row.firms, "n": row.requests}
        yield LightProposal(
            cause=f"common:{row.pk}",
            title=_("企业共性问题办理：%(title)s") % {"title": row.title},
            light="YELLOW",
            kind="request_late",
            mark=row.asked_on.isoformat()[:7],
            lead=row.lead,
            coops=(),
            reasons=(_("%(firms)s家企业%(n)s件诉求同一成因") % words,),
            rules=_("企业服务专员提请督办"),
            url=reverse("firms:problem", args=[row.pk]),
        )


def _deals(on: date, policy: LightMatters) -> Iterator[LightProposal]:
    for row in deals.deal_causes(on, least=policy.deals_least):
        yield LightProposal(
            cause=row.address,
            title=_title(row.name, row.light),
            light=row.light,
            kind="deal_light",
            mark=f"{on:%Y-%m}",
            lead=row.unit,
            coops=(),
            reasons=tuple(full_width(reason) for reason in row.reasons),
            rules=row.rules,
            url=row.url,
        )


def _light_of_project(cause: str, on: date) -> str:
    """GREEN, UNKNOWN …; "" for a project without a light (finished, withdrawn) and a problem that is over."""
    kind, _sep, key = cause.partition(":")
    if kind == "deal" and key.isdecimal():
        return deals.light_of(int(key), on)
    month = lights.month_on(on)
    if kind == "project" and month is not None and key.isdecimal():
        found = Standing.objects.filter(project=int(key), month=str(month), project__retracted=False)
        return found.values_list("light", flat=True).first() or ""
    if kind == "key_project":
        lines = keys.lines(month or Month(on.year, on.month).plus(-1))
        return next((line.light for line in lines if str(line.project.pk) == key), "")
    return ""
