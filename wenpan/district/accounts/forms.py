"""Forms of the accounts room; the rules stand in actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.outside.words import WAITING, waiting_words
from wenpan.district.accounts.passwords import AccessProfile
from wenpan.district.accounts.roles import ROLES


def _new_password() -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": "new-password"})


def _roles() -> list[tuple[str, object]]:
    return [("", _("（不授权）")), *((role.code, role.label) for role in ROLES.values())]


def _style(form: forms.BaseForm) -> None:
    for field in form.fields.values():
        kind = "form-select" if isinstance(field.widget, forms.Select) else "form-control"
        field.widget.attrs.setdefault("class", kind)


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": _("用户名或密码不对。连续输错 8 次须等一会儿再试，再错则等得更久。"),
        "inactive": _("这个账号已停用，请联系系统管理员。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")
        _style(self)

    def get_invalid_login_error(self) -> forms.ValidationError:
        """Whom the directory knows and who is not let in yet is told so, not that the password was wrong."""
        if getattr(self.request, WAITING, False):
            return forms.ValidationError(waiting_words(), code="outside_waiting")
        return super().get_invalid_login_error()


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _style(self)


class PersonForm(forms.Form):
    username = forms.RegexField(
        r"^[\w.@-]+$",
        label=_("用户名"),
        max_length=40,
        error_messages={"invalid": _("用户名只用字母、数字和 . @ - _")},
    )
    name = forms.CharField(label=_("姓名"), max_length=40)
    unit = forms.ModelChoiceField(
        Unit.objects.all(), label=_("单位"), required=False, empty_label=_("（无）")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _style(self)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("这个用户名已经有人用了。"))
        return username


class OpenOutsideForm(PersonForm):
    """An account for somebody whom another system vouches for: the name is the one that it said."""

    name = None  # type: ignore[assignment]


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), required=False, choices=_roles)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _style(self)


class FinishResetForm(forms.Form):
    """The person's own: the whole code, and a password that nobody else knows."""

    username = forms.CharField(label=_("用户名"), max_length=150)
    code = forms.CharField(
        label=_("重置码"),
        max_length=40,
        help_text=_("前半段在前、后半段在后，各 6 位，两名管理员分别告诉您。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    new_password1 = forms.CharField(label=_("新密码"), max_length=128, widget=_new_password())
    new_password2 = forms.CharField(label=_("再输一次新密码"), max_length=128, widget=_new_password())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = AccessProfile().get_help_text()
        _style(self)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("new_password1") != data.get("new_password2"):
            self.add_error("new_password2", _("两次输入的密码不一样。"))
        return data
