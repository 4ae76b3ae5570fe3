"""A small place with a ledger, written straight into the tables: the rooms above are tested elsewhere.

宁城 (city) with 甲区 (home) and four rivals; figures are made by a rule a reader can follow.
"""

# ruff: noqa: E501  (tables of cases read better in one line)
from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.district.places import accepted_file
from wenpan.district.accounts.models import Unit, User
from wenpan.district.observations.models import Batch, Observation, Region

AT = timezone.make_aware(datetime(2022, 10, 20, 9, 0))
REGIONS = ("jia", "yi", "bing", "ding", "wu")
Figure = tuple[str, str, str, str, float | None]  # region, indicator, period, measure, value


class Place:
    """The home district, its units and people, and a way to put figures into its ledger."""

    def __init__(self) -> None:
        self.city = Region.objects.create(code="city", name="宁城", order=0, pinyin="ningcheng")
        names = dict(zip(REGIONS, ("甲区", "乙区", "丙区", "丁区", "戊区"), strict=True))
        self.regions = {
            code: Region.objects.create(
                code=code, name=name, parent=self.city, home=code == "jia", order=i + 1, pinyin=code
            )
            for i, (code, name) in enumerate(names.items())
        }
        self.regions["city"] = self.city
        self.units = {
            code: Unit.objects.create(
                code=code, name=name, short_name=name[:3], kind=kind, order=i, pinyin=code, aliases=[]
            )
            for i, (code, name, kind) in enumerate(
                [
                    ("jfj", "经发局", "department"),
                    ("swj", "商务局", "department"),
                    ("tongxi", "桐溪镇", "town"),
                ]
            )
        }
        self.people = {
            role: User.objects.create_user(
                username=role, password="稳盘-test-2022", name=role, role=role, unit=self.units["jfj"]
            )
            for role in ("leader", "analyst", "statistician", "supervisor", "auditor", "system_admin")
        }
        self.people["liaison"] = User.objects.create_user(
            username="liaison",
            password="稳盘-test-2022",
            name="liaison",
            role="liaison",
            unit=self.units["swj"],
        )
        self.files = 0

    @property
    def analyst(self) -> User:
        return self.people["analyst"]

    def record(self, figures: Iterable[Figure], *, at: datetime = AT) -> Batch:
        """Figures into the ledger as one accepted file; earlier versions are superseded."""
        self.files += 1
        decided = {"decided_by": self.analyst, "decided_at": at}
        submission = accepted_file(self.files, by=self.analyst, at=at, kind="city_table", **decided)
        batch = Batch.objects.create(submission=submission, recorded_at=at, recorded_by=self.analyst)
        rows = []
        for region, indicator, period, measure, value in figures:
            key: dict[str, Any] = {
                "region": self.regions[region], "indicator": indicator, "period": period, "measure": measure,
                "basis": "natural",
            }  # fmt: skip
            old = Observation.objects.filter(**key, superseded_at__isnull=True).first()
            if old is not None:
                Observation.objects.filter(pk=old.pk).update(superseded_at=at)
            rows.append(
                Observation(
                    **key,
                    version=old.version + 1 if old else 1,
                    status="missing" if value is None else "value",
                    value=None if value is None else Decimal(str(round(value, 4))),
                    value_text="…" if value is None else str(value),
                    batch=batch,
                    sheet="表1",
                    cell="C5",
                    recorded_at=at,
                )
            )
        Observation.objects.bulk_create(rows)
        return batch


def growths(indicator: str, home: dict[str, float], step: float = 1.0) -> list[Figure]:
    """The home district's growth as given; each rival `step` points above the one before, the city between."""
    out: list[Figure] = []
    for period, value in home.items():
        out += [(code, indicator, period, "ytd_growth", value + i * step) for i, code in enumerate(REGIONS)]
        out.append(("city", indicator, period, "ytd_growth", value + 2 * step))
    return out


def months(value: float, *, year: int = 2022, to: int = 9) -> dict[str, float]:
    return {f"{year}-{m:02d}": value for m in range(2, to + 1)}


@pytest.fixture
def place(db: None) -> Place:
    return Place()


@pytest.fixture
def figures() -> Callable[..., list[Figure]]:
    return growths


@pytest.fixture
def steady() -> Callable[..., dict[str, float]]:
    return months


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Pages that another test drew are not this test's."""
    cache.clear()
