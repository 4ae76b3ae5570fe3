"""How long the monthly analysis takes: the shipped catalogue, 33 indicators, charts, tables, .docx.

    python benchmarks/briefing.py [RUNS]

Prints the first run (with the imports of matplotlib and python-docx) and the median of the others, in
seconds, part by part. The board is made up here; reading it from the database is measured with the board.
The bar of the issue: under 3 s.
"""

from __future__ import annotations

import platform
import random
import statistics
import sys
import time
from dataclasses import dataclass, field, replace
from datetime import date

from wenpan import rules
from wenpan.documents.papers.briefing.indicator_line import BriefingLine
from wenpan.documents.papers.briefing.input import BriefingInput, BriefingPolicy
from wenpan.economy.figures.indicators import Indicator
from wenpan.economy.time.periods import Month, expected_period

AS_OF = Month(2022, 9)


def line(item: Indicator, rng: random.Random) -> BriefingLine:
    """A plausible row of the board for one indicator of the catalogue."""
    now, city = round(rng.gauss(1, 7), 1), round(rng.gauss(3, 4), 1)
    target = None if item.part_of else round(rng.uniform(3, 9), 1)
    gap = None if target is None else round(now - target, 9)
    light = "UNKNOWN" if gap is None else "RED" if gap < -2 else "YELLOW" if gap < 0 else "GREEN"
    row = BriefingLine(
        indicator=item.code, name=item.name, short_name=item.short, group=item.group, unit="%", light=light,
        period=str(expected_period(item.frequency, item.lag_months, AS_OF)), measure=item.headline.value,
        frequency=item.frequency, lag_months=item.lag_months, part_of=item.part_of, owner_name=item.owner,
        level_unit=item.unit, level_decimals=item.level_decimals, actual=now, previous=round(now - 0.4, 1),
        rank=rng.randint(1, 10), rivals=10, rank_change=0, city=city, versus_city=round(now - city, 9),
        months_left=3 + item.lag_months, trend=(*(round(now + rng.gauss(0, 2), 1) for _ in range(12)), now),
        reasons=("增速低于目标",), since="2022-07", figure_id=1,
    )  # fmt: skip
    if target is None or gap is None:
        return row
    return replace(
        row, target=target, comparison=">=", set_by="city", gap=gap, needed=round(target - 3 * gap, 1),
        needed_kind="growth", needed_unit="%", p10=now - 3, p50=now, p90=now + 3,
        probability=min(0.99, max(0.01, 0.5 + gap / 12)),
    )  # fmt: skip


def board() -> BriefingInput:
    rng = random.Random(20220930)
    return BriefingInput(
        as_of=AS_OF, place="安禾区", city="宁澜市", dated=date(2022, 10, 20), issuer="安禾区经济发展局",
        lines=tuple(line(item, rng) for item in rules.catalogue().values()),
        policy=BriefingPolicy.from_data(rules.load_yaml("briefing")[0]),
        rule_name="默认规则", rule_version="2022-01", journal_head="0" * 64,
    )  # fmt: skip


@dataclass
class Watch:
    parts: dict[str, float] = field(default_factory=dict)
    last: float = field(default_factory=time.perf_counter)

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self.parts[name] = now - self.last
        self.last = now


def once() -> tuple[Watch, int]:
    watch = Watch()
    from wenpan.documents.papers.briefing import charts as briefing_charts
    from wenpan.documents.papers.briefing import compose as briefing
    from wenpan.documents.papers.gbt9704 import render as gbt9704

    given = board()
    watch.lap("imports, rules")
    charts = briefing_charts.pictures(given)
    watch.lap("charts")
    paper, _register = briefing.compose(given, charts)
    watch.lap("text and checks")
    data = gbt9704.render(paper, created=given.dated)
    watch.lap("docx")
    return watch, len(data)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    watches = []
    for _ in range(runs):
        watch, size = once()
        watches.append(watch)
    cpu = time.process_time()
    once()
    cpu = time.process_time() - cpu
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}, {len(board().lines)} indicators, {size:,} bytes")
    parts = {name: [watch.parts[name] for watch in watches] for name in watches[0].parts}
    parts["whole briefing"] = [sum(watch.parts.values()) for watch in watches]
    for name, seconds in parts.items():
        median = statistics.median(seconds[1:] or seconds)
        print(f"{name:16} first {seconds[0]:6.3f} s   median {median:6.3f} s")
    print(f"{'processor time':16} of one warm briefing {cpu:6.3f} s (walls are longer on a busy machine)")


if __name__ == "__main__":
    main()
