"""The deals of the fictional district: three years of leads, talks, agreements, starts and ends. Pure.

Every third agreement is a framework first; half of the frameworks come to nothing. All names are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

FIRST, SEED = date(2020, 1, 6), 20_220_930
UNITS = ("桐溪镇", "柳湾镇", "石埠镇", "新安街道", "河东街道", "安禾经开区", "投促局", "商务局")
_HEADS = (
    "云澈",
    "衡岳",
    "泽川",
    "启明",
    "沃原",
    "南屿",
    "铭拓",
    "瀚图",
    "松禾",
    "允诺",
    "精诚",
    "天和",
    "景行",
    "立新",
)
_PARTS = (
    "智能装备",
    "新能源电池壳体",
    "精密模具",
    "生物制剂",
    "冷链物流",
    "光学材料",
    "食品加工",
    "检测服务",
    "软件园",
    "绿色建材",
)
_CHAINS = {"智能装备": "智能装备", "新能源电池壳体": "新能源", "光学材料": "新材料", "生物制剂": "生物医药"}
_HOMES = ("江苏省", "浙江省", "广东省", "上海市", "北京市", "湖北省", "中国香港")
_WHY = ("投资方资金未落实", "用地指标未解决", "投资方调整布局", "外地条件更优", "长期无实质进展")
_TALK = ("来访考察", "赴企业拜访", "会商用地和能耗", "谈判协议条款", "实地看厂房", "补充可研材料")
SERVICES = ("冷链物流", "检测服务", "软件园")


@dataclass
class StoryDeal:
    """One deal with the day of each thing; None: it has not come to that."""

    code: str
    name: str
    investor: str
    home: str
    part: str
    unit: str
    amount: float  # 亿元
    days: dict[str, date] = field(default_factory=dict)  # lead_on, talk_on … by column of the ledger
    contract: str = ""
    framework_only: bool = False
    ended: tuple[date, str] | None = None
    arrived: float = 0.0  # share of the amount that has arrived at the end
    talks: list[tuple[date, str]] = field(default_factory=list)

    @property
    def service(self) -> bool:
        return self.part in SERVICES


def story_deals(count: int = 190, *, seed: int = SEED, until: date = date(2022, 10, 8)) -> list[StoryDeal]:
    rng = random.Random(seed)
    span = (until - FIRST).days - 10
    starts = sorted(FIRST + timedelta(days=rng.randrange(span)) for _ in range(count))
    names = _names(rng)
    return [_deal(rng, number, on, until, *next(names)) for number, on in enumerate(starts, 1)]


def many_deals(count: int, *, seed: int = SEED) -> list[StoryDeal]:
    """As many as are wanted, told apart by a number in name and investor: for benchmarks."""
    size, found = 400, []
    for part in range(0, count, size):
        for deal in story_deals(min(size, count - part), seed=seed + part):
            deal.code, deal.name = f"{deal.code}-{part}", f"{deal.name.removesuffix('项目')}{part}号"
            deal.investor = f"{deal.investor}{part}"
            found.append(deal)
    return found


def _names(rng: random.Random) -> Iterator[tuple[str, str, str]]:
    """Head, part and last word of names, each combination once."""
    known = [(head, part, last) for head in _HEADS for part in _PARTS for last in ("项目", "基地", "产业园")]
    rng.shuffle(known)
    yield from known


def _deal(
    rng: random.Random, number: int, on: date, until: date, head: str, part: str, last: str
) -> StoryDeal:
    deal = StoryDeal(
        f"ANZS-{on.year}-{number:03d}", f"{head}{part}{last}",
        f"{head}{rng.choice(('实业', '科技', '控股'))}有限公司", rng.choice(_HOMES), part, rng.choice(UNITS),
        round(min(28.0, rng.lognormvariate(0.3, 1.0)), 2),
    )  # fmt: skip
    deal.days["lead_on"], clock = on, on + timedelta(days=rng.randrange(3, 30))
    if clock > until:
        return deal
    deal.days["talk_on"] = clock
    _talks(rng, deal, clock, until)
    step = rng.random()
    if step < 0.28:  # talks come to nothing
        return _ended(rng, deal, clock + timedelta(days=rng.randrange(60, 300)), until)
    clock += timedelta(days=rng.randrange(25, 150))
    if step < 0.55:
        if clock > until:
            return deal
        deal.days["framework_on"], deal.framework_only = clock, True
        if rng.random() < 0.5:
            return _ended(rng, deal, clock + timedelta(days=rng.randrange(200, 420)), until)
        clock += timedelta(days=rng.randrange(40, 160))
    if clock > until:
        return deal
    deal.days["signed_on"], deal.framework_only = clock, False
    deal.contract = f"安招合〔{clock.year}〕{number}号" if rng.random() < 0.92 else ""
    approved = clock + timedelta(days=rng.randrange(3, 20))
    if approved <= until:
        deal.days["approved_on"] = approved
    return _after_signing(rng, deal, clock, until)


def _after_signing(rng: random.Random, deal: StoryDeal, signed: date, until: date) -> StoryDeal:
    clock = signed
    for key, chance, low, high in (
        ("registered_on", 0.9, 10, 70), ("started_on", 0.78, 40, 260), ("completed_on", 0.75, 180, 420),
        ("producing_on", 0.85, 20, 120),
    ):  # fmt: skip
        if rng.random() > chance:
            break
        clock += timedelta(days=rng.randrange(low, high))
        if clock > until:
            break
        deal.days[key] = clock
    arrived = (("producing_on", 0.9), ("completed_on", 0.8), ("started_on", 0.35), ("signed_on", 0.08))
    deal.arrived = next(share for key, share in arrived if key in deal.days)
    if "started_on" not in deal.days and rng.random() < 0.2:
        return _ended(rng, deal, signed + timedelta(days=rng.randrange(200, 500)), until)
    return deal


def _talks(rng: random.Random, deal: StoryDeal, clock: date, until: date) -> None:
    for _ in range(rng.randrange(1, 6)):
        clock += timedelta(days=rng.randrange(8, 55))
        if clock <= until:
            deal.talks.append((clock, rng.choice(_TALK)))


def _ended(rng: random.Random, deal: StoryDeal, on: date, until: date) -> StoryDeal:
    if on <= until:
        deal.ended = (on, rng.choice(_WHY))
    return deal


def chain_of(deal: StoryDeal) -> str:
    return _CHAINS.get(deal.part, "")
