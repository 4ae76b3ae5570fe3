"""Whoever signs in with a password that another person set, or with one that is too old, changes it before
anything else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wenpan.district.accounts.passwords import expired
from wenpan.district.accounts.request import SignedInRequest

OPEN = {"accounts:password", "accounts:sign_out", "accounts:sign_in", "set_language", "home:health"}


class ChangeTemporaryPassword:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: SignedInRequest, *_view: object) -> HttpResponse | None:
        if not (getattr(request.user, "temporary_password", False) or expired(request.user)):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if name in OPEN else redirect("accounts:password")
