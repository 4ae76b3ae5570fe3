"""Causes of red lights in the demonstration: units write them, some heads sign, one is left for its owner."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wenpan.economy.time.periods import Month

# Who writes of which indicator what; who signs, "" for nobody yet.
# No words: those that the unit has said already.
CAUSES = (
    ("retail", "liaison", "", "head"),
    ("catering", "liaison", "", ""),
    ("fai", "ll_jfj", "房地产开发投资下降，亿元以上新开工项目少，部分项目用地报批滞后。", "analyst"),
    ("revenue", "ll_czj", "留抵退税集中兑现，土地相关税收减收；非税收入挖潜空间有限。", ""),
)


def fill(users: dict[str, Any], as_of: Month, moment: datetime) -> None:
    """Only of those that are red in the month."""
    from wenpan.district.bulletins.actions import sign_reason, write_reason
    from wenpan.district.indicators.models import Judgement

    red = Judgement.objects.filter(
        region__home=True, primary=True, superseded_at__isnull=True, as_of=str(as_of), light="RED"
    )
    codes = set(red.values_list("indicator", flat=True))
    for indicator, writer, typed, signer in CAUSES:
        if indicator not in codes or writer not in users:
            continue
        words = typed or _said_already(indicator, users[writer], as_of, moment)
        if not words:
            continue
        reason = write_reason(
            month=as_of, indicator=indicator, words=words, seen=0, by=users[writer], at=moment
        )
        if signer in users:
            sign_reason(reason=reason, seen=1, by=users[signer], at=moment + timedelta(hours=2))


def _said_already(indicator: str, user: Any, as_of: Month, moment: datetime) -> str:
    from wenpan.district.bulletins.reasons.queries import slots

    found = [slot.draft for slot in slots(user, as_of, moment) if slot.row.indicator == indicator]
    return found[0] if found else ""
