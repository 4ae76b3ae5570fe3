"""Whether a month may be written about at all: figures out, of the right period, lights as on the page.

Pure. Every refusal says what was found and what to do. A figure that is not out yet is named in the
text; one of an older period (neither 错月 nor 季度) is stale, and a paper with a stale figure is not made.
"""

from __future__ import annotations

from collections.abc import Iterator

from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.briefing.input import BriefingInput
from wenpan.documents.papers.facts import PaperProblem
from wenpan.economy.judging.light_words import LIGHTS
from wenpan.economy.time.periods import expected_period


def check(given: BriefingInput) -> list[PaperProblem]:
    """Why the analysis of this month must not be made; empty when it may be."""
    if not given.lines:
        todo = "先在“数据”上传并接收本月的主要经济指标完成情况表, 再生成"
        return [PaperProblem("no_figures", given.as_of.label, "本月没有任何研判", todo)]
    return [*_stale(given), *_missing(given), *_lights(given), *_too_little(given)]


def _stale(given: BriefingInput) -> Iterator[PaperProblem]:
    for line in given.lines:
        due = expected_period(line.frequency, line.lag_months, given.as_of)
        if line.period == str(due):
            continue
        found = f"数据为{line.when.label}, 本月应为{due.label}"
        yield PaperProblem("stale", line.name, found, f"上传并接收{due.label}的数据后重新研判, 再生成")


def _missing(given: BriefingInput) -> Iterator[PaperProblem]:
    known = {line.indicator: line for line in given.lines}
    for code in given.policy.required:
        line = known.get(code)
        if line is None or line.actual is None:
            where = line.name if line else code
            todo = (
                f"上传并接收{given.as_of.label}含该指标的数据; "
                "确不公布的, 在 rules/briefing.yaml 的 required 中去掉"
            )
            yield PaperProblem("missing", where, "本月必备指标没有数据", todo)


def _too_little(given: BriefingInput) -> Iterator[PaperProblem]:
    absent = [line.name for line in given.lines if line.actual is None]
    if len(absent) > given.policy.missing_share * len(given.lines):
        found = f"{len(given.lines)}项指标中{len(absent)}项没有数据: {'、'.join(absent[:6])}等"
        yield PaperProblem("too_little", given.as_of.label, found, "补齐本月数据后再生成")


def _lights(given: BriefingInput) -> Iterator[PaperProblem]:
    for line in given.lines:
        if line.light not in LIGHTS or (line.actual is None and line.light != "UNKNOWN"):
            found = f"没有数据却为{LIGHTS.get(line.light, line.light)}"
            yield PaperProblem("light", line.name, found, "重新研判本月后再生成")
    for light, shown in (given.counts or {}).items():
        told = len(given.of(light))
        if told != shown:
            found = f"总览为{shown}项, 文稿为{told}项"
            yield PaperProblem("light", LIGHTS[light], found, "重新研判本月后再生成")


def named(lines: tuple[BriefingLine, ...]) -> str:
    return "、".join(line.name for line in lines)
