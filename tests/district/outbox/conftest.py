"""A place whose channels are switched on by its own rules, with its secrets in files."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml
from django.conf import settings

SHANGHAI = timezone(timedelta(hours=8))


@pytest.fixture
def friday():
    return datetime(2022, 10, 14, 9, 0, tzinfo=SHANGHAI)


@pytest.fixture
def place_rules():
    """Writes the place's rules/outbox.yaml with these channels; takes it and its secrets away afterwards."""
    home = Path(settings.WENPAN_HOME)
    path = home / "rules" / "outbox.yaml"
    laid: list[Path] = []

    def write(channels: dict, *, secrets: dict[str, str] | None = None, **more) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        rules = {
            "version": "t", "effective_from": date(2022, 1, 1), "source": "测试",
            "noon": 12, "oldest_days": 3,
            "retry_minutes": [5, 30], "lease_minutes": 10, "address": "https://wenpan.example",
            "channels": channels,
        }  # fmt: skip
        path.write_text(yaml.safe_dump(rules | more, allow_unicode=True), encoding="utf-8")
        for name, value in (secrets or {}).items():
            file = home / "keys" / f"outbox-{name}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(value + "\n", encoding="utf-8")
            laid.append(file)

    yield write
    for file in (path, *laid):
        file.unlink(missing_ok=True)


@pytest.fixture
def office(db):
    from wenpan.district.accounts.actions import sync_units
    from wenpan.district.accounts.models import Unit

    sync_units(
        units=[
            {"code": "zjj", "name": "住建局", "short_name": "住建局", "kind": "department"},
            {"code": "swj", "name": "商务局", "short_name": "商务局", "kind": "department"},
        ],
        by=None,
    )
    return {unit.code: unit for unit in Unit.objects.all()}
