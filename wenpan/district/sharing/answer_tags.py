"""An answer that its reader may keep and ask for again: an ETag of its content, 304 where it is the same."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from wenpan.district.ground.no_store import MAY_BE_KEPT


def with_etag(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    if answer.status_code != 200 or answer.streaming:
        return answer
    tag = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["ETag"] = tag
    kept = get_conditional_response(request, etag=tag, response=answer)
    found = kept if isinstance(kept, HttpResponse) else answer
    setattr(found, MAY_BE_KEPT, True)
    return found
