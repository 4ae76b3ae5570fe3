"""The firms of the demonstration and what they ask: names, trades, requests and policies, all invented."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml
from stdnum.cn import uscc

SEED, COUNT = 20221014, 400
_FIRST = "安澜宁嘉恒泰瑞丰启明远博华信德润盛景天禾晨光宏图鼎新"
_TRADES = {
    "机械": ("精工", "重工", "机电", "装备"),
    "电子": ("电子", "微电", "光电", "传感"),
    "食品": ("食品", "粮油", "乳业", "调味"),
    "纺织": ("纺织", "服饰", "针织"),
    "建材": ("建材", "新材", "玻璃"),
    "软件": ("软件", "数据", "信息"),
    "商贸": ("商贸", "百货", "供应链"),
    "物流": ("物流", "冷链", "仓储"),
}
_SIZES = (("large", 2), ("medium", 12), ("small", 56), ("micro", 30))
_TOWNS = (("tongxi", 24), ("liuwan", 16), ("shibu", 12), ("xinan", 14), ("hedong", 12), ("jkq", 22))


@dataclass(frozen=True)
class StoryFirm:
    name: str
    uscc: str
    trade: str
    size: str
    town: str
    lists: tuple[str, ...]
    honours: tuple[str, ...]
    facts: dict[str, object]


@dataclass(frozen=True)
class Ask:
    """A request as firms put it, the unit that handles it, and its answer."""

    category: str
    request_class: str
    title: str
    unit: str
    answer: str


ASKS = (
    Ask("factors", "normal", "厂区供电容量不足，夏季多次跳闸", "jfj", "已协调供电公司增容，新变压器投运"),
    Ask("factors", "simple", "招不到熟练工，希望组织专场招聘", "jfj", "已列入专场招聘会，企业到场设展"),
    Ask("factors", "hard", "二期用地指标迟迟未落实", "zjj", "已纳入年度供地计划，组卷上报"),
    Ask("factors", "normal", "贷款到期续贷困难", "jrb", "已对接两家银行，无还本续贷办结"),
    Ask("policy", "simple", "技改补助怎样申报、需要哪些材料", "jfj", "已当面说明条件和材料，发申报指南"),
    Ask("policy", "normal", "去年的稳岗补贴至今未到账", "czj", "经核对已拨付，企业确认到账"),
    Ask("policy", "normal", "外贸展位补贴能否提高比例", "swj", "补贴比例由市级文件规定，已向企业解释"),
    Ask("approval", "normal", "消防验收等待时间过长", "zjj", "已安排现场验收并一次告知整改事项"),
    Ask("approval", "simple", "经营地址变更材料被退回两次", "jfj", "已帮办代办，执照当日换发"),
    Ask("approval", "hard", "历史厂房无产权证，无法办理环评", "zjj", "已列历史遗留问题清单，分类补办"),
    Ask("industry", "normal", "希望对接本区配套企业", "tcj", "已组织供需对接，签订两份试用合同"),
    Ask("industry", "normal", "出口订单减少，请求帮助开拓内销", "swj", "已推荐参加三场内销对接会"),
    Ask("safety", "normal", "园区污水管网经常堵塞", "jkq", "管网已清淤，列入每月巡查"),
    Ask("safety", "simple", "厂门口货车停放影响出入", "jtj", "已施划禁停线并加装监控"),
    Ask("other", "simple", "班车线路希望增设站点", "jtj", "已增设站点，早晚各两班"),
    Ask("other", "normal", "门前道路破损积水", "zjj", "已完成路面修复"),
)
PROMISES = ("帮助联系银行", "月底前修好门口道路", "协调增加用电容量", "安排专人辅导申报")
NOTES = ("生产正常，订单排到下季度", "订单减少两成，用工稳定", "新产线调试中", "原材料涨价，利润下降")

_ODD = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def firms() -> list[StoryFirm]:
    """400 firms, the same in every build; no name twice."""
    rng = random.Random(SEED)
    names = _names(rng)
    return [_firm(rng, number, *next(names)) for number in range(COUNT)]


def _names(rng: random.Random) -> Iterator[tuple[str, str]]:
    seen = set()
    while True:
        trade = rng.choice(list(_TRADES))
        name = f"安禾{''.join(rng.sample(_FIRST, 2))}{rng.choice(_TRADES[trade])}有限公司"
        if name not in seen:
            seen.add(name)
            yield name, trade


def _firm(rng: random.Random, number: int, name: str, trade: str) -> StoryFirm:
    base = f"91999999MA{number:07d}"[:17]
    size = rng.choices([s for s, _w in _SIZES], [w for _s, w in _SIZES])[0]
    industrial = trade not in ("软件", "商贸", "物流")
    listed = size != "micro" and rng.random() < (0.9 if size in ("large", "medium") else 0.45)
    lists = ("四上", "规上工业" if industrial else "限上商贸") if listed else ()
    honours = tuple(h for h, p in (("高新技术企业", 0.18), ("专精特新", 0.12)) if listed and rng.random() < p)
    facts: dict[str, object] = {}
    if rng.random() < 0.6:
        facts["staff"] = {"large": 1400, "medium": 420, "small": 90, "micro": 8}[size] + rng.randint(0, 60)
    if rng.random() < 0.5:
        facts["dishonest"] = rng.random() < 0.03
    if rng.random() < 0.7:
        facts["local"] = True
    if industrial and rng.random() < 0.4:
        facts["power"] = rng.randint(5, 900)
    return StoryFirm(
        name,
        base + uscc.calc_check_digit(base),
        trade,
        size,
        rng.choices([t for t, _w in _TOWNS], [w for _t, w in _TOWNS])[0],
        lists,
        honours,
        facts,
    )


@dataclass(frozen=True)
class PolicyCounter:
    """Where a clause is claimed and how its money stands; `paid` 万元, None: not told."""

    unit: str
    phone: str
    papers: str
    budget: str = "planned"
    paid: Decimal | None = None


_TOLD = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
COUNTERS = {
    code: PolicyCounter(**told | {"paid": Decimal(told["paid"]) if "paid" in told else None})
    for code, told in _TOLD.items()
}


def clauses() -> list[dict[str, object]]:
    """The district's own clauses, beside the samples that ship with the program."""
    from datetime import date

    rows = [
        (
            "anhe-upgrade",
            "区级技术改造补助",
            [{"fact": "lists", "has": "规上工业"}, {"fact": "upgrade", "at_least": 500}],
            {"rate": 8, "of": "upgrade", "cap": 200},
        ),
        (
            "anhe-energy",
            "工业企业用电补助",
            [{"fact": "lists", "has": "规上工业"}, {"fact": "staff", "at_most": 1000}],
            {"rate": 5, "of": "power", "cap": 50},
        ),
        (
            "anhe-little-giant",
            "专精特新企业奖励",
            [{"fact": "honours", "has": "专精特新"}, {"fact": "local", "equals": True}],
            {"fixed": 20},
        ),
        (
            "anhe-high-tech",
            "高新技术企业认定奖励",
            [{"fact": "honours", "has": "高新技术企业"}, {"fact": "local", "equals": True}],
            {"fixed": 10},
        ),
        (
            "anhe-new-listed",
            "小微企业上规模奖励",
            [{"fact": "lists", "has": "四上"}, {"fact": "size", "in": ["小型", "微型"]}],
            {"fixed": 5},
        ),
        (
            "anhe-retail",
            "限上商贸企业稳增长奖励",
            [{"fact": "lists", "has": "限上商贸"}, {"none": [{"fact": "dishonest", "equals": True}]}],
            {"fixed": 8},
        ),
        (
            "anhe-loan",
            "小微企业贷款贴息",
            [
                {"fact": "size", "in": ["小型", "微型"]},
                {"none": [{"fact": "dishonest", "equals": True}, {"fact": "arrears", "equals": True}]},
            ],
            None,
        ),
        ("anhe-export", "外贸企业开拓市场补助", [{"fact": "trade_volume", "at_least": 1000}], {"fixed": 6}),
        (
            "anhe-software",
            "软件企业房租补助",
            [{"fact": "trade", "in": ["软件"]}, {"judge": "入驻区认定的载体"}],
            None,
        ),
        (
            "anhe-logistics",
            "物流企业仓储补助",
            [{"fact": "trade", "in": ["物流"]}, {"fact": "staff", "at_least": 50}],
            {"fixed": 12},
        ),
        (
            "anhe-jobs",
            "稳岗用工补助",
            [{"fact": "staff", "at_least": 30}, {"fact": "local", "equals": True}],
            {"fixed": 3},
        ),
        (
            "anhe-brand",
            "品牌创建奖励",
            [{"any": [{"fact": "honours", "has": "中国驰名商标"}, {"judge": "获省级以上质量奖"}]}],
            {"fixed": 15},
        ),
        (
            "anhe-digital",
            "数字化改造补助",
            [{"fact": "lists", "has": "规上工业"}, {"fact": "equipment", "at_least": 100}],
            {"rate": 10, "of": "equipment", "cap": 100},
        ),
    ]
    made = []
    for number, (code, name, conditions, support) in enumerate(rows, start=1):
        data: dict[str, object] = {
            "code": code,
            "name": name,
            "source": f"安政规〔2022〕{number}号（演示，虚构）",
            "valid_from": date(2022, 1, 1),
            "valid_to": date(2023, 12, 31),
            "conditions": conditions,
        }
        if support:
            data["support"] = support
        if number % 3 == 0:
            data |= {"claim_from": date(2022, 11, 1), "claim_to": date(2022, 12, 20)}
        made.append(data)
    return made
