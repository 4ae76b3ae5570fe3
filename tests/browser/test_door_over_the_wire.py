"""The firms' door as the process that it is in life, asked by raw HTTP as somebody who wants in asks."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time

import pytest

from tests.browser.conftest import CODE, _environment, _wait_for

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PATHS = (
    "/accounts/sign-in/", "/firms/", "/firms/1/", "/supervision/matters/1/",
    "/projects/returns/", "/api/v1/matters",
    "/api/v1/openapi.json", "/tables/matters.csv", "/calendar/feed/x.ics", "/data/", "/journal/", "/health/",
    "/static/../wenpan.sqlite3", "/static/%2e%2e/wenpan.sqlite3", "/static/..%2f..%2fwenpan.sqlite3",
    "/%2e%2e/%2e%2e/etc/passwd", "//firms/", "/l/../firms/", "/r/2022-S0001/", "/r/1/../../firms/", "/admin/",
    "/l/%00/", "/r/%F0%9F%92%A9/", "/file/", "/l/" + "A" * 4000 + "/", "/?next=/firms/", "/r/2022-S0001/add/",
)  # fmt: skip
HEADERS = (
    "X-Original-URL: /firms/", "X-Rewrite-URL: /firms/", "X-Forwarded-Host: inside.example",
    "X-Forwarded-Prefix: /firms", "X-Script-Name: /firms", "X-HTTP-Method-Override: DELETE",
    "Authorization: Bearer guess", "Cookie: sessionid=guess; wenpan_door=guess", "Forwarded: for=127.0.0.1",
    "X-Forwarded-For: 127.0.0.1",
)  # fmt: skip


@pytest.fixture(scope="module")
def door(demo_built, tmp_path_factory):
    """(port of the door, port of the program), served as `wenpan serve --door` serves them."""
    home = tmp_path_factory.mktemp("door") / "home"
    shutil.copytree(demo_built, home)
    ports = []
    for _ in range(2):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            ports.append(probe.getsockname()[1])
    command = [sys.executable, "-m", "wenpan", "serve", "--port", str(ports[0]), "--door", str(ports[1])]
    process = subprocess.Popen(command, env=_environment(home), cwd=CODE)
    try:
        _wait_for(f"http://127.0.0.1:{ports[0]}", process)
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", ports[1])) == 0:
                    break
            time.sleep(0.1)
        yield ports[1], ports[0]
    finally:
        process.terminate()
        process.wait(timeout=60)


def ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        line.settimeout(20)
        told = b""
        try:
            while chunk := line.recv(65536):
                told += chunk
        except (TimeoutError, ConnectionError):
            pass
    return told


def get(port: int, path: str, *headers: str, verb: str = "GET", body: bytes = b"") -> tuple[int, bytes]:
    lines = [f"{verb} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    told = ask(port, "\r\n".join(lines).encode() + b"\r\n\r\n" + body)
    return int(told.split(b" ", 2)[1]) if told else 0, told


def test_nothing_but_the_door_is_behind_its_port(door):
    """Not an address of the program, not a file, by no header and by no way of writing it."""
    port, _inside = door
    wrong = []
    for path in PATHS:
        status, told = get(port, path)
        if status not in (400, 403, 404, 405, 414, 429) or b"SQLite" in told or b"root:" in told:
            wrong.append((path, status))
    for header in HEADERS:
        status, told = get(port, "/", header)
        if status not in (400, 403, 404, 429) or b"inside.example" in told:
            wrong.append((header, status))
    assert wrong == []


def test_no_answer_tells_what_it_is_made_of_or_sets_anything(door):
    port, _inside = door
    for verb in ("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "POST", "PROPFIND"):
        status, told = get(port, "/firms/1/", verb=verb, body=b"x=1" if verb == "POST" else b"")
        assert status in (400, 403, 404, 405, 429, 501), (verb, status)
        head = told.split(b"\r\n\r\n")[0].lower()
        assert b"set-cookie" not in head, verb
        for name in (b"django", b"python", b"traceback", b"wenpan.district"):
            assert name not in told.lower(), (verb, name)


def test_two_lengths_and_a_broken_request_are_refused(door):
    """Smuggling: a second request hidden in the body of the first reaches nobody."""
    port, _inside = door
    hidden = b"GET /firms/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    both = (
        b"POST /file/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 4\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden
    )
    twice = (
        b"POST /file/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 3\r\n"
        b"Content-Length: 90\r\n\r\nabc"
    )
    for request in (both, twice, b"GET\r\n\r\n", b"\x16\x03\x01\x02\x00", b"GET / HTTP/9.9\r\n\r\n"):
        told = ask(port, request)
        statuses = [part[:3] for part in told.split(b"HTTP/1.1 ")[1:]]
        assert not told or not {b"200", b"302", b"500"} & set(statuses), (request[:40], statuses)


def test_a_link_of_the_door_and_its_cookie_open_nothing_of_the_program(door):
    _port, inside = door
    for path in ("/l/guess/", "/file/", "/r/2022-S0001/"):
        status, _told = get(inside, path)
        assert status in (302, 404), path
