"""The calendar feed: stable, moved by an extension, called off by closing, silent about restricted ones,
and gone with its link."""

from __future__ import annotations

from datetime import date

import icalendar
import pytest

from tests.district.supervision.conftest import MORNING, day

TITLE = "完成桐溪智造园二期供地"


@pytest.fixture
def link():
    """link(person): the path of a new feed of that person."""
    from wenpan.district.sharing.calendar.actions import make_link

    def make(by, **more):
        return f"/calendar/feed/{make_link(by=by, at=MORNING, **more)}.ics"

    return make


def entries(client, path: str) -> dict[str, icalendar.Event]:
    answer = client.get(path)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("text/calendar")
    found = icalendar.Calendar.from_ical(answer.content)
    return {str(one["uid"]): one for one in found.walk("VEVENT")}


def matters_of(client, path: str) -> list[icalendar.Event]:
    return [one for uid, one in entries(client, path).items() if uid.startswith("matter-")]


class TestAMatterInTheFeed:
    def test_it_is_a_day_with_its_words_and_its_link(self, assigned, people, link, client, today_is):
        today_is("2022-10-14")
        matter = assigned(due=date(2022, 10, 31))
        (one,) = matters_of(client, link(people["liaison"]))
        assert one["dtstart"].dt == date(2022, 10, 31) and not hasattr(one["dtstart"].dt, "hour")
        assert TITLE in str(one["summary"])
        assert str(one["url"]) == f"http://testserver/supervision/matters/{matter.pk}/"
        assert str(one["status"]) == "CONFIRMED"

    def test_an_extension_is_a_later_version_of_the_same_entry(
        self, assigned, people, link, client, today_is
    ):
        from wenpan.district.supervision import actions

        today_is("2022-10-17")
        matter, path = assigned(due=date(2022, 10, 31)), link(people["liaison"])
        (before,) = matters_of(client, path)
        ask = {"matter": matter, "until": date(2022, 11, 15), "reason": "雨季", "by": people["liaison"]}
        actions.ask_extension(**ask, at=day("2022-10-17"))
        matter.refresh_from_db()
        (asked,) = matters_of(client, path)
        assert asked["sequence"] == before["sequence"]  # asked is not granted
        actions.decide_extension(matter=matter, granted=True, by=people["chief"], at=day("2022-10-17"))
        (after,) = matters_of(client, path)
        assert after["uid"] == before["uid"] and after["sequence"] > before["sequence"]
        assert after["dtstart"].dt == date(2022, 11, 15)

    def test_a_closed_matter_is_called_off(self, assigned, people, link, client, today_is):
        from wenpan.district.supervision import actions

        today_is("2022-10-18")
        matter, path = assigned(due=date(2022, 10, 31)), link(people["liaison"])
        (before,) = matters_of(client, path)
        at = day("2022-10-18")
        said = {"claim": "done", "process": "已供地", "situation": "", "advice": ""}
        actions.feed_back(matter=matter, by=people["liaison"], at=at, **said)
        for act, more in (("check", {"passed": True, "text": "属实"}), ("close", {})):
            matter.refresh_from_db()
            getattr(actions, act)(matter=matter, by=people["clerk"], at=at, **more)
        (after,) = matters_of(client, path)
        assert str(after["status"]) == "CANCELLED" and after["sequence"] > before["sequence"]

    @pytest.mark.parametrize(("kind", "silent"), [("note", True), ("note_urgent", True), ("meeting", False)])
    def test_of_a_restricted_matter_only_the_number_leaves(
        self, drafted, people, units, link, client, today_is, kind, silent
    ):
        from wenpan.district.supervision import actions

        today_is("2022-10-14")
        matter = drafted(kind=kind)
        actions.register(matter=matter, by=people["chief"], at=MORNING)
        matter.refresh_from_db()
        actions.assign(
            matter=matter, lead=units["zjj"], coops=[], due=date(2022, 10, 31), by=people["clerk"], at=MORNING
        )
        path = link(people["liaison"])
        (one,) = matters_of(client, path)
        assert matter.number in str(one["summary"])
        assert (TITLE not in client.get(path).content.decode().replace("\r\n ", "")) is silent

    def test_it_is_its_units_and_nobody_elses(
        self, assigned, people, make_user, units, link, client, today_is
    ):
        today_is("2022-10-14")
        assigned(due=date(2022, 10, 31), coops=())
        assert matters_of(client, link(people["town"])) == []
        assert len(matters_of(client, link(people["clerk"]))) == 1
        assert matters_of(client, link(people["clerk"], of_unit=True)) == []  # the office leads none
        assert len(matters_of(client, link(people["liaison"], of_unit=True))) == 1


class TestALink:
    @pytest.mark.parametrize("secret", ["x", "a" * 43, "..", "%00", "é"])
    def test_what_is_unknown_is_not_there(self, client, db, secret):
        assert client.get(f"/calendar/feed/{secret}.ics").status_code == 404

    def test_revoked_it_answers_as_one_that_never_was(self, people, link, client, signed_in):
        from wenpan.district.sharing.models import CalendarLink

        path = link(people["liaison"])
        assert client.get(path).status_code == 200
        pk = CalendarLink.objects.get().pk
        assert signed_in("town").post(f"/calendar/links/{pk}/revoke/").status_code == 404
        assert signed_in("liaison").post(f"/calendar/links/{pk}/revoke/").status_code == 302
        assert client.get(path).status_code == 404

    def test_a_closed_account_takes_its_links_along(self, people, link, client):
        path = link(people["liaison"])
        type(people["liaison"]).objects.filter(pk=people["liaison"].pk).update(is_active=False)
        assert client.get(path).status_code == 404

    def test_only_its_hash_is_kept_and_its_address_is_in_no_log(self, people, link, client, caplog):
        from wenpan.district.ground.journal.models import Entry
        from wenpan.district.sharing.models import CalendarLink

        path = link(people["liaison"])
        secret = path.split("/")[-1].removesuffix(".ics")
        kept = CalendarLink.objects.get()
        assert secret not in str(vars(kept)) and len(kept.digest) == 64
        with caplog.at_level("DEBUG"):
            client.get(path)
            client.get("/calendar/feed/unknownsecret.ics")
        assert secret not in caplog.text and "unknownsecret" not in caplog.text
        assert not any(secret in str(vars(entry)) for entry in Entry.objects.all())

    def test_making_revoking_and_the_days_first_reading_are_journalled(self, people, link, client):
        from wenpan.district.ground.journal.models import Entry
        from wenpan.district.sharing.calendar.actions import revoke_link
        from wenpan.district.sharing.models import CalendarLink

        path = link(people["liaison"])
        client.get(path)
        client.get(path)
        revoke_link(pk=CalendarLink.objects.get().pk, by=people["liaison"])
        said = list(Entry.objects.filter(action__startswith="sharing.").values_list("action", flat=True))
        assert sorted(said) == ["sharing.feed_read", "sharing.link_made", "sharing.link_revoked"]

    def test_reading_and_guessing_are_limited(self, people, link, client):
        path = link(people["liaison"])
        assert [client.get(path).status_code for _ in range(61)] == [200] * 60 + [429]
        guesses = [client.get(f"/calendar/feed/{n}.ics").status_code for n in range(31)]
        assert guesses == [404] * 30 + [429]

    def test_a_person_has_ten_at_most(self, people, link):
        from wenpan.district.ground.refused import Refused

        for _ in range(10):
            link(people["liaison"])
        with pytest.raises(Refused):
            link(people["liaison"])

    def test_a_person_of_no_unit_has_no_units_feed(self, people, link):
        from django.core.exceptions import PermissionDenied

        with pytest.raises(PermissionDenied):
            link(people["leader"], of_unit=True)


class TestThePage:
    def test_the_address_is_shown_once(self, signed_in, client, today_is):
        today_is("2022-10-14")
        browser = signed_in("liaison")
        first = browser.post("/calendar/links/", {"of": "person"})
        text = first.content.decode()
        path = text.partition("http://testserver")[2].partition("<")[0]
        assert client.get(path).status_code == 200
        assert "/calendar/feed/" not in browser.get("/calendar/").content.decode()

    def test_the_same_form_again_makes_no_second_link(self, signed_in):
        from wenpan.district.sharing.models import CalendarLink

        browser, form = signed_in("liaison"), {"of": "person", "form_key": "k" * 32}
        first, again = browser.post("/calendar/links/", form), browser.post("/calendar/links/", form)
        assert (first.status_code, again.status_code) == (200, 409)
        assert CalendarLink.objects.count() == 1

    def test_a_month_shows_releases_and_deadlines(self, assigned, signed_in, today_is):
        today_is("2022-10-14")
        assigned(due=date(2022, 10, 31))
        page = signed_in("clerk").get("/calendar/?month=2022-10").content.decode()
        assert TITLE in page and "工业" in page
        only = signed_in("clerk").get("/calendar/?month=2022-10&kind=deadline").content.decode()
        assert TITLE in only and "财政税收" not in only

    def test_a_weekend_that_is_worked_is_marked(self, signed_in, today_is):
        today_is("2022-10-14")
        page = signed_in("clerk").get("/calendar/?month=2022-10").content.decode()
        assert page.count("<small>班</small>") == 2  # 8 and 9 October 2022

    @pytest.mark.parametrize("month", ["", "x", "2022-13", "0000-00", "9999-12", "²", "2022-10' OR 1"])
    def test_no_typed_month_is_an_error(self, signed_in, month):
        assert signed_in("clerk").get("/calendar/", {"month": month}).status_code == 200
