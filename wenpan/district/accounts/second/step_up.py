"""When a proof is asked for: at the sign-in of who has a second factor, of roles that must have one, and once
more before acts that the place named (`second` in `rules/access.yaml`; nothing by default)."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.second import queries
from wenpan.district.ground.read_only import SAFE
from wenpan.rules.access import access

PROVED = "second_proved_at"  # key of the session, seconds
OPEN = {
    "accounts:password", "accounts:sign_out", "accounts:sign_in", "accounts:second", "accounts:second_code",
    "accounts:second_key", "accounts:recovery_codes", "accounts:step_up", "set_language", "home:health",
}  # fmt: skip
PAGES = {  # act → the forms that do it
    "issue": {"bulletins:issue", "supervision:new_slip"},
    "roles": {
        "accounts:grant", "accounts:activity", "accounts:new_person", "accounts:reset", "accounts:hand_over",
        "accounts:lift_second", "accounts:outside_decide",
        "adjustments:roster_take_in", "adjustments:second_slips",
    },
}  # fmt: skip
BATCHES = {"roles": {"accounts-grant-asked"}}  # act → acts for many on 今日, which share one address


def note_proof(request: HttpRequest) -> None:
    request.session[PROVED] = int(timezone.now().timestamp())


def fresh(request: HttpRequest) -> bool:
    proved = request.session.get(PROVED)
    now = int(timezone.now().timestamp())
    return isinstance(proved, int) and 0 <= now - proved < 60 * access().second.step_up_minutes


def must_have(request: SignedInRequest) -> bool:
    """The role must have a second factor and this person has none yet."""
    roles = access().second.required_roles
    return bool(roles) and request.user.role in roles and not queries.live(request.user).exists()


def asks_again(view_name: str, batch: str = "") -> bool:
    return any(
        view_name in PAGES.get(act, ()) or batch in BATCHES.get(act, ()) for act in access().second.step_up
    )


class SecondStep:
    """After the change of a temporary password: first a password of one's own, then the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: SignedInRequest, *_view: object) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        batch = str(match.kwargs["code"]) if match and name == "home:act" else ""
        if not request.user.is_authenticated or name in OPEN:
            return None
        if must_have(request):
            return _to(request, reverse("accounts:second"))
        if request.method in SAFE or not asks_again(name, batch) or fresh(request):
            return None
        if not queries.live(request.user).exists():
            messages.warning(request, _("这项操作须二次验证。请先启用动态口令或安全密钥。"))
            return _to(request, reverse("accounts:second"))
        messages.warning(request, _("这项操作须再次验证。验证后回到原页，请重新提交。"))
        return _to(request, f"{reverse('accounts:step_up')}?{urlencode({'next': _from(request)})}")


def _from(request: HttpRequest) -> str:
    """The page whose form was sent, of this host only."""
    parts = urlsplit(request.headers.get("Referer", ""))
    if parts.netloc != request.get_host() or not parts.path.startswith("/"):
        return reverse("home:entry")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _to(request: HttpRequest, where: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)
