"""Of a file with several tables a person says which are read: remembered, journalled, and back again."""

from __future__ import annotations

import pytest

from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions, columns
from wenpan.district.intake.models import Layout

pytestmark = pytest.mark.django_db
FAI = {"title": "固定资产投资完成情况", "signature": "fai"}
TAX = {"title": "税收完成情况", "signature": "tax"}


@pytest.fixture
def two(checked, make_file, make_figure):
    return checked(make_file(make_figure(), tables=[FAI, TAX]))


@pytest.fixture
def choose(analyst):
    def of(submission, *read):
        tables = columns.tables_for(submission)
        return actions.choose_tables(submission=submission, tables=tables, read=read, by=analyst)

    return of


def test_a_table_that_was_not_chosen_is_left_out_and_comes_back(two, choose):
    assert choose(two, "fai") == 1
    assert columns.left_out_tables(columns.tables_for(two)) == {1}
    assert two.state == "checking"
    assert Entry.objects.get(action="intake.choose_tables").detail["changed"] == ["不读：表1 税收完成情况"]
    actions.check(submission=two)
    assert choose(two, "fai", "tax") == 1
    assert not Layout.objects.filter(superseded_at=None).exists()


def test_a_table_that_was_taught_is_read_as_taught_when_it_comes_back(two, choose, analyst):
    said = {"0": {"role": "indicator"}, "1": {"role": "figure", "measure": "ytd"}}
    taught = {"kind": "indicator_table", "header_rows": [4], "header_at": [4], "columns": said}
    tables = columns.tables_for(two)
    actions.teach(submission=two, tables=tables, signature="tax", teaching=taught, seen=0, by=analyst)
    choose(two, "fai")
    choose(two, "fai", "tax")
    assert Layout.objects.get(superseded_at=None).mapping["columns"] == said
    assert Layout.objects.count() == 3


def test_choosing_nothing_is_refused_and_choosing_the_same_changes_nothing(two, choose):
    with pytest.raises(Refused, match="至少要读一张表"):
        choose(two)
    assert choose(two, "fai", "tax") == 0
    assert not Entry.objects.filter(action="intake.choose_tables").exists()


def test_the_tables_are_chosen_on_the_page(two, client, analyst):
    client.force_login(analyst)
    assert "这份文件有2张表，0张不读" in client.get(f"/data/{two.pk}/layout/").content.decode()
    client.post(f"/data/{two.pk}/tables/", {"read": ["1"]})
    assert columns.left_out_tables(columns.tables_for(two)) == {0}
