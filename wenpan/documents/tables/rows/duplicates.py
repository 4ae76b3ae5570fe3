"""One figure twice in a file: two different numbers are refused, the same number is a note."""

from __future__ import annotations

from wenpan.documents.tables.reading import Figure, Reading, TargetFigure
from wenpan.economy.figures.indicators import MEASURE_LABELS, Measure
from wenpan.economy.quality.finding import Severity

Key = tuple[object, ...]


def report_duplicates(reading: Reading) -> None:
    """Keeps the first of each; adds a finding at every later one."""
    figures: dict[Key, Figure] = {}
    for figure in reading.figures:
        key = (figure.region, figure.indicator, figure.period, figure.measure, figure.basis)
        first = figures.setdefault(key, figure)
        if first is figure:
            continue
        if first.value is None and figure.value is not None:
            figures[key] = figure  # a blank or a dash beside the number says nothing more
        elif figure.value is not None:
            _report(reading, first, figure, first.value == figure.value)
    reading.figures = list(figures.values())
    targets: dict[Key, TargetFigure] = {}
    for target in reading.targets:
        place = (target.region, target.unit, target.indicator, target.year)
        name: Key = (*place, target.measure, target.basis, target.set_by)
        known = targets.setdefault(name, target)
        if known is not target:
            _report(reading, known, target, known.value == target.value)
    reading.targets = list(targets.values())


def _report(
    reading: Reading, first: Figure | TargetFigure, second: Figure | TargetFigure, same: bool
) -> None:
    reading.add(
        "figures.duplicate", Severity.NOTE if same else Severity.HARD,
        f"“{second.text}”: 同一个数在 {first.sheet}!{first.cell} 已经有了({first.text})", "一个数只出现一次",
        "不必处理, 只读一次" if same else "两处不一样, 请核实后只保留一处", second.sheet, second.cell,
        f"{second.indicator} · {second.region} · {MEASURE_LABELS[Measure(second.measure)]}",
    )  # fmt: skip
