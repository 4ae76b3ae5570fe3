"""A file comes in as a whole or not at all, and what was shown is what is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from wenpan.district.ground import originals
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions, change_cache, check_result
from wenpan.district.intake.actions import deciding, submitting
from wenpan.district.intake.models import Original, Submission
from wenpan.district.observations import hooks, queries
from wenpan.district.observations.models import Batch, Observation
from wenpan.economy.quality.finding import CheckFinding, Severity

pytestmark = pytest.mark.django_db
SOFT = {"check": "figures.jump", "severity": "soft", "found": "比上月高 31 点", "sheet": "表1", "cell": "C5"}
HARD = {
    "check": "figures.ytd_fell",
    "severity": "hard",
    "found": "累计比上月低",
    "sheet": "表1",
    "cell": "C5",
}


def values():
    return dict(Observation.objects.filter(superseded_at__isnull=True).values_list("indicator", "value_text"))


def test_a_clean_file_becomes_figures_with_their_cells(accepted, make_file, make_figure):
    accepted(make_file(make_figure("retail", "5.1"), make_figure("gdp", "…", period="2022-Q3")))
    retail = Observation.objects.get(indicator="retail")
    assert (retail.value_text, str(retail.value), retail.sheet, retail.cell, retail.version) == (
        "5.1",
        "5.1000",
        "表1",
        "C5",
        1,
    )
    assert Observation.objects.get(indicator="gdp").status == "missing"


def test_the_original_is_in_the_store_before_the_database_knows_of_it(analyst, make_file, monkeypatch):
    monkeypatch.setattr(submitting, "record", lambda **entry: 1 / 0)
    data = make_file()
    with pytest.raises(ZeroDivisionError):
        actions.submit(data=data, filename="九月.xlsx", by=analyst)
    assert not Original.objects.exists()
    import hashlib

    assert originals.get(hashlib.sha256(data).hexdigest()) == data


def test_the_same_file_again_points_to_the_one_that_was_accepted(accepted, analyst, make_file, make_figure):
    first = accepted(make_file(make_figure()))
    again = actions.submit(data=make_file(make_figure()), filename="改了名.xlsx", by=analyst)
    assert again == first and again.state == Submission.State.ACCEPTED
    assert Submission.objects.count() == 1


def test_a_refused_file_may_be_tried_again_when_the_world_has_changed(checked, make_file, make_figure):
    data = make_file(make_figure(), findings=[HARD])
    assert checked(data).pk != checked(data).pk


def test_a_hard_finding_refuses_and_the_original_is_kept(checked, analyst, make_file, make_figure):
    submission = checked(make_file(make_figure(), findings=[HARD]))
    assert submission.state == Submission.State.REFUSED
    with pytest.raises(Refused) as refusal:
        actions.accept(submission=submission, by=analyst)
    assert refusal.value.code == "hard_findings"
    assert not Batch.objects.exists() and originals.get(submission.original.sha256)


@pytest.mark.parametrize("code", ["encrypted", "truncated", "html", "zip_bomb", "timeout", "memory"])
def test_an_unreadable_file_is_refused_with_its_reason(checked, make_file, code):
    submission = checked(make_file(broken=code))
    assert submission.state == Submission.State.REFUSED
    assert [f.check_code for f in submission.findings.all()] == [f"file.{code}"]


def test_a_file_without_any_figure_is_refused(checked, make_file):
    submission = checked(make_file())
    assert [f.check_code for f in submission.findings.all()] == ["file.no_figures"]


def test_a_file_above_the_limit_is_kept_and_refused_unread(checked, make_file, make_figure, settings):
    settings.UPLOAD_LIMIT_MB = 0
    submission = checked(make_file(make_figure()))
    assert submission.state == Submission.State.REFUSED
    assert submission.findings.get().check_code == "file.too_large"
    assert originals.get(submission.original.sha256)


def test_a_soft_finding_needs_a_reason(checked, analyst, make_file, make_figure):
    submission = checked(make_file(make_figure(), findings=[SOFT]))
    with pytest.raises(Refused) as refusal:
        actions.accept(submission=submission, by=analyst)
    assert refusal.value.code == "reasons_missing"
    actions.explain(submission=submission, reasons={"figures.jump": "去年同期停产"}, by=analyst)
    assert actions.accept(submission=submission, by=analyst).state == Submission.State.ACCEPTED
    assert "去年同期停产" in str(Entry.objects.filter(action="intake.accept").get().detail)


def test_a_soft_finding_that_is_new_at_acceptance_needs_a_reason_too(
    checked, analyst, make_file, make_figure, monkeypatch
):
    """The ledger has moved since the file was checked: what is found now was never explained."""
    submission = checked(make_file(make_figure()))
    real = check_result.examined

    def moved(*arguments):
        found = real(*arguments)
        jump = CheckFinding("figures.jump", Severity.SOFT, "比上月高 31 点", "", "", "表1", "C5", "")
        return replace(found, findings=[*found.findings, jump])

    monkeypatch.setattr(check_result, "examined", moved)
    with pytest.raises(Refused) as refusal:
        actions.accept(submission=submission, by=analyst)
    assert refusal.value.code == "reasons_missing"
    assert not Observation.objects.exists()


def test_a_revision_is_a_new_version_and_shows_old_and_new(
    checked, accepted, analyst, make_file, make_figure
):
    accepted(make_file(make_figure("retail", "5.1"), make_figure("tax", "2")))
    second = checked(make_file(make_figure("retail", "5.3"), make_figure("tax", "2")), name="订正.xlsx")
    shown = change_cache.fetch(second).filter(kind="revised").row(0, named=True)
    assert (shown["old"], shown["new"], shown["place"]) == ("5.1%", "5.3%", "表1!C5")
    assert {k: second.counts[k] for k in ("new", "revised", "unchanged")} == {
        "new": 0,
        "revised": 1,
        "unchanged": 1,
    }
    actions.accept(submission=second, by=analyst)
    assert list(
        Observation.objects.filter(indicator="retail")
        .order_by("version")
        .values_list("value_text", flat=True)
    ) == ["5.1", "5.3"]
    assert Observation.objects.filter(indicator="tax").count() == 1, "an unchanged figure is not rewritten"


def test_a_gap_does_not_replace_a_number(accepted, checked, make_file, make_figure):
    accepted(make_file(make_figure("retail", "5.1")))
    second = checked(make_file(make_figure("retail", "-")), name="空.xlsx")
    assert second.counts["revised"] == 0
    assert second.findings.get().check_code == "ledger.gap_over_number"


def test_one_figure_with_two_values_in_a_file_is_refused(checked, make_file, make_figure):
    submission = checked(make_file(make_figure("retail", "5.1"), make_figure("retail", "5.3")))
    finding = submission.findings.get()
    assert (finding.check_code, finding.cell, finding.severity) == ("ledger.figure_twice", "C6", "hard")


def test_of_two_people_accepting_the_same_file_one_is_told_who_was_faster(
    checked, analyst, make_user, make_file, make_figure
):
    submission = checked(make_file(make_figure()))
    same = Submission.objects.get(pk=submission.pk)
    actions.accept(submission=submission, by=analyst)
    with pytest.raises(Refused) as refusal:
        actions.accept(submission=same, by=make_user("statistician"))
    assert refusal.value.code == "clash" and "analyst" in refusal.value.message
    assert Batch.objects.count() == 1


def test_if_the_ledger_changed_since_the_preview_both_sides_are_shown(
    checked, accepted, analyst, make_file, make_figure
):
    waiting = checked(make_file(make_figure("retail", "5.3")), name="甲.xlsx")
    accepted(make_file(make_figure("retail", "5.1")), name="乙.xlsx")
    with pytest.raises(Refused) as refusal:
        actions.accept(submission=waiting, by=analyst)
    assert refusal.value.code == "figures_changed"
    (difference,) = refusal.value.differences
    assert (difference.seen, difference.now) == ("5.3%", "5.1% → 5.3%")
    assert values() == {"retail": "5.1"}
    actions.check(submission=waiting)
    actions.accept(submission=waiting, by=analyst)
    assert values() == {"retail": "5.3"}


def test_a_crash_in_the_middle_of_acceptance_leaves_nothing(checked, analyst, make_file, make_figure):
    submission = checked(make_file(make_figure()))
    before = Entry.objects.count()

    @hooks.on_change
    def crash(*anything):
        raise RuntimeError("power cut")

    try:
        with pytest.raises(RuntimeError):
            actions.accept(submission=submission, by=analyst)
    finally:
        hooks.remove(crash)
    assert not Observation.objects.exists() and not Batch.objects.exists()
    assert Entry.objects.count() == before
    submission.refresh_from_db()
    assert submission.state == Submission.State.READY
    actions.accept(submission=submission, by=analyst)
    assert values() == {"retail": "5.1"}


def test_a_broken_journal_lets_nothing_in(checked, analyst, make_file, make_figure, monkeypatch):
    submission = checked(make_file(make_figure()))
    monkeypatch.setattr(deciding, "record", lambda **entry: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.accept(submission=submission, by=analyst)
    assert not Observation.objects.exists()


def test_a_check_that_died_can_be_repeated(analyst, make_file, make_figure):
    submission = actions.submit(data=make_file(make_figure()), filename="九月.xlsx", by=analyst)
    assert submission.state == Submission.State.CHECKING
    for _again in range(2):
        assert actions.check(submission=submission).state == Submission.State.READY


def test_a_file_without_a_month_asks_for_it(checked, analyst, make_file, make_figure):
    submission = checked(make_file(make_figure(period=""), period=""))
    assert (submission.state, submission.question["asks"]) == ("unknown", "period")
    actions.set_period(submission=submission, period="2022-10", by=analyst)
    actions.check(submission=submission)
    actions.accept(submission=submission, by=analyst)
    assert Observation.objects.get().period == "2022-10"


def test_listeners_hear_which_indicators_and_months_changed(accepted, make_file, make_figure):
    heard = []
    listener = hooks.on_change(lambda batch, indicators, months, by, at: heard.append((indicators, months)))
    try:
        accepted(make_file(make_figure("retail"), make_figure("gdp", period="2022-Q3")))
        accepted(make_file(make_figure("retail"), make_figure("tax", "7")), name="再来.xlsx")
    finally:
        hooks.remove(listener)
    assert heard == [({"retail", "gdp"}, {"2022-09"}), ({"tax"}, {"2022-09"})]


def test_release_date_and_source_have_defaults_that_a_person_may_change(
    checked, analyst, make_file, make_figure
):
    submission = checked(make_file(make_figure()))
    day = datetime(2022, 10, 18, 1, tzinfo=UTC)
    actions.accept(submission=submission, by=analyst, at=day, source="市统计局")
    assert str(Observation.objects.get().released) == "2022-10-18"
    assert submission.source == "市统计局"


@pytest.mark.parametrize("role", ["leader", "supervisor", "liaison", "system_admin", "auditor"])
def test_who_does_not_handle_data_can_neither_upload_nor_accept(
    role, make_user, checked, make_file, make_figure
):
    stranger = make_user(role)
    submission = checked(make_file(make_figure()))
    with pytest.raises(PermissionDenied):
        actions.submit(data=b"x", filename="x.xlsx", by=stranger)
    with pytest.raises(PermissionDenied):
        actions.accept(submission=submission, by=stranger)
    assert queries.latest_month() is None


def test_withdrawing_keeps_the_file_and_ends_the_matter(checked, analyst, make_file, make_figure):
    submission = checked(make_file(make_figure()))
    actions.withdraw(submission=submission, by=analyst)
    with pytest.raises(Refused):
        actions.accept(submission=submission, by=analyst)
    assert originals.get(submission.original.sha256)
