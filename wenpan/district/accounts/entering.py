"""The way in after somebody was recognised, whoever recognised them: a second proof where they have one, the
journal, then the session."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from wenpan.district.accounts import actions, attempts, queries, resets
from wenpan.district.accounts.addresses import address_of
from wenpan.district.accounts.models import PasswordReset, User
from wenpan.district.accounts.second import queries as second
from wenpan.district.accounts.second import step_up

HALF_WAY = "half_way"  # key of the session of who has given the password and not yet the second proof
_HOLDS = 10 * 60  # seconds
LOCAL = "django.contrib.auth.backends.ModelBackend"


def safe_next(request: HttpRequest, wanted: str) -> str:
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else reverse("home:entry")


def recognised(request: HttpRequest, user: User, wanted: str, how: str = "") -> HttpResponse:
    """`how`: by whom, where it was not the password kept here."""
    if second.live(user).exists():
        # a session of a stranger's own choosing must not go on: what follows is another
        request.session.flush()
        told = {"user": user.pk, "at": int(timezone.now().timestamp()), "next": wanted, "how": how}
        request.session[HALF_WAY] = told | {"password": user.get_session_auth_hash()}
        return redirect("accounts:second_proof")
    return enter(request, user, wanted, how)


def enter(request: HttpRequest, user: User, wanted: str, how: str = "") -> HttpResponse:
    """Who cannot be journalled does not come in."""
    beside = queries.other_administrators(attempts.device_of(request)[1], user)
    actions.note_presence(user=user, entered=True, address=address_of(request), beside=beside, how=how)
    ended = resets.end_by_old_password(user=user) if not how else None
    login(request, user, backend=LOCAL)
    if ended is not None:
        messages.warning(request, _voided(ended))
    answer = redirect(wanted)
    attempts.mark_device(request, answer, user)
    return answer


def _voided(reset: PasswordReset) -> str:
    return _(
        "%(name)s 曾于 %(at)s 为您的账号发起密码重置，现因您以原密码登录而作废。"
        "不是您要求的，请告知审计管理员。"
    ) % {"name": reset.started_by.name, "at": f"{timezone.localtime(reset.started_at):%Y-%m-%d %H:%M}"}


def half_way(request: HttpRequest) -> tuple[User, str, str] | None:
    """(who, where to, by whom recognised) of somebody half way in; None after ten minutes, or where the
    account was closed or got another password in between."""
    told = request.session.get(HALF_WAY)
    if not isinstance(told, dict) or int(timezone.now().timestamp()) - told["at"] >= _HOLDS:
        return None
    user = User.objects.filter(pk=told["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != told["password"]:
        return None
    return user, str(told["next"]), str(told["how"])


def prove(request: HttpRequest, user: User, wanted: str, how: str) -> HttpResponse:
    request.session.pop(HALF_WAY, None)
    answer = enter(request, user, wanted, how)
    step_up.note_proof(request)
    return answer
