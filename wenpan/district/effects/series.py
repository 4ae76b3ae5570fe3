"""Kept judgements and standings as series by month: what closed matters and their likes are read from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wenpan.district.indicators.models import Judgement
from wenpan.district.observations.models import Region
from wenpan.district.projects.models import Standing
from wenpan.economy.judging.after_closure import FollowedSeries
from wenpan.economy.time.periods import Month
from wenpan.rules import catalogue

QUARTER = 3


@dataclass(frozen=True)
class SeriesPoint:
    """`value`: higher is better, None where it is not known."""

    value: float | None
    light: str
    features: Mapping[str, str]


@dataclass(frozen=True)
class SeriesBook:
    """`points`: by subject and month (year·12 + month − 1); `heads`: by subject its name, months a period."""

    points: Mapping[str, Mapping[int, SeriesPoint]]
    heads: Mapping[str, tuple[str, int]]

    def name(self, subject: str) -> str:
        return self.heads[subject][0] if subject in self.heads else subject

    def step(self, subject: str) -> int:
        return self.heads[subject][1] if subject in self.heads else 1

    def of(self, subject: str, month: int, periods: int) -> FollowedSeries | None:
        """From the last whole period up to the month; None where that is not kept."""
        step = self.step(subject)
        start = month - (month + 1) % step if step > 1 else month
        rows = self.points.get(subject, {})
        if start not in rows:
            return None
        wanted = [rows.get(start + k * step) for k in range(periods + 1)]
        return FollowedSeries(
            subject,
            start,
            rows[start].features,
            tuple(p.value if p else None for p in wanted),
            tuple(p.light if p else "" for p in wanted),
        )

    def all(self, starts: Collection[int], periods: int) -> Iterator[FollowedSeries]:
        for subject, rows in self.points.items():
            for start in starts:
                one = self.of(subject, start, periods) if start in rows else None
                if one is not None and one.start == start:
                    yield one


def index(month: str) -> int:
    """2022-09 → 24272."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def indicator_series(months: Sequence[Month]) -> SeriesBook:
    """One query: the judgement that the board shows, of every indicator and month."""
    home = Region.objects.filter(home=True).first()
    items = catalogue()
    rows = Judgement.objects.filter(
        region=home, primary=True, superseded_at__isnull=True, as_of__in=[str(m) for m in months]
    ).values_list("indicator", "as_of", "light", "facts__gap", "facts__gap_unit", "facts__comparison")
    points: dict[str, dict[int, SeriesPoint]] = {}
    heads: dict[str, tuple[str, int]] = {}
    for code, as_of, light, gap, unit, comparison in rows:
        item = items.get(code)
        if item is None:
            continue
        value = None if gap is None else -float(gap) if comparison == "<=" else float(gap)
        quarterly = str(item.frequency) == "quarterly"
        features = {
            "group": item.group, "light": light if light != "UNKNOWN" else "", "unit": unit or "",
            "frequency": "quarterly" if quarterly else "monthly",
        }  # fmt: skip
        subject = f"indicator:{code}"
        points.setdefault(subject, {})[index(as_of)] = SeriesPoint(value, light, features)
        heads[subject] = (item.short, QUARTER if quarterly else 1)
    return SeriesBook(points, heads)


def project_series(months: Sequence[Month]) -> SeriesBook:
    """One query: what is done of the planned total at the end of each month, of every statistics project."""
    rows = Standing.objects.filter(month__in=[str(m) for m in months], project__retracted=False).values_list(
        "project_id", "project__name", "month", "light", "cumulative", "project__planned_total",
        "project__kind", "project__band", "project__unit__code",
    )  # fmt: skip
    points: dict[str, dict[int, SeriesPoint]] = {}
    heads: dict[str, tuple[str, int]] = {}
    for pk, name, month, light, done, total, kind, band, unit in rows:
        value = None if done is None or not total else 100 * float(done) / float(total)
        features = {
            "kind": kind, "band": band, "unit": unit or "",
            "light": light if light in ("RED", "YELLOW", "GREEN") else "",
        }  # fmt: skip
        subject = f"project:{pk}"
        points.setdefault(subject, {})[index(month)] = SeriesPoint(value, light, features)
        heads[subject] = (name, 1)
    return SeriesBook(points, heads)
