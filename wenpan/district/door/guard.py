"""How often an address may knock: all calls in a minute, wrong links in ten. Kept in this one process.

Too many are answered 429 before anything is looked up, a form that is too large 413 before it is read.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wenpan.district.accounts.addresses import address_of
from wenpan.rules.requests import door_limits

MOST_ADDRESSES = 10_000


class Knocks:
    """So many within so many seconds for each address; the longest unheard of are forgotten first."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock, self._lock = seconds, clock, threading.Lock()
        self._of: OrderedDict[str, deque[float]] = OrderedDict()

    def count(self, address: str) -> int:
        with self._lock:
            return len(self._recent(address))

    def note(self, address: str) -> int:
        """One more; gives how many there are now."""
        with self._lock:
            held = self._recent(address)
            held.append(self._clock())
            self._of[address] = held
            self._of.move_to_end(address)
            while len(self._of) > MOST_ADDRESSES:
                self._of.popitem(last=False)
            return len(held)

    def clear(self) -> None:
        with self._lock:
            self._of.clear()

    def _recent(self, address: str) -> deque[float]:
        held = self._of.get(address, deque())
        since = self._clock() - self._seconds
        while held and held[0] <= since:
            held.popleft()
        return held


CALLS, WRONG = Knocks(60.0), Knocks(600.0)


class DoorGuard:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address, limits = address_of(request), door_limits()
        if CALLS.note(address) > limits.calls_a_minute or WRONG.count(address) >= limits.wrong_links:
            answer = render(request, "door/busy.html", status=429)
            answer["Retry-After"] = "600"
            return answer
        try:
            size = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            size = 0
        if size > (limits.files_at_once * limits.file_mb + 1) * 1024 * 1024:
            return render(request, "door/gone.html", {"large": True}, status=413)
        return self.get_response(request)


def note_wrong(request: HttpRequest) -> None:
    """A link that opens nothing was tried from this address."""
    WRONG.note(address_of(request))
