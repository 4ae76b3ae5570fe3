"""The light set that fits what a miss costs against a needless dispatch."""

from __future__ import annotations

from typing import Any

import yaml

from wenpan.economy.judging.warning_value import best_threshold
from wenpan.rules.loading import OURS


def cost_ratio(dispatches: float) -> float:
    """C/L from "one miss is worth so many needless dispatches"; ValueError unless more than one."""
    if not 1 < dispatches <= 100:
        raise ValueError(f"一次漏报抵几次空跑应在1到100之间(不含1), 实为 {dispatches:g}")
    return 1 / dispatches


def proposed(dispatches: float) -> dict[str, Any]:
    """The default set with its limits of P moved to what the ratio asks: red where a warning pays,
    yellow half way from there to certainty. The mapping as a rule file has it."""
    ratio = cost_ratio(dispatches)
    data: dict[str, Any] = yaml.safe_load((OURS / "lights" / "default.yaml").read_text("utf-8"))
    red = round(best_threshold(ratio), 3)
    limits = {"unlikely": red, "doubtful": round((1 + red) / 2, 3)}
    for rule in data["rules"]:
        if rule["code"] in limits:
            limit = limits[rule["code"]]
            rule["when"][0]["limit"] = limit
            rule["reason"] = f"完成全年目标的概率低于{100 * limit:.0f}%"
    said = f"{dispatches:g}次空跑换一次及时"
    data |= {
        "code": f"worth-{dispatches:g}".replace(".", "-"),
        "name": f"按{said}设定的红黄绿灯",
        "source": f"本地选择: {said}, 即空跑与漏报的代价比为{ratio:.2g}; "
        f"红灯界限为概率低于{100 * red:.0f}%(wenpan value).",
    }
    return data


def proposed_text(dispatches: float) -> str:
    """The same as YAML, to be put into WENPAN_HOME/rules/lights/."""
    return yaml.safe_dump(proposed(dispatches), allow_unicode=True, sort_keys=False, width=110).rstrip()
