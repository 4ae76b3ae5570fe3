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
from django.views.decorators.http import require_POST

from wenpan.district.accounts import actions, queries, refusals
from wenpan.district.accounts.forms import (
    ChangePasswordForm,
    PersonForm,
    ResetPasswordForm,
    RoleForm,
    SignInForm,
)
from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import requires
from wenpan.district.accounts.roles import ROLES
from wenpan.district.ui.tables import Column, Table

COLUMNS = [
    Column("username", gettext_lazy("用户名")),
    Column("name", gettext_lazy("姓名")),
    Column("unit__short_name", gettext_lazy("单位")),
    Column("role", gettext_lazy("角色"), value=lambda user: user.role_label),
    Column("is_active", gettext_lazy("状态"), value=lambda user: _("启用") if user.is_active else _("停用")),
    Column("last_login", gettext_lazy("最近登录"), kind="date"),
]


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Who cannot be journalled does not come in."""
        actions.note_presence(user=form.get_user(), entered=True, address=_address(self.request))
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """A refused try is journalled as well; an empty form is no try."""
        username, address = str(form.data.get("username", "")).strip(), _address(self.request)
        if username and form.data.get("password"):
            tries, everywhere = refusals.count(address)
            locked = bool(getattr(self.request, "axes_locked_out", False))
            actions.note_refusal(
                username=username, address=address, locked=locked, tries=tries, everywhere=everywhere
            )
        return super().form_invalid(form)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _who(request: HttpRequest) -> User:
    """The signed-in user; LoginRequiredMiddleware lets nobody else come here."""
    return cast(User, request.user)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    actions.note_presence(user=_who(request), entered=False, address=_address(request))
    logout(request)
    return redirect("accounts:sign_in")


def password(request: HttpRequest) -> HttpResponse:
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = actions.change_password(user=_who(request), password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已修改。"))
        return redirect("home:entry")
    return render(request, "accounts/password.html", {"form": form})


@requires("account.manage", "role.grant")
def people(request: HttpRequest) -> HttpResponse:
    table = Table(request, COLUMNS, queries.people())
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
    context = {
        "person": shown,
        "roles": ROLES.values(),
        "role_form": RoleForm(initial={"role": shown.role}),
        "reset_form": ResetPasswordForm(),
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


@require_POST
@requires("account.manage")
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(User, pk=pk)
    form = ResetPasswordForm(request.POST)
    if not form.is_valid() or not _try(
        form,
        lambda: actions.reset_password(user=shown, password=form.cleaned_data["password"], by=_who(request)),
    ):
        return _person_page(request, shown, reset_form=form)
    messages.success(request, _("密码已重置；本人首次登录须修改。"))
    return redirect("accounts:person", pk)


def _try(form: Any, act: Any) -> Any:
    """The action's result, or None with its refusal written on the form."""
    try:
        return act()
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return None
