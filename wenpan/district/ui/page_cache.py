"""A page as it was drawn for one person, kept packed while nothing that it shows has changed.

`@cached_page` under `@requires`. Kept for this person as they are now (every field of the account), this
address, language, day and head of the journal: any write by anybody moves the head, and what was kept under
the old one is not asked for any more. What only the clock or a file on the disk changes is seen within
KEPT_SECONDS, as with `journal_cache`. Not kept: what carries a message, a part that HTMX asks for, an
answer that is no page.

The tokens of forms are cut out and made anew for each answer, so that no form is sent twice and no token
stays the same. The parts between are packed once: segments of one deflate stream, each ended by a full flush
(RFC 1951 §3.2.4), so that only the tokens are packed again. As Django does, a random name in the head of the
gzip member hides the length (BREACH).
"""

from __future__ import annotations

import hashlib
import re
import secrets
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from wenpan.district.ground.idempotency.keys import FIELD
from wenpan.district.ground.journal import queries as journal
from wenpan.district.ui import journal_cache
from wenpan.district.ui.english.pages import turned

TOKENS = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")[A-Za-z0-9]{64}(?=")|(?<="X-CSRFToken": ")[A-Za-z0-9]{64}(?=")'
    rb'|(?<=name="%s" value=")[A-Za-z0-9_-]{24}(?=")' % FIELD.encode()
)
LOOKS_LIKE_A_TOKEN = re.compile(rb'[A-Za-z0-9]{64}|name="%s" value="[^"]' % FIELD.encode())
LENGTH_OF_KEY = 24
PACKED_TYPE = "text/html; charset=utf-8"
ZEROS = bytes(2**20)
Page = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class PackedPart:
    """What stands before a token, or after the last. `sum`: its CRC-32; `length` in bytes, unpacked."""

    packed: bytes
    length: int
    sum: int
    then: str  # "token" | "key" | "" at the end


def cached_page(page: Page) -> Page:
    @wraps(page)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _keeps(request):
            return page(request, *args, **kwargs)
        key = _key(request)
        parts: tuple[PackedPart, ...] | None = cache.get(key)
        if parts is not None:
            return _answer(request, parts)
        response = page(request, *args, **kwargs)
        if _is_a_page(response) and (parts := _cut(_as_sent(response))):
            cache.set(key, parts, journal_cache.KEPT_SECONDS)
        return response

    return kept


def _keeps(request: HttpRequest) -> bool:
    return (
        bool(journal_cache.KEPT_SECONDS)
        and request.user.is_authenticated
        and request.method == "GET"
        and not request.headers.get("HX-Request")
        and "export" not in request.GET
        and not len(get_messages(request))
    )


def _key(request: HttpRequest) -> str:
    now = timezone.now()
    user: Any = request.user
    fields = (field.attname for field in user._meta.concrete_fields)
    seen = (
        [(name, getattr(user, name)) for name in fields if name != "last_login"],
        request.get_full_path(),
        get_language(),
        timezone.localdate(now),
        int(now.timestamp()) // journal_cache.KEPT_SECONDS,
        journal.head(),
    )
    return "page:" + hashlib.sha256(repr(seen).encode()).hexdigest()


def _is_a_page(response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and response.get("Content-Type", "") == PACKED_TYPE
        and not response.cookies
        and not response.has_header("Content-Encoding")
    )


def _as_sent(response: HttpResponseBase) -> bytes:
    content: bytes = response.content  # type: ignore[attr-defined]  # asked by `_is_a_page`
    return turned(content.decode()).encode() if get_language() == "en" else content


def _cut(content: bytes) -> tuple[PackedPart, ...]:
    """The page around its tokens; empty where something looks like a token and is none that is known."""
    parts, at = [], 0
    for found in TOKENS.finditer(content):
        then = "key" if len(found[0]) == LENGTH_OF_KEY else "token"
        parts.append(_packed(content[at : found.start()], then))
        at = found.end()
    if LOOKS_LIKE_A_TOKEN.search(TOKENS.sub(b"", content)):
        return ()
    return (*parts, _packed(content[at:], ""))


def _packed(content: bytes, then: str) -> PackedPart:
    return PackedPart(_deflated(content), len(content), zlib.crc32(content), then)


def _deflated(content: bytes, level: int = 6) -> bytes:
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)


def _answer(request: HttpRequest, parts: Iterable[PackedPart]) -> HttpResponse:
    """Packed for who takes gzip, else unpacked."""
    made = [(part, _made(request, part.then)) for part in parts]
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(_gzip(made), content_type=PACKED_TYPE, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(b"".join(_unpacked(made)), content_type=PACKED_TYPE)
    patch_vary_headers(response, ("Accept-Encoding",))
    response.in_english = True  # type: ignore[attr-defined]  # as it was sent the first time: see EnglishData
    return response


def _made(request: HttpRequest, kind: str) -> bytes:
    if kind == "key":
        return secrets.token_urlsafe(18).encode()
    return get_token(request).encode() if kind == "token" else b""


def _unpacked(made: Iterable[tuple[PackedPart, bytes]]) -> Iterable[bytes]:
    for part, token in made:
        yield zlib.decompressobj(-zlib.MAX_WBITS).decompress(part.packed)
        yield token


def _gzip(made: Iterable[tuple[PackedPart, bytes]]) -> bytes:
    name = secrets.token_hex(1 + secrets.randbelow(50)).encode()
    out, total, length = [b"\x1f\x8b\x08\x08\0\0\0\0\0\xff", name, b"\0"], 0, 0
    for part, token in made:
        total = zlib.crc32(token, _joined(total, part))
        length += part.length + len(token)
        out += [part.packed, _deflated(token, 0)] if token else [part.packed]
    tail = total.to_bytes(4, "little") + (length % 2**32).to_bytes(4, "little")
    return b"".join([*out, b"\x03\x00", tail])


def _joined(total: int, part: PackedPart) -> int:
    """CRC-32 of what came before and the part behind it, without unpacking: the sum is linear, so the earlier
    one is carried on over as many zeros as the part has bytes."""
    carried, none, left = total, 0, part.length
    while left:
        zeros = memoryview(ZEROS)[: min(left, len(ZEROS))]
        carried, none, left = zlib.crc32(zeros, carried), zlib.crc32(zeros, none), left - len(zeros)
    return carried ^ none ^ part.sum
