"""What an entry of the journal says further: the details that a person reads, in words."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

FURTHER: dict[str, Promise] = {
    "added": lazy("新增"),
    "answered": lazy("答复时间"),
    "answer_due": lazy("答复期限"),
    "as_of": lazy("截至月份"),
    "basis": lazy("口径"),
    "changed": lazy("改动"),
    "claim": lazy("自报进展"),
    "codes": lazy("代码"),
    "colour": lazy("颜色"),
    "coops": lazy("配合单位"),
    "dated": lazy("成文日期"),
    "day": lazy("日期"),
    "document": lazy("文件"),
    "due": lazy("期限"),
    "due_words": lazy("时限原文"),
    "figures": lazy("数据个数"),
    "files": lazy("文件"),
    "hard": lazy("必改问题"),
    "indicator": lazy("指标"),
    "indicators": lazy("指标个数"),
    "late": lazy("逾期"),
    "lead": lazy("牵头单位"),
    "level": lazy("层级"),
    "light": lazy("灯"),
    "lines": lazy("条数"),
    "month": lazy("月份"),
    "months": lazy("月份"),
    "new": lazy("新入账"),
    "not_before": lazy("不早于"),
    "note": lazy("备注"),
    "notes": lazy("备注"),
    "number": lazy("编号"),
    "of": lazy("所补的条"),
    "old": lazy("原值"),
    "on": lazy("日期"),
    "period": lazy("时期"),
    "problem": lazy("问题"),
    "purpose": lazy("用于"),
    "reason": lazy("理由"),
    "reasons": lazy("理由"),
    "recurrence": lazy("周期"),
    "replaces": lazy("替换"),
    "result": lazy("结果"),
    "revised": lazy("修订"),
    "role": lazy("角色"),
    "round": lazy("期次"),
    "rows": lazy("行数"),
    "sequence": lazy("次序"),
    "since": lazy("自"),
    "soft": lazy("提示问题"),
    "source": lazy("来源"),
    "step": lazy("步骤"),
    "subject": lazy("对象"),
    "submission": lazy("报表"),
    "summary": lazy("摘要"),
    "targets": lazy("目标个数"),
    "text": lazy("原文"),
    "title": lazy("标题"),
    "unchanged": lazy("未变"),
    "unit": lazy("单位"),
    "units": lazy("单位"),
    "until": lazy("至"),
    "value": lazy("数值"),
    "version": lazy("版本"),
    "way": lazy("方式"),
    "week": lazy("周"),
    "why": lazy("理由"),
    "withdrawn": lazy("撤回"),
    "words": lazy("内容"),
}


def further(detail: Any) -> list[tuple[str, str]]:
    """What an entry says besides, as far as it is said in figures, days or Chinese."""
    if not isinstance(detail, dict):
        return []
    shown = ((FURTHER[name], _plain(value)) for name, value in detail.items() if name in FURTHER)
    return [(str(word), value) for word, value in shown if value]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(filter(None, map(_plain, value)))
    if value is None or isinstance(value, dict):
        return ""
    words = str(value)
    coded = words.isascii() and any(sign.isalpha() for sign in words)
    return "" if coded else words
