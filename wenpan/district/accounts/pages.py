"""Sign in, change one's password, and the people page of the two administrators."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts import (
    actions,
    attempts,
    entering,
    failed_sign_ins,
    passwords,
    powers,
    queries,
    resets,
)
from wenpan.district.accounts.addresses import address_of
from wenpan.district.accounts.forms import (
    ChangePasswordForm,
    FinishResetForm,
    PersonForm,
    RoleForm,
    SignInForm,
)
from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.request import SignedInRequest
from wenpan.district.accounts.roles import ROLES
from wenpan.district.accounts.second import queries as second
from wenpan.district.accounts.sessions import idle_minutes
from wenpan.district.ground.idempotency.middleware import SHOWN_ONCE
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ui import asked
from wenpan.district.ui.tables import PageTable, TableColumn
from wenpan.rules.access import access
from wenpan.rules.access.outside import outside

COLUMNS = [
    TableColumn("username", gettext_lazy("用户名")),
    TableColumn("name", gettext_lazy("姓名")),
    TableColumn("unit__short_name", gettext_lazy("单位")),
    TableColumn("post", gettext_lazy("职务")),
    TableColumn("telephone", gettext_lazy("办公电话")),
    TableColumn("role", gettext_lazy("角色"), value=lambda user: user.role_label),
    TableColumn(
        "is_active", gettext_lazy("状态"), value=lambda user: _("启用") if user.is_active else _("停用")
    ),
    TableColumn("last_login", gettext_lazy("最近登录"), kind="date"),
]


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ended = asked.choice(self.request.GET, "ended", {"idle", "long"})
        oidc = outside().oidc
        limits = {"idle": idle_minutes(), "longest": access().sessions.longest_hours}
        return super().get_context_data(
            ended=ended, provider=oidc.label if oidc.enabled else "", **limits, **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Counted before it is looked at; an empty form is no try."""
        username = _tried(request)
        if not username or not request.POST.get("password"):
            return super().post(request, *args, **kwargs)
        source = attempts.source_of(request, username)
        if attempts.wait(source):
            return _locked(request, username, attempts.wait(source))
        attempts.take_a_try(source)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Recognised; the rest of the way in is the same for everybody (entering.py)."""
        request, user = self.request, form.get_user()
        attempts.forgive(attempts.source_of(request, _tried(request)))
        return entering.recognised(request, user, self.get_success_url(), getattr(user, "recognised_by", ""))

    def form_invalid(self, form: Any) -> HttpResponse:
        """A refused try is journalled as well; an empty form is no try."""
        username = _tried(self.request)
        if username and form.data.get("password"):
            wait = attempts.wait(attempts.source_of(self.request, username))
            if wait:
                return _locked(self.request, username, wait)
            _note_refusal(self.request, username, locked=False)
        return super().form_invalid(form)


def _tried(request: HttpRequest) -> str:
    return str(request.POST.get("username", "")).strip()[:150]


def _note_refusal(request: HttpRequest, username: str, *, locked: bool) -> None:
    address = address_of(request)
    tries, everywhere = failed_sign_ins.count(address)
    actions.note_refusal(
        username=username, address=address, locked=locked, tries=tries, everywhere=everywhere
    )


def _locked(request: HttpRequest, username: str, seconds: int) -> HttpResponse:
    _note_refusal(request, username, locked=True)
    context = {"minutes": -(-seconds // 60)}
    answer = render(request, "accounts/locked.html", context, status=429)
    answer["Retry-After"] = str(seconds)
    return answer


@login_not_required
def finish_reset(request: HttpRequest) -> HttpResponse:
    """A stranger with both halves of a code gets a password of their own. Guessing is slowed down."""
    form = FinishResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        source = attempts.source_of(request, f"reset:{data['username']}")
        if wait := attempts.wait(source):
            return _locked(request, data["username"], wait)
        attempts.take_a_try(source)
        user = _try(
            form,
            lambda: resets.finish_reset(
                username=data["username"], code=data["code"], password=data["new_password1"]
            ),
        )
        if user:
            attempts.forgive(source)
            attempts.forgive(attempts.source_of(request, data["username"]))
            messages.success(request, _("密码已设好，请登录。"))
            return redirect("accounts:sign_in")
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/finish_reset.html", {"form": form}, status=status)


def _who(request: HttpRequest) -> User:
    """The signed-in user; LoginRequiredMiddleware lets nobody else come here."""
    return cast(User, request.user)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    actions.note_presence(user=_who(request), entered=False, address=address_of(request))
    logout(request)
    return redirect("accounts:sign_in")


def password(request: SignedInRequest) -> HttpResponse:
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.change_password(user=_who(request), password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已修改。"))
        return redirect("home:entry")
    return render(
        request, "accounts/password.html", {"form": form, "expired": passwords.expired(request.user)}
    )


@requires("account.manage", "role.grant")
def people(request: HttpRequest) -> HttpResponse:
    table = PageTable(request, COLUMNS, queries.people())
    if table.exporting:
        return table.response(_("人员"))
    return render(request, "accounts/people.html", {"table": table})


@requires("account.manage")
def new_person(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = _try(form, lambda: actions.create_user(**form.cleaned_data, by=_who(request)))
        if user:
            messages.success(request, _("已为 %(name)s 开账号；请安全管理员授予角色。") % {"name": user.name})
            return redirect("accounts:people")
    return render(request, "accounts/new_person.html", {"form": form})


@requires("account.manage", "role.grant")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(queries.people(), pk=pk)
    return _person_page(request, shown)


def _person_page(request: HttpRequest, shown: User, **forms: Any) -> HttpResponse:
    asked_for = queries.role_asked_for(shown)
    context = {
        "person": shown,
        "roles": ROLES.values(),
        "role_form": RoleForm(initial={"role": asked_for or shown.role}),
        "asked_for": ROLES[asked_for].label if asked_for else "",
        "role_refusal": powers.refusal_of_data_role(shown),
        "second_count": second.live(shown).count(),
        **_reset_of(_who(request), shown),
    }
    return render(request, "accounts/person.html", context | forms, status=422 if forms else 200)


@require_POST
@requires("role.grant")
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid() or not _try(
        form, lambda: actions.grant_role(user=shown, role=form.cleaned_data["role"], by=_who(request))
    ):
        return _person_page(request, shown, role_form=form)
    messages.success(request, _("%(name)s 的角色：%(role)s") % {"name": shown.name, "role": shown.role_label})
    return redirect("accounts:person", pk)


@require_POST
@requires("account.manage")
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    try:
        actions.set_active(user=shown, active=request.POST.get("active") == "1", by=_who(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("账号已启用。") if shown.is_active else _("账号已停用。"))
    return redirect("accounts:person", pk)


def _reset_of(by: User, shown: User) -> dict[str, Any]:
    """What the page says of a reset: may this administrator start one, and the first half of theirs."""
    found = resets.open_of(shown)
    mine = found is not None and found.started_by_id == by.pk
    return {
        "may_reset": resets.may_start(by, shown),
        "reset": found,
        "first_half": resets.first_half(found, by) if found is not None and mine else "",
    }


@require_POST
@requires("account.manage", "role.grant")
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    """No password is typed here: the page that follows shows the first half of a one-time code."""
    resets.start_reset(user=get_object_or_404(User, pk=pk), by=_who(request))
    messages.success(request, _("已发起密码重置。请把前半段告诉本人，后半段由另一名管理员转交。"))
    return redirect("accounts:person", pk)


@require_GET
@requires("role.grant", "journal.view")
def hand_overs(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/resets.html", {"resets": resets.to_hand_over(_who(request))})


@require_POST
@requires("role.grant", "journal.view")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown on this answer only; each look is journalled."""
    by = _who(request)
    chosen = next((found for found in resets.to_hand_over(by) if found.pk == pk), None)
    if chosen is None:
        raise NotYours
    half = resets.hand_over(reset=chosen, by=by)
    context = {"resets": resets.to_hand_over(by), "chosen": chosen, "half": half}
    answer = render(request, "accounts/resets.html", context)
    setattr(answer, SHOWN_ONCE, True)  # half of a code: the database keeps no copy of it
    return answer


def _try(form: Any, act: Any) -> Any:
    """The action's result, or None with its refusal written on the form."""
    try:
        return act()
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return None
