"""The project files that a fictional district keeps: its library, its key list, its monthly returns.

Pure and seeded: the pool is `economy.pool.simulate`, dressed with names, towns and owners that do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from wenpan.demo.files.grid import Cell, PrintedSheet, workbook
from wenpan.economy.pool.simulate import simulate
from wenpan.economy.time.periods import Month

FIRST = Month(2018, 1)
SEED = 2022
COUNT = 600
TOWNS = ("桐溪镇", "柳湾镇", "石埠镇", "新安街道", "河东街道", "安禾经开区")
BANDS = {"small": "500—5000万元", "large": "5000万元以上", "estate": "房地产"}
KINDS = {
    "industry": "工业",
    "infrastructure": "基础设施",
    "estate": "房地产",
    "services": "服务业",
    "agriculture": "农业",
    "social": "社会事业",
    "equipment": "设备购置",
}
_OFFICES = {
    "industry": "经发局",
    "equipment": "经发局",
    "infrastructure": "交通局",
    "estate": "住建局",
    "services": "商务局",
    "agriculture": "经发局",
    "social": "住建局",
}
_THINGS = {
    "industry": (
        "智能装备产业园",
        "新材料生产基地",
        "精密模具厂房",
        "电子元件生产线",
        "食品加工园",
        "装配式建材厂",
    ),
    "infrastructure": ("道路改造", "雨污分流管网", "跨河桥", "公交首末站", "水厂扩建", "停车楼"),
    "estate": ("澜苑", "禾境府", "云栖里", "望江台", "石桥雅居"),
    "services": ("商贸综合体", "冷链物流中心", "文旅街区", "数据服务中心", "农贸市场改造"),
    "agriculture": ("设施农业园", "高标准农田", "畜禽养殖场", "农产品分拣中心"),
    "social": ("九年制学校", "社区卫生服务中心", "养老服务中心", "文体中心", "实验小学扩建"),
    "equipment": ("设备更新", "自动化产线技改", "节能改造"),
}
_TRADES = {"estate": "置业", "infrastructure": "建设投资", "social": "建设投资"}
_SURNAMES = ["安禾", "远澄", "润川", "启岳", "嘉树", "恒泽", "云帆", "景行", "明远", "同丰", "和筑", "卓立"]


@dataclass(frozen=True)
class Pool:
    """`projects`: code, name, owner, town, office beside the columns of the simulation."""

    projects: pl.DataFrame
    cumulative: dict[tuple[str, str], float]  # (code, month) -> 万元

    def entered_in(self, first: str, last: str) -> pl.DataFrame:
        return self.projects.filter(pl.col("entered").is_between(pl.lit(first), pl.lit(last)))


def pool(until: Month, *, count: int = COUNT, seed: int = SEED) -> Pool:
    """The fictional library up to `until`."""
    projects, returns = simulate(seed=seed, projects=count, first=FIRST, months=until.index - FIRST.index + 1)
    rng = np.random.default_rng([seed, 7])
    rows = [_dressed(row, rng) for row in projects.iter_rows(named=True)]
    frame = pl.DataFrame(rows).with_columns(_leading())
    codes = dict(zip(frame["project"], frame["code"], strict=True))
    cells = zip(returns["project"], returns["period"], returns["cumulative"], strict=True)
    return Pool(frame, {(codes[p], m): float(v) for p, m, v in cells})


def _leading() -> pl.Expr:
    return ((pl.col("planned_total") >= 60_000) & (pl.col("kind") == "industry")).alias("leading")


def _dressed(row: dict[str, object], rng: np.random.Generator) -> dict[str, object]:
    kind, town = str(row["kind"]), TOWNS[int(rng.integers(len(TOWNS)))]
    things = _THINGS[kind]
    thing = things[int(rng.integers(len(things)))]
    number = int(str(row["project"])[1:]) + 1
    word = _SURNAMES[int(rng.integers(len(_SURNAMES)))]
    mark = "甲乙丙丁戊己庚辛壬癸"[number % 10] + "子丑寅卯辰巳午未申酉戌亥"[number // 10 % 12]
    name = f"{town[:2]}{word}{thing}({mark}地块)" if kind == "estate" else f"{town[:2]}{word}{mark}{thing}"
    return row | {
        "code": f"AH{str(row['entered'])[2:4]}-{number:05d}",
        "name": name,
        "town": town,
        "office": _OFFICES[kind],
        "owner": f"{word}{_TRADES.get(kind, '实业')}有限公司",
    }


LIST_HEAD = [
    "项目代码",
    "项目名称",
    "建设单位",
    "规模",
    "类别",
    "所在镇街",
    "行业主管部门",
    "计划总投资",
    "开工年月",
    "计划竣工年月",
    "入库年月",
    "统计状态",
    "龙头项目",
]


def list_workbook(title: str, rows: pl.DataFrame, states: dict[str, str]) -> bytes:
    """The library as a list; `states` by code where they are not 在库."""
    sheet = PrintedSheet(
        "在库项目",
        title,
        "单位:万元",
        [LIST_HEAD],
        [list(_list_row(r, states)) for r in rows.iter_rows(named=True)],
    )
    return workbook([sheet])


def parts_workbook(pool: Pool, as_of: Month) -> bytes:
    """Two phases that wait for their entry, named as a project of the library: was it split?"""
    new = pool.entered_in(f"{as_of.year}-01", str(as_of))
    whole = new.sort("planned_total", "code").row(-1, named=True)
    body: list[list[Cell]] = [
        [
            f"{whole['code']}-{k}",
            f"{whole['name']}{phase}",
            str(whole["owner"]),
            None,
            KINDS[str(whole["kind"])],
            str(whole["town"]),
            str(whole["office"]),
            round(float(str(whole["planned_total"])) * share, 0),
            None,
            spoken(str(whole["planned_finish"])),
            None,
            "待入库",
            "",
        ]
        for k, phase, share in ((1, "一期", 0.6), (2, "二期", 0.4))
    ]
    title = f"安禾区{as_of.label}待入库投资项目清单"
    return workbook([PrintedSheet("待入库项目", title, "单位:万元", [LIST_HEAD], body)])


def _list_row(row: dict[str, object], states: dict[str, str]) -> Iterator[Cell]:
    yield from (
        str(row["code"]),
        str(row["name"]),
        str(row["owner"]),
        BANDS[str(row["band"])],
        KINDS[str(row["kind"])],
    )
    yield from (str(row["town"]), str(row["office"]), float(str(row["planned_total"])))
    yield from (
        spoken(str(row["opened"])),
        spoken(str(row["planned_finish"])),
        spoken(str(row["entered"])),
    )
    yield from (states.get(str(row["code"]), "在库"), "是" if row["leading"] else "")


def spoken(month: str) -> str:
    return f"{month[:4]}年{int(month[5:])}月"


def history_workbook(pool: Pool, rows: pl.DataFrame, until: Month, title: str) -> bytes:
    """Cumulative investment since start, a column a month."""
    months = [str(FIRST.plus(k)) for k in range(until.index - FIRST.index + 1)]
    head = ["项目代码", "项目名称", *map(spoken, months)]
    body: list[list[Cell]] = [
        [row["code"], row["name"], *(pool.cumulative.get((row["code"], m)) for m in months)]
        for row in rows.iter_rows(named=True)
    ]
    return workbook([PrintedSheet("累计完成投资", title, "单位:万元", [head], body)])


RETURN_HEAD = [
    "项目代码",
    "项目名称",
    "所在镇街",
    "自开工累计完成投资",
    "本年累计完成投资",
    "建设状态",
    "形象进度",
    "依据",
]


def return_workbook(pool: Pool, rows: pl.DataFrame, month: Month) -> bytes:
    """A month's returns as the towns' joint table."""
    body = [_return_row(pool, row, month) for row in rows.iter_rows(named=True)]
    title = f"安禾区{month.label}投资项目月报"
    return workbook([PrintedSheet("月报", title, "单位:万元", [RETURN_HEAD], body)])


def _return_row(pool: Pool, row: dict[str, object], month: Month) -> list[Cell]:
    code = str(row["code"])
    now = pool.cumulative.get((code, str(month)), 0.0)
    december = pool.cumulative.get((code, str(Month(month.year - 1, 12))), 0.0)
    before = pool.cumulative.get((code, str(month.plus(-1))), 0.0)
    share = now / float(str(row["planned_total"]))
    status = "全部停缓建" if now == before and share < 0.97 else "本年收尾" if share > 0.9 else "本年正式施工"
    words = (
        "基础施工"
        if share < 0.25
        else "主体施工"
        if share < 0.7
        else "装修及设备安装"
        if share < 0.97
        else "收尾验收"
    )
    voucher = f"进度单{month.month:02d}-{code[-4:]}" if now > before else ""
    return [
        code,
        str(row["name"]),
        str(row["town"]),
        now,
        now - december,
        status,
        f"{words}, 完成{share:.0%}",
        voucher,
    ]
