"""A total out of line with its neighbours is shown as it was reported, asked about, and never mended."""

from __future__ import annotations

from datetime import date

import pytest

from tests.district.quality.conftest import AT
from wenpan.district.accounts.single_returns import ACTION
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.base.scope import ALL
from wenpan.district.projects.models import Project, Return
from wenpan.district.quality import actions
from wenpan.district.quality.outlying import OUTLIER, outlying
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
MAY = Month(2022, 5)


@pytest.fixture
def history(accepted, files, row):
    accepted(files.list(row(), row("P2", "柳湾学校", town="柳湾镇", office="住建局")))
    months = [f"2022-{n:02}" for n in range(2, 9)]
    right = [2000.0 + 100 * n for n in range(7)]
    wrong = [*right[:3], 23_000.0, *right[4:]]  # May: 2,300 with a nought too many
    accepted(files.history([["P1", "桐溪智造园", *wrong], ["P2", "柳湾学校", *right]], months))
    return Project.objects.get(code="P1")


def test_the_total_with_a_nought_too_many_is_found_and_no_other(history):
    (one,) = outlying(Month(2022, 8), ALL).totals
    assert (one.project, one.period, one.kind) == (history.pk, "2022-05", "high")
    assert (one.before, one.value, one.after) == (2200.0, 23_000.0, 2400.0)
    assert "2300.00" not in one.evidence.replace("23000.00", "")


def test_a_letter_asks_about_it_and_the_return_stays(history, people):
    before = list(Return.objects.order_by("pk").values())
    letter = actions.issue_letter(
        project=history, month=MAY, rule=OUTLIER, question="5月累计数请核实", due=date(2022, 10, 25),
        by=people["office"], at=AT,
    )  # fmt: skip
    assert "23000.00" in letter.evidence and letter.severity == "soft"
    assert list(Return.objects.order_by("pk").values()) == before
    with pytest.raises(Refused, match="不再违反"):
        actions.issue_letter(
            project=history, month=Month(2022, 6), rule=OUTLIER, question="x", due=date(2022, 10, 25),
            by=people["office"], at=AT,
        )  # fmt: skip


def test_the_page_shows_what_was_reported_and_its_reading_is_journalled(history, people, client):
    client.force_login(people["office"])
    page = client.get("/quality/outliers/").content.decode()
    assert "23,000.00" in page and "/quality/letters/new/" in page
    assert Entry.objects.filter(action=ACTION, actor_id=people["office"].pk).count() == 1
    address = f"/quality/letters/new/{history.pk}/outlier/?month=2022-05"
    assert "相差悬殊" in client.get(address).content.decode()
    assert client.get("/quality/outliers/?export=xlsx").status_code == 200
    client.force_login(people["town"])
    assert client.get("/quality/outliers/").status_code == 403
