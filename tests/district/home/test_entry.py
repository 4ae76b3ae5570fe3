"""The way in: each role arrives where its work is."""

import pytest
from django.urls import reverse

from wenpan.district.accounts.roles import ROLES
from wenpan.district.home.pages import FIRST, FIRST_OF

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_each_role_arrives_at_what_awaits_it(role, client, make_user):
    client.force_login(make_user(role))
    assert client.get("/").url == reverse(FIRST_OF.get(role, FIRST))
    assert client.get("/", follow=True).status_code == 200


def test_who_has_no_role_yet_is_told_whom_to_ask(client, make_user):
    client.force_login(make_user(""))
    assert "请安全管理员授予角色" in client.get("/").content.decode()


def test_the_health_of_the_program_is_open_and_says_nothing_else(client):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_help_explains_the_lights_to_everybody_who_is_signed_in(client, make_user):
    client.force_login(make_user("leader"))
    assert "没有报不等于零" in client.get("/help/").content.decode()


def test_pages_answer_errors_in_chinese(client, make_user):
    client.force_login(make_user("leader"))
    assert "没有这一页" in client.get("/nowhere/").content.decode()
    forbidden = client.get("/journal/")
    assert forbidden.status_code == 403
    assert "没有权限" in forbidden.content.decode()


def test_a_page_that_breaks_says_that_nothing_was_written(client, make_user, monkeypatch):
    monkeypatch.setattr("wenpan.district.ground.journal.queries.head", lambda: 1 / 0)
    client.force_login(make_user("auditor"))
    client.raise_request_exception = False
    broken = client.get("/journal/")
    assert broken.status_code == 500
    assert "没有写入任何数据" in broken.content.decode()
