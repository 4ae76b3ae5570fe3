"""Town, district and city as three whole places on one machine, each with its own home, database, keys and
people, one of them with the national algorithms; between them go files only."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.packaging.conftest import CODE, environment, without_network
from tests.packaging.test_moving import wenpan

pytestmark = pytest.mark.slow
NAMES = {"town": "桐溪镇", "district": "安禾区", "city": "宁澜市"}


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("places")
    made = {name: root / name for name in NAMES}
    for name, home in made.items():
        profile = "sm" if name == "city" else "standard"
        wenpan(home, "init", "--place", str(CODE / "wenpan/demo/play/place.yaml"), "--profile", profile)
        step(home, "people")
    return made


def step(home: Path, what: str, /, **given: Any) -> dict[str, Any]:
    """In a process of that place, in a net in which nothing is."""
    told = json.dumps(given, ensure_ascii=False)
    script = CODE / "tests/packaging/place_step.py"
    more = {"WENPAN_HOME": str(home), "WENPAN_JOBS": "inline", "WENPAN_LOG": "ERROR", "PYTHONPATH": str(CODE)}
    done = subprocess.run(
        without_network(sys.executable, script, what, told), cwd=CODE, capture_output=True, text=True,
        check=False, env=environment(**more),
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_figures_go_up_and_answers_come_down_and_every_place_judges_by_its_own_rules(places, tmp_path):
    cards = {name: step(home, "card", name=NAMES[name]) for name, home in places.items()}
    for here, there, standing in (
        ("town", "district", "upper"), ("district", "town", "lower"),
        ("district", "city", "upper"), ("city", "district", "lower"),
    ):  # fmt: skip
        step(places[here], "trust", standing=standing, **cards[there])

    def send(here: str, there: str, **more: Any) -> tuple[dict[str, Any], str]:
        file = str(tmp_path / f"{here}-{there}-{len(list(tmp_path.iterdir()))}.json")
        return step(places[here], "write", office=NAMES[there], to=file, **more), file

    sent, file = send("town", "district", title="三季度数据", as_of="2022-09")
    came = step(places["district"], "take", file=file)
    assert [(row["indicator"], row["light"]) for row in came["judged"]] == [("retail", "RED")]
    assert step(places["district"], "take", file=file)["refused"] == "这份文件已经收过。"
    assert (
        "没有登记" in step(places["city"], "take", file=file)["refused"]
    )  # addressed to another, of a stranger
    _back, file = send("district", "town", title="答复", answers=came["letter"])
    back = step(places["town"], "take", file=file)
    assert back["answers"] == sent["digest"] and back["lights"][0]["light"] == "RED"

    sent, file = send("district", "city", title="三季度数据", as_of="2022-09")
    changed = tmp_path / "changed"
    changed.write_text(Path(file).read_text().replace("2.1", "9.1"))
    assert "签名不符" in step(places["city"], "take", file=str(changed))["refused"]
    up = step(places["city"], "take", file=file)
    assert up["judged"][0]["light"] == "RED"
    _down, file = send("city", "district", title="意见", answers=up["letter"],
                       replies=[{"number": "1", "text": "请核实三季度增速"}])  # fmt: skip
    down = step(places["district"], "take", file=file)
    assert down["answers"] == sent["digest"] and down["replies"][0]["text"] == "请核实三季度增速"
    for home in places.values():
        assert "nothing amiss" in wenpan(home, "doctor", "--quick")


def test_a_stranger_is_refused(places, tmp_path):
    """The city never exchanged cards with the town."""
    cards = step(places["city"], "card", name=NAMES["city"])
    step(places["town"], "trust", standing="upper", **cards)
    file = str(tmp_path / "straight.json")
    step(places["town"], "write", office=NAMES["city"], title="越级", as_of="2022-09", to=file)
    assert "没有登记" in step(places["city"], "take", file=file)["refused"]
