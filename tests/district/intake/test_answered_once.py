"""A soft finding that was answered once for a figure is not asked again in another table."""

from __future__ import annotations

import pytest

from wenpan.district.intake import actions

pytestmark = pytest.mark.django_db
SOFT = {"check": "figures.jump", "severity": "soft", "found": "比上月高 31 点", "sheet": "表1", "cell": "C5"}
REASON = "上年同期停产，基数低"


@pytest.fixture
def first(checked, analyst, make_file, make_figure):
    submission = checked(make_file(make_figure(value="36.0"), findings=[SOFT]))
    key = submission.findings.get().key
    actions.explain(submission=submission, reasons={key: REASON}, by=analyst)
    return submission


def another(make_file, make_figure, value="36.0", **more):
    """The same figure in another table and another cell."""
    figures = [make_figure("catering", "3.0"), make_figure(value=value, **more)]
    return make_file(*figures, findings=[{**SOFT, "cell": "C6"}], title="另一张表")


def test_the_same_figure_in_another_table_is_not_asked_again(first, checked, analyst, make_file, make_figure):
    actions.accept(submission=first, by=analyst)
    second = checked(another(make_file, make_figure))
    finding = second.findings.get(check_code="figures.jump")
    assert (second.reasons[finding.key], finding.answered_in) == (REASON, first)
    actions.accept(submission=second, by=analyst)
    assert second.state == "accepted"


def test_an_answer_that_waits_counts_too(first, checked, make_file, make_figure):
    second = checked(another(make_file, make_figure))
    assert list(second.reasons.values()) == [REASON]


OTHERS = [
    ("another value", {"value": "36.1"}),
    ("another month", {"period": "2022-08"}),
    ("another region", {"region": "donglan"}),
]


@pytest.mark.parametrize("more", [o[1] for o in OTHERS], ids=[o[0] for o in OTHERS])
def test_another_figure_is_asked_about(first, checked, make_file, make_figure, more):
    assert checked(another(make_file, make_figure, **more)).reasons == {}


def test_what_was_withdrawn_answers_nothing(first, checked, analyst, make_file, make_figure):
    actions.withdraw(submission=first, by=analyst)
    assert checked(another(make_file, make_figure)).reasons == {}


def test_ones_own_word_comes_before_the_earlier_one(first, checked, analyst, make_file, make_figure):
    second = checked(another(make_file, make_figure))
    key = second.findings.get(check_code="figures.jump").key
    actions.explain(submission=second, reasons={key: "已向企业核实"}, by=analyst)
    actions.check(submission=second)
    assert second.reasons[key] == "已向企业核实"


def test_the_page_says_where_it_was_answered(first, checked, analyst, make_file, make_figure, client):
    second = checked(another(make_file, make_figure))
    client.force_login(analyst)
    page = client.get(f"/data/{second.pk}/").content.decode()
    assert first.filename in page and "不再问" in page
    assert "核对通过" in page
