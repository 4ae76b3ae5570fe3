"""The optional OpenAI-compatible endpoint: off unless WENPAN_MODEL_URL is set; asked by a person's click.

The answer is a stranger's text: limited in size and time, from that one host only, and nothing of it counts
that `documents.orders.model_answers` does not find word for word in the paper.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.utils.translation import gettext as _

SECONDS = 60
MAX_BYTES = 2_000_000


class NoAnswer(Exception):  # noqa: N818
    """`message`: Chinese, why nothing came. Nothing was changed."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class Endpoint:
    url: str
    key: str
    name: str
    seconds: float = SECONDS


def configured() -> Endpoint | None:
    """As the environment says; None where no address, or none of http(s), is set."""
    url = os.environ.get("WENPAN_MODEL_URL", "").strip()
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        return None
    name = os.environ.get("WENPAN_MODEL_NAME", "").strip() or "default"
    return Endpoint(url, os.environ.get("WENPAN_MODEL_KEY", "").strip(), name)


class _SameHost(HTTPRedirectHandler):
    """A redirect may not carry the paper, nor the key, to somebody else: it is not followed at all."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


def ask(endpoint: Endpoint, messages: list[dict[str, str]]) -> str:
    """The content of the first choice. Raises NoAnswer."""
    body = {"model": endpoint.name, "messages": messages, "temperature": 0}
    request = Request(  # noqa: S310  (http or https only, see `configured`)
        _address(endpoint.url), data=json.dumps(body).encode(), method="POST",
        headers={"Content-Type": "application/json", "Accept": "application/json"},
    )  # fmt: skip
    if endpoint.key:
        request.add_unredirected_header("Authorization", f"Bearer {endpoint.key}")
    try:
        with build_opener(_SameHost).open(request, timeout=endpoint.seconds) as answer:
            data = _within(answer, endpoint.seconds)
    except (URLError, OSError, HTTPException, ValueError) as error:
        raise NoAnswer(_("模型服务没有应答（%(why)s），没有改动。") % {"why": type(error).__name__}) from None
    if len(data) > MAX_BYTES:
        raise NoAnswer(_("模型的回答过长，已舍弃。"))
    return _content(data)


def _within(answer: Any, seconds: float) -> bytes:
    """At most MAX_BYTES and one more; TimeoutError for an answer that drips."""
    end, data = time.monotonic() + seconds, b""
    while len(data) <= MAX_BYTES and (chunk := answer.read1(65536)):
        data += chunk
        if time.monotonic() > end:
            raise TimeoutError
    return data


def _address(url: str) -> str:
    return url if url.rstrip("/").endswith("/completions") else url.rstrip("/") + "/chat/completions"


def _content(data: bytes) -> str:
    try:
        content = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise NoAnswer(_("模型的回答不合格式，已舍弃。"))
    return content
