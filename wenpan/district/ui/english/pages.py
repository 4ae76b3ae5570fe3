"""Middleware: an English page with the program's own data words in English, too.

Texts of the frame are gettext's. What comes from rule files and kept judgements is turned here, as it is
drawn: only text between tags, nothing that a person could send back (text areas, options without a value).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import yaml
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from wenpan.district.ui.english.sentences import english

LEFT = r"<(textarea|script|style|title)\b.*?</\1>|<option>[^<]*"
TEXT = re.compile(rf"{LEFT}|(?<=>)([^<>]*[\u4e00-\u9fff][^<>]*)(?=<)", re.S)


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    groups = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text("utf-8"))
    return {chinese: said for group in groups.values() for chinese, said in group.items()}


class EnglishData:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        drawn = not response.streaming and response.get("Content-Type", "").startswith("text/html")
        if drawn and get_language() == "en" and not getattr(response, "in_english", False):
            response.content = turned(response.content.decode()).encode()
        return response


def turned(page: str) -> str:
    known = words()

    def text(match: re.Match[str]) -> str:
        if match[2] is None:
            return match[0]
        before = html.unescape(match[2])
        after = english(before, known)
        return match[2] if after == before else html.escape(after, quote=False)

    return TEXT.sub(text, page)
