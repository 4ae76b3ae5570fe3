"""From outside the district: the city's colours and its board of deals, the city's office with which signed
files are exchanged, a screen in the hall; and a draft whose figures the analyst has checked."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from wenpan.demo.files import papers
from wenpan.demo.files.grid import Cell, PrintedSheet, workbook
from wenpan.demo.files.workbooks import File
from wenpan.demo.play.agenda import at
from wenpan.demo.play.arrivals import Arrival
from wenpan.demo.story.outside import BOARD, CITY, DRAFT, RATED
from wenpan.economy.time.periods import Month

Send = Callable[[Arrival, Any], Any]
RATED_ON = (date(2022, 7, 15), date(2022, 10, 14))


def fill(users: dict[str, Any], as_of: Month, send: Send) -> None:
    _ratings(users, as_of, send)
    _board(users, as_of, send)
    _draft(users["analyst"], as_of, at(date(2022, 10, 26), 10))
    _city(users, as_of, at(date(2022, 10, 27), 9))
    _screen(users["chief"], at(date(2022, 11, 1), 15))


def _ratings(users: dict[str, Any], as_of: Month, send: Send) -> None:
    from wenpan.district.projects.models import KeyProject

    head = ["项目编号", "项目名称", "报告日期", "评级", "评级方", "计划完工日期"]
    listed = KeyProject.objects.filter(year=as_of.year, retracted=False, stage__in=("started", "building"))
    projects = list(listed.order_by("code")[: len(RATED)])
    rows: list[list[Cell]] = [
        [project.code, project.name, str(on), words[turn], "市督查室", str(project.planned_finish or "")]
        for turn, on in enumerate(RATED_ON)
        for project, words in zip(projects, RATED, strict=False)
    ]
    sheet = PrintedSheet("红黄绿灯", "宁澜市重大项目红黄绿灯通报表", "市督查室", [head], rows)
    file = File("宁澜市重大项目红黄绿灯通报表2022年10月.xlsx", workbook([sheet]))
    send(Arrival(at(date(2022, 10, 17), 9), as_of, "project_ratings", "analyst", file), users["analyst"])


def _board(users: dict[str, Any], as_of: Month, send: Send) -> None:
    head = ["序号", "县区", "亿元以上签约项目", "已开工", "开工率"]
    total: list[Cell] = ["", "合计", sum(row[1] for row in BOARD), sum(row[2] for row in BOARD), ""]
    rows: list[list[Cell]] = [total]
    rows += [[number, *row] for number, row in enumerate(BOARD, 1)]
    sheet = PrintedSheet("通报", "宁澜市2022年1—9月招商情况通报表", "市投资促进局", [head], rows)
    file = File("宁澜市2022年1—9月招商情况通报表.xlsx", workbook([sheet]))
    send(Arrival(at(date(2022, 10, 18), 9), as_of, "deal_board", "analyst", file), users["analyst"])


def _draft(by: Any, as_of: Month, moment: datetime) -> None:
    from wenpan.district.ground import originals
    from wenpan.district.proofs import actions, known
    from wenpan.documents.proof import proof_json

    ledger = known.ledger(as_of, moment)
    said = {
        code: f"{abs(value):.1f}%"
        for (region, code, period, measure, basis), value in ledger.values.items()
        if (region, period, measure, basis) == ("anhe", str(as_of), "ytd_growth", "natural")
    }
    paper = papers.document(tuple(line.format_map(_LedgerWords(said)) for line in DRAFT))
    name = "前三季度经济运行情况汇报（讨论稿）.docx"
    proven = proof_json.prove(paper, name, known.vocabulary(as_of), ledger)
    actions.keep_check(
        proven=proven, filename=name, sha256=originals.put(paper), period=as_of, known_at=moment, by=by,
        at=moment,
    )  # fmt: skip


class _LedgerWords(dict[str, str]):
    """What the ledger has not is said to be so."""

    def __missing__(self, key: str) -> str:
        return "3.0%"


def _city(users: dict[str, Any], as_of: Month, moment: datetime) -> None:
    """The city's card is compared and trusted by the security administrator; the analyst sends the month."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from wenpan.district.exchange import actions, keys

    key = Ed25519PrivateKey.from_private_bytes(b"wenpan demonstration: the city..")
    told = json.dumps({"name": CITY, "key": keys.public(key)}, ensure_ascii=False, sort_keys=True)
    signature = base64.b64encode(key.sign(told.encode())).decode()
    card = json.dumps({"wenpan_card": told, "signature": signature}, ensure_ascii=False, indent=1)
    office = actions.trust(
        card=card, fingerprint=keys.fingerprint(keys.public(key)), standing="upper",
        by=users["secadmin"], at=moment,
    )  # fmt: skip
    actions.write(
        office=office, title=f"安禾区{as_of.year}年1—{as_of.month}月主要指标和亮灯情况", as_of=str(as_of),
        by=users["analyst"], at=moment + timedelta(hours=1),
    )  # fmt: skip


def _screen(by: Any, moment: datetime) -> None:
    from wenpan.district.wall.actions import open_screen

    open_screen(name="区政府一楼大厅", until=moment.date() + timedelta(days=90), by=by, at=moment)
