"""The bundle as a stranger gets it, unpacked and installed without a network; built once for all tests here.

WENPAN_TEST_BUNDLE names one that stands already.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

CODE = Path(__file__).resolve().parents[2]


def environment(**more: str) -> dict[str, str]:
    """As a terminal of the machine: none of the tests' own settings, and no project on the path."""
    dropped = ("WENPAN_", "DATABASE_URL", "DJANGO_", "FAIL_", "PYTHON")
    return {k: v for k, v in os.environ.items() if not k.startswith(dropped)} | more


def without_network(*command: str | Path) -> list[str]:
    """The command in a net of its own, in which nothing is; as it is where the machine does not let us."""
    probe = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False)
    return (["unshare", "-n"] if probe.returncode == 0 else []) + [str(part) for part in command]


@pytest.fixture(scope="session")
def bundle(tmp_path_factory) -> Path:
    """Built by the first process of the run that asks for it; the other waits and takes it."""
    if given := os.environ.get("WENPAN_TEST_BUNDLE"):
        return Path(given)
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "bundle"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return next(folder.glob("*.tar.gz"), None) or _built(folder)


def _built(folder: Path) -> Path:
    built = subprocess.run(
        [CODE / "script" / "bundle", "--to", folder, "--deb"], cwd=CODE, capture_output=True,
        env=environment(WENPAN_BUNDLE_ENV="1"), text=True, check=False,
    )  # fmt: skip
    if "could not be fetched" in built.stderr:
        pytest.skip("no package registry can be reached: the bundle cannot be built")
    assert built.returncode == 0, built.stderr
    return next(folder.glob("*.tar.gz"))


def _python() -> dict[str, str]:
    """The system's Python where it can make environments: other accounts may run it."""
    system = f"/usr/bin/python{sys.version_info[0]}.{sys.version_info[1]}"
    if not Path(system).exists():
        return {}
    done = subprocess.run([system, "-c", "import venv, ensurepip"], capture_output=True, check=False)
    return {"PYTHON": system} if done.returncode == 0 else {}


@dataclass(frozen=True)
class Installed:
    root: Path  # of the trial
    bundle: Path  # unpacked
    seconds: float
    told: str

    @property
    def wenpan(self) -> Path:
        return self.root / "opt" / "current" / "bin" / "wenpan"

    def run(self, *command: str | Path, home: Path, code: int = 0, **more: str) -> str:
        done = subprocess.run(
            without_network(self.wenpan, *command), env=environment(WENPAN_HOME=str(home), **more), cwd="/",
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="session")
def installed(bundle: Path) -> Installed:
    root = Path(tempfile.mkdtemp(prefix="wenpan-installed-"))
    root.chmod(0o755)  # another account starts it
    with tarfile.open(bundle) as archive:
        archive.extractall(root, filter="tar")
    unpacked = next(root.glob("wenpan-*"))
    begun = time.monotonic()
    done = subprocess.run(
        without_network("./install", "--prefix", root / "opt", "--home", root / "home", "--user", "daemon",
                        "--units", "--root", root / "root"),
        env=environment(**_python()), cwd=unpacked, umask=0o022, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    yield Installed(root, unpacked, time.monotonic() - begun, done.stdout)
    shutil.rmtree(root, ignore_errors=True)
