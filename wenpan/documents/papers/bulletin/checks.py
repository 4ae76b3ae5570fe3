"""Whether a month may be reported at all: its figures in, its weeks closed, its rows not at odds.

Pure. Every refusal says what was found and what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from wenpan.documents.papers.bulletin.input import BulletinInput, Lights
from wenpan.documents.papers.bulletin.rows import CLOSED, OVERDUE, PARTS
from wenpan.documents.papers.bulletin.words import figures
from wenpan.documents.papers.facts import PaperProblem
from wenpan.economy.judging.light_words import LIGHTS
from wenpan.economy.time.periods import Month, parse_month


def expected_judgement(month: Month, dated_day: int, dated_month: Month, due_day: int) -> Month:
    """The newest month whose judgement is due on a day: the month before from `due_day` on, else the one
    before that; never later than the bulletin's own month. January has no release of its own."""
    newest = dated_month.plus(-1 if dated_day >= due_day else -2)
    due = min(newest, month, key=lambda m: m.index)
    return due.plus(-1) if due.month == 1 else due


def check(given: BulletinInput) -> list[PaperProblem]:
    """Why the bulletin of this month must not be made; empty when it may be."""
    if not given.rows:
        todo = "先在“督办事项”立项、交办, 再生成通报"
        return [PaperProblem("no_matters", given.month.label, "到月底没有交办过的事项", todo)]
    return [*_early(given), *_stale(given), *_weeks(given), *_rows(given), *_lights(given), *_free(given)]


def _early(given: BulletinInput) -> Iterator[PaperProblem]:
    if given.dated <= given.last_day:
        found = f"今天是{given.dated}, 本月还没有过完"
        yield PaperProblem("early", given.month.label, found, f"{given.last_day}之后再生成")


def _stale(given: BulletinInput) -> Iterator[PaperProblem]:
    for name, lights, todo in (
        ("指标红黄灯", given.indicators, "上传并接收{month}的数据, 重新研判后再生成"),
        ("项目红黄灯", given.projects, "上传并接收{month}的项目月报, 再生成"),
    ):
        if not lights.required or not lights.expected:
            continue
        due = parse_month(lights.expected)
        if lights.as_of is None or parse_month(lights.as_of).index < due.index:
            shown = parse_month(lights.as_of).label if lights.as_of else "没有"
            found = f"最新为{shown}, 应为{due.label}"
            yield PaperProblem("stale", name, found, todo.format(month=due.label))


def _weeks(given: BulletinInput) -> Iterator[PaperProblem]:
    if not given.policy.weeks_closed:
        return
    for monday in given.weeks.open:
        todo = "在“每周督查”把这一周查完、关闭, 再生成"
        yield PaperProblem("week_open", f"{monday}起的一周", "每周督查没有关闭", todo)


def _rows(given: BulletinInput) -> Iterator[PaperProblem]:
    todo = "运行 wenpan doctor 核对督办日志, 再生成"
    for number, count in Counter(row.number for row in given.rows).items():
        if count > 1:
            yield PaperProblem("two_values", number, f"出现{count}次", todo)
    for row in given.rows:
        closed = row.part == CLOSED
        wrong = (
            f"状态{row.part}不在六类之内" if row.part not in PARTS
            else "已办结却没有办结日期, 或未办结却有" if closed != (row.closed_on is not None)
            else "月底之后才办结" if row.closed_on and row.closed_on > given.last_day
            else "月底之后才交办" if row.assigned_on > given.last_day
            else "逾期却没有时限, 或时限未过" if row.part == OVERDUE and not _past(row.due, given)
            else "逾期和红灯不一致" if (row.part == OVERDUE) != (row.light == "RED")
            else "未办结却算按期" if row.in_time and not closed
            else ""
        )  # fmt: skip
        if wrong:
            yield PaperProblem("contradiction", row.number, wrong, todo)


def _past(due: object, given: BulletinInput) -> bool:
    return due is not None and due <= given.last_day  # type: ignore[operator]


def _lights(given: BulletinInput) -> Iterator[PaperProblem]:
    for name, lights in (("指标", given.indicators), ("项目", given.projects)):
        yield from _told(name, lights)


def _told(name: str, lights: Lights) -> Iterator[PaperProblem]:
    for light in ("RED", "YELLOW"):
        told = sum(line.light == light for line in lights.lines)
        if told != lights.counts.get(light, 0):
            found = f"页面为{lights.counts.get(light, 0)}个, 逐个数为{told}个"
            yield PaperProblem("light", f"{name}{LIGHTS[light]}", found, "重新研判本月后再生成")


def _free(given: BulletinInput) -> Iterator[PaperProblem]:
    for words in (given.lead_in, *given.demands):
        if found := figures(words):
            todo = "可改的文字里只写日期、时限和文号, 数字由系统从台账取"
            yield PaperProblem("untracked", words[:40], f"写了数字{'、'.join(found)}", todo)
