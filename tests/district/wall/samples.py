"""A wall with as many reds as a test wants, made without a database."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from wenpan.district.wall.view import (
    MOVED,
    RELEASES,
    STALLED,
    TRENDS,
    TURNED,
    UNITS,
    IndicatorScene,
    ProjectScene,
    SupervisionScene,
    Wall,
    WallCount,
    WallLine,
    WallRanks,
    WallRed,
    WallReds,
    WallTrend,
    WallTurn,
)

AT = datetime(2022, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
TREND = (3.1, 2.0, None, -1.4, -3.3, -4.0)
WORDS = (("红灯", "red"), ("黄灯", "yellow"), ("绿灯", "green"), ("未知", "unknown"), ("未办结", "plain"))
COUNTS = tuple(WallCount("128", word, tone) for word, tone in WORDS)
LONG = "规模以上其他营利性服务业营业收入（扣除留抵退税因素）"


def reds(count: int, most: int = 60) -> WallReds:
    row = WallRed(
        LONG,
        "住房和城乡建设局",
        "−24.0%",
        "目标8.0%",
        "居全市第10位（末位），较上月后移9位",
        "已连续18个月",
        TREND,
        other="扣除留抵退税 +2.6%",
    )
    return WallReds.of([row] * count, most)


def wall(count: int) -> Wall:
    turn = WallTurn(LONG, "黄", "红", False, "red")
    lines = tuple(WallLine(LONG, "12") for _ in range(UNITS))
    ranks = WallRanks((turn,) * MOVED, (turn,) * MOVED, (LONG,) * 12, 28, (LONG,) * 12, "11月21日、11月25日")
    return Wall(
        title="安禾区",
        as_of="2022-10",
        rules="安禾区研判规则（缺省）",
        at=AT,
        indicators=IndicatorScene(COUNTS[:4], reds(count), (turn,) * TURNED, 3, ranks, "与9月比"),
        projects=ProjectScene(
            COUNTS[:4],
            reds(count),
            lines,
            lines[:STALLED],
            tuple(WallTrend(LONG, "−24.0%", TREND) for _ in range(TRENDS)),
        ),
        supervision=SupervisionScene(
            COUNTS, reds(count), lines, COUNTS[:3], (WallLine(LONG, "提问25条，已答复18条"),)
        ),
        releases=tuple(WallLine(LONG, "11-25") for _ in range(RELEASES)),
        next_meeting="11-24 09:30 2022年11月24日经济运行调度会",
    )
