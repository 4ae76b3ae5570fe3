"""Columns of a task table: what a heading says, and what the cells below show where it says nothing.

Pure. A column of units is known by 牵头单位, 承担单位, 具体负责单位 …, or because its cells are names;
one of limits by 完成时限, 进度安排, 工期 …, or because its cells are days; the content is the longest other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import mean

from wenpan.documents.orders.units.subject import is_name
from wenpan.documents.words.characters import same_length

_ROLES = {
    "责任人": re.compile(r"责任人|领导|包抓|牵头人|联系人|负责人"),
    "牵头单位": re.compile(r"牵头|主办|主责|第一责任"),
    "配合单位": re.compile(r"配合|协办|参与|协同|协助"),
    "责任单位": re.compile(r"责任|承办|承担|负责|落实单位|落实部门|实施单位|分工|办理单位|办理部门"),
    "完成时限": re.compile(
        r"时限|期限|完成时间|计划时间|时间节点|时间要求|时间安排|时间进度|^时间$|进度安排|进度要求|推进时序|工期|办结|截止|完成日期|节点"
    ),
}
_TASK = re.compile(r"任务|事项|内容|措施|举措|工作|要求|目标|项目|实事|决定|问题|清单|要点|议题")
SKIPPED = re.compile(
    r"^(?:序号|计量单位|(?:评分|考核|计分)(?:部门|单位)|编号|备注|类别|进展|完成情况|联系|电话|得分|分值)|进展|成效|落实情况|完成情况|存在的?(?:主要)?问题|困难|下一?步打算|意见建议"
)
_LIMIT = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})月|[一二三四]季度|[上下]半年|年[底末内中]|月底|全年|长期|持续|常态|每[年月周日季]|\d{4}\.\d{1,2}|\d{4}年|工作日|即日起|立即|立行立改"
)
OF_UNITS = ("牵头单位", "责任单位", "配合单位")
_MOST = 0.6  # share of the cells that must show it
_SHORT = 24
_BESIDE = 5  # characters beside the day: 投入使用, 坚持推进


def bare(cell: str) -> str:
    return re.sub(r"\s", "", same_length(cell))


def role(name: str) -> str:
    """The label that a column's words stand for; 责任单位及责任人 is of units."""
    if re.search(r"单位|部门", name):
        found = next((k for k, p in _ROLES.items() if k != "责任人" and p.search(name)), "")
        return found or ("责任单位" if re.fullmatch(r"(?:单位|部门)(?:名称)?", name) else "")
    label = next((label for label, pattern in _ROLES.items() if pattern.search(name)), "")
    return "" if label == "完成时限" and re.search(r"措施|任务|内容|事项", name) else label


def is_task_word(name: str) -> bool:
    return bool(_TASK.search(name))


def is_units(cell: str) -> bool:
    """Names of units only: `区住建局`, `县工信局、各镇(街道)`."""
    words = same_length(cell).strip()
    parts = [p for p in re.split(r"[、,;/\n]|\s{2,}", words) if p.strip()]
    if parts and all(_is_unit(re.sub(r"\s", "", p)) for p in parts):
        return True
    alone = re.split(r"[、,;/\s]+", words)  # 党政办 应消站
    return len(alone) > 1 and all(_is_unit(p) for p in alone)


def _is_unit(part: str) -> bool:
    short = re.sub(r"等(?:有关|相关)?(?:单位|部门)?$", "", part).replace("与", "和")  # 海洋与渔业局
    return is_name(short) or bool(
        re.fullmatch(
            r"各?(?:有关|相关|镇|乡|街道|镇街|乡镇|园区|部门|单位|县区|村|社区|居委会|\(|\)|、)+", short
        )
    )


def is_limit(cell: str) -> bool:
    """A day, a rhythm or 长期坚持, short enough to be no sentence."""
    words = same_length(cell).strip()
    rest = re.sub(r"[\d\W年月日号底前后内末初上中下旬每周季度半至到和全个]", "", _LIMIT.sub("", words))
    return 0 < len(words) <= _SHORT and bool(_LIMIT.search(words)) and len(rest) <= _BESIDE


def by_shape(names: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The names with what the cells show: an unnamed column of units or days gets its label."""
    found = list(names)  # the longest of the rest is the content, 任务内容
    columns = [[row[i] for row in body if i < len(row) and row[i].strip()] for i in range(len(names))]
    if sum(bool(role(name)) for name in names) > 1:
        for i, name in enumerate(found):
            if name == "单位" and _share(columns[i], is_units) < _MOST:
                found[i] = "计量单位"  # %, 万元/人
    names = found[:]
    roles = [role(name) for name in names]
    free = [i for i, name in enumerate(names) if not roles[i] and not SKIPPED.search(name) and columns[i]]
    for label, shows, taken in (
        ("责任单位", is_units, {"牵头单位", "责任单位"}),
        ("完成时限", is_limit, {"完成时限"}),
    ):
        if taken & set(roles):
            continue
        column = next((i for i in free if _share(columns[i], shows) >= _MOST), None)
        if column is not None:
            found[column] = label
            free.remove(column)
    content = max(free, key=lambda i: mean(len(c) for c in columns[i]), default=None)
    if content is not None and not is_task_word(found[content]):
        found[content] = "任务内容"
    return found


def _share(cells: Sequence[str], shows: object) -> float:
    return mean(bool(shows(cell)) for cell in cells) if callable(shows) and cells else 0.0
