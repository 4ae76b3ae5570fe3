"""A stranger's walk by the administrator's handbook, each step as it is printed there.

The bundle is installed, yesterday's backup restored, the place moved (in the run on PostgreSQL), people
opened from a list, a unit added, a second factor set up, somebody signed in through OIDC, and the evidence
read. From the bundle and, where none can be built, from the sources all the same.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pyotp
import pytest
import requests
import xlsxwriter
import yaml

from tests.district.accounts.outside.conftest import Provider
from tests.packaging.conftest import CODE, environment
from tests.packaging.test_moving import empty_database as empty_database

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
HANDBOOK = (CODE / "docs/how-to/administrator.md").read_text("utf-8")
OWN_PASSWORD = "Quiet-river-2026"


def printed(*words: str) -> None:
    """The step is one of the handbook's, in its words."""
    assert [one for one in words if one not in HANDBOOK] == []


class Place:
    """The program as it was installed, and the folder of a place."""

    def __init__(self, program: list[str], rules: Path, example: Path, home: Path) -> None:
        self.program, self.rules, self.example, self.home = program, rules, example, home
        self.database = ""

    def environment(self) -> dict[str, str]:
        more = {"WENPAN_HOME": str(self.home)}
        more |= {"DATABASE_URL": self.database} if self.database else {}
        return environment(**more | ({"PYTHONPATH": str(CODE)} if self.program[0] == sys.executable else {}))

    def run(self, *command: str | Path, code: int = 0) -> str:
        done = subprocess.run(
            [*self.program, *map(str, command)], env=self.environment(), cwd="/", capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    @contextmanager
    def served(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        serve = subprocess.Popen(
            [*self.program, "serve", "--port", str(port)], env=self.environment(), cwd="/",
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        try:
            for _n in range(480):
                assert serve.poll() is None, "serve ended"
                try:
                    if requests.get(f"{address}/healthz", timeout=5).status_code == 200:
                        break
                except requests.RequestException:
                    time.sleep(0.5)
            yield address
        finally:
            serve.terminate()
            serve.wait(60)


class Person(requests.Session):
    """Somebody at a browser: forms carry the page's own token and are followed to their answer."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def page(self, path: str) -> str:
        answer = self.get(self.address + path, timeout=60)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    def fill(self, path: str, form: dict[str, str], *, on: str = "", code: int = 200, **more: object) -> str:
        if on or not self.cookies.get("csrftoken"):
            self.page(on or path)
        hidden = {"csrfmiddlewaretoken": self.cookies["csrftoken"]}
        answer = self.post(self.address + path, form | hidden, timeout=60, **more)  # type: ignore[arg-type]
        assert answer.status_code == code, (path, answer.status_code, answer.text[:2000])
        return answer.text

    def enter(self, username: str, password: str) -> str:
        door = "/accounts/sign-in/"
        return self.fill(door, {"username": username, "password": password}, on=door)


def program_from_bundle(request) -> tuple[list[str], Path, Path]:
    installed = request.getfixturevalue("installed")
    docs = installed.bundle / "docs"
    return [str(installed.wenpan)], docs / "rules", docs / "place.example.yaml"


def program_from_sources(_request) -> tuple[list[str], Path, Path]:
    return [sys.executable, "-m", "wenpan"], CODE / "wenpan/rules", CODE / "wenpan/demo/play/place.yaml"


# In CI the bundle alone: it holds the same program, and the walk takes a minute.
@pytest.fixture(params=["bundle"] if os.environ.get("CI") else ["bundle", "sources"])
def place(request, tmp_path) -> Place:
    found = {"bundle": program_from_bundle, "sources": program_from_sources}[request.param](request)
    return Place(*found, tmp_path / "home")


def first_passwords(told: str) -> dict[str, str]:
    rows = [line.split() for line in told.splitlines()]
    return {row[0]: row[1] for row in rows if row and row[0] in ("sysadmin", "secadmin", "auditor")}


def administrators(address: str, passwords: dict[str, str]) -> dict[str, Person]:
    """The three sign in with what `init` printed and are asked for passwords of their own first."""
    found = {}
    for name, password in passwords.items():
        found[name] = person = Person(address)
        assert "new_password1" in person.enter(name, password)
        form = {"old_password": password, "new_password1": OWN_PASSWORD, "new_password2": OWN_PASSWORD}
        person.fill("/accounts/password/", form)
    return found


def roster() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((
            ("姓名", "账号", "单位", "职务", "角色", "办公电话"),
            ("林知秋", "linzq", "经发局", "综合科科长", "经发局分析员", "0571-88001234"),
            ("周明远", "zhoumy", "督查绩效办", "主任", "督查绩效办负责人", "0571-88001235"),
        )):  # fmt: skip
            sheet.write_row(at, 0, row)
    return out.getvalue()


def halves(page: str) -> list[str]:
    return re.findall(r'ac-half">([\w-]+)<', page)


def kept(page: str) -> str:
    return page.partition('name="kept" value="')[2].partition('"')[0]


def test_a_stranger_walks_through_the_handbook(place, request, tmp_path):
    printed(
        "wenpan init --place place.yaml",
        "docs/place.example.yaml",
        "日志 → 合规举证",
        "wenpan evidence --to evidence.csv",
    )
    passwords = first_passwords(place.run("init", "--place", place.example))
    yesterday = restored_from_yesterday(place, tmp_path)
    assert yesterday.exists()
    if ON_POSTGRESQL:
        place.database = request.getfixturevalue("empty_database")
        move_to_postgresql(place)
    with place.served() as address:
        three = administrators(address, passwords)
        people = two_people(address, three)
        a_unit(three["sysadmin"], people["zhoumy"])
        a_second_factor(address, people["linzq"], place)
        through_oidc(address, three, place)
        assert "GB/T 22239" in three["auditor"].page("/journal/evidence/")
    told = place.run("evidence", "--to", tmp_path / "evidence.csv", code=1)  # duties of the place are open
    assert "met " in told and "按手册启用每日备份" in told
    assert (tmp_path / "evidence.csv").stat().st_size > 1000
    place.run("doctor")


def restored_from_yesterday(place: Place, tmp_path: Path) -> Path:
    """`backup --to`, the machine lost, `restore --keys … --accept-rules` into an empty home."""
    printed(
        "wenpan backup --to",
        "wenpan restore FILE --keys FOLDER --accept-rules",
        "copy `WENPAN_HOME/keys` once",
    )
    place.run("backup", "--to", tmp_path / "mnt")
    (archive,) = (path for path in (tmp_path / "mnt").iterdir() if path.is_file())
    keys = shutil.copytree(place.home / "keys", tmp_path / "envelope")
    shutil.rmtree(place.home)
    place.run("restore", archive, "--keys", keys, "--accept-rules")
    place.run("doctor")
    return archive


def move_to_postgresql(place: Place) -> None:
    printed("wenpan move --to postgresql://", "wenpan doctor --quick")
    url, place.database = place.database, ""
    place.run("move", "--to", url)
    place.database = url
    place.run("doctor", "--quick")


def two_people(address: str, three: dict[str, Person]) -> dict[str, Person]:
    """From a list: opened by one administrator, empowered by another, each with half of a code."""
    printed("人员 → 按名单开账号", "presses 全部办理", "重置码 → 打印新账号的后半段")
    printed("登录页 → 凭重置码设密码")
    system, security = three["sysadmin"], three["secadmin"]
    files = {"file": ("名单.xlsx", roster())}
    page = system.fill("/settings/people/check/", {}, on="/settings/people/", files=files)
    assert "新开2个" in page
    slips = system.fill("/settings/people/take-in/", {"kept": kept(page)})
    first = halves(slips)
    today = security.page("/today/")
    picks = re.findall(r'name="pick" value="(\d+)"', today)
    assert len(picks) == 2
    security.fill("/today/accounts-grant-asked/do/", {"pick": picks})  # type: ignore[dict-item]
    second = halves(security.fill("/settings/people/second-slips/", {}))
    found = {}
    for name, one, other in zip(("linzq", "zhoumy"), first, second, strict=True):
        found[name] = person = Person(address)
        form = {"username": name, "code": one + other, "new_password1": OWN_PASSWORD,
                "new_password2": OWN_PASSWORD}  # fmt: skip
        person.fill("/accounts/reset/", form, on="/accounts/reset/")
        assert "林知秋" in person.enter(name, OWN_PASSWORD) or "周明远" in person.page("/today/")
    return found


def a_unit(system: Person, head: Person) -> None:
    """Proposed by the system administrator, put in force by the head of supervision."""
    printed("proposed by one and put in force by another", "| 单位名录: new,")
    unit = {
        "code": "", "name": "安禾区数据局", "short_name": "数据局", "kind": "部门", "aliases": "大数据局",
        "parent": "区政府办", "active_from": "", "active_to": "", "successor": "", "order": "20",
        "since": date.today().isoformat(), "reason": "区编办〔2026〕8号",
    }  # fmt: skip
    system.fill("/settings/units/line/", unit, on="/settings/units/line/")
    page = head.page("/settings/")
    assert "数据局" in page
    (pk,) = re.findall(r"/settings/(\d+)/decide/", page)
    head.fill(f"/settings/{pk}/decide/", {"deed": "force"})
    assert "大数据局" in head.page("/settings/units/lines/")


def a_second_factor(address: str, person: Person, place: Place) -> None:
    """An authenticator is set up; the password alone opens nothing any more."""
    printed("二次验证 (the menu of the name)", "ten recovery codes", "the password alone opens nothing")
    page = person.page("/accounts/second/")
    secret = re.search(r'ac-secret">(\w+)<', page).group(1)  # type: ignore[union-attr]
    maker = pyotp.TOTP(secret)
    codes = person.fill("/accounts/second/code/", {"code": maker.now(), "label": "工作手机"})
    assert len(re.findall(r"[A-Z2-9]{5}-[A-Z2-9]{5}", codes)) == 10
    again = Person(address)
    assert "动态口令" in again.enter("linzq", OWN_PASSWORD)
    assert again.get(f"{address}/board/", allow_redirects=False, timeout=60).status_code == 302


def through_oidc(address: str, three: dict[str, Person], place: Place) -> None:
    """Copied from the rules of the program, filled in, told to the journal; the newcomer waits first."""
    printed("Copy `docs/rules/outside.yaml`", "wenpan journal rules --reason", "人员 → 统一认证")
    provider = Provider()
    provider.claims = {"staff_number": "A1001", "name": "张三"}
    text = yaml.safe_load((place.rules / "outside.yaml").read_text("utf-8"))
    text["oidc"] |= {"enabled": True, "issuer": provider.issuer, "client_id": "wenpan"}
    own = place.home / "rules" / "outside.yaml"
    own.write_text(yaml.safe_dump(text, allow_unicode=True), "utf-8")
    place.run("journal", "rules", "--reason", "启用统一认证，信息中心第3号通知")
    try:
        assert "首次登录" in _come(address, provider)
        system = three["sysadmin"]
        (number,) = set(re.findall(r"/accounts/outside/(\d+)/", system.page("/accounts/outside/")))
        system.fill(f"/accounts/outside/{number}/decide/", {"act": "open", "username": "zhangsan"})
        assert "张三" in _come(address, provider)
    finally:
        provider.server.shutdown()
        provider.server.server_close()


def _come(address: str, provider: Provider) -> str:
    person = Person(address)
    person.page("/accounts/sign-in/")
    asked = person.get(f"{address}/accounts/outside/go/", allow_redirects=False, timeout=60)
    person.get(
        f"{address}/accounts/outside/back/", params=provider.agree(asked.headers["Location"]), timeout=60
    )
    return person.fill("/accounts/outside/enter/", {})
