"""Pages for what the machine does not allow now: 400, 500, and acts while the clock is back.

Reading goes on: a session that cannot be saved does not spoil an answer that only reads.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import defaults

from wenpan.district.ground import conditions

log = logging.getLogger("wenpan.conditions")
SAFE = ("GET", "HEAD", "OPTIONS")


class ClockGuard:
    """No act while the clock stands before a time that it showed already."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        conditions.note_time(conditions.home())
        if request.method not in SAFE and conditions.clock_is_back(conditions.home()):
            return page(request, "clock_back")
        return self.get_response(request)


class Sessions(SessionMiddleware):
    """Django's, but what cannot be saved on a full or read-only disk does not spoil reading."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            answer = super().process_response(request, response)
        except Exception as error:
            if request.method not in SAFE or not conditions.of_error(error):
                raise
            log.warning("a session was not saved: %s", error)
            return response
        return answer


def page(request: HttpRequest, code: str) -> HttpResponse:
    log.error("%s", conditions.SENTENCES[code])
    sentence = _(conditions.SENTENCES[code])
    return render(
        request, "condition.html", {"code": code, "sentence": sentence}, status=conditions.STATUS[code]
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: a condition of the machine says so; everything else is a fault of ours."""
    if code := conditions.of_error(sys.exc_info()[1]):
        return page(request, code)
    return defaults.server_error(request)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: also where a session could not be saved, and for names that fill the header of a part."""
    if code := conditions.of_error(exception):
        return page(request, code)
    long = isinstance(exception, MultiPartParserError) and "header size" in str(exception)
    sentence = (
        _("文件名太长，没有接收。请把文件名改到 200 个字以内再传。")
        if long
        else _("浏览器发来的内容不完整，没有办理。请返回上一页，刷新后再试。")
    )
    return render(request, "400.html", {"sentence": sentence}, status=400)
