"""One's own second factors, the second proof at the door, and the proof before a weighty act."""

from __future__ import annotations

from typing import Any, cast

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts import actions as accounts
from wenpan.district.accounts import attempts, entering
from wenpan.district.accounts.addresses import address_of
from wenpan.district.accounts.models import SecondFactor, User
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.second import actions, codes, queries, security_keys, step_up
from wenpan.district.ground.idempotency.middleware import SHOWN_ONCE
from wenpan.rules.access import access

DRAWN, ASKED = "second_drawn", "second_asked"  # keys of the session: a secret on trial, the question to a key


def own(request: SignedInRequest) -> HttpResponse:
    """What I have; a new one-time secret is shown until a code proves that it arrived."""
    return _own_page(request)


def _own_page(request: SignedInRequest, status: int = 200, **more: Any) -> HttpResponse:
    user = request.user
    secret = request.session.setdefault(DRAWN, codes.drawn_secret())
    picture = segno.make(codes.address(secret, user.username, "稳盘 Wenpan"), error="m")
    keys = security_keys.possible(request)
    challenge, options = (
        security_keys.to_register(request, user.username, user.pk, queries.credentials(user))
        if keys
        else ("", "")
    )
    request.session[ASKED] = challenge
    context = {
        "factors": queries.live(user), "left": queries.codes_left(user), "secret": secret, "keys": keys,
        "picture": picture.svg_data_uri(scale=4, border=2), "options": options,
        "must_have": step_up.must_have(request),
    }  # fmt: skip
    return render(request, "accounts/second.html", context | more, status=status)


def _changed(request: SignedInRequest) -> HttpResponse | None:
    """Whoever has a second factor proves it before changing what they have."""
    if not queries.live(request.user).exists() or step_up.fresh(request):
        return None
    messages.warning(request, _("请先再次验证，然后重新提交。"))
    return redirect(f"{reverse('accounts:step_up')}?next={reverse('accounts:second')}")


@require_POST
def add_code(request: SignedInRequest) -> HttpResponse:
    secret = request.session.get(DRAWN)
    if ask := _changed(request):
        return ask
    try:
        if not secret:
            raise ValidationError(_("页面已过期，请重新扫码。"))
        actions.add_code_maker(
            user=request.user, secret=secret, code=request.POST.get("code", ""),
            label=request.POST.get("label", ""), by=request.user,
        )  # fmt: skip
    except ValidationError as error:
        return _own_page(request, 422, code_error=" ".join(error.messages))
    del request.session[DRAWN]
    return _added(request)


@require_POST
def add_key(request: SignedInRequest) -> HttpResponse:
    challenge = request.session.pop(ASKED, "")
    if ask := _changed(request):
        return ask
    try:
        actions.add_security_key(
            user=request.user, answer=request.POST.get("answer", ""),
            asked=security_keys.question_of(request, challenge), label=request.POST.get("label", ""),
            by=request.user,
        )  # fmt: skip
    except ValidationError as error:
        return _own_page(request, 422, key_error=" ".join(error.messages))
    return _added(request)


def _added(request: SignedInRequest) -> HttpResponse:
    """With the first factor come the recovery codes, shown on this answer only."""
    step_up.note_proof(request)
    messages.success(request, _("二次验证已启用，下次登录起生效。"))
    return redirect("accounts:second") if queries.codes_left(request.user) else recovery_codes(request)


@require_POST
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    if ask := _changed(request):
        return ask
    try:
        drawn = actions.new_recovery_codes(user=request.user, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("accounts:second")
    answer = render(request, "accounts/recovery_codes.html", {"drawn": drawn})
    setattr(answer, SHOWN_ONCE, True)
    return answer


@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    factor = get_object_or_404(SecondFactor, pk=pk, user=request.user)
    if ask := _changed(request):
        return ask
    try:
        actions.end_factor(factor=factor, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("已停用。"))
    return redirect("accounts:second")


@require_POST
@requires("role.grant")
def lift(request: SignedInRequest, pk: int) -> HttpResponse:
    try:
        actions.end_all(user=get_object_or_404(User, pk=pk), by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("已解除二次验证。请本人登录后重新启用。"))
    return redirect("accounts:person", pk)


@login_not_required
def door(request: HttpRequest) -> HttpResponse:
    """The second step of a sign-in. Guessing is counted as wrong passwords are, for the same person."""
    found = entering.half_way(request)
    if found is None:
        messages.warning(request, _("验证超时，请重新登录。"))
        return redirect("accounts:sign_in")
    user, wanted, how = found
    if request.method != "POST":
        return _proof_page(request, user)
    wait, refusal = _counted(request, user)
    if refusal:
        return _proof_page(request, user, 429 if wait else 422, error=refusal)
    return entering.prove(request, user, wanted, how)


def again(request: SignedInRequest) -> HttpResponse:
    """Once more before a weighty act; afterwards back to the page."""
    wanted = entering.safe_next(request, request.POST.get("next") or request.GET.get("next", ""))
    if not queries.live(request.user).exists():
        return redirect("accounts:second")
    if request.method != "POST":
        return _proof_page(request, request.user, again=True, next=wanted)
    wait, refusal = _counted(request, request.user)
    if refusal:
        return _proof_page(
            request, request.user, 429 if wait else 422, error=refusal, again=True, next=wanted
        )
    step_up.note_proof(request)
    return redirect(wanted)


def _counted(request: HttpRequest, user: User) -> tuple[int, str]:
    """(seconds to wait, why refused); (0, "") for the right proof."""
    source = attempts.source_of(request, f"second:{user.pk}")
    if wait := attempts.wait(source):
        return wait, _("错的次数太多，请 %(minutes)s 分钟后再试。") % {"minutes": -(-wait // 60)}
    attempts.take_a_try(source)
    challenge = request.session.pop(ASKED, "")
    try:
        if answer := request.POST.get("answer", ""):
            actions.prove_by_key(
                user=user, answer=answer, asked=security_keys.question_of(request, challenge)
            )
        else:
            actions.prove_by_code(user=user, code=request.POST.get("code", ""))
    except ValidationError as error:
        accounts.note_refusal(
            username=user.username, address=address_of(request), locked=False, tries=1, everywhere=1
        )
        return 0, " ".join(error.messages)
    attempts.forgive(source)
    return 0, ""


def _proof_page(request: HttpRequest, user: User, status: int = 200, **more: Any) -> HttpResponse:
    present = queries.credentials(user)
    keys = bool(present) and security_keys.possible(request)
    challenge, options = security_keys.to_prove(request, present) if keys else ("", "")
    request.session[ASKED] = challenge
    context = {"options": options, "keys": keys, "minutes": access().second.step_up_minutes}
    return render(request, "accounts/second_proof.html", context | more, status=status)


routes = [
    path("second/", cast(Any, own), name="second"),
    path("second/code/", cast(Any, add_code), name="second_code"),
    path("second/key/", cast(Any, add_key), name="second_key"),
    path("second/recovery/", cast(Any, recovery_codes), name="recovery_codes"),
    path("second/<int:pk>/end/", cast(Any, end), name="second_end"),
    path("second/proof/", door, name="second_proof"),
    path("second/again/", cast(Any, again), name="step_up"),
    path("people/<int:pk>/second/", cast(Any, lift), name="lift_second"),
]
