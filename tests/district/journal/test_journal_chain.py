"""The journal: append-only, and any change behind its back is found and named."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wenpan.district.ground.journal import queries, triggers
from wenpan.district.ground.journal.actions import NotInTransactionError, record
from wenpan.district.ground.journal.chain import GENESIS, json_values
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.django_db


def write(count=5, **changes):
    common = {"by": None, "action": "test.write", "summary": "写一件"}
    common["detail"] = {"n": 7, "x": 0.1, "day": date(2022, 9, 30)}
    with transaction.atomic():
        return [record(subject=f"thing:{n}", **(common | changes)) for n in range(count)]


def behind_its_back(sql, *params):
    triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    triggers.create(connection)


def test_an_untouched_journal_is_whole():
    entries = write()
    found = queries.verify()
    assert (found.whole, found.entries, found.head) == (True, 5, entries[-1].hash)
    assert queries.head() == entries[-1].hash


def test_an_empty_journal_is_whole_and_has_a_head():
    assert queries.verify().whole
    assert queries.head() == GENESIS


TAMPERINGS = {
    "the summary": "UPDATE journal_entry SET summary='别的' WHERE sequence=3",
    "the actor's name": "UPDATE journal_entry SET actor_name='别人' WHERE sequence=3",
    "the time": "UPDATE journal_entry SET at='2020-01-01 00:00:00' WHERE sequence=3",
    "the detail": "UPDATE journal_entry SET detail='{\"n\": 99}' WHERE sequence=3",
    "the hash": f"UPDATE journal_entry SET hash='{'1' * 64}' WHERE sequence=3",
    "an entry taken out": "DELETE FROM journal_entry WHERE sequence=3",
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_verification_names_the_first_entry_that_was_changed_behind_its_back(name):
    write()
    behind_its_back(TAMPERINGS[name])
    assert queries.verify().broken == 3


def test_an_entry_taken_out_with_the_numbers_closed_up_is_still_found():
    write()
    behind_its_back("DELETE FROM journal_entry WHERE sequence=3")
    behind_its_back("UPDATE journal_entry SET sequence=3 WHERE sequence=4")
    assert (queries.verify().broken, queries.verify().reason) == (3, "link")


def test_entries_cut_off_at_the_end_are_found_by_a_head_that_was_printed():
    printed = write()[-1].hash
    behind_its_back("DELETE FROM journal_entry WHERE sequence=5")
    assert queries.verify().whole
    assert queries.verify(expected_head=printed).reason == "head"


def test_without_the_key_of_the_place_no_chain_can_be_forged(settings):
    settings.JOURNAL_KEY = "the forger's"
    write(2)
    settings.JOURNAL_KEY = "the place's"
    assert queries.verify().broken == 1


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET summary='x'", "DELETE FROM journal_entry"])
def test_the_database_itself_refuses_to_change_or_delete_an_entry(statement):
    write(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert queries.verify().entries == 1


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused():
    with pytest.raises(NotInTransactionError):
        record(by=None, action="a.b", subject="c:1", summary="x")


def test_an_act_that_fails_leaves_no_entry():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(by=None, action="a.b", subject="c:1", summary="x")
        1 / 0  # noqa: B018
    assert not Entry.objects.exists()


def test_not_a_number_cannot_be_journalled():
    with pytest.raises(ValueError, match="JSON"):
        write(1, detail={"x": float("nan")})


def test_dates_and_decimals_are_kept_as_text():
    assert json_values({"d": date(2022, 9, 30), "v": Decimal("1.50")}) == {"d": "2022-09-30", "v": "1.50"}


def test_a_long_summary_is_cut_and_the_chain_stays_whole():
    write(1, summary="长" * 1000)
    assert queries.verify().whole


json_details = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(detail=json_details)
def test_whatever_is_journalled_reads_back_as_it_was_hashed(detail):
    write(1, detail={"value": detail})
    assert queries.verify().whole


def test_entries_are_found_by_actor_action_and_the_days_of_this_place(make_user):
    analyst = make_user("analyst")
    late = datetime(2022, 9, 30, 17, 30, tzinfo=UTC)  # 1 October, 01:30 in Shanghai
    write(1, by=analyst, action="intake.accept", at=late)
    write(1, at=late - timedelta(days=3))
    assert queries.entries(actor="anal").filter(action="intake.accept").count() == 1
    assert queries.entries(action="intake.", since=date(2022, 10, 1), until=date(2022, 10, 1)).count() == 1
    assert queries.entries(action="intake.", until=date(2022, 9, 30)).count() == 0


def test_the_auditor_sees_filters_exports_and_verifies(client, make_user):
    client.force_login(make_user("auditor"))
    write(60)
    page = client.get(reverse("journal:list"), {"actor": "系统", "since": "2022-01-01", "until": "garbage"})
    assert page.status_code == 200
    assert len(page.context["table"].page) == 50
    assert "完整" in client.get(reverse("journal:verification")).content.decode()
    assert client.get(reverse("journal:entry", args=[1])).status_code == 200
    assert client.get(reverse("journal:list"), {"export": "xlsx"})["Content-Type"].endswith("sheet")
    behind_its_back("UPDATE journal_entry SET summary='别的' WHERE sequence=7")
    assert "从第 7 条起" in client.get(reverse("journal:verification")).content.decode()


def test_the_journals_page_counts_in_the_database_and_asks_few_questions(
    client, make_user, django_assert_max_num_queries
):
    client.force_login(make_user("auditor"))
    write(60)
    with django_assert_max_num_queries(8):
        client.get(reverse("journal:list"))


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_chain():
    def work(_number):
        try:
            for _turn in range(5):
                write(1)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert (queries.verify().whole, queries.verify().entries) == (True, 20)
