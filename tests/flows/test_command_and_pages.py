"""`wenpan check FILE --figures` and the pages understand every file alike: figures, targets, records,
columns, what was left out, and what is asked first."""

from __future__ import annotations

import argparse
import json
import os
from datetime import date
from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.documents.fixtures import workbooks as made
from wenpan.commands.plain_files import check
from wenpan.commands.plain_files.check_figures import answer
from wenpan.district.accounts.actions import sync_units
from wenpan.district.intake import columns, examination
from wenpan.district.intake.models import Submission
from wenpan.district.observations.actions import sync_regions
from wenpan.documents.spreadsheets.workbook import Unreadable
from wenpan.rules.place import place as read_place

pytestmark = pytest.mark.django_db
TABLES = Path(os.environ.get("WENPAN_SHARED", "")) / "data" / "real_tables"
PLACE = {
    "version": "test-1",
    "effective_from": date(2019, 1, 1),
    "source": "made up",
    "city": {"code": "ninglan", "name": "宁澜市", "aliases": ["全市"]},
    "regions": [
        {"code": "anhe", "name": "安禾区", "aliases": ["安禾"], "home": True},
        {"code": "donglan", "name": "东澜区"},
        {"code": "xilan", "name": "西澜区"},
    ],
    "units": [{"code": "txz", "name": "桐溪镇", "short_name": "桐溪镇", "kind": "town"}],
}
SAME = ("kind", "title", "period", "figures", "targets", "records", "columns", "rows_left_out", "question")


@pytest.fixture
def at_place(client, make_user, monkeypatch, tmp_path):
    """at_place(place): the pages and the command know the same place."""
    monkeypatch.setenv("WENPAN_SANDBOX", "inline")

    def of(place):
        home = tmp_path / "home"
        (home / "rules").mkdir(parents=True)
        (home / "rules" / "place.yaml").write_text(yaml.safe_dump(place, allow_unicode=True), "utf-8")
        described = read_place(home)
        monkeypatch.setattr("wenpan.rules.place", lambda _home=None: described)
        sync_regions(regions=place["regions"], city=place["city"], by=None)
        sync_units(units=place["units"], by=None)
        client.force_login(make_user("analyst"))

    return of


def differences(client, path: Path, name: str):
    """Where the command's answer for a file is not what the pages understood."""
    parser = argparse.ArgumentParser()
    check.add_parser(parser.add_subparsers())
    args = parser.parse_args(["check", str(path), "--figures", "--format", "json"])
    try:
        said = answer(*check._checked(path.read_bytes(), args))
    except Unreadable as refusal:
        said = {"unreadable": refusal.code}
    client.post("/data/upload/", {"file": SimpleUploadedFile(path.name, path.read_bytes())})
    submission = Submission.objects.filter(filename=path.name).order_by("-pk").first()
    if submission is None:
        return [f"{name}: the pages did not keep it, the command says {str(said)[:80]}"]
    looked = examination.examine(submission)
    if looked.reading is None or "unreadable" in said:
        checks = {f.check for f in looked.findings}
        same = looked.reading is None and f"file.{said.get('unreadable')}" in checks
        return [] if same else [f"{name}: command {str(said)[:80]}, pages {looked.findings[:1]}"]
    seen = answer(looked.reading, looked.reading.findings)
    wrong = [f"{name}: {key}" for key in SAME if as_text(said[key]) != as_text(seen[key])]
    by_command = {(f["check"], f["cell"], f["found"]) for f in said["findings"]}
    by_pages = {(f["check"], f["cell"], f["found"]) for f in seen["findings"]}
    wrong += [f"{name}: the pages alone say {finding}" for finding in by_pages - by_command]
    shown = [t.signature for t in columns.tables_for(submission)]
    read = [t.signature for t in looked.reading.tables]
    if looked.reading.tables and shown != read:
        wrong.append(f"{name}: 各列是什么 shows {shown}, read were {read}")
    return wrong


def as_text(value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)


def test_every_fixture_file_is_understood_alike(at_place, client, tmp_path):
    at_place(PLACE)
    wrong = []
    files = {**made.SHOULD_PASS, **{name: make for name, (make, _) in made.SHOULD_FAIL.items()}}
    for name, make in files.items():
        path = tmp_path / f"{name}.{'csv' if name.startswith('csv') else 'xlsx'}"
        path.write_bytes(make())
        wrong += differences(client, path, name)
    assert wrong == []


@pytest.mark.shared
@pytest.mark.skipif(not (TABLES / "files").is_dir(), reason="the shared folder is not here")
def test_every_real_table_is_understood_alike(at_place, client):
    at_place(yaml.safe_load((TABLES / "places" / "ninglan.yaml").read_text("utf-8")))
    wrong = []
    for path in sorted((TABLES / "files").iterdir()):
        if path.suffix != ".txt":
            wrong += differences(client, path, path.name)
    assert wrong == []
