"""Causes of red lights in the demonstration: units write them, some heads sign, one is left for its owner."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from wenpan.economy.time.periods import Month

# Who writes of which indicator what; who signs, "" for nobody yet.
CAUSES = (
    ("retail", "liaison", "商场客流恢复慢，汽车类销售占比高且同比下降；住宿餐饮拖累零售总额。", "head"),
    ("catering", "liaison", "疫情期间堂食多次暂停，宴席取消多，连锁门店闭店较上年同期多。", ""),
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
    for indicator, writer, words, signer in CAUSES:
        if indicator not in codes or writer not in users:
            continue
        reason = write_reason(
            month=as_of, indicator=indicator, words=words, seen=0, by=users[writer], at=moment
        )
        if signer in users:
            sign_reason(reason=reason, seen=1, by=users[signer], at=moment + timedelta(hours=2))
