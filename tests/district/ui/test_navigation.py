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
    assert [link.url_name for link in shown if not link.permissions] == ["home:today", "sharing:calendar"]


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


def groups(user, path):
    request = RequestFactory().get(path)
    request.user, request.resolver_match = user, resolve(path)
    return nav.groups_for(request)


def height(found):
    """Lines of the menu at 1366×768 as wenpan.css sets them: 31 a link, 30 the name of a group."""
    return sum(30 * (len(g.links) > 1) + 31 * (len(g.links) if g.open else 0) for g in found)


@pytest.mark.parametrize(
    "path", ["/today/", "/projects/", "/supervision/matters/", "/board/", "/data/", "/help/"]
)
@pytest.mark.parametrize("role", ROLES)
def test_nothing_of_the_menu_is_below_the_fold_of_768_lines(role, path, make_user):
    brand_and_foot = 105
    assert height(groups(make_user(role), path)) <= 768 - brand_and_foot


@pytest.mark.parametrize(
    "path", ["/projects/key/7/", "/projects/returns/", "/supervision/scores/2022-10/jfj/", "/data/3/"]
)
def test_exactly_one_entry_is_lit_also_on_a_page_that_no_entry_names(path, make_user):
    lit = [link.url for link in links(make_user("analyst"), path) if link.active]
    assert len(lit) == 1
    assert path.startswith(lit[0])


def test_on_today_the_group_is_open_in_which_the_role_works(make_user):
    found = [g for g in groups(make_user("supervisor"), "/today/") if g.open and len(g.links) > 1]
    assert [link.url_name for g in found for link in g.links if link.url_name == "supervision:matters"]
    assert len(found) == 1


def test_no_icon_stands_twice_in_a_group():
    for group in nav.GROUPS:
        icons = [link.icon for link in group.links]
        assert len(set(icons)) == len(icons), icons
