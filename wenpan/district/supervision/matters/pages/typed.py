"""What a person typed into a form of this room: for the action, and to be shown again if it is refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit
from wenpan.district.ground.refused import Refused
from wenpan.district.ground.typed_day import typed_day
from wenpan.district.supervision.matters import attachments
from wenpan.district.ui import asked

PERIODS = ("daily", "weekly", "biweekly", "ten-daily", "semimonthly", "monthly", "bimonthly", "quarterly",
           "semiannual", "yearly")  # fmt: skip
_WITH_DAY = {"weekly": 7, "biweekly": 7, "monthly": 31, "bimonthly": 31, "quarterly": 31, "semiannual": 31,
             "yearly": 31}  # fmt: skip
LONGEST_CODE = 24  # of a recurrence, in the tables of matters and proposals


@dataclass(frozen=True)
class Typed:
    """Every field that a deed or a draft may have; "" where the form has none."""

    text: str = ""
    claim: str = ""
    process: str = ""
    situation: str = ""
    advice: str = ""
    unchanged: str = ""
    until: str = ""
    verdict: str = ""  # yes | no
    lead: str = ""
    coops: tuple[str, ...] = ()
    due: str = ""
    due_words: str = ""
    every: str = ""
    every_day: str = ""
    title: str = ""
    kind: str = ""
    source: str = ""
    evidence: str = ""
    leader: str = ""
    important: str = ""
    parent: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Typed:
        post = request.POST
        names = set(cls.__dataclass_fields__) - {"coops"}
        values: dict[str, Any] = {name: post.get(name, "").strip() for name in names}
        return cls(**values, coops=tuple(code for code in post.getlist("coops") if code))

    # as the actions want it; each raises Refused "bad_value" in words

    def day(self, name: str) -> date | None:
        words = str(getattr(self, name))
        return typed_day(words) if words else None

    @property
    def recurrence(self) -> str:
        if not self.every:
            return ""
        if self.every not in PERIODS:
            raise Refused("bad_value", _("没有这种周期：%(code)s。") % {"code": self.every})
        if not self.every_day:
            return self.every
        most = _WITH_DAY.get(self.every, 0)
        days = [
            part for part in re.split(r"[、，,\s]+", unicodedata.normalize("NFKC", self.every_day)) if part
        ]
        if not days or not all(asked.integer({"day": day}, "day", least=1, most=most) for day in days):
            raise Refused("bad_value", _("周几写1—7，几日写1—31，几天用顿号隔开；每日、每旬、每半月不写。"))
        code = f"{self.every}:{','.join(str(day) for day in sorted({int(day) for day in days}))}"
        if len(code) > LONGEST_CODE:
            raise Refused("bad_value", _("一个周期里写的日子太多，请改为每周、每旬或每日。"))
        return code

    def lead_unit(self) -> Unit:
        found = Unit.objects.filter(code=self.lead).first()
        if found is None:
            raise Refused("bad_value", _("请选定牵头单位。"))
        return found

    def coop_units(self) -> list[Unit]:
        return list(Unit.objects.filter(code__in=self.coops))

    @property
    def yes(self) -> bool:
        if self.verdict not in {"yes", "no"}:
            raise Refused("bad_value", _("请先选一个结论。"))
        return self.verdict == "yes"


def sent_files(request: HttpRequest) -> list[tuple[str, bytes]]:
    """Names and bytes; reads no more of a file than it takes to see that it is too large."""
    most = attachments.limits().most_bytes
    return [(f.name or "", f.read(most + 1)) for f in request.FILES.getlist("files")]


def seen_of(request: HttpRequest) -> int:
    """The version that the person saw. Refused "clash" without one: the form is not ours."""
    seen = asked.integer(request.POST, "seen")
    if seen is None:
        raise Refused("clash", _("页面已过期，请刷新后再办。"))
    return seen


def split_recurrence(code: str) -> tuple[str, str]:
    """`monthly:5,20` → ("monthly", "5、20"): for the two fields of a form."""
    name, _sep, days = code.partition(":")
    return name, days.replace(",", "、")
