"""Views and columns of a list: one's own, opened and shared by name, the same on page, export and paper."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from wenpan.district.accounts.models import Unit
from wenpan.district.firms.ledger.actions import add_firm
from wenpan.district.ground.refused import Refused
from wenpan.district.personal import actions
from wenpan.district.personal.column_forms import chosen
from wenpan.district.personal.models import ListView
from wenpan.district.ui.personal_lists import ColumnChoice

LIST = "firms:list"


@pytest.fixture
def firms(db):
    town = Unit.objects.create(code="tongxi", name="桐溪镇", short_name="桐溪镇", kind="town")
    for name, trade in (("桐溪机械有限公司", "C34"), ("安禾纺织有限公司", "C17")):
        add_firm(values={"name": name, "trade": trade, "town": town}, by=None)
    return town


@pytest.fixture
def office(make_user):
    return make_user("service", unit=Unit.objects.create(code="qfb", name="企服办", kind="department"))


@pytest.fixture
def page(client, office, firms):
    client.force_login(office)

    def show(query=""):
        return client.get(reverse(LIST) + query)

    return show


def heads(answer) -> list[str]:
    head = answer.content.decode().partition("<thead>")[2].partition("</thead>")[0]
    return [re.sub(r"<[^>]+>|[↑↓]", "", cell) for cell in re.findall(r"<th\b.*?</th>", head, re.S)]


def first_row(answer) -> list[str]:
    body = answer.content.decode().partition("<tbody>")[2].partition("</tr>")[0]
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td\b.*?</td>", body, re.S)]


def sheet(answer) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def choose(client, back, **form):
    return client.post(reverse("personal:columns"), {"list": LIST, "back": back, **form})


def test_a_list_is_as_the_program_draws_it_until_somebody_chooses(page):
    assert heads(page())[:2] == ["企业", "行业"]
    assert "wp-list-head" in page().content.decode()


def test_hidden_columns_are_gone_from_page_and_export_and_others_change_places(page, client, office):
    keys = ["pinyin", "trade", "town__short_name", "lists", "open_requests", "met_on"]
    choose(
        client, reverse(LIST), key=keys, on=["pinyin", "trade", "met_on"],
        **{"place-met_on": "2", "place-trade": "2"},
    )  # fmt: skip
    kept = ListView.objects.get()
    assert kept.columns["shown"] == ["pinyin", "met_on", "trade"]
    assert heads(page())[:3] == ["企业", "最近见面", "行业"]
    assert "名录" not in heads(page())
    assert first_row(page())[2] == "C17"
    assert sheet(page("?export=xlsx"))[0][:3] == ["企业", "最近见面", "行业"]


def test_a_column_of_the_export_can_be_brought_onto_the_page(page, client):
    choose(client, reverse(LIST), key=["pinyin", "uscc", "trade"], on=["pinyin", "uscc", "trade"])
    assert heads(page())[:3] == ["企业", "统一社会信用代码", "行业"]
    assert first_row(page())[1] == "—"


def test_the_first_column_always_stays_first(page, client):
    choose(client, reverse(LIST), key=["trade", "pinyin"], on=["trade"])
    assert heads(page())[:2] == ["企业", "行业"]


def test_the_programs_own_columns_come_back(page, client, office):
    before = heads(page())
    choose(client, reverse(LIST), key=["pinyin", "trade"], on=["pinyin"])
    assert heads(page()) != before
    choose(client, reverse(LIST), reset="1")
    assert heads(page()) == before


def test_words_that_are_no_column_are_refused_and_break_nothing(page, client):
    answer = choose(client, reverse(LIST), key=["<script>", "a b"], on=["<script>"])
    assert answer.status_code == 302 and not ListView.objects.exists()
    assert choose(client, "https://elsewhere.example/", reset="1").url == reverse("home:today")


def test_a_view_keeps_filters_order_and_columns_and_nothing_else(page, client, office):
    choose(client, reverse(LIST), key=["pinyin", "trade"], on=["pinyin"])
    back = reverse(LIST) + "?q=机械&sort=-trade&page=3&export=xlsx"
    answer = client.post(reverse("personal:save_view"), {"list": LIST, "back": back, "name": " 我的 "})
    view = ListView.objects.get(name="我的")
    assert view.query == "q=%E6%9C%BA%E6%A2%B0&sort=-trade"
    assert view.columns["hidden"] == ["trade"]
    assert answer.url == f"{reverse(LIST)}?{view.query}&view={view.pk}"
    shown = client.get(answer.url)
    assert "安禾纺织" not in shown.content.decode() and "行业" not in heads(shown)


def test_the_default_view_opens_by_the_bare_address_and_can_be_left(page, client, office):
    view = actions.keep_view(code=LIST, name="桐溪", query="q=桐溪", columns={}, shared=False, by=office)
    assert page().status_code == 200
    client.post(
        reverse("personal:change_view", args=[view.pk]),
        {"name": "桐溪的", "default": "1", "back": reverse(LIST)},
    )
    assert page().url == f"{reverse(LIST)}?q=%E6%A1%90%E6%BA%AA&view={view.pk}"
    assert page("?view=none").status_code == 200
    assert page("?export=csv").status_code == 200
    client.post(reverse("personal:forget_view", args=[view.pk]), {"back": reverse(LIST)})
    assert page().status_code == 200


def test_a_list_has_one_default_view(office, firms):
    one, two = (
        actions.keep_view(code=LIST, name=name, query="", columns={}, shared=False, by=office)
        for name in ("甲", "乙")
    )
    for view in (one, two):
        actions.change_view(view=view, name=view.name, shared=False, default=True, by=office)
    assert list(ListView.objects.filter(default=True)) == [two]


def test_a_shared_view_is_for_the_own_unit_and_shows_what_its_reader_may_see(
    page, client, office, make_user, firms
):
    view = actions.keep_view(code=LIST, name="全区", query="state=on", columns={}, shared=True, by=office)
    colleague = make_user("service", username="colleague", unit=office.unit)
    stranger = make_user("service", username="stranger", unit=firms)
    client.force_login(colleague)
    assert "全区" in page().content.decode()
    for act in ("change_view", "forget_view"):
        assert client.post(reverse(f"personal:{act}", args=[view.pk]), {"name": "x"}).status_code == 404
    with pytest.raises(Refused):
        actions.forget_view(view=view, by=colleague)
    client.force_login(stranger)
    assert "全区" not in page(f"?view={view.pk}").content.decode()


def test_a_view_is_kept_and_forgotten(office):
    view = actions.keep_view(code=LIST, name="我的", query="q=甲", columns={}, shared=False, by=office)
    actions.forget_view(view=view, by=office)
    assert not ListView.objects.exists()


def test_the_same_name_again_replaces_the_view(office):
    for query in ("q=甲", "q=乙"):
        actions.keep_view(code=LIST, name="我的", query=query, columns={}, shared=False, by=office)
    assert ListView.objects.get().query == "q=%E4%B9%99"


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"name": "  "}, "起个名字"),
        ({"code": "../x"}, "哪张清单"),
        ({"query": "q=" + "桐" * 400}, "太长"),
    ],
)
def test_what_cannot_be_kept_is_refused(office, values, message):
    wanted = {"code": LIST, "name": "甲", "query": "", "columns": {}, "shared": False, **values}
    with pytest.raises(Refused, match=message):
        actions.keep_view(**wanted, by=office)


def test_a_list_asks_once_for_views_and_columns(page, django_assert_num_queries, office):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    actions.choose_columns(code=LIST, view=None, shown=["pinyin"], hidden=["trade"], by=office)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page()
    assert sum("personal_listview" in query["sql"] for query in asked) == 1


class _Post(dict):
    def getlist(self, name):
        return self.get(name, [])


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({}, "abcd"),
        ({"d": "2"}, "adbc"),
        ({"a": "3"}, "bcad"),
        ({"b": "²"}, "abcd"),
        ({"a": "99", "d": "1"}, "dbca"),
    ],
)
def test_a_changed_number_moves_the_column(places, order):
    post = _Post({"key": list("abcd"), "on": list("abcd")}, **{f"place-{k}": v for k, v in places.items()})
    assert chosen(post) == (list(order), [])


def test_a_column_that_came_after_the_choice_stands_as_the_program_has_it():
    choice = ColumnChoice(shown=("a", "c"), hidden=("b",))
    assert choice.of(["a", "b", "c", "new", "extra"], off={"extra"}) == ["a", "c", "new"]


def test_the_export_has_no_first_column_but_the_pages_own():
    choice = ColumnChoice(shown=("name", "due"), hidden=("code",))
    assert choice.chosen(["code", "name", "due"]) == ["name", "due"]
