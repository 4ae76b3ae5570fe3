"""The return form of the next month, prefilled: what is known stands there, the new month is empty.

The intake reads the filled form as it is: the header names the month and the unit.
"""

from __future__ import annotations

from typing import Any

from wenpan.district.accounts.models import User
from wenpan.district.projects.base.scope import ALL, Scope
from wenpan.district.projects.models import Return, Standing
from wenpan.economy.time.periods import Month

OPEN = ("in_library", "stopped")


def title(month: Month, user: User) -> str:
    """The line above the header: month and unit stay with the form under any file name."""
    whose = user.unit.short_name if user.unit else ""
    return f"{whose}{month.year}年{month.month}月投资项目月报"


def prefilled(month: Month, unit: str = "", scope: Scope = ALL) -> tuple[list[str], list[list[Any]]]:
    """Headers and rows of the open projects of a town (all for ""). New figures are for the owner to fill:
    no number is proposed."""
    following = month.plus(1)
    headers = [
        "项目代码",
        "项目名称",
        "所在镇街",
        f"上月累计（截至{month.label}，万元，不读入）",
        "自开工累计完成投资（万元）",
        "本年累计完成投资（万元）",
        "建设状态",
        "形象进度",
        "依据",
        f"{following.label}",
    ]
    rows = Standing.objects.filter(
        scope.projects("project__"), month=str(month), state__in=OPEN, in_library=True
    ).select_related("project", "project__unit")
    if unit:
        rows = rows.filter(project__unit__code=unit)
    last = {r.project_id: r for r in Return.objects.filter(period=str(month), superseded_at__isnull=True)}
    return headers[:9], [
        _row(s, last.get(s.project_id)) for s in rows.order_by("project__unit__order", "project__pinyin")
    ]


STATUS = {
    "preparing": "筹建",
    "building": "本年正式施工",
    "finishing": "本年收尾",
    "stopped": "全部停缓建",
    "purchase": "单纯购置",
}


def _row(standing: Standing, last: Return | None) -> list[Any]:
    p = standing.project
    return [
        p.code,
        p.name,
        p.unit.short_name if p.unit else "",
        standing.cumulative,
        "",
        "",
        STATUS.get(last.build_status, "") if last else "",
        last.progress if last else "",
        "",
    ]
