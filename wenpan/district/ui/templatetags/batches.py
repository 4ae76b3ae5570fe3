"""The outcome of the last act for many, on every page that has such acts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.translation import gettext as _

from wenpan.district.ui import awaited, batch_outcomes

register = template.Library()


@register.simple_tag
def batch_acts(user: Any, codes: str) -> list[awaited.BatchAct]:
    """Those of the named acts that this person may be offered, in this order."""
    found = [act for code in codes.split() if (act := awaited.act_of(code)) is not None]
    return [act for act in found if not act.permissions or user.may(*act.permissions)]


@register.simple_tag
def final_acts(acts: Iterable[awaited.BatchAct]) -> str:
    """Which of the acts nobody can take back; "" where all can."""
    labels = [f"“{act.label}”" for act in acts if act.final]
    return _("%(acts)s办后不能撤销。") % {"acts": "".join(labels)} if labels else ""


@register.inclusion_tag("components/outcome.html", takes_context=True)
def batch_outcome(context: template.Context) -> dict[str, Any]:
    request = context["request"]
    kept = batch_outcomes.of(request)
    act = awaited.act_of(kept["code"]) if kept else None
    said = str(act.done) % {"n": kept["done"]} if act and kept and kept["done"] else ""
    return {"request": request, "kept": kept if act else None, "act": act, "said": said,
            "csrf_token": context.get("csrf_token")}  # fmt: skip
