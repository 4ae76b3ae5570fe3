"""The proposals of lights as a list: what a person asks to see of them, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.supervision.models import Proposal
from wenpan.district.ui import asked, lights

LIGHTS: dict[str, Promise | str] = {
    "RED": lights.LABELS["RED"],
    "YELLOW": lights.LABELS["YELLOW"],
    "none": _("逾期或与事实不符"),
}
SUBJECTS: dict[str, Promise | str] = {
    "indicator": _("指标"),
    "project": _("项目"),
    "key_project": _("重点项目"),
    "deal": _("招商项目"),
    "request": _("企业诉求"),
    "problem": _("项目问题"),
    "common": _("共性问题"),
    "matter": _("督办事项"),
}


@dataclass(frozen=True)
class LightRows:
    """`light` a key of LIGHTS, `about` a key of SUBJECTS, `words` a part of the text or of the lead unit's
    name; "" asks for all."""

    light: str = ""
    about: str = ""
    words: str = ""

    def of(self, rows: Iterable[Proposal]) -> list[Proposal]:
        """What is asked for: overdue and untrue first, then red, yellow; of like ones the newest first."""
        found = [p for p in rows if self._takes(p)]
        return sorted(found, key=lambda p: (WORST.index(light_of(p)), -p.pk))

    def _takes(self, p: Proposal) -> bool:
        lead = p.lead.short_name + p.lead.name if p.lead else ""
        return (
            self.light in {"", light_of(p)}
            and self.about in {"", p.cause.partition(":")[0]}
            and self.words in p.text + lead
        )

    def query(self, **more: str) -> str:
        """For the addresses of the page's acts: what is not asked is left out."""
        given = {"light": self.light, "about": self.about, "q": self.words, **more}
        return urlencode({key: value for key, value in given.items() if value})


WORST = ("none", "RED", "YELLOW")


def light_of(p: Proposal) -> str:
    light = str(p.detail.get("light", "")).upper()
    return light if light in LIGHTS else "none"


def asked_for(get: Mapping[str, str]) -> LightRows:
    return LightRows(
        asked.choice(get, "light", LIGHTS, ""),
        asked.choice(get, "about", SUBJECTS, ""),
        asked.words(get, "q"),
    )
