"""本周合报: several matters on one sheet, one field each; a number as a number."""

import pytest

from tests.district.supervision.conftest import MORNING, day
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision import actions
from wenpan.district.supervision.matters.actions.sheet import SheetLine, number_in, number_words, report_sheet
from wenpan.district.supervision.matters.queries import sheet as queries
from wenpan.district.supervision.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed(people, units, drafted):
    """handed("title", due): a matter that 住建局 has in hand."""

    def make(title, due="2022-10-14", **more):
        matter = drafted(title=title)
        actions.register(matter=matter, by=people["chief"], at=MORNING)
        when = {"recurrence": more["recurrence"]} if "recurrence" in more else {"due": day(due).date()}
        actions.assign(matter=matter, lead=units["zjj"], by=people["clerk"], at=MORNING, **when)
        actions.sign(matter=matter, by=people["liaison"], at=MORNING)
        matter.refresh_from_db()
        return matter

    return make


def test_a_sheet_reports_each_matter_that_was_filled_in_and_no_other(people, handed):
    one, two, three = handed("甲"), handed("乙"), handed("丙")
    made, refused = report_sheet(
        lines=[SheetLine(one, words="已进场施工"), SheetLine(two, number="12.5"), SheetLine(three)],
        by=people["liaison"], at=MORNING,
    )  # fmt: skip
    assert [f.process for f in made] == ["已进场施工", "本期报送数：12.5"]
    assert refused == {}
    assert not Feedback.objects.filter(matter=three).exists()
    assert all(f.event.data["sheet"] for f in made)


def test_what_is_refused_of_one_line_spoils_none_of_the_others(people, handed):
    one, two = handed("甲"), handed("乙")
    made, refused = report_sheet(
        lines=[SheetLine(one, number="十二"), SheetLine(two, words="已完成验收", done=True)],
        by=people["liaison"], at=MORNING,
    )  # fmt: skip
    assert [f.matter for f in made] == [two]
    assert "不是数" in refused[one.pk]
    two.refresh_from_db()
    assert two.state == "answered"


def test_an_empty_sheet_is_refused(people, handed):
    with pytest.raises(Refused, match="还没有填写"):
        report_sheet(lines=[SheetLine(handed("甲"))], by=people["liaison"], at=MORNING)


def test_the_matter_of_another_unit_is_refused(people, handed):
    from django.core.exceptions import PermissionDenied
    from django.http import Http404

    with pytest.raises((Refused, PermissionDenied, Http404)):
        made, refused = report_sheet(
            lines=[SheetLine(handed("甲"), words="x")], by=people["town"], at=MORNING
        )
        if refused and not made:
            raise Refused("permission", next(iter(refused.values())))


@pytest.mark.parametrize(("typed", "said"), [("12.50", "12.50"), ("1,200", "1200"), ("-3", "-3"), ("", "")])
def test_a_number_is_kept_as_it_was_given(typed, said):
    words = number_words(typed=typed)
    assert number_in(words=words + "；其余正常" if words else "") == said


@pytest.mark.parametrize("typed", ["十二", "NaN", "Infinity", "1e999999", "12亿"])
def test_what_is_no_number_is_refused(typed):
    if typed == "1e999999":
        typed = "1" * 21
    with pytest.raises(Refused):
        number_words(typed=typed)


def test_the_sheet_holds_what_is_late_or_due_by_sunday(people, handed):
    handed("到期日在周日", due="2022-10-16")
    handed("下周一到期", due="2022-10-17")
    titles = [row.matter.title for row in queries.rows(people["liaison"], MORNING)]
    assert titles == ["到期日在周日"]


def test_what_was_reported_today_is_not_asked_again(people, handed):
    matter = handed("甲")
    report_sheet(lines=[SheetLine(matter, words="已进场")], by=people["liaison"], at=MORNING)
    assert queries.rows(people["liaison"], MORNING) == []
    row = queries.rows(people["liaison"], day("2022-10-15"))[0]
    assert row.before.process == "已进场"


def test_the_page_is_one_form_and_shows_what_was_refused(client, people, handed):
    one, two = handed("甲事项", due="2032-01-01"), handed("乙事项", due="2032-01-01")
    type(one).objects.update(due="2022-10-14")  # both long overdue
    client.force_login(people["liaison"])
    page = client.get("/supervision/desk/sheet/").content.decode()
    assert page.count('name="words:') == 2
    answer = client.post(
        "/supervision/desk/sheet/",
        {
            f"words:{one.pk}": "已进场施工",
            f"seen:{one.pk}": one.version,
            f"words:{two.pk}": "",
            f"seen:{two.pk}": "²",
        },
    )
    assert answer.url == "/supervision/desk/"
    assert Feedback.objects.get().process == "已进场施工"
    assert client.post("/supervision/desk/sheet/", {}).status_code == 422
