"""What makes two sent forms the same form."""

from __future__ import annotations

import hashlib
import json

from django.http import HttpRequest

FIELD = "form_key"  # the hidden field of every POST form
MOST = 100  # characters of a key; longer ones are no key of ours
_CHUNK = 1 << 16


def content_of(request: HttpRequest) -> str:
    """SHA-256 over the fields and files of a sent form, without its key and its token against forgery."""
    fields = sorted(
        (name, values) for name, values in request.POST.lists() if name not in (FIELD, "csrfmiddlewaretoken")
    )
    digest = hashlib.sha256(json.dumps(fields).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(json.dumps([name, file.name, file.size]).encode())
            for chunk in file.chunks(_CHUNK):
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def key_of(request: HttpRequest, content: str) -> tuple[str, bool]:
    """(key of the row, whether the form brought its own key). The address is part of it: the buttons of one
    form may lead to several addresses."""
    given = request.POST.get(FIELD, "")
    named = 0 < len(given) <= MOST
    parts = [request.get_full_path(), given if named else "", "" if named else content]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest(), named
