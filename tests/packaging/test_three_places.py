"""Town, district and city as three whole places on one machine, each with its own home, database, keys, rules
and people, one of them with the national algorithms; between them go files only."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.migrated import begin
from tests.packaging.conftest import CODE, environment, without_network
from tests.packaging.place_step import ANSWER

pytestmark = pytest.mark.slow
NAMES = {"town": "桐溪镇", "district": "安禾区", "city": "宁澜市"}
PLACE = CODE / "wenpan/demo/play/place.yaml"
OWN_RULES = {  # of the city: who misses the plan once is yellow, whoever is behind longer too
    "milder.yaml": """code: milder
name: 测试市规则
version: "1"
object: indicator
effective_from: 2000-01-01
source: 测试：市里用另一套规则
needs: [actual, margin]
rules:
  - {code: missed, light: YELLOW, reason: 本期任务未完成,
     when: [{fact: margin, comparison: "<", limit: 0, unit: points}]}
""",
    "in_force.yaml": """version: city
effective_from: 2000-01-01
source: 测试：市里用另一套规则
in_force:
  - {from: 2000-01-01, rules: milder}
""",
}


def wenpan(home: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "wenpan", *command], cwd=CODE, capture_output=True, text=True, check=False,
        env=environment(WENPAN_HOME=str(home), PYTHONPATH=str(CODE)),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


class Office:
    """A place at work, in a process and a net of its own, in which nothing is."""

    def __init__(self, name: str, home: Path, printed: str) -> None:
        self.name, self.home = NAMES[name], home
        found = re.search(r"往来密钥指纹: ((?:[0-9A-F]{4} ?){10})", printed)
        assert found, printed
        self.fingerprint = found[1].strip()  # as `init` printed it
        more = {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline", "WENPAN_LOG": "ERROR"}
        self.process = subprocess.Popen(
            without_network(sys.executable, CODE / "tests/packaging/place_step.py"), cwd=CODE, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(**more, PYTHONPATH=str(CODE)),
        )  # fmt: skip

    def do(self, step: str, /, **given: Any) -> dict[str, Any]:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps([step, given], ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        told = next((line for line in self.process.stdout if line.startswith(ANSWER)), None)
        assert told, f"{self.name}: {step} ended without an answer"
        found: dict[str, Any] = json.loads(told.removeprefix(ANSWER))
        return found

    def sends(self, other: Office, file: Path, **more: Any) -> dict[str, Any]:
        return self.do("write", office=other.name, to=str(file), **more)

    def takes(self, file: Path) -> dict[str, Any]:
        return self.do("take", file=str(file))


@pytest.fixture(scope="module")
def offices(tmp_path_factory) -> Iterator[tuple[Office, Office, Office]]:
    """The tables are those that the tests keep; the district is the town's new place once more."""
    root = tmp_path_factory.mktemp("places")
    printed = {"town": wenpan(begin(root / "town"), "init", "--place", str(PLACE))}
    shutil.copytree(root / "town", root / "district", ignore=shutil.ignore_patterns("office_ed25519"))
    printed["district"] = wenpan(root / "district", "init", "--place", str(PLACE))
    printed["city"] = wenpan(begin(root / "city"), "init", "--place", str(PLACE), "--profile", "sm")
    (root / "city/rules/lights").mkdir(parents=True, exist_ok=True)
    for name, text in OWN_RULES.items():
        (root / "city/rules/lights" / name).write_text(text, encoding="utf-8")
    wenpan(root / "city", "journal", "rules", "--reason", "市里另定规则")
    found = tuple(Office(name, root / name, printed[name]) for name in NAMES)
    try:
        for office in found:
            office.do("people")
        yield found
    finally:
        for office in found:
            office.process.stdin.close()
            office.process.wait(30)


def test_figures_go_up_and_answers_come_down_and_every_place_judges_by_its_own_rules(offices, tmp_path):
    town, district, city = offices
    assert len({office.fingerprint for office in offices}) == 3
    for here, there, standing in ((town, district, "upper"), (district, town, "lower"),
                                  (district, city, "upper"), (city, district, "lower")):  # fmt: skip
        card = there.do("card", name=there.name)
        forged = here.do("trust", standing=standing, fingerprint=here.fingerprint, **card)
        assert "指纹与名片不符" in forged["refused"]
        assert "office" in here.do("trust", standing=standing, fingerprint=there.fingerprint, **card)

    file = tmp_path / "up.json"
    sent = town.sends(district, file, title="三季度数据", as_of="2022-09")
    came = district.takes(file)
    assert [(row["indicator"], row["light"]) for row in came["judged"]] == [("retail", "RED")]
    assert district.takes(file)["refused"] == "这份文件已经收过。"
    assert "没有登记" in city.takes(file)["refused"]  # for another, and of a stranger

    back = tmp_path / "back.json"
    district.sends(town, back, title="答复", answers=came["letter"])
    answered = town.takes(back)
    assert answered["answers"] == sent["digest"] and answered["lights"][0]["light"] == "RED"

    further = tmp_path / "further.json"
    sent = district.sends(city, further, title="三季度数据", as_of="2022-09")
    changed = tmp_path / "changed.json"
    changed.write_text(further.read_text().replace("2.1", "9.1"))
    assert "签名不符" in city.takes(changed)["refused"]
    up = city.takes(further)
    assert came["rules"] == "default" and up["rules"] == "milder"  # the same figures, other rules
    assert [(row["indicator"], row["light"]) for row in up["judged"]] == [("retail", "YELLOW")]

    down = tmp_path / "down.json"
    told = [{"number": "1", "text": "请核实三季度增速"}]
    city.sends(district, down, title="意见", answers=up["letter"], replies=told)
    came = district.takes(down)
    assert came["answers"] == sent["digest"] and came["replies"] == told

    for office in offices:
        assert "nothing amiss" in wenpan(office.home, "doctor", "--quick")
    log = wenpan(district.home, "journal", "syslog").splitlines()
    told = [line for line in log if " exchange." in line]
    assert len(told) == 6  # two offices, two letters that came, two that went
    assert all(
        re.match(r"<1(08|09)>1 2022-10-20T02:00:00\.0+Z \S+ wenpan - exchange\.", line) for line in told
    )


def test_a_stranger_is_refused_and_a_revoked_key_no_longer_believed(offices, tmp_path):
    """The city never exchanged cards with the town; the district loses the town's trust."""
    town, district, city = offices
    town.do("trust", standing="upper", fingerprint=city.fingerprint, **city.do("card", name=city.name))
    straight = tmp_path / "straight.json"
    town.sends(city, straight, title="越级", as_of="2022-09")
    assert "没有登记" in city.takes(straight)["refused"]

    before = tmp_path / "before.json"
    town.sends(district, before, title="再报", as_of="2022-09")
    district.do("revoke", office=town.name, reason="笔记本电脑遗失")
    assert "已经停用" in district.takes(before)["refused"]
    again = town.do("card", name=town.name)
    no = district.do("trust", standing="lower", fingerprint=town.fingerprint, **again)
    assert "停用的不能再启用" in no["refused"]
