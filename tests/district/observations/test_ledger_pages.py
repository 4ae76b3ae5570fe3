"""The ledger's pages: who sees what, as known on which day, and at what cost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from wenpan.district.observations import hooks, ledger, pages, queries

pytestmark = pytest.mark.django_db
LEDGER = "observations:ledger"


@pytest.fixture
def page(client, statistician):
    client.force_login(statistician)
    return client


def test_the_ledger_shows_what_holds_and_what_was_known_on_a_day(page, stored, make_figure):
    stored(make_figure(value="5.1"), at=datetime(2022, 10, 18, 4, tzinfo=UTC))
    stored(make_figure(value="7.3"), at=datetime(2022, 10, 20, 4, tzinfo=UTC))
    now = page.get(reverse(LEDGER)).content.decode()
    then = page.get(reverse(LEDGER), {"known_on": "2022-10-19"}).content.decode()
    assert "7.3<" in now and "5.1<" not in now
    assert "5.1<" in then and "7.3<" not in then
    assert "没有符合条件的数" in page.get(reverse(LEDGER), {"known_on": "2022-10-17"}).content.decode()


def test_a_gap_is_shown_in_words_and_never_as_zero(page, stored, make_figure):
    stored(make_figure(value="…"))
    text = page.get(reverse(LEDGER)).content.decode()
    assert "未报" in text and ">0.0<" not in text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"indicator": "retail"}, 2),
        ({"region": "donglan"}, 1),
        ({"since": "2022-09"}, 2),
        ({"measure": "ytd"}, 1),
        ({"until": "rubbish"}, 3),
        ({"batch": "1e9"}, 3),
    ],
)
def test_filters_narrow_and_rubbish_is_no_filter(page, stored, make_figure, query, count):
    stored(
        make_figure("retail"),
        make_figure("retail", region="donglan", period="2022-08"),
        make_figure("tax", "9", measure="ytd"),
    )
    assert len(page.get(reverse(LEDGER), query).context["table"].page.object_list) == count


def test_the_ledger_exports_what_it_shows(page, stored, make_figure):
    stored(make_figure("retail"), make_figure("tax"))
    answer = page.get(reverse(LEDGER), {"indicator": "retail", "export": "xlsx"})
    import io

    import openpyxl

    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert len(rows) == 2 and rows[1][0] == "社会消费品零售总额" and rows[1][5] == 5.1


def test_what_is_exported_of_a_figure_is_what_its_row_says(stored, make_figure):
    stored(make_figure("retail"), make_figure("tax", "9", measure="ytd"))
    rows = ledger.figures(ledger.LedgerFilters())
    columns = pages._columns()
    shown = [[column.of(row) for column in columns] for row in rows]
    assert [[column.of(line) for column in columns] for line in ledger.lines(rows)] == shown
    assert len(shown) == 2


@pytest.mark.parametrize("sort", ["indicator", "-value", "region__order", "recorded_at", "nonsense"])
def test_every_column_sorts(page, stored, make_figure, sort):
    stored(make_figure("retail", "1"), make_figure("tax", "2"))
    assert page.get(reverse(LEDGER), {"sort": sort}).status_code == 200


def test_the_ledger_costs_the_same_for_two_and_for_forty_figures(
    page, stored, make_figure, django_assert_num_queries
):
    stored(make_figure("retail"), make_figure("tax"))
    with django_assert_num_queries(13) as two:  # with campaigns and views of the list
        page.get(reverse(LEDGER))
    stored(*(make_figure("gdp", str(i), period=f"20{i:02d}-Q1", cell=f"C{i}") for i in range(10, 50)))
    with django_assert_num_queries(len(two)):
        page.get(reverse(LEDGER))


def test_an_origin_opens_as_a_part_and_as_a_page(page, stored, make_figure):
    stored(make_figure())
    (pk,) = queries.frame()["id"]
    part = page.get(
        reverse("observations:origin", args=[pk]), headers={"HX-Request": "true"}
    ).content.decode()
    whole = page.get(reverse("observations:origin", args=[pk])).content.decode()
    assert "<html" not in part and "<html" in whole
    for word in ("第1批.xlsx", "表1!C5", "2022-10-18", "市统计局", "statistician"):
        assert word in part
    assert page.get(reverse("observations:origin", args=[pk + 1])).status_code == 404


def test_a_liaison_officer_sees_the_origins_of_their_own_indicators_only(
    client, liaison, stored, make_figure, monkeypatch
):
    stored(make_figure("retail"), make_figure("fai", "9"))
    ids = dict(queries.frame().select("indicator", "id").rows())
    client.force_login(liaison)
    assert client.get(reverse("observations:origin", args=[ids["retail"]])).status_code == 200
    assert client.get(reverse("observations:origin", args=[ids["fai"]])).status_code == 404
    monkeypatch.setattr(hooks.VISIBLE, "providers", [lambda user: {"fai"}])
    assert client.get(reverse("observations:origin", args=[ids["fai"]])).status_code == 200
    assert client.get(reverse(LEDGER)).status_code == 403


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "auditor", ""])
def test_administrators_see_no_figures(client, make_user, stored, make_figure, role):
    stored(make_figure())
    (pk,) = queries.frame()["id"]
    client.force_login(make_user(role))
    for name, args in ((LEDGER, []), ("observations:batches", []), ("observations:origin", [pk])):
        assert client.get(reverse(name, args=args)).status_code == 403


def test_batches_are_listed_with_who_and_when(page, stored, make_figure):
    stored(make_figure())
    text = page.get(reverse("observations:batches")).content.decode()
    assert "第1批.xlsx" in text and "有效" in text
