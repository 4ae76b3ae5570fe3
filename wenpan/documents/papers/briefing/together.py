"""All targets taken together in words: how likely all are met, how many are safe, whose push helps most.

Pure. Misses of a year come together, so the chances are not multiplied; on how many years that rests is said.
"""

from __future__ import annotations

from dataclasses import dataclass

from wenpan.documents.papers.facts import FactRegister
from wenpan.documents.papers.paper import Inline, Paragraph, Span, label, paragraph
from wenpan.economy.figures import quantities
from wenpan.economy.figures.quantities import number


@dataclass(frozen=True)
class TargetsTogether:
    """Chances 0 to 1. `sure` and `even`: as many are met with nine tenths, with one half, of a chance."""

    of_city: bool
    targets: int
    all_met: float
    sure: int
    even: int
    event: int  # what a single push is measured by: at least so many
    event_chance: float
    push: str
    if_pushed: float
    years: int
    ranked: int = 0  # indicators whose places can be forecast
    none_last: float | None = None


def together(said: TargetsTogether | None, register: FactRegister, cap: float) -> list[Paragraph]:
    """One paragraph of the outlook; nothing where fewer than two targets have a chance."""
    if said is None:
        return []

    def percent(key: str, words: str, chance: float) -> tuple[Inline, Inline]:
        held = min(max(chance, cap), 1 - cap)
        fact = register.number(f"together/{key}", words, 100 * held, decimals=0)
        sign, _limit = quantities.beyond(chance, cap) or ("约", chance)
        return sign, Span(f"{number(100 * held, 0)}%", (fact.key,))  # the sign is no direction of the figure

    def items(key: str, words: str, count: int) -> Span:
        fact = register.number(f"together/{key}", words, count, decimals=0, unit="项")
        return Span(f"{count}项", (fact.key,))

    whose = "市下达" if said.of_city else "年度"
    out: list[Inline] = [
        "合起来看, ",
        whose,
        items("targets", f"{whose}目标", said.targets),
        "目标全部完成的概率",
        *percent("all", "全部完成概率", said.all_met),
        ", 有九成把握完成的不少于",
        items("sure", "九成把握完成", said.sure),
        ", 有五成把握完成的不少于",
        items("even", "五成把握完成", said.even),
        "。单保一项时, 确保",
        label(said.push),
        "最有利, ",
        *(
            ["全部完成的概率"]
            if said.event == said.targets
            else ["至少完成", items("event", "至少完成", said.event), "的概率"]
        ),
        "由",
        *percent("event_chance", "现概率", said.event_chance),
        "变为",
        *percent("if_pushed", "确保一项后的概率", said.if_pushed),
    ]
    if said.none_last is not None:
        out += ["。可预测位次的", items("ranked", "可预测位次", said.ranked), "指标年末没有一项居末位的概率"]
        out += [*percent("none_last", "没有末位概率", said.none_last)]
    if said.years:
        fact = register.number("together/years", "依据年数", said.years, decimals=0, unit="年")
        out += ["。各项同好同坏的程度依据", Span(f"{said.years}年", (fact.key,)), "的预测误差"]
    else:
        out += ["。各项同好同坏的程度尚无往年误差可依, 按通常值"]
    return [paragraph(*out, "。", style="numbered")]
