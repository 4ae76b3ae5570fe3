"""Figures as SDMX-CSV 2.0: one row an observation, of the dataflow WENPAN:FIGURES(1.0).

Dimensions REF_AREA, INDICATOR, MEASURE, BASIS, TIME_PERIOD; attributes UNIT, OBS_STATUS (A: normal,
M: missing or not assessed), RELEASED, VERSION and RECORDED (vintage).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.utils import timezone

from wenpan.district.observations.models import Observation

CONTENT_TYPE = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
FLOW = "WENPAN:FIGURES(1.0)"
HEAD = (
    "STRUCTURE", "STRUCTURE_ID", "ACTION", "REF_AREA", "INDICATOR", "MEASURE", "BASIS", "TIME_PERIOD",
    "OBS_VALUE", "OBS_STATUS", "UNIT", "RELEASED", "VERSION", "RECORDED",
)  # fmt: skip


def written(rows: Iterable[Observation]) -> str:
    """ACTION I: information. A figure without a value has an empty OBS_VALUE and the status M, never 0."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for row in rows:
        missing = row.value is None
        writer.writerow(
            (
                "dataflow", FLOW, "I", row.region.code, row.indicator, row.measure, row.basis, row.period,
                "" if row.value is None else format(row.value.normalize(), "f"),
                "M" if missing else "A",
                row.unit, row.released.isoformat() if row.released else "", row.version,
                timezone.localtime(row.recorded_at).date().isoformat(),
            )
        )  # fmt: skip
    return text.getvalue()
