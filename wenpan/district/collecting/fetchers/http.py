"""A web address: one file, fetched again only when it has changed (ETag, Last-Modified). No redirects; a
password goes over an encrypted connection only."""

from __future__ import annotations

import base64
import hashlib
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from wenpan.district.collecting.fetchers.offered import Fetched, OfferedFile, SourceFailedError
from wenpan.district.collecting.source_secrets import password_of
from wenpan.rules.sources import FileSource

SECONDS = 30.0
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class _StaysHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


def fetched(source: FileSource, mark: dict[str, str], _now: float) -> Iterator[Fetched]:
    request = urllib.request.Request(source.url, headers=_headers(source, mark))  # noqa: S310  (http or https)
    most = settings.UPLOAD_LIMIT_MB * 1024**2
    try:
        with urllib.request.build_opener(_StaysHere).open(request, timeout=SECONDS) as answer:
            data = answer.read(most + 1)
            said = answer.headers
    except urllib.error.HTTPError as fault:
        if fault.code == 304:
            return
        raise SourceFailedError(f"网址答复 {fault.code}") from None
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "reason", fault)
        words = getattr(reason, "strerror", None) or type(reason).__name__
        raise SourceFailedError(f"网址连不上（{words}）") from None
    if len(data) > most:
        raise SourceFailedError(f"文件超过 {settings.UPLOAD_LIMIT_MB} MB")
    new = {name: said[name] for name in ("ETag", "Last-Modified") if said[name]}
    key = hashlib.sha256(data).hexdigest()
    yield Fetched((OfferedFile(key, _name(said, source), len(data), lambda: data),), new)


def _headers(source: FileSource, mark: dict[str, str]) -> dict[str, str]:
    headers = {"User-Agent": "wenpan"}
    if tag := mark.get("ETag"):
        headers["If-None-Match"] = tag
    if since := mark.get("Last-Modified"):
        headers["If-Modified-Since"] = since
    if source.user:
        parts = urlsplit(source.url)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise SourceFailedError("带口令的网址须以 https:// 开头")
        password = password_of(source.code)
        if password is None:
            raise SourceFailedError("没有放置口令")
        pair = base64.b64encode(f"{source.user}:{password}".encode()).decode()
        headers["Authorization"] = f"Basic {pair}"
    return headers


def _name(said: Any, source: FileSource) -> str:
    """Of the answer's Content-Disposition, else the last part of the address."""
    holder = Message()
    holder["Content-Disposition"] = said.get("Content-Disposition") or "attachment"
    return holder.get_filename() or unquote(PurePosixPath(urlsplit(source.url).path).name) or source.code
