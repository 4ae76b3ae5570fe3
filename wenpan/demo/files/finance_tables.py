"""The finance bureau's monthly statement, daily lists and bond table of the demonstration. 万元."""

from __future__ import annotations

from wenpan.demo.files.grid import Cell, PrintedSheet, workbook
from wenpan.demo.story.world import World, month_index
from wenpan.economy.time.periods import Month

_TAXES = (
    ("增值税50%", 0.36),
    ("企业所得税40%", 0.17),
    ("个人所得税40%", 0.06),
    ("城市维护建设税", 0.08),
    ("房产税", 0.09),
    ("土地增值税", 0.10),
    ("契税", 0.14),
)
_BY_STATE_TAX = 0.62
BUDGET_2022, ADJUSTED_2022 = 503_000, 455_000


def revenue_workbook(world: World, month: Month) -> bytes:
    """表一: revenue so far and in the month, beside last year, by kind and by collector."""
    revenue, tax = _four(world, "revenue", month), _four(world, "tax", month)
    rows: list[list[Cell]] = [
        _row("一、一般公共预算收入", revenue, BUDGET_2022),
        _row("(一)税收收入", tax, round(BUDGET_2022 * 0.78)),
    ]
    left = list(tax)
    for number, (name, share) in enumerate(_TAXES, 1):
        part = [round(value * share) for value in tax] if number < len(_TAXES) else left
        left = [a - b for a, b in zip(left, part, strict=True)]
        rows.append(_row(f"{number}、{name}", part, None))
        if number == 1:
            state = [round(value * _BY_STATE_TAX) for value in part]
            rows.append(_row("其中:国内增值税", state, None))
    by_tax = [round(value * 0.8) for value in revenue]
    rows.append(
        _row("(二)非税收入", [a - b for a, b in zip(revenue, tax, strict=True)], round(BUDGET_2022 * 0.22))
    )
    rows.append(_row("税务部门征收", by_tax, None))
    rows.append(_row("财政部门征收", [a - b for a, b in zip(revenue, by_tax, strict=True)], None))
    head = [
        ["预算科目", "年度预算", *["累计"] * 4, *["当月"] * 4, "本期累计为预算%"],
        ["预算科目", "年度预算", *["本期", "同期", "增减额", "增减率%"] * 2, "本期累计为预算%"],
    ]
    title = f"安禾区{month.year}年{month.month}月份一般公共预算收入完成情况"
    return workbook([PrintedSheet("表一", title, "单位:万元", head, rows)])


def _four(world: World, code: str, month: Month) -> list[int]:
    """So far, same time last year, the month, the same month last year; of our district (the first row)."""
    level, base = world[code].level[0], world[code].base[0]
    start, end = month_index(month.year, 1), month_index(month.year, month.month)
    spans = ((level, start), (base, start), (level, end), (base, end))
    return [round(float(values[first : end + 1].sum()) * 10_000) for values, first in spans]


def _row(name: str, four: list[int], budget: int | None) -> list[Cell]:
    so_far, last, now, then = four
    progress = round(100 * so_far / budget, 1) if budget else None
    return [
        name,
        budget,
        so_far,
        last,
        so_far - last,
        _rate(so_far, last),
        now,
        then,
        now - then,
        _rate(now, then),
        progress,
    ]


def _rate(now: int, last: int) -> float | None:
    return round(100 * (now / last - 1), 1) if last else None


def due_workbook(day: str) -> bytes:
    rows: list[list[Cell]] = [
        ["111-一般公共预算资金", "3101-在职人员经费", "301-工资福利支出", "区教育局", 46_800_000],
        ["111-一般公共预算资金", "3102-城乡居民养老补助", "303-对个人和家庭的补助", "区人社局", 18_200_000],
        ["111-一般公共预算资金", "3110-城区环卫委托服务", "30227-委托业务费", "区城管局", 9_600_000],
        ["111-一般公共预算资金", "3120-机关运转公用经费", "302-商品和服务支出", "区机关事务中心", 186_000],
        ["121-政府性基金预算资金", "4101-东片区征地补偿", "310-资本性支出", "区自然资源局", 62_000_000],
        ["121-政府性基金预算资金", "4102-桐溪大道工程", "310-资本性支出", "区住建局", 24_500_000],
        ["122-专项债券", "5101-安禾产业园标准厂房", "310-资本性支出", "经开区管委会", 31_000_000],
    ]
    head = [["资金性质", "预算项目", "部门支出经济分类", "预算单位", "拨款金额"]]
    return workbook([PrintedSheet("待拨付", f"待拨付情况-市级和债券 {day}", "单位:元", head, rows)])


def cash_workbook(day: str) -> bytes:
    rows: list[list[Cell]] = [
        ["111-一般公共预算资金", 5_120, 16_800],
        ["121-政府性基金预算资金", 6_930, 4_000],
        ["122-专项债券", 21_400, None],
    ]
    head = [["资金性质", "库款余额", "本月预计收入"]]
    return workbook([PrintedSheet("库款", f"安禾区库款日报 {day}", "单位:万元", head, rows)])


_BONDS = (
    ("安禾产业园标准厂房", "2022年第一批", "2022-01-20", 18_000, (0.34, 0.62, 0.81), 0.7),
    ("安禾产业园标准厂房", "2022年第二批", "2022-06-15", 9_000, (0.0, 0.05, 0.18), 0.4),
    ("桐溪水厂扩建", "2022年第一批", "2022-01-20", 12_000, (0.30, 0.55, 0.76), 0.9),
    ("区人民医院新院区", "2021年第三批", "2021-09-10", 26_000, (0.88, 0.93, 0.95), 0.96),
    ("老旧小区改造二期", "2022年第二批", "2022-06-15", 2_600, (0.0, 0.40, None), 0.5),
)


def bonds_workbook(on: str, quarter: int) -> bytes:
    """`quarter` 0, 1, 2: March, June, September; a batch that reports nothing has an empty cell."""
    rows: list[list[Cell]] = []
    for name, batch, issued_on, amount, shares, counted in _BONDS:
        if issued_on > on:
            continue
        spent = None if shares[quarter] is None else round(amount * (shares[quarter] or 0))
        paid = None if spent is None else min(amount, round(spent * 1.15))
        in_statistics = None if spent is None else round(spent * counted)
        rows.append(
            [name, batch, issued_on, amount, amount, amount, paid, spent, in_statistics, round(amount * 0.03)]
        )
    head = [
        [
            "项目名称",
            "批次",
            "发行日期",
            "发行金额",
            "分配金额",
            "拨付主管部门",
            "拨付施工单位",
            "已支出",
            "已纳统",
            "质保金",
        ]
    ]
    year, month, day = on.split("-")
    title = f"安禾区专项债券资金使用情况表(截至{year}年{int(month)}月{int(day)}日)"
    return workbook([PrintedSheet("专项债", title, "单位:万元", head, rows)])


def funds_workbook(on: str) -> bytes:
    rows: list[list[Cell]] = [
        ["安禾产业园标准厂房", 42_000, None, None, "2022年第一、二批", 27_000, 16_200, 4_000],
        ["桐溪水厂扩建", 21_000, "2022年第一批", 3_500, "2022年第一批", 12_000, 9_120, None],
        ["区人民医院新院区", 38_000, "2021年第二批", 6_000, "2021年第三批", 26_000, 24_700, 2_000],
        ["老旧小区改造二期", 6_400, "2022年第二批", 2_100, "2022年第二批", 2_600, 1_040, None],
        ["城北片区学校", 9_800, "2022年第一批", 3_000, None, None, None, 1_200],
    ]
    central, bond = "中央预算内投资资金情况", "地方政府专项债券资金情况"
    head = [
        ["项目名称", "本年资金需求", central, central, bond, bond, bond, "其他到位资金"],
        [
            "项目名称",
            "本年资金需求",
            "下达年份批次",
            "下达资金",
            "下达年份批次",
            "下达资金",
            "支付资金",
            "其他到位资金",
        ],
    ]
    year, month, day = on.split("-")
    title = f"安禾区投资项目总表(截至{year}年{int(month)}月{int(day)}日)"
    return workbook([PrintedSheet("项目总表", title, "单位:万元", head, rows)])
