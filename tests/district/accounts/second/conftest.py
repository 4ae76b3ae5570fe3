"""A person with an authenticator, and the place's wishes about second factors."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
import pytest
from django.core.cache import cache
from django.utils import timezone

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def no_tries_before():
    cache.clear()


@pytest.fixture
def code_now():
    """code_now(): what the phone shows; code_now(30): half a minute later."""

    def shown(later: int = 0, at: datetime | None = None) -> str:
        return pyotp.TOTP(SECRET).at((at or timezone.now()) + timedelta(seconds=later))

    return shown


@pytest.fixture
def with_phone(make_user):
    """with_phone("analyst"): a person whose authenticator was set up a while ago."""
    from wenpan.district.accounts.second import actions

    def make(role: str, **more):
        user, then = make_user(role, **more), timezone.now() - timedelta(hours=1)
        code = pyotp.TOTP(SECRET).at(then)
        actions.add_code_maker(user=user, secret=SECRET, code=code, label="手机", by=user, at=then)
        return user

    return make


@pytest.fixture
def asks(settings):
    """asks(step_up=[…], required_roles=[…]): the place's own rules/access.yaml."""
    from wenpan.rules import access
    from wenpan.rules.loading import OURS

    path = settings.WENPAN_HOME / "rules" / "access.yaml"
    path.parent.mkdir(exist_ok=True)

    def write(step_up=(), required_roles=(), minutes=10):
        text = (OURS / "access.yaml").read_text()
        text = text.replace("required_roles: []", f"required_roles: [{', '.join(required_roles)}]")
        text = text.replace("step_up: []", f"step_up: [{', '.join(step_up)}]")
        path.write_text(text.replace("step_up_minutes: 10", f"step_up_minutes: {minutes}"))
        assert access.access().second.step_up == tuple(step_up)

    yield write
    path.unlink(missing_ok=True)
