"""我的资料: what is a person's own and no right: the telephone of the office and the size of the letters."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wenpan.district.accounts import personal_actions as actions
from wenpan.district.accounts.request import SignedInRequest


def profile(request: SignedInRequest) -> HttpResponse:
    typed, why = request.user.telephone, ""
    if request.method == "POST":
        typed = request.POST.get("telephone", "")[:60]
        try:
            actions.set_telephone(user=request.user, telephone=typed, by=request.user)
        except ValidationError as error:
            why = "；".join(error.messages)
        else:
            messages.success(request, _("已保存。"))
            return redirect("accounts:profile")
    context = {"typed": typed, "why": why}
    return render(request, "accounts/profile.html", context, status=422 if why else 200)


@require_POST
def text_size(request: SignedInRequest) -> HttpResponse:
    actions.set_text_size(large=request.POST.get("large") == "1", by=request.user)
    back = request.POST.get("next", "")[:300]
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return redirect(back if ours else "/")
