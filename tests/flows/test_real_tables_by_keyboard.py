"""Real tables through the upload by keyboard alone: each is answered, and where something is asked the way on
is reached without a mouse. Some of them here; all of them as a bar (`script/bars keyboard`)."""

from __future__ import annotations

import os
import re

import pytest
import yaml

from tests.flows import keyboard
from tests.flows.test_columns_by_keyboard import PASSWORD, page  # noqa: F401  (a fixture)
from tests.flows.test_real_tables import TABLES, files
from wenpan.district.accounts.actions import sync_units
from wenpan.district.intake.models import Submission
from wenpan.district.observations.actions import sync_regions

EVERY = int(os.environ.get("WENPAN_EVERY_TABLE", "12"))  # of the files: the first, the thirteenth, …
FILES = files()[::EVERY] if (TABLES / "files").is_dir() else []
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not (TABLES / "files").is_dir(), reason="the shared folder is not here"),
]


@pytest.mark.parametrize(
    "path", files()[::EVERY] if (TABLES / "files").is_dir() else [], ids=lambda p: p.name
)
def test_a_real_table_is_sent_and_answered_without_a_mouse(page, path):  # noqa: F811
    place = yaml.safe_load((TABLES / "places" / "ninglan.yaml").read_text("utf-8"))
    sync_regions(regions=place["regions"], city=place["city"], by=None)
    sync_units(units=place["units"], by=None)
    keyboard.sign_in(page, "analyst", PASSWORD)
    keyboard.send(page, path)
    submission = Submission.objects.get(filename=path.name)
    if submission.state == Submission.State.UNKNOWN and submission.question.get("asks") == "layout":
        keyboard.tab_to(page, "a[href$='/layout/']")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/layout/$"))
        keyboard.tab_to(page, "select[name=kind]")
        keyboard.tab_to(page, "#ly-form button.btn-primary")
    elif submission.state == Submission.State.UNKNOWN:
        keyboard.tab_to(page, "input[name=period]")
    elif submission.state == Submission.State.READY:
        keyboard.tab_to(page, "#in-accept button.btn-primary, #in-accept [type=submit]")
    else:
        assert submission.findings.exists()
        keyboard.tab_to(page, "a[href$='/original/']")
