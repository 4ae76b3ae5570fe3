"""A firm with a link, and the door as its own program: other addresses, middleware and templates."""

from __future__ import annotations

import pytest

from tests.district.firms.conftest import (  # noqa: F401  (fixtures)
    FRIDAY,
    asked,
    day,
    firm,
    people,
    replied,
    signed_in,
    step,
    today_is,
    units,
)


@pytest.fixture
def at_the_door(settings):
    """Everything that the door's settings set otherwise than the program's."""
    from wenpan.district.door import settings as door
    from wenpan.district.door.guard import CALLS, WRONG

    for name in ("ROOT_URLCONF", "MIDDLEWARE", "TEMPLATES", "CONTENT_SECURITY_POLICY", "CSRF_COOKIE_NAME",
                 "SECURE_REFERRER_POLICY",
                 "CSRF_FAILURE_VIEW"):  # fmt: skip
        setattr(settings, name, getattr(door, name))
    CALLS.clear()
    WRONG.clear()
    yield
    CALLS.clear()
    WRONG.clear()


@pytest.fixture
def made(firm, people, today_is):  # noqa: F811
    """made(): a link of the firm and its token."""
    from wenpan.district.firms.links.link_actions import make_link

    today_is("2022-10-18")

    def make(of=None, days=180):
        return make_link(firm=of or firm, given_to="王工", days=days, by=people["office"])

    return make


@pytest.fixture
def inside(made, at_the_door):
    """A browser that came in by the firm's link, and the link."""
    from django.test import Client

    link, token = made()
    browser = Client(raise_request_exception=False)
    assert browser.get(f"/l/{token}/").status_code == 302
    return browser, link
