"""A real server on a demonstration of its own, and Debian's Chromium.

The demonstration is built once for a state of the code and kept in the cache of pytest; every test session
walks on a copy, so that yesterday's walk is not today's ledger.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests import one_browser

CODE = Path(__file__).resolve().parents[2]
CHROMIUM = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def _environment(home: Path) -> dict[str, str]:
    """As a stranger's terminal: none of the tests' own settings."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("WENPAN_", "DATABASE_URL", "DJANGO_", "FAIL_"))
    }
    return {**kept, "WENPAN_HOME": str(home)}


def _state_of_the_code() -> str:
    digest = hashlib.sha256()
    files = [p for p in (CODE / "wenpan").rglob("*") if p.suffix in {".py", ".yaml"} and p.is_file()]
    for path in sorted(files):
        digest.update(path.relative_to(CODE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def demo_built(request: pytest.FixtureRequest) -> Path:
    """The folder of a whole demonstration; do not write to it. WENPAN_TEST_DEMO names one that stands."""
    if given := os.environ.get("WENPAN_TEST_DEMO"):
        return Path(given)
    return built_in(Path(request.config.cache.mkdir("wenpan-demo")))  # type: ignore[union-attr]


def built_in(folder: Path) -> Path:
    """The demonstration of this state of the code: the first process that asks builds it, others wait."""
    home = folder / _state_of_the_code()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "demo.json").exists():
            for old in folder.iterdir():
                shutil.rmtree(old, ignore_errors=True)
            run = subprocess.run(
                [sys.executable, "-m", "wenpan", "demo", "--no-serve"],
                env=_environment(home), cwd=CODE, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert run.returncode == 0, run.stderr[-3000:]
    return home


@pytest.fixture(scope="session")
def demo_home(demo_built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to walk on."""
    home = tmp_path_factory.mktemp("walk") / "home"
    shutil.copytree(demo_built, home)
    return home


@pytest.fixture(scope="session")
def server(demo_home: Path) -> Iterator[str]:
    """The address of `wenpan serve`: web server and worker as in life."""
    yield from served(demo_home)


def served(home: Path) -> Iterator[str]:
    """Serves a place until the generator is closed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [sys.executable, "-m", "wenpan", "serve", "--port", str(port)], env=_environment(home), cwd=CODE
    )
    try:
        _wait_for(url, process)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=60)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended before it answered"
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer within a minute")


@pytest.fixture(scope="session")
def browser():
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is missing (Debian: apt-get install chromium)")
    pytest.importorskip("playwright.sync_api")
    with one_browser.playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield instance
        instance.close()


@pytest.fixture
def context(browser, server):
    """A window of 1366×768 that fails the test on a script error or an answer of 500."""
    window = browser.new_context(
        base_url=server, viewport={"width": 1366, "height": 768}, locale="zh-CN", accept_downloads=True
    )
    window.set_default_timeout(20_000)
    troubles: list[str] = []
    window.on("weberror", lambda error: troubles.append(str(error.error)))
    window.on("response", lambda r: troubles.append(f"{r.status} {r.url}") if r.status >= 500 else None)
    yield window
    window.close()
    assert not troubles, troubles


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture(scope="session")
def crawled(demo_built, tmp_path_factory):
    """Every kind of page as each role (crawl.py), read once a session."""
    home = tmp_path_factory.mktemp("plain") / "home"
    shutil.copytree(demo_built, home)
    shutil.rmtree(
        home / "previews", ignore_errors=True
    )  # a derived copy, of the code that built the demonstration
    return list(crawl(home, "zh-hans"))


def crawl(home: Path, language: str):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("WENPAN_", "DATABASE_URL", "DJANGO_"))}
    run = subprocess.run(
        [sys.executable, "-m", "tests.browser.crawl", language, "1"],
        env=kept | {"WENPAN_HOME": str(home), "PYTHONPATH": str(CODE)},
        cwd=CODE, capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    return map(json.loads, run.stdout.splitlines())
