"""A drawn table with a person's columns: heads are known, cells move with them, other rows are stretched."""

from __future__ import annotations

import re

import pytest

from wenpan.district.ui.arranging import AddedColumn, arrange, drawn_table
from wenpan.district.ui.personal_lists import ColumnChoice, kept_query

LABELS = {"编号": "number", "pinyin": "name"}


def sorted_head(key, words):
    return f'<th scope="col"><a class="wp-sort" href="?" data-column="{key}">{words}<span>↑</span></a></th>'


HEAD = (
    '<th><span class="visually-hidden">勾选</span></th>'
    + sorted_head("pinyin", "名称")
    + "<th>编号</th><th>备注</th>"
    + f"<th>{sorted_head('due', '时限')[16:-5]} <small>{sorted_head('first', '原定')[16:-5]}</small></th>"
    + '<th><span class="visually-hidden">操作</span></th>'
)
ROW = "<tr><td>□</td><td>甲</td><td>1</td><td>无</td><td>10月</td><td>改</td></tr>"
WIDE = '<tr class="w"><td colspan="6">依据</td></tr>'
PAGE = f"<p>前</p><table><thead><tr>{HEAD}</tr></thead><tbody>{ROW}{WIDE}</tbody></table><p>后</p>"


def cells(html):
    row = html.partition("<tbody>")[2].partition("</tr>")[0]
    return re.findall(r"<td[^>]*>(.*?)</td>", row)


@pytest.fixture
def drawn():
    found = drawn_table(PAGE, LABELS)
    assert found is not None
    return found


def test_heads_are_known_by_key_by_words_or_by_their_place(drawn):
    assert [head.key for head in drawn.heads] == ["", "name", "number", "_3", "due", ""]
    assert drawn.heads[4].label == "时限" and drawn.heads[4].also == ("first",)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (ColumnChoice(), ["□", "甲", "1", "无", "10月", "改"]),
        (ColumnChoice(hidden=("number",)), ["□", "甲", "无", "10月", "改"]),
        (ColumnChoice(shown=("due", "name"), hidden=("_3",)), ["□", "甲", "10月", "1", "改"]),
        (ColumnChoice(hidden=("name", "number", "_3", "due")), ["□", "甲", "改"]),
    ],
)
def test_cells_move_and_buttons_stay(drawn, choice, expected):
    html = arrange(PAGE, drawn, choice)
    assert cells(html) == expected
    assert f'<td colspan="{len(expected)}">依据' in html
    assert html.startswith("<p>前</p>") and html.endswith("<p>后</p>")


def test_an_added_column_stands_where_it_was_chosen(drawn):
    added = [AddedColumn("code", "<th>代码</th>", ["<td>A1</td>"])]
    choice = ColumnChoice(shown=("name", "code", "number", "_3", "due"))
    html = arrange(PAGE, drawn, choice, added)
    assert cells(html)[:4] == ["□", "甲", "A1", "1"]
    assert "<th>代码</th>" in html


def test_an_added_column_without_a_cell_for_each_row_is_left_out(drawn):
    added = [AddedColumn("code", "<th>代码</th>", ["<td>A1</td>", "<td>A2</td>"])]
    assert "代码" not in arrange(PAGE, drawn, ColumnChoice(shown=("name", "code")), added)


def test_a_page_without_a_sorted_table_has_none():
    assert drawn_table("<table><thead><tr><th>甲</th></tr></thead></table>", LABELS) is None


def test_a_view_keeps_what_makes_the_list_and_nothing_of_the_moment():
    assert kept_query("q=a&page=2&export=xlsx&view=3&sort=-due&empty=") == "q=a&sort=-due"
