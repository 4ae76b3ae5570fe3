"""这个月怎么干: a month's work in ten lines a role, each with a page that the role may open."""

import pytest

from wenpan.district.accounts.roles import ROLES
from wenpan.district.home import how_to

pytestmark = pytest.mark.django_db


def test_every_role_has_its_lines():
    assert set(how_to.STEPS) == set(ROLES)
    for role, steps in how_to.STEPS.items():
        assert 5 <= len(steps) <= 10, role


@pytest.mark.parametrize("role", ROLES)
def test_each_line_of_a_role_leads_to_a_page_that_it_may_open(role, client, make_user):
    user = make_user(role)
    client.force_login(user)
    page = client.get("/help/month/").content.decode()
    assert f"{ROLES[role].label}：这个月怎么干" in page
    for step in how_to.steps_for(role, user):
        assert step.url, step.text
        assert client.get(step.url).status_code in {200, 302}, step.text


def test_another_roles_lines_are_read_without_links_that_would_refuse(client, make_user):
    client.force_login(make_user("leader"))
    page = client.get("/help/month/?role=auditor").content.decode()
    assert "请审计留意" in page and 'href="/journal/"' not in page
    assert "区领导：这个月怎么干" in client.get("/help/month/?role=nobody").content.decode()


def test_who_has_no_role_is_led_to_whom_to_ask(client, make_user):
    client.force_login(make_user(""))
    assert client.get("/help/month/").url == "/"


def test_the_help_leads_there(client, make_user):
    client.force_login(make_user("service"))
    assert "/help/month/" in client.get("/help/").content.decode()
