"""Part of `load`: one database. Prints one line of JSON with what was counted."""

from __future__ import annotations

import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, ProxyHandler, build_opener

from bars._demo import demonstration
from bars.bar import NotRunError, place

PASSWORD = "Stable-district-2022"
# The promise broken on purpose: one write in ten is answered and not done.
LOSES = """CREATE TRIGGER loses AFTER UPDATE OF telephone ON accounts_user WHEN NEW.telephone LIKE '%7'
BEGIN UPDATE accounts_user SET telephone = OLD.telephone WHERE id = NEW.id; END"""
PAGES = {
    "leader": ("/today/", "/board/", "/supervision/", "/sheet/", "/projects/key/"),
    "analyst": ("/today/", "/board/", "/data/", "/projects/", "/search/?q=投资"),
    "supervisor": ("/today/", "/supervision/matters/", "/campaigns/", "/checkup/"),
    "liaison": ("/today/", "/supervision/desk/", "/supervision/scores/", "/accounts/profile/"),
}


@dataclass
class Visitor:
    """A person at a browser. `times`: seconds of every answer; `told`: telephone numbers that were saved."""

    username: str
    role: str
    times: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))

    def ask(self, url: str, form: dict[str, str] | None = None) -> str:
        """The page; "" and a note where the answer is an error of the server."""
        begun = time.perf_counter()
        data = urlencode(form).encode() if form is not None else None
        try:
            with self.opener.open(url, data, timeout=30) as answer:
                text: str = answer.read().decode("utf-8", "replace")
        except HTTPError as error:
            text = ""
            if error.code >= 500:
                self.errors.append(f"{error.code} {url}")
        except (URLError, OSError) as error:
            text = ""
            self.errors.append(f"{error} {url}")
        self.times.append(time.perf_counter() - begun)
        return text


def main() -> None:
    seed, people, seconds = (int(text) for text in sys.argv[1:4])
    with place("load") as home:
        os.environ.pop("WENPAN_JOBS", None)
        visitors = _furnish(home, people)
        port = _free()
        server = subprocess.Popen(
            [sys.executable, "-m", "wenpan", "serve", "--port", str(port)],
            stdout=subprocess.DEVNULL, env={**os.environ, "WENPAN_LOG": "ERROR"},
        )  # fmt: skip
        try:
            _wait(port)
            _live(visitors, f"http://127.0.0.1:{port}", seconds, seed)
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
        print(json.dumps(_count(visitors)), flush=True)


def _furnish(home: Path, people: int) -> list[Visitor]:
    demonstration(home)
    from django.db import connection, connections

    from wenpan.district.accounts.actions import create_user
    from wenpan.district.accounts.models import Unit

    units = list(Unit.objects.order_by("code")[:10])
    visitors = []
    for number in range(people):
        role = list(PAGES)[number % len(PAGES)]
        name = f"load{number}"
        create_user(
            username=name, name=name, role=role, unit=units[number % len(units)], password=PASSWORD, by=None
        )
        visitors.append(Visitor(name, role))
    if os.environ.get("BARS_BROKEN"):
        with connection.cursor() as cursor:
            cursor.execute(LOSES)
    connections.close_all()
    return visitors


def _free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int) -> None:
    for _try in range(600):
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise NotRunError("the server did not answer")


def _live(visitors: list[Visitor], base: str, seconds: int, seed: int) -> None:
    gate = threading.Barrier(len(visitors))
    threads = [
        threading.Thread(target=_visit, args=(one, base, seconds, random.Random(seed + n), gate))
        for n, one in enumerate(visitors)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _visit(one: Visitor, base: str, seconds: int, chance: random.Random, gate: threading.Barrier) -> None:
    form = _form(one.ask(f"{base}/accounts/sign-in/"))
    one.ask(f"{base}/accounts/sign-in/", {**form, "username": one.username, "password": PASSWORD})
    gate.wait(300)
    one.times.clear()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if chance.random() < 0.25:
            _write(one, base, chance)
        else:
            one.ask(base + chance.choice(PAGES[one.role]).replace("投资", "%E6%8A%95%E8%B5%84"))
        time.sleep(chance.uniform(0.0, 0.5))


def _write(one: Visitor, base: str, chance: random.Random) -> None:
    url = f"{base}/accounts/profile/"
    form = _form(one.ask(url))
    number = f"0500-{chance.randint(1_000_000, 9_999_999)}"
    answer = one.ask(url, {**form, "telephone": number})
    if "已保存" in answer:
        one.told.append(number)


def _form(page: str) -> dict[str, str]:
    """The hidden fields of the page's main form."""
    main = page[page.find("<main") :]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main or page)
    return dict(found)


def _count(visitors: list[Visitor]) -> dict[str, int]:
    from wenpan.district.accounts.models import User
    from wenpan.district.ground.journal.queries import verify

    now = dict(User.objects.filter(username__startswith="load").values_list("username", "telephone"))
    lost = sum(bool(one.told) and now[one.username] != one.told[-1] for one in visitors)
    lost += 0 if verify().whole else 1
    times = sorted(t for one in visitors for t in one.times)
    for words in [words for one in visitors for words in one.errors][:5]:
        print(words, file=sys.stderr)
    return {
        "answers": len(times),
        "written": sum(len(one.told) for one in visitors),
        "errors": sum(len(one.errors) for one in visitors),
        "lost": lost,
        "median": round(1000 * statistics.median(times)),
        "p95": round(1000 * times[int(0.95 * len(times))]),
    }


if __name__ == "__main__":
    main()
