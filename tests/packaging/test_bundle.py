"""The bundle: whole, installed without a network in minutes, started behind a real nginx with TLS."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.packaging.conftest import CODE, environment

pytestmark = pytest.mark.slow
NGINX = shutil.which("nginx") or next((p for p in ("/usr/sbin/nginx",) if os.path.exists(p)), None)


def test_it_is_installed_without_a_network_in_less_than_five_minutes(installed):
    assert installed.seconds < 300
    assert "installed: wenpan" in installed.told
    assert "WAL" in installed.told  # what this SQLite means, in a plain sentence
    assert installed.run("--version", home=installed.root / "none").startswith("wenpan ")


def test_a_place_is_made_by_it_and_is_well(installed, tmp_path):
    told = installed.run("init", "--place", installed.bundle / "docs" / "place.example.yaml", home=tmp_path)
    assert "sysadmin" in told and "auditor" in told
    installed.run("doctor", home=tmp_path)


def test_every_file_is_as_listed_and_a_changed_one_is_refused(installed):
    listed = dict(
        reversed(line.split("  ", 1)) for line in (installed.bundle / "SHA256SUMS").read_text().splitlines()
    )
    files = {f"./{p.relative_to(installed.bundle)}": p for p in installed.bundle.rglob("*") if p.is_file()}
    assert set(files) - {"./SHA256SUMS"} == set(listed)
    victim = installed.bundle / "VERSION"
    kept = victim.read_text()
    victim.write_text("9.9\n")
    try:
        done = subprocess.run(
            ["./install", "--prefix", installed.root / "no"], cwd=installed.bundle, env=environment(),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        victim.write_text(kept)
    assert done.returncode != 0 and "安装包损坏" in done.stderr
    assert not (installed.root / "no").exists()


def test_the_bill_of_materials_names_every_wheel_with_its_hash(installed):
    bill = json.loads((installed.bundle / "sbom.cdx.json").read_text())
    assert bill["bomFormat"] == "CycloneDX"
    hashes = {h["content"] for c in bill["components"] for h in c.get("hashes", [])}
    wheels = [p for p in (installed.bundle / "wheels").iterdir() if not p.name.startswith("wenpan-")]
    assert len(wheels) > 40
    for wheel in wheels:
        assert hashlib.sha256(wheel.read_bytes()).hexdigest() in hashes, wheel.name
    unlicensed = [c["name"] for c in bill["components"] if not c.get("licenses")]
    assert len(unlicensed) <= len(bill["components"]) // 4, unlicensed


def test_it_names_no_registry_and_no_path_of_the_builder(installed):
    for path in installed.bundle.rglob("*"):
        if path.is_file() and path.suffix != ".whl":
            text = path.read_text(errors="replace")
            assert str(CODE) not in text, path
            assert "index-url" not in text and "simple/" not in text, path


def test_the_wheel_built_twice_is_the_same_bytes(tmp_path):
    import sys

    sums = []
    for name in ("one", "two"):
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / name], cwd=CODE,
            env=environment(SOURCE_DATE_EPOCH="1640995200"), capture_output=True, check=True,
        )  # fmt: skip
        wheel = next((tmp_path / name).glob("*.whl"))
        sums.append(hashlib.sha256(wheel.read_bytes()).hexdigest())
        time.sleep(2.1)  # the resolution of times in a zip
    assert sums[0] == sums[1]


def test_the_units_are_accepted_by_systemd(installed):
    analyze = shutil.which("systemd-analyze") or pytest.skip("systemd-analyze is missing")
    units = sorted((installed.root / "root/etc/systemd/system").iterdir())
    assert [unit.name for unit in units] == ["wenpan-backup.service", "wenpan-backup.timer", "wenpan.service"]
    for unit in units:
        assert "@" not in unit.read_text()
        done = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, check=False)
        mine = [line for line in done.stderr.splitlines() if unit.stem in line]
        assert done.returncode == 0 and mine == [], done.stderr + unit.read_text()


def test_the_debian_package_holds_the_bundle_and_leaves_the_place_alone(bundle, tmp_path):
    deb = next(bundle.parent.glob("*.deb"), None)
    if deb is None or shutil.which("dpkg-deb") is None:
        pytest.skip("dpkg-deb is missing")
    told = subprocess.run(["dpkg-deb", "--info", deb], capture_output=True, text=True, check=True).stdout
    assert "Package: wenpan" in told and "python3.11-venv" in told
    subprocess.run(["dpkg-deb", "-e", deb, tmp_path], check=True)
    for script in ("postinst", "prerm"):
        text = (tmp_path / script).read_text()
        assert "rm -rf /srv" not in text and "/etc/wenpan\n" not in text
        subprocess.run(["sh", "-n", tmp_path / script], check=True)
    listed = subprocess.run(["dpkg-deb", "-c", deb], capture_output=True, text=True, check=True).stdout
    assert "./usr/lib/wenpan/bundle/install" in listed and "root/root" in listed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def certificate(folder: Path) -> None:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "wenpan.example")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now).not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("wenpan.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, plain))


def test_it_starts_on_aarch64_under_an_emulator():
    """script/aarch64 --to FOLDER fetches half a gigabyte once; WENPAN_TEST_AARCH64 names that folder."""
    if not (folder := os.environ.get("WENPAN_TEST_AARCH64")):
        pytest.skip("WENPAN_TEST_AARCH64 names no folder that script/aarch64 filled")
    done = subprocess.run(
        [CODE / "script" / "aarch64", "--to", folder], cwd=CODE, env=environment(), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "aarch64, Python 3.11" in done.stdout and "'/healthz': 200" in done.stdout
    assert "SQLite: " in done.stdout  # WAL, or the plain sentence


@pytest.mark.skipif(NGINX is None, reason="nginx is missing (Debian: apt-get install nginx-light)")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as the unit's user")
def test_as_the_units_user_behind_a_real_nginx_with_tls_somebody_signs_in(installed, tmp_path_factory):
    may = subprocess.run(
        ["runuser", "-u", "daemon", "--", installed.wenpan, "--version"],
        env=environment(),
        cwd="/",
        capture_output=True,
        check=False,
    )
    if may.returncode != 0:
        pytest.skip("no other account may run this Python")
    folder = installed.root / "tls"
    folder.mkdir()
    certificate(folder)
    home = installed.root / "home"
    home.mkdir(exist_ok=True)
    shutil.chown(home, "daemon")
    inside, outside, plain = free_port(), free_port(), free_port()
    settings = {
        "WENPAN_HOME": str(home), "WENPAN_HOSTS": "wenpan.example", "WENPAN_HTTPS": "1",
        "WENPAN_ORIGINS": f"https://wenpan.example:{outside}", "WENPAN_PROXIES": "127.0.0.1",
    }  # fmt: skip
    as_daemon = ["runuser", "-u", "daemon", "--"]
    init = subprocess.run(
        [*as_daemon, installed.wenpan, "init", "--place", installed.bundle / "docs/place.example.yaml"],
        env=environment(**settings), cwd="/", capture_output=True, text=True, check=True,
    )  # fmt: skip
    password = next(line.split()[1] for line in init.stdout.splitlines() if line.startswith("sysadmin"))
    site = (installed.bundle / "nginx" / "wenpan.conf").read_text()
    site = site.replace("listen 443", f"listen 127.0.0.1:{outside}").replace(
        "listen 80", f"listen 127.0.0.1:{plain}"
    )
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{inside}").replace("/etc/wenpan/tls", str(folder))
    site = site.replace("Host $host;", "Host $host:$server_port;")
    (folder / "nginx.conf").write_text(
        f"pid {folder}/pid; error_log stderr; worker_processes 1; events {{}}\nhttp {{ access_log off;\n"
        f"client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;\n{site}\n}}\n"
    )
    assert NGINX is not None
    subprocess.run([NGINX, "-t", "-c", folder / "nginx.conf"], check=True, capture_output=True)
    serve = subprocess.Popen(
        [*as_daemon, installed.wenpan, "serve", "--port", str(inside)], env=environment(**settings), cwd="/",
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    nginx = subprocess.Popen(
        [NGINX, "-c", folder / "nginx.conf", "-g", "daemon off;"], stderr=subprocess.DEVNULL
    )
    try:
        trust = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
        jar: dict[str, str] = {}

        def ask(method: str, path: str, body: str = "") -> tuple[int, str, str]:
            link = HTTPSConnection("127.0.0.1", outside, context=trust, timeout=30)
            link.sock = trust.wrap_socket(
                socket.create_connection(("127.0.0.1", outside), 30), server_hostname="wenpan.example"
            )
            host = f"wenpan.example:{outside}"
            headers = {"Host": host, "Cookie": "; ".join(f"{k}={v}" for k, v in jar.items())}
            if body:
                headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{host}{path}",
                            "Origin": f"https://{host}"}  # fmt: skip
            link.request(method, path, body or None, headers)
            answer = link.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                assert "Secure" in cookie
                key, _, value = cookie.partition(";")[0].partition("=")
                jar[key] = value
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()

        for _n in range(240):
            try:
                if ask("GET", "/healthz")[0] == 200:
                    break
            except OSError:
                pass
            time.sleep(0.5)
        assert ask("GET", "/accounts/sign-in/")[0] == 200
        form = f"csrfmiddlewaretoken={jar['csrftoken']}&username=sysadmin&password={password}"
        status, where, _body = ask("POST", "/accounts/sign-in/", form)
        assert (status, where) == (302, "/")
        assert ask("GET", "/accounts/password/")[0] == 200
    finally:
        for process in (nginx, serve):
            process.terminate()
            process.wait(60)
