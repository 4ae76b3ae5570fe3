"""The frame shows a person only what they may open, and marks where they are."""

import pytest
from django.test import RequestFactory
from django.urls import resolve

from wenpan.district.accounts.permissions import can
from wenpan.district.accounts.roles import ROLES
from wenpan.district.ui import nav

pytestmark = pytest.mark.django_db


def links(user, path="/help/"):
    request = RequestFactory().get(path)
    request.user, request.resolver_match = user, resolve(path)
    return [link for group in nav.groups_for(request) for link in group.links]


@pytest.mark.parametrize("role", ROLES)
def test_every_link_may_be_opened(role, make_user):
    user = make_user(role)
    shown = links(user)
    assert shown
    assert all(can(user, *link.permissions) for link in shown if link.permissions)
    assert [link.url_name for link in shown if not link.permissions] == ["home:today"]


def test_a_room_without_its_page_yet_is_left_out(make_user, monkeypatch):
    ghost = nav.Group("x", (nav.NavLink("nowhere:page", "x", "board"),))
    monkeypatch.setattr(nav, "GROUPS", (ghost,))
    assert links(make_user("leader")) == []


def test_the_present_place_is_marked(make_user):
    assert [link.url_name for link in links(make_user("auditor"), "/journal/3/") if link.active] == [
        "journal:list"
    ]


def test_without_a_role_the_frame_is_empty_and_a_page_says_whom_to_ask(client, make_user):
    user = make_user("")
    assert links(user) == []
    client.force_login(user)
    assert "安全管理员" in client.get("/").content.decode()
