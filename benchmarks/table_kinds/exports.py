"""Exports, histories and targets: K17 the national data site, terminals, years across; K15 target tables;
K12 stacked tables; K20 dates; fiscal tables with budget columns (K2)."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from benchmarks.table_kinds.case import Case
from benchmarks.table_kinds.words import half

SERIES = (
    ("社会消费品零售总额", "retail", "亿元"),
    ("固定资产投资", "fai", "%"),
    ("一般公共预算收入", "revenue", "亿元"),
    ("规模以上工业增加值", "industry_va", "%"),
)


def site_export(rng: Random, case: Case, kept: bool) -> None:
    """Lines about the data base, months across, 指标_累计增长(%) down."""
    case.typed = rng.random() < 0.5
    place = rng.choice(half(("临溪区", "全国", "澄江市", "北京市", "临溪", "云湖区", "江苏省", "中国"), kept))
    case.row("数据库：月度数据" if rng.random() < 0.5 else "数据库:分省月度数据")
    line = rng.choice(("地区：{}", "地区:{}", "国家/地区：{}"))
    case.row(line.format(place))
    case.row(rng.choice(("时间：最近3个月", "时间：2022年7月-2022年9月")))
    months = (
        ("2022年9月", "2022年8月", "2022年7月")
        if rng.random() < 0.5
        else ("2022年7月", "2022年8月", "2022年9月")
    )
    case.row("指标", *months)
    case.name = f"{line.format(place)} typed={case.typed}"
    of = {"临溪区": "linxi", "临溪": "linxi", "云湖区": "yunhu", "澄江市": "chengjiang"}.get(place)
    for name, code, measure in (
        ("社会消费品零售总额_累计值(亿元)", "retail", "ytd"),
        ("社会消费品零售总额_累计增长(%)", "retail", "ytd_growth"),
        ("社会消费品零售总额_当期值(亿元)", "retail", "month"),
        ("社会消费品零售总额_同比增长(%)", "retail", "month_growth"),
        ("固定资产投资(不含农户)_累计增长(%)", "fai", "ytd_growth"),
        ("规模以上工业增加值_累计增长(%)", "industry_va", "ytd_growth"),
        ("规模以上工业增加值_同比增长(%)", "industry_va", "month_growth"),
    ):
        values = [round(rng.uniform(1, 90), 1) for _ in months]
        shown: list[Any] = values if case.typed else [str(v) for v in values]
        r = case.row(name, *shown)
        for c, month in enumerate(months, 1):
            period = f"2022-{int(month[5:-1]):02d}"
            if of == "linxi" and (measure != "month_growth" or code == "never"):
                case.expect(r, c, of, code, period, measure, "natural", values[c - 1])
            elif of:
                for m in {measure, "ytd_growth" if measure == "month_growth" else measure}:
                    if not (measure == "month_growth" and m == "ytd_growth"):
                        case.allow(r, c, of, code, period, m, "natural", values[c - 1])
    case.row("数据来源：国家统计局")
    case.ask = of is None


def terminal(rng: Random, case: Case, kept: bool) -> None:
    """A terminal's export: 指标名称, 频率, 单位, 来源 lines, then dates down."""
    place = rng.choice(half(("临溪区", "中国", "临溪", "云湖区"), kept))
    a, b = f"{place}:社会消费品零售总额:累计值", f"{place}:固定资产投资:累计同比"
    lines = [
        ("指标名称", a, b),
        ("国家/地区" if rng.random() < 0.5 else "地区", place, place),
        ("频率", "月", "月"),
        ("单位", "亿元", "%"),
    ]
    lines += [("指标ID", "M001", "M002")] if rng.random() < 0.5 else [("来源", "统计局", "统计局")]
    case.name = f"{place} {[x[0] for x in lines]}"
    for line in lines:
        case.row(*line)
    dates = rng.choice(
        half(
            (
                ("2022-07", "2022-08", "2022-09"),
                ("2022-07-31", "2022-08-31", "2022-09-30"),
                (datetime(2022, 7, 31), datetime(2022, 8, 31), datetime(2022, 9, 30)),
                ("2022年7月", "2022年8月", "2022年9月"),
            ),
            kept,
        )
    )
    of = {"临溪区": "linxi", "临溪": "linxi", "云湖区": "yunhu"}.get(place)
    for n, day in enumerate(dates, 7):
        v, g = round(rng.uniform(20, 90), 1), round(rng.uniform(-9, 9), 1) or 1.5
        r = case.row(day, v, g)
        put = case.expect if of == "linxi" else case.allow
        if of:
            put(r, 1, of, "retail", f"2022-{n:02d}", "ytd", "natural", v)
            put(r, 2, of, "fai", f"2022-{n:02d}", "ytd_growth", "natural", g)
    case.ask = of is None


def yearbook(rng: Random, case: Case, kept: bool) -> None:
    """Years across or down."""
    years = (2019, 2020, 2021)
    across = rng.random() < 0.5
    suffix = rng.choice(half(("年", "", "年度", "年"), kept))
    heads = [f"{y}{suffix}" if suffix else float(y) for y in years]
    case.row(
        rng.choice(
            half(
                (
                    "临溪区历年主要经济指标",
                    "主要年份国民经济主要指标",
                    "临溪区2019-2021年主要经济指标",
                    "历年国民经济主要指标",
                ),
                kept,
            )
        )
    )
    case.name = f"across={across} {suffix!r} {case.rows[0][0]}"
    names = (("社会消费品零售总额", "retail"), ("一般公共预算收入", "revenue"))
    if across:
        case.row("指标", "单位", *heads)
        for name, code in names:
            values = [round(rng.uniform(20, 90), 2) for _ in years]
            r = case.row(name, "亿元", *values)
            for c, y in enumerate(years):
                case.expect(r, c + 2, "linxi", code, f"{y}-12", "ytd", "natural", values[c])
    else:
        case.row("年份", *[f"{n}(亿元)" for n, _c in names])
        for y, head in zip(years, heads, strict=True):
            values = [round(rng.uniform(20, 90), 2) for _ in names]
            r = case.row(head, *values)
            for c, (_n, code) in enumerate(names):
                case.expect(r, c + 1, "linxi", code, f"{y}-12", "ytd", "natural", values[c])


def months_down(rng: Random, case: Case, kept: bool) -> None:
    """A year's months down: cumulative words in the head say what the numbers are."""
    head = rng.choice(
        half(
            (
                ("累计(亿元)", "ytd"),
                ("本月(亿元)", "month"),
                ("累计增长(%)", "ytd_growth"),
                ("当月同比(%)", "month_growth"),
            ),
            kept,
        )
    )
    case.row(rng.choice(("2022年社会消费品零售总额分月情况", "临溪区2022年社会消费品零售总额")))
    case.row("月份", head[0], rng.choice(half(("较上月(百分点)", "环比", "上年同期", "预测"), kept)))
    case.name = str(case.rows)
    labels = rng.choice(
        half(
            (
                ("7月", "8月", "9月"),
                ("2022年7月", "2022年8月", "2022年9月"),
                ("1-7月", "1-8月", "1-9月"),
                ("202207", "202208", "202209"),
            ),
            kept,
        )
    )
    for n, label in enumerate(labels, 7):
        value = round(rng.uniform(2, 90), 1)
        r = case.row(label, value, 1.5)
        if "-" in label and head[1].startswith("month"):
            continue
        put = case.allow if "上年" in str(case.rows[1][2]) else case.expect
        put(r, 1, "linxi", "retail", f"2022-{n:02d}", head[1], "natural", value)


def fiscal(rng: Random, case: Case, kept: bool) -> None:
    case.row(
        rng.choice(
            (
                "临溪区2022年9月财政收支完成情况表",
                "2022年1-9月全区一般公共预算收支执行情况",
                "2022年9月临溪区财政收入旬报",
                "临溪区2022年1-9月财政预算执行情况表",
            )
        )
    )
    case.row(None, None, None, "单位:万元")
    sets = half((
        (("年初预算", ""), ("本月完成", "month"), ("累计完成", "ytd"), ("占预算%", ""), ("增减额", ""), ("增减%", "ytd_growth")),
        (("预算数", ""), ("当月收入", "?"), ("累计收入", "?"), ("完成预算%", ""), ("上年同期累计", ""), ("同比增长%", "ytd_growth")),
        (("全年预算", ""), ("本月", "month"), ("本年累计", "ytd"), ("进度%", ""), ("上年同期", ""), ("比上年增减额", ""), ("比上年增减%", "ytd_growth")),
        (("调整预算数", ""), ("1-9月累计", "ytd"), ("占调整预算", ""), ("去年同期", ""), ("增长%", "ytd_growth"), ("同口径增长%", "c")),
    ), kept)  # fmt: skip
    columns = rng.choice(sets)
    case.row("预算科目" if rng.random() < 0.5 else "项目", *[c[0] for c in columns])
    case.name = str(case.rows[0][0]) + str([c[0] for c in columns])
    rows = (
        ("一般公共预算收入", "revenue"),
        ("(一)税收收入", "tax"),
        ("增值税", ""),
        ("企业所得税", ""),
        ("(二)非税收入", ""),
        ("一般公共预算支出", ""),
        ("教育支出", ""),
    )
    for name, code in rows:
        values: list[Any] = []
        r = len(case.rows)
        for c, (_h, what) in enumerate(columns, 1):
            value: Any = (
                round(rng.uniform(1000, 90000))
                if what in ("ytd", "month", "?") or "%" not in _h
                else round(rng.uniform(-9, 99), 1)
            )
            values.append(value)
            if not code or not what:
                continue
            if what in ("ytd", "month"):
                case.expect(r, c, "linxi", code, "2022-09", what, "natural", value / 10000)
            elif what == "?":
                case.allow(
                    r,
                    c,
                    "linxi",
                    code,
                    "2022-09",
                    "month" if "当月" in _h else "ytd",
                    "natural",
                    value / 10000,
                )
            elif what == "c":
                case.allow(r, c, "linxi", code, "2022-09", "ytd_growth", "comparable", value)
            else:
                case.expect(r, c, "linxi", code, "2022-09", "ytd_growth", "natural", value)
        case.row(name, *values)


def target_quarters(rng: Random, case: Case, kept: bool) -> None:
    """Targets with a column a quarter beside actual figures: no target is a figure."""
    case.row(
        rng.choice(
            (
                "临溪区2022年主要经济指标目标任务分解表",
                "2022年全区经济工作主要目标任务及完成情况",
                "2022年度主要指标分季度目标",
            )
        )
    )
    heads = rng.choice(half((
        ("全年目标", "一季度目标", "上半年目标", "前三季度目标"), ("年度目标", "一季度", "二季度", "三季度", "四季度"), ("2022年目标", "2021年完成", "1-9月完成"),
        ("预期目标(%)", "1-9月增速(%)", "差距"), ("全年任务", "9月底任务", "9月底完成", "完成率"), ("目标值", "当前值", "与目标差"),
    ), kept))  # fmt: skip
    case.row("指标名称", "单位", *heads)
    case.name = str(heads)
    for name, code in (
        ("社会消费品零售总额", "retail"),
        ("一般公共预算收入", "revenue"),
        ("固定资产投资", "fai"),
    ):
        values = [round(rng.uniform(3, 9), 1) for _ in heads]
        r = case.row(f"{name}增速", "%", *values)
        for c, h in enumerate(heads, 2):
            if h in ("1-9月完成", "1-9月增速(%)", "9月底完成"):
                case.allow(r, c, "linxi", code, "2022-09", "ytd_growth", "natural", values[c - 2])
            elif h == "当前值":
                pass


def stacked(rng: Random, case: Case, kept: bool) -> None:
    """Two tables one above the other, the second of another indicator or another place."""
    case.row("2022年1-9月临溪区主要经济指标")
    case.row("指标", "单位", "累计", "同比增长(%)")
    r = case.row("一般公共预算收入", "亿元", 33.2, 4.5)
    case.expect(r, 2, "linxi", "revenue", "2022-09", "ytd", "natural", 33.2)
    case.expect(r, 3, "linxi", "revenue", "2022-09", "ytd_growth", "natural", 4.5)
    case.row("社会消费品零售总额", "亿元", 120.4, 3.5)
    case.expect(r + 1, 2, "linxi", "retail", "2022-09", "ytd", "natural", 120.4)
    case.expect(r + 1, 3, "linxi", "retail", "2022-09", "ytd_growth", "natural", 3.5)
    case.row()
    second = rng.choice(half((
        "2022年1-9月各县区固定资产投资", "2022年1-8月临溪区主要经济指标", "2022年1-9月云湖区主要经济指标", "各县区规模以上工业增加值(2022年1-9月)",
        "2021年1-9月临溪区主要经济指标", "2022年1-9月各县区工业投资",
    ), kept))  # fmt: skip
    case.name = second
    case.row(second)
    if "各县区" in second:
        code = "fai_industry" if "工业投资" in second else "fai" if "固定" in second else "industry_va"
        case.row("县区", "增速(%)", "位次")
        for name, of in (("临溪区", "linxi"), ("云湖区", "yunhu"), ("石门县", "shimen")):
            g = round(rng.uniform(-9, 15), 1) or 2.5
            r = case.row(name, g, 2)
            case.expect(r, 1, of, code, "2022-09", "ytd_growth", "natural", g)
    else:
        case.row("指标", "单位", "累计", "同比增长(%)")
        g = 7.7
        period = "2022-08" if "1-8" in second else "2021-09" if "2021" in second else "2022-09"
        of = "yunhu" if "云湖" in second else "linxi"
        r = case.row("税收收入", "亿元", 22.4, g)
        put = case.allow
        put(r, 2, of, "tax", period, "ytd", "natural", 22.4)
        put(r, 3, of, "tax", period, "ytd_growth", "natural", g)
