"""A list opened by its bare address goes to the view that its reader made the default."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from wenpan.district.ui.personal_lists import DefaultViewError


class DefaultView:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return redirect(error.address) if isinstance(error, DefaultViewError) else None
