"""A place with sources in its own rules, and an analyst in whose name files come."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    people,
    signed_in,
    today_is,
    units,
)


@pytest.fixture
def place_sources():
    """place_sources({...}, ...): the place's rules/sources.yaml; taken away afterwards."""
    home = Path(settings.WENPAN_HOME)
    file, laid = home / "rules" / "sources.yaml", home / "keys" / "source-mail-password"

    def write(*sources: dict, password: str = "") -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        head = {"version": "t", "effective_from": date(2022, 1, 1), "source": "测试"}
        usual = {"name": "统计局", "enabled": True, "in_name_of": "analyst"}
        rules = head | {"sources": [usual | source for source in sources]}
        file.write_text(yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
        if password:
            laid.parent.mkdir(parents=True, exist_ok=True)
            laid.write_text(password)

    yield write
    file.unlink(missing_ok=True)
    laid.unlink(missing_ok=True)


@pytest.fixture
def shared_folder(tmp_path, place_sources):
    """A folder with put(name, data): a file that nobody has touched for an hour."""
    root = tmp_path / "share"
    root.mkdir()
    place_sources({"code": "tjj", "kind": "folder", "path": str(root), "releases": ["industry"]})

    class Share:
        path = root

        def put(self, name: str, data: bytes, seconds_ago: float = 3600) -> Path:
            import time

            file = root / name
            file.write_bytes(data)
            moment = time.time() - seconds_ago
            os.utime(file, (moment, moment))
            return file

    return Share()


@pytest.fixture
def workbook():
    """workbook("一"): the bytes of a small workbook that holds this word."""
    from wenpan.district.ui.exports import xlsx

    return lambda word: xlsx(["指标", "数"], [[word, 1]])
