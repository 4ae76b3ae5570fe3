"""Personal tokens: shown once, narrowed by scope, dead with their day, their revocation or their owner."""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest

from tests.district.supervision.conftest import MORNING

TODAY = date(2022, 10, 14)


@pytest.fixture(autouse=True)
def friday(today_is):
    today_is("2022-10-14")


@pytest.fixture
def token(people):
    """token("clerk", "matters"): a new token of that person."""
    from wenpan.district.sharing.tokens.actions import make_token

    def make(who, *scopes, until=TODAY + timedelta(days=30), name="月报"):
        return make_token(by=people[who], name=name, scopes=scopes, expires_on=until, at=MORNING)

    return make


EMPTY = {  # lists of a place without figures
    "checks", "key-projects", "outliers", "pool", "ratings", "reporters", "scores", "week",
}  # fmt: skip


def ask(client, path: str, secret: str, **more):
    return client.get(path, headers={"Authorization": f"Bearer {secret}"}, **more)


class TestMaking:
    def test_it_is_shown_once_and_only_its_hash_is_kept(self, signed_in, client):
        from wenpan.district.ground.journal.models import Entry
        from wenpan.district.sharing.models import AccessToken

        browser = signed_in("clerk")
        form = {"name": "月报", "scope": ["matters"], "expires_on": "2022-11-30"}
        page = browser.post("/tokens/make/", form).content.decode()
        secret = page.partition('class="sh-secret">')[2].partition("<")[0]
        assert ask(client, "/tables/matters.csv", secret).status_code == 200
        assert secret not in browser.get("/tokens/").content.decode()
        assert secret not in str(vars(AccessToken.objects.get()))
        assert not any(secret in str(vars(entry)) for entry in Entry.objects.all())

    @pytest.mark.parametrize(
        ("until", "allowed"),
        [
            (TODAY - timedelta(days=1), False),
            (TODAY, True),
            (TODAY + timedelta(days=365), True),
            (TODAY + timedelta(days=366), False),
        ],
    )
    def test_its_last_day_is_within_a_year(self, token, until, allowed):
        from wenpan.district.ground.refused import Refused

        if allowed:
            assert token("clerk", "matters", until=until)
        else:
            with pytest.raises(Refused):
                token("clerk", "matters", until=until)

    @pytest.mark.parametrize("scopes", [(), ("figures",), ("all",)])
    def test_no_scope_beyond_the_role(self, token, scopes):
        """A liaison has no ledger."""
        from wenpan.district.ground.refused import Refused

        with pytest.raises(Refused, match="至少选一个范围"):
            token("liaison", *scopes)

    def test_administrators_have_none(self, make_user):
        from wenpan.district.ground.refused import Refused
        from wenpan.district.sharing.tokens.actions import make_token

        for role in ("system_admin", "security_admin", "auditor"):
            user = make_user(role, username=role)
            with pytest.raises(Refused):
                make_token(by=user, name="x", scopes=["matters"], expires_on=TODAY, at=MORNING)

    def test_two_in_use_do_not_share_a_name_and_ten_is_the_most(self, token):
        from wenpan.district.ground.refused import Refused

        token("clerk", "matters", name="0")
        with pytest.raises(Refused, match="已有一个"):
            token("clerk", "matters", name="0")
        for number in range(1, 10):
            token("clerk", "matters", name=str(number))
        with pytest.raises(Refused, match="最多10个"):
            token("clerk", "matters", name="10")

    @pytest.mark.parametrize("typed", ["", "x", "2022-13-01", "9999-12-31"])
    def test_a_day_that_is_none_is_refused_in_words(self, signed_in, typed):
        answer = signed_in("clerk").post(
            "/tokens/make/", {"name": "x", "scope": "matters", "expires_on": typed}
        )
        assert answer.status_code == 302


class TestUsing:
    def test_a_spreadsheet_sends_it_as_a_password(self, token, client):
        pair = base64.b64encode(f"anyone:{token('clerk', 'matters')}".encode()).decode()
        assert (
            client.get("/tables/matters.csv", headers={"Authorization": f"Basic {pair}"}).status_code == 200
        )

    @pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic", "Basic !", "Basic eA==", "X y"])
    def test_without_a_good_one_it_is_401_and_asks(self, client, db, header):
        answer = client.get("/tables/matters.csv", headers={"Authorization": header} if header else {})
        assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Basic")

    def test_never_in_an_address(self, token, client):
        secret = token("clerk", "matters")
        assert client.get("/tables/matters.csv", {"token": secret, "access_token": secret}).status_code == 401

    def test_it_is_for_its_scope_only(self, token, client):
        secret = token("clerk", "figures")
        assert ask(client, "/tables/matters.csv", secret).status_code == 403
        assert ask(client, "/tables/ledger.csv", secret).status_code == 200

    @pytest.mark.parametrize(("day", "status"), [("2022-11-13", 200), ("2022-11-14", 401)])
    def test_it_works_through_its_last_day(self, token, client, today_is, day, status):
        secret = token("clerk", "matters", until=date(2022, 11, 13))
        today_is(day)
        assert ask(client, "/tables/matters.csv", secret).status_code == status

    def test_revoked_it_is_as_if_it_never_was_and_only_its_owner_revokes_it(self, token, client, signed_in):
        from wenpan.district.sharing.models import AccessToken

        secret = token("clerk", "matters")
        pk = AccessToken.objects.get().pk
        assert signed_in("chief").post(f"/tokens/{pk}/revoke/").status_code == 404
        assert ask(client, "/tables/matters.csv", secret).status_code == 200
        signed_in("clerk").post(f"/tokens/{pk}/revoke/")
        assert ask(client, "/tables/matters.csv", secret).status_code == 401

    @pytest.mark.parametrize(
        ("change", "status"),
        [
            ({"is_active": False}, 401),
            ({"role": ""}, 401),
            ({"role": "auditor"}, 401),
            ({"role": "service"}, 403),
        ],
    )
    def test_what_its_owner_may_no_longer_do_it_cannot(self, token, client, people, change, status):
        secret = token("clerk", "matters")
        type(people["clerk"]).objects.filter(pk=people["clerk"].pk).update(**change)
        assert ask(client, "/tables/matters.csv", secret).status_code == status

    def test_it_opens_no_page_and_writes_nothing(self, token, client):
        secret = token("clerk", "matters")
        assert ask(client, "/supervision/matters/", secret).status_code == 302
        answer = client.post("/tables/matters.csv", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code in {403, 405}

    def test_guesses_and_reads_are_limited(self, token, client):
        secret = token("clerk", "matters")
        path = "/api/v1/matters"
        assert [ask(client, path, secret).status_code for _ in range(121)] == [200] * 120 + [429]
        assert [ask(client, path, "guess").status_code for _ in range(31)] == [401] * 30 + [429]


class TestTables:
    def test_every_list_that_a_page_exports_is_served_or_has_its_reason(self):
        import inspect

        from django.urls import URLResolver, get_resolver

        from wenpan.district.sharing.tables import NOT_SERVED, TABLES

        def pages(patterns, namespace=""):
            for entry in patterns:
                if isinstance(entry, URLResolver):
                    inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                    yield from pages(entry.url_patterns, inner)
                else:
                    yield f"{namespace}{entry.name}", inspect.unwrap(entry.callback)

        lists = {
            name
            for name, page in pages(get_resolver().url_patterns)
            if "PageTable(" in (source := inspect.getsource(page)) or "exporting" in source
        }
        known = {table.page for table in TABLES.values()} | set(NOT_SERVED)
        assert sorted(lists - known) == [] and len(lists) > 25

    def test_a_list_that_is_not_served_says_why(self):
        from wenpan.district.sharing.tables import NOT_SERVED

        assert [page for page, why in NOT_SERVED.items() if "not served" in why] == []

    def test_every_list_is_served_as_csv_to_who_may_see_it(self, make_user, client):
        """Walked with a token of each scope; of an empty place some pages have nothing to list yet."""
        from wenpan.district.accounts.roles import ROLES
        from wenpan.district.sharing.scopes import scopes_of
        from wenpan.district.sharing.tables import TABLES
        from wenpan.district.sharing.tokens.actions import make_token

        made: dict[str, list[str]] = {}
        for role in ROLES:
            person = make_user(role, username=f"walk-{role}")
            if not (scopes := [scope.code for scope in scopes_of(person)]):
                continue
            until = TODAY + timedelta(days=9)
            secret = make_token(by=person, name="表", scopes=scopes, expires_on=until, at=MORNING)
            for scope in scopes:
                made.setdefault(scope, []).append(secret)
        wrong, empty = {}, set()
        for table in TABLES.values():
            answers = [ask(client, f"/tables/{table.name}.csv", secret) for secret in made[table.scope]]
            good = [a for a in answers if a.status_code == 200 and a["Content-Type"].startswith("text/csv")]
            if not good and any(a.status_code == 404 for a in answers):
                empty.add(table.name)
            elif not good:
                wrong[table.name] = [a.status_code for a in answers]
        assert wrong == {}
        assert empty <= EMPTY, empty - EMPTY

    def test_a_list_is_the_pages_own_rows_with_a_mark_for_spreadsheets(self, token, client, assigned):
        assigned(title="=1+1 供地")
        answer = ask(client, "/tables/matters.csv", token("clerk", "matters"))
        text = answer.content.decode("utf-8")
        assert answer["Content-Type"] == "text/csv; charset=utf-8" and text.startswith("\ufeff")
        assert "'=1+1 供地" in text and "2022-0001" in text
        assert "private" in answer["Cache-Control"]

    def test_what_is_unchanged_is_not_sent_again(self, token, client, assigned):
        assigned()
        secret = token("clerk", "matters")
        first = ask(client, "/tables/matters.csv", secret)
        again = client.get(
            "/tables/matters.csv",
            headers={"Authorization": f"Bearer {secret}", "If-None-Match": first["ETag"]},
        )
        assert (again.status_code, again.content) == (304, b"")
        assigned(title="另一件")
        third = client.get(
            "/tables/matters.csv",
            headers={"Authorization": f"Bearer {secret}", "If-None-Match": first["ETag"]},
        )
        assert third.status_code == 200

    def test_filters_of_the_page_hold(self, token, client, assigned):
        assigned()
        text = ask(client, "/tables/matters.csv?q=没有这样的事", token("clerk", "matters")).content.decode()
        assert "2022-0001" not in text

    def test_the_columns_that_the_owner_chose_reach_the_file_and_a_kept_view_opens(
        self, token, client, assigned, people
    ):
        from wenpan.district.personal.actions import choose_columns, keep_view

        assigned()
        secret = token("clerk", "matters")
        choose_columns(
            code="supervision:matters", view=None, shown=["title"], hidden=["number"], by=people["clerk"]
        )
        head, row = ask(client, "/tables/matters.csv", secret).content.decode("utf-8-sig").splitlines()[:2]
        assert head.startswith("督办事项") and "编号" not in head and "2022-0001" not in row
        view = keep_view(
            code="supervision:matters", name="号", query="", shared=False, by=people["clerk"],
            columns={"shown": ["number"], "hidden": ["title"]},
        )  # fmt: skip
        head = ask(client, f"/tables/matters.csv?view={view.pk}", secret).content.decode("utf-8-sig")
        assert head.startswith("编号")

    def test_a_reading_of_single_returns_is_journalled_each_time(self, token, client):
        from wenpan.district.ground.journal.models import Entry

        secret = token("analyst", "projects")
        before = Entry.objects.filter(summary__contains="项目问题清单").count()
        for _ in range(2):
            assert ask(client, "/tables/problems.csv", secret).status_code == 200
        assert Entry.objects.filter(summary__contains="项目问题清单").count() == before + 2
        headers = {"Authorization": f"Bearer {secret}"}
        tag = client.get("/tables/problems.csv", headers=headers)["ETag"]
        same = client.get("/tables/problems.csv", headers=headers | {"If-None-Match": tag})
        assert same.status_code == 304  # the reader's own copy holds: that is read again
        assert Entry.objects.filter(summary__contains="项目问题清单").count() == before + 4

    def test_a_name_that_is_none_is_404_for_who_has_a_token(self, token, client):
        assert ask(client, "/tables/people.csv", token("clerk", "matters")).status_code == 404

    @pytest.mark.parametrize("words", ["?month=²", "?page=x", "?sort=--", "?q=%00", "?export=xlsx"])
    def test_no_parameter_is_an_error(self, token, client, words):
        assert ask(client, f"/tables/matters.csv{words}", token("clerk", "matters")).status_code in {200, 400}
