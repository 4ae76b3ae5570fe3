"""Parts of an indicator: what each adds to the growth of the whole.

Pure. Growths in percent, contributions in percentage points of the whole's growth.

    base_i = level_i / (1 + g_i/100)   last year's comparable base that level and growth imply
    share_i = base_i / Σ base          contribution_i = share_i · g_i
    residual = g_whole − Σ contribution_i

The residual is what rounding, parts that are not published and changes of scope leave; it is shown,
never spread over the parts. Published growth of the whole is not recomputed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenpan.economy.figures.series import base_of


@dataclass(frozen=True)
class IndicatorPart:
    """None where a level or a growth is not published: such a part has no contribution."""

    code: str
    name: str
    level: float | None
    growth: float | None
    share: float | None  # 0 to 1, of the parts that are known
    contribution: float | None
    level_id: int | None = None
    growth_id: int | None = None


@dataclass(frozen=True)
class Decomposition:
    parts: tuple[IndicatorPart, ...]
    whole: float | None
    explained: float | None  # Σ contributions
    residual: float | None
    missing: tuple[str, ...]  # names of parts without level or growth


def decompose(whole: float | None, parts: Sequence[IndicatorPart]) -> Decomposition:
    """`parts` come with level and growth; they leave with share and contribution."""
    bases = [None if p.level is None or p.growth is None else base_of(p.level, p.growth) for p in parts]
    total = sum(base for base in bases if base is not None)
    done = tuple(_with_share(p, base, total) for p, base in zip(parts, bases, strict=True))
    known = [p.contribution for p in done if p.contribution is not None]
    explained = sum(known) if known else None
    residual = whole - explained if whole is not None and explained is not None else None
    return Decomposition(
        done, whole, explained, residual, tuple(p.name for p in done if p.contribution is None)
    )


def _with_share(part: IndicatorPart, base: float | None, total: float) -> IndicatorPart:
    if base is None or part.growth is None or total <= 0:
        return part
    share = base / total
    return IndicatorPart(
        part.code,
        part.name,
        part.level,
        part.growth,
        share,
        share * part.growth,
        part.level_id,
        part.growth_id,
    )
