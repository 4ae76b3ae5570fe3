"""Every real table through the upload, as a person sends it: a page for each, and a way on for each.

The files are facts of public statistics, kept outside the project; without them the test is skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from wenpan.district.accounts.actions import sync_units
from wenpan.district.intake import columns
from wenpan.district.intake.models import Submission
from wenpan.district.observations.actions import sync_regions

TABLES = Path(os.environ.get("WENPAN_SHARED", "")) / "data" / "real_tables"
PAPERS = {".txt"}  # they are sent to 来源文件
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.shared,
    pytest.mark.skipif(not (TABLES / "files").is_dir(), reason="the shared folder is not here"),
]


@pytest.fixture
def analyst(client, make_user, monkeypatch):
    monkeypatch.setenv("WENPAN_SANDBOX", "inline")
    place = yaml.safe_load((TABLES / "places" / "ninglan.yaml").read_text("utf-8"))
    sync_regions(regions=place["regions"], city=place["city"], by=None)
    sync_units(units=place["units"], by=None)
    client.force_login(make_user("analyst"))


def files():
    return sorted(path for path in (TABLES / "files").iterdir() if path.suffix not in PAPERS)


def test_every_file_is_answered_by_a_page_and_none_is_refused_without_a_way(analyst, client):
    wrong = []
    for path in files():
        client.post("/data/upload/", {"file": SimpleUploadedFile(path.name, path.read_bytes())})
        submission = Submission.objects.filter(filename=path.name).first()
        if submission is None:
            wrong.append(f"{path.name}: not kept")
            continue
        wrong += [f"{path.name}: {fault}" for fault in faults(client, submission)]
    assert wrong == []


def faults(client, submission):
    """What stands in the way of a person with this file."""
    page = client.get(f"/data/{submission.pk}/")
    if page.status_code != 200:
        yield f"its page answers {page.status_code}"
    if submission.findings.filter(check_code__startswith="file.").exists():
        return  # it cannot be read, and says so
    tables = columns.tables_for(submission)
    asks = submission.question.get("asks")
    if submission.state in ("unknown", "refused") and asks != "period" and not tables:
        yield f"is {submission.state} and its columns cannot be explained"
    for number, table in enumerate(tables):
        answer = client.get(f"/data/{submission.pk}/layout/?table={number}")
        if answer.status_code != 200:
            yield f"各列是什么 of table {number} answers {answer.status_code}"
        if not any(column.samples for column in table.columns):
            yield f"table {number} shows no sample"
    marked = client.get(f"/data/{submission.pk}/marked/")
    if marked.status_code not in (200, 302):
        yield f"the marked workbook answers {marked.status_code}"
