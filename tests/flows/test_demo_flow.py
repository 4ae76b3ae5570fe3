"""A short demonstration in the test database: every file through the real intake, on either database."""

from __future__ import annotations

from datetime import date

import pytest

from wenpan.demo.play import build as demo
from wenpan.economy.time.periods import Month

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
AS_OF = Month(2020, 12)


@pytest.fixture
def home(settings, tmp_path, monkeypatch):
    """A home of its own for the rules, the originals and the samples."""
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    settings.WENPAN_HOME = tmp_path
    said: list[str] = []
    demo.build(tmp_path, AS_OF, said.append)
    return tmp_path


def test_the_demonstration_is_built_by_the_intake_alone_and_nothing_in_it_is_impossible(home):
    from wenpan.commands import doctor
    from wenpan.district.ground.journal.queries import verify
    from wenpan.district.intake.models import Submission
    from wenpan.district.observations.models import Estimate, Observation

    assert set(Submission.objects.values_list("state", flat=True)) == {"accepted"}
    assert Observation.objects.filter(batch__isnull=True).count() == 0
    assert Observation.objects.count() > 9000
    assert Estimate.objects.count() == 3
    assert verify().whole
    assert list(doctor._originals()) == []
    assert list(doctor._figures()) == []
    _corrections_are_versions()
    _figures_are_known_from_their_release()
    _the_board_and_the_briefing_are_there(home)


def _corrections_are_versions():
    """安禾区 retail of 2020-12 … is put right later; 石桥区's of 2019-12 was, within the history."""
    from wenpan.district.observations.models import Observation

    versions = Observation.objects.filter(
        region__code="shiqiao", indicator="retail", period="2019-12", measure="ytd_growth"
    ).order_by("version")
    assert len(versions) == 2
    assert versions[0].superseded_at == versions[1].recorded_at
    assert float(versions[1].value - versions[0].value) == pytest.approx(0.6, abs=0.051)


def _figures_are_known_from_their_release():
    from wenpan.district.observations.queries import frame, latest_month

    assert latest_month() == AS_OF
    early = frame(indicators=["retail"], regions=["shiqiao"], as_known_on=date(2020, 2, 10))
    late = frame(indicators=["retail"], regions=["shiqiao"], as_known_on=date(2020, 3, 10))

    def growth(known):
        rows = known.filter((known["period"] == "2019-12") & (known["measure"] == "ytd_growth"))
        return rows["value"].to_list()

    assert len(growth(early)) == len(growth(late)) == 1
    assert growth(early) != growth(late)
    assert "2020-01" not in frame(indicators=["revenue"], as_known_on=date(2020, 2, 10))["period"].to_list()


def _the_board_and_the_briefing_are_there(home):
    from wenpan.district.bulletins.models import Document
    from wenpan.district.indicators.queries import board

    shown = board(as_of=AS_OF)
    assert {row.light for row in shown.rows} >= {"YELLOW", "RED"}
    assert all(row.light == "UNKNOWN" for row in shown.rows if row.actual is None)
    assert Document.objects.get().as_of == str(AS_OF)
    assert (home / "samples" / "index.json").exists()
    assert (home / "demo.json").exists()
