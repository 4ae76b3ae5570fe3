"""The wall: three scenes for who is signed in, and for a screen without a person by its key."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from tests.district.supervision.conftest import day
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.supervision.models import Matter
from wenpan.district.wall import actions, pages, queries
from wenpan.district.wall.models import ScreenKey
from wenpan.rules import RuleError

AT = day("2022-10-18")
UNTIL = date(2022, 12, 31)
SCREEN = "/wall/screen/"


@pytest.fixture
def opened(people):
    """opened(): a screen that the analyst opened, and its key."""

    def make(name="一楼大厅", until=UNTIL):
        return actions.open_screen(name=name, until=until, by=people["analyst"], at=AT)

    return make


@pytest.fixture
def late(assigned):
    """Three overdue matters; one of them names a firm."""
    rows = [assigned(f"桐溪大道{n}段供地", due=date(2022, 10, 14)) for n in range(2)]
    named = assigned("远大机械公司诉求办理", due=date(2022, 10, 14))
    Matter.objects.filter(pk=named.pk).update(cause="request:7")
    return [*rows, named]


def test_the_wall_has_three_scenes_and_turns_by_its_rule(signed_in, today_is):
    today_is("2022-10-18")
    page = signed_in("leader").get("/wall/").content.decode()
    assert [f'data-wl-scene="{code}"' in page for code in ("indicators", "projects", "supervision")] == [
        True
    ] * 3
    assert 'data-turn="30"' in page
    assert "10:00" in page and "2022-10-18" in page
    assert "style=" not in page.replace('rel="stylesheet"', "")


def test_a_scene_may_be_asked_for_and_nonsense_is_the_first(signed_in):
    for asked, shown in (("supervision", "supervision"), ("x", "indicators")):
        page = signed_in("leader").get("/wall/", {"scene": asked}).content.decode()
        assert f'data-scene="{shown}"' in page


def test_it_asks_again_for_its_inside_alone(signed_in):
    page = signed_in("leader").get("/wall/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "data-wl-clock" in page


def test_overdue_matters_stand_on_it_but_no_title_that_names_a_firm(late, signed_in, today_is):
    today_is("2022-10-18")
    page = signed_in("leader").get("/wall/").content.decode()
    assert "桐溪大道0段供地" in page
    assert "远大机械公司" not in page
    assert late[2].number in page
    assert "逾期4天" in page


def test_a_screen_without_a_person_names_no_matter_at_all(late, opened, today_is):
    today_is("2022-10-18")
    _row, key = opened()
    screen = Client()
    assert screen.get(SCREEN, {"key": key})["Location"] == SCREEN
    page = screen.get(SCREEN).content.decode()
    assert late[0].number in page
    assert "桐溪大道" not in page and "远大机械" not in page
    assert "退出大屏" not in page
    wall = queries.wall(at=AT, public=True)
    assert all(row.words == row.unit and row.unit.startswith("2022-") for row in wall.supervision.reds.rows)


def test_a_key_opens_the_wall_and_no_other_page(opened, today_is):
    today_is("2022-10-18")
    _row, key = opened()
    screen = Client()
    screen.get(SCREEN, {"key": key})
    for path in ("/wall/", "/board/", "/wall/screens/", "/supervision/matters/"):
        assert screen.get(path).status_code == 302
        assert "/accounts/" in screen.get(path)["Location"]


@pytest.mark.parametrize(("text", "status"), [("2022-12-30", 200), ("2022-12-31", 200), ("2023-01-01", 302)])
def test_a_key_is_good_until_its_last_day(opened, today_is, text, status):
    _row, key = opened()
    screen = Client()
    screen.cookies[pages.COOKIE] = key
    today_is(text)
    assert screen.get(SCREEN).status_code == status


def test_a_revoked_key_stops_at_once_and_is_revoked_once(opened, people, today_is):
    today_is("2022-10-18")
    row, key = opened()
    screen = Client()
    screen.get(SCREEN, {"key": key})
    actions.revoke_screen(screen=row, by=people["chief"], at=AT)
    assert screen.get(SCREEN)["Location"] == "/wall/"
    assert screen.get(SCREEN, headers={"HX-Request": "true"})["HX-Redirect"] == "/wall/"
    with pytest.raises(Refused):
        actions.revoke_screen(screen=row, by=people["chief"], at=AT)


@pytest.mark.parametrize("key", ["", "x", "x" * 200, "' or 1=1"])
def test_a_wrong_key_leads_to_the_door(db, key):
    for given in ({"key": key}, {}):
        answer = Client().get(SCREEN, given, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/accounts/sign-in/")
        assert pages.COOKIE not in answer.cookies


def test_only_the_hash_is_kept_and_the_journal_holds_no_key(opened):
    row, key = opened()
    assert row.sha256 == actions.hash_of(key=key)
    assert key not in str(list(ScreenKey.objects.values_list()))
    assert key not in str(list(Entry.objects.values_list()))


@pytest.mark.parametrize("until", [date(2022, 10, 17), date(2023, 10, 20), date(2099, 1, 1)])
def test_a_key_has_a_last_day_within_a_year(opened, until):
    with pytest.raises(Refused):
        opened(until=until)


@pytest.mark.parametrize("who", ["leader", "clerk", "liaison"])
def test_who_may_not_keep_screens(people, who):
    with pytest.raises(PermissionDenied):
        actions.open_screen(name="x", until=UNTIL, by=people[who], at=AT)


def test_a_screen_is_opened_and_revoked_on_the_page_and_its_address_is_shown_once(
    signed_in,
    today_is,
):
    today_is("2022-10-18")
    browser = signed_in("analyst")
    made = browser.post(reverse("wall:open_screen"), {"name": "一楼大厅", "until": "2022-12-31"})
    address = made.context["address"]
    assert address in made.content.decode()
    key = address.partition("key=")[2]
    row = ScreenKey.objects.get()
    assert row.sha256 == actions.hash_of(key=key)
    page = browser.get(reverse("wall:screens")).content.decode()
    assert "一楼大厅" in page and key not in page
    browser.post(reverse("wall:revoke_screen", args=[row.pk]))
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_what_is_no_day_opens_no_screen(signed_in, today_is):
    today_is("2022-10-18")
    signed_in("analyst").post(reverse("wall:open_screen"), {"name": "x", "until": "2022-02-30"})
    assert not ScreenKey.objects.exists()


def test_a_wrong_rule_of_the_place_is_told(tmp_path):
    from wenpan.district.wall.policy import wall_rules
    from wenpan.rules.loading import OURS

    words = (OURS / "wall.yaml").read_text("utf-8").replace("turn_seconds: 30", "turn_seconds: 1")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "wall.yaml").write_text(words, "utf-8")
    with pytest.raises(RuleError, match="turn_seconds"):
        wall_rules(tmp_path)


def test_the_wall_costs_as_many_queries_for_many_late_matters_as_for_one(
    assigned,
    signed_in,
    today_is,
    django_assert_max_num_queries,
):
    for n in range(8):
        assigned(f"事项{n}", due=date(2022, 10, 14))
    today_is("2022-10-18")
    with django_assert_max_num_queries(60):
        signed_in("leader").get("/wall/")
