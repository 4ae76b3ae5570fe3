"""The list of matters: filters as in the address, an order for each column, and counts by one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import can
from wenpan.district.supervision.log import labels, lifecycle, matter_sets, policy
from wenpan.district.supervision.matters.available_actions import may_check
from wenpan.district.supervision.models import Feedback, Matter, Source

ORIGINS = ("source", "light", "hand")
PLAIN = ("state", "kind")


@dataclass(frozen=True)
class MatterFilters:
    """As in the address; "" is no filter, and without a state the list shows what is open."""

    state: str = ""  # "": open · all · a state
    light: str = ""
    unit: str = ""  # a unit's code: as lead or cooperating · none: nobody's
    kind: str = ""
    source: str = ""  # a source's id · source: any paper · light: a red or yellow light · hand: by hand
    due: str = ""  # late · week · month · none
    flag: str = ""  # a key of `flags`

    @classmethod
    def of(cls, query: Mapping[str, str]) -> MatterFilters:
        return cls(**{f.name: str(query.get(f.name, "")).strip()[:60] for f in fields(cls)})

    @property
    def any(self) -> bool:
        return any(getattr(self, f.name) for f in fields(self))


def flags(user: User, on: date) -> dict[str, tuple[Any, Q]]:
    """What the list can be narrowed to by one click: label and condition."""
    found = {
        "overdue": (_("逾期"), matter_sets.overdue(on)),
        "yellow": (_("临期或被退回"), matter_sets.yellow(on)),
        "silent": (_("久无反馈"), matter_sets.silent(on)),
        "extension": (_("延期待批"), Q(extension_asked__isnull=False) & matter_sets.is_open()),
        "paused": (_("暂缓"), Q(paused=True) & matter_sets.is_open()),
        "answered": (_("待核查"), Q(state=lifecycle.ANSWERED)),
        "checked": (_("待销号"), Q(state=lifecycle.CHECKED)),
        "registered": (_("待交办"), Q(state__in=[lifecycle.REGISTERED, lifecycle.DECLINED])),
        "draft": (_("待立项"), Q(state=lifecycle.DRAFT)),
    }
    if can(user, "matter.check"):
        found["mine"] = (_("待我核查"), may_check(user))
    return found


def rows(user: User, filters: MatterFilters, on: date) -> QuerySet[Matter]:
    """The matters that the person may see and the filters let through, newest number first."""
    found = matter_sets.visible(user).filter(_where(user, filters, on))
    return found.select_related("lead").prefetch_related("coops", titles_of_sources())


def titles_of_sources() -> Prefetch[Any, Any, Any]:
    """For lists: a source's title without its text, which may be hundreds of pages."""
    return Prefetch("source", queryset=Source.objects.only("title"))


def _where(user: User, f: MatterFilters, on: date) -> Q:
    known = flags(user, on)
    found = known[f.flag][1] if f.flag in known else Q()
    if f.state in Matter.State.values:
        found &= Q(state=f.state)
    elif f.state != "all" and f.flag not in known:
        found &= matter_sets.is_open()
    if f.kind:
        found &= Q(kind=f.kind)
    return (
        found
        & matter_sets.of_light(f.light, on)
        & _by_unit(f.unit)
        & _by_source(f.source)
        & _by_due(f.due, on)
    )


def _by_unit(code: str) -> Q:
    if code == "none":
        return Q(lead=None)
    if not code:
        return Q()
    coop = Matter.coops.through.objects.filter(unit__code=code).values("matter")
    return Q(lead__code=code) | Q(pk__in=coop)


def _by_source(source: str) -> Q:
    known = {
        "source": Q(source__isnull=False),
        "light": ~Q(cause=""),
        "hand": Q(source=None, cause=""),
    }
    if source.isdecimal() and len(source) < 16:  # a longer one is no id, and no database takes it
        return Q(source=int(source))
    return known.get(source, Q())


def _by_due(due: str, on: date) -> Q:
    sunday = on + timedelta(days=6 - on.weekday())
    known = {
        "late": matter_sets.overdue(on),
        "week": matter_sets.due_between(on, sunday),
        "month": matter_sets.due_between(on, on + timedelta(days=30)),
        "none": Q(due=None, paused=False) & matter_sets.is_open(),
    }
    return known.get(due, Q())


_WORST_FIRST = ("RED", "YELLOW", "GREEN")


def with_light(found: QuerySet[Matter], on: date) -> QuerySet[Matter]:
    """`light_order`: 1 red, 2 yellow, 3 green, 4 none; for sorting."""
    order = Case(
        *(When(matter_sets.of_light(light, on), then=Value(n)) for n, light in enumerate(_WORST_FIRST, 1)),
        default=Value(4),
    )
    return found.annotate(light_order=order)


def with_words(found: QuerySet[Matter]) -> QuerySet[Matter]:
    """`last_words`: the newest feedback, for the export."""
    newest = Feedback.objects.filter(matter=OuterRef("pk")).order_by("-at", "-pk").values("process")[:1]
    return found.annotate(last_words=Subquery(newest))


def ordered(found: QuerySet[Matter], sort: str) -> QuerySet[Matter]:
    """By number means by year and serial: a number is text."""
    if sort.removeprefix("-") != "number":
        return found
    sign = "-" if sort.startswith("-") else ""
    return found.order_by(f"{sign}year", f"{sign}serial")


@dataclass(frozen=True)
class Counted:
    code: str
    label: str
    count: int


def counts(user: User, on: date) -> tuple[int, list[Counted]]:
    """All open, and how many each flag holds; one query."""
    known = flags(user, on)
    wanted = {code: Count("pk", filter=q) for code, (_label, q) in known.items() if code != "mine"}
    answer = matter_sets.visible(user).filter(matter_sets.is_open()).aggregate(open=Count("pk"), **wanted)
    found = [Counted(code, str(label), answer[code]) for code, (label, _q) in known.items() if code in answer]
    return answer["open"], found


def choices(user: User) -> dict[str, list[tuple[str, Any]]]:
    """What the filters offer."""
    recent = Source.objects.order_by("-dated", "-pk").values_list("pk", "title", "number")[:60]
    return {
        "state": [("all", _("全部（含已办结）")), *Matter.State.choices],
        "light": list(labels.LIGHTS),
        "kind": [(t.code, t.name) for t in policy.types().values()],
        "unit": [
            ("none", _("没有承办单位")),
            *Unit.objects.order_by("order").values_list("code", "short_name"),
        ],
        "due": [
            ("late", _("已逾期")),
            ("week", _("本周到期")),
            ("month", _("30天内到期")),
            ("none", _("没有时限")),
        ],
        "source": [
            ("source", _("文件、会议")),
            ("light", _("红黄灯")),
            ("hand", _("手工拟办")),
            *((str(pk), f"{title} {number}".strip()) for pk, title, number in recent),
        ],
    }


def searched(found: QuerySet[Matter], words: str) -> QuerySet[Matter]:
    """All words anywhere in title, number, leader, or the source's title."""
    for word in words.split()[:5]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(number__icontains=word)
            | Q(leader__icontains=word)
            | Q(source__title__icontains=word)
        )
    return found


def newest_first(found: QuerySet[Matter]) -> QuerySet[Matter]:
    return found.order_by(F("year").desc(), F("serial").desc())
