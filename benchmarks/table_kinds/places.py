"""Whose table, and of what: K5 the indicator in the title, K6 another place, towns and parks; K10 index numbers,
K11 merged bodies, K14 GDP by industry, K15 targets by quarter, K17 exports, K19 and K7 cells."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from benchmarks.table_kinds.case import Case
from benchmarks.table_kinds.words import BESIDE, RIVALS, half

TITLED = (
    ("2022年1-9月各县区{}完成情况", "ytd"), ("澄江市各县区{}(2022年1-9月)", "ytd"), ("1-9月份各县(区){}进度表(2022年)", "ytd"),
    ("2022年9月末各区县{}情况表", "ytd"), ("各县区{}排名表(2022年1-9月)", "ytd"), ("2022年1—9月全市分县区{}", "ytd"),
)  # fmt: skip
NAMES = (
    ("固定资产投资", "fai"), ("规模以上工业增加值", "industry_va"), ("社会消费品零售总额", "retail"), ("一般公共预算收入", "revenue"),
    ("工业投资", "fai_industry"), ("税收收入", "tax"),
)  # fmt: skip


def title_indicator(rng: Random, case: Case, kept: bool) -> None:
    """Districts down, growth and rank across; the title says of what."""
    name, code = rng.choice(half(NAMES, kept))
    title = rng.choice(half(TITLED, kept))[0].format(name)
    case.row(title)
    if rng.random() < 0.3:
        case.row(None, None, "单位:%")
    extra = rng.choice([None, *half(BESIDE, kept)])
    case.row(
        rng.choice(("县区", "地区", "区县")),
        rng.choice(half(("增速(%)", "同比增长(%)", "增幅(%)", "增长%"), kept)),
        "位次",
        *([extra] if extra else []),
    )
    case.name = f"{title} | {extra}"
    for region, of in [("全市", "chengjiang"), ("临溪区", "linxi"), *RIVALS.items()]:
        value = round(rng.uniform(-9, 15), 1) or 0.4
        r = case.row(region, value, rng.randint(1, 5), *([round(rng.uniform(-5, 99), 1)] if extra else []))
        case.expect(r, 1, of, code, "2022-09", "ytd_growth", "natural", value)


def titles_that_change(rng: Random, case: Case, kept: bool) -> None:
    """The title says that the numbers are no published figures of the district's own."""
    words = (
        "2022年1-9月{}预计完成情况", "{}分月目标任务分解表(2022年9月)", "2022年1-9月{}增量及贡献", "2022年1-9月限额以上{}",
        "2022年9月{}重点企业情况", "2022年1-9月各县区{}(不含市本级)", "2022年1-9月{}占全市比重", "2022年1-9月{}与目标差距", "2022年全年{}预测表(1-9月)",
        "2022年1-9月开发区{}", "2022年1-9月国有企业{}", "2022年1-9月{}两年平均增速",
    )  # fmt: skip
    name, _code = rng.choice(half(NAMES, kept))
    title = rng.choice(half(words, kept)).format(name)
    case.name = title
    case.row(title)
    case.row("县区", "增速(%)", "位次")
    for region in ("临溪区", *RIVALS):
        case.row(region, round(rng.uniform(-9, 15), 1), rng.randint(1, 5))
    case.ask = True


def strangers(rng: Random, case: Case, kept: bool) -> None:
    """The table of another place, of a park, of the city's whole."""
    places = (
        "云湖区", "石门县", "河口镇", "临溪经开区", "江北省", "洪山区", "高坪新区", "柳林街道", "苏州市", "东湖高新区", "青山镇", "江夏区",
        "滨海新区", "泸县", "白沙县", "经开区", "西咸新区", "余杭区", "保税区", "临溪区河口镇", "临溪区工业园区", "大溪工业园", "城关镇", "市直",
    )  # fmt: skip
    place = rng.choice(half(places, kept))
    title = rng.choice(
        ("{}2022年1-9月主要经济指标", "2022年1-9月{}主要经济指标完成情况", "2022年9月{}经济运行主要指标")
    )
    case.name = title.format(place)
    case.row(case.name)
    case.row("指标名称", "计量单位", "累计", "同比增长(%)")
    for name, unit in (("一般公共预算收入", "亿元"), ("社会消费品零售总额", "亿元"), ("税收收入", "亿元")):
        r = case.row(name, unit, round(rng.uniform(11, 300), 2), round(rng.uniform(-9, 15), 1))
        if place in RIVALS:
            code = {"一般公共预算收入": "revenue", "社会消费品零售总额": "retail", "税收收入": "tax"}[name]
            case.allow(r, 2, RIVALS[place], code, "2022-09", "ytd", "natural", case.rows[r][2])
            case.allow(r, 3, RIVALS[place], code, "2022-09", "ytd_growth", "natural", case.rows[r][3])
    case.ask = True


def towns(rng: Random, case: Case, kept: bool) -> None:
    """Towns down: nothing is the city's, and a sum is nobody's unless it says whose."""
    name, code = rng.choice(half(NAMES, kept))
    title = rng.choice(
        (
            "2022年1-9月各镇街{}完成情况表",
            "临溪区2022年9月各镇(街道){}进度",
            "各镇街{}(2022年1-9月)",
            "2022年1-9月{}分镇街完成情况",
        )
    )
    case.row(title.format(name))
    case.row("镇街", "全年任务(万元)", "累计完成(万元)", "同比增长(%)", "完成率(%)")
    sums = rng.choice(half(("合计", "全区合计", "总计", "全区", "小计", "合 计"), kept))
    case.name = f"{case.rows[0][0]} {sums}"
    rows = [(t, False) for t in ("河口镇", "柳林街道", "青山镇", "临溪经开区", "区直部门")]
    rows.insert(rng.choice((0, len(rows))), (sums, True))
    for town, is_sum in rows:
        value = round(rng.uniform(1000, 90000))
        r = case.row(town, 88000, value, round(rng.uniform(-9, 15), 1), 71.5)
        if is_sum:
            case.allow(r, 2, "linxi", code, "2022-09", "ytd", "natural", value / 10000)
            case.allow(r, 3, "linxi", code, "2022-09", "ytd_growth", "natural", case.rows[r][3])


def sections(rng: Random, case: Case, kept: bool) -> None:
    """Lines between the rows: of a district, of a month, of an estimate; and those that only name a subject."""
    line, what = rng.choice(half((
        ("云湖区", "yunhu"), ("一、综合", ""), ("(二)石门县", "shimen"), ("二、工业", ""), ("当月", "no"), ("一、本月数", "no"), ("全市", "chengjiang"),
        ("预计数", "no"), ("2022年8月", "no"), ("三、财政", ""), ("河口镇", "no"), ("1-8月", "no"), ("二、累计", ""), ("其中:", ""), ("上年同期", "no"), ("目标", "no"),
    ), kept))  # fmt: skip
    case.name = line
    case.row("临溪区2022年1-9月主要经济指标")
    case.row("指标", "单位", "绝对额", "同比增长(%)")
    r = case.row("社会消费品零售总额", "亿元", 120.4, 3.5)
    case.expect(r, 2, "linxi", "retail", "2022-09", "ytd", "natural", 120.4)
    case.expect(r, 3, "linxi", "retail", "2022-09", "ytd_growth", "natural", 3.5)
    case.row(line)
    for name, code, value, growth in (
        ("税收收入", "tax", 24.2, 4.4),
        ("一般公共预算收入", "revenue", 33.2, 2.4),
    ):
        r = case.row(name, "亿元", value, growth)
        if what != "no":
            case.expect(r, 2, what or "linxi", code, "2022-09", "ytd", "natural", value)
            case.expect(r, 3, what or "linxi", code, "2022-09", "ytd_growth", "natural", growth)
        else:
            case.tell |= {f"C{r + 1}", f"D{r + 1}"}


def growth_rows(rng: Random, case: Case, kept: bool) -> None:
    """A row of levels and below it a row that says only its growth."""
    word = rng.choice(half((
        "增速(%)", "  同比增长(%)", "比上年同期增长%", "增长(%)", "同比±%", "其中:增速(%)", "增幅(%)", "累计增长(%)", "比上年增长(%)", "同口径增长(%)",
    ), kept))  # fmt: skip
    case.name = word
    case.row("临溪区2022年1-9月主要经济指标")
    case.row("指标", "1-9月")
    basis = "comparable" if "同口径" in word else "natural"
    for name, code in (("社会消费品零售总额(亿元)", "retail"), ("税收收入(亿元)", "tax")):
        a, g = round(rng.uniform(20, 200), 2), round(rng.uniform(-9, 15), 1) or 2.2
        r = case.row(name, a)
        case.row(word, g)
        case.expect(r, 1, "linxi", code, "2022-09", "ytd", "natural", a)
        case.expect(r + 1, 1, "linxi", code, "2022-09", "ytd_growth", basis, g)
    r = case.row("规模以上工业利润总额(亿元)", 3.3)
    case.row(word, 8.8)
    case.tell |= {f"B{r + 1}", f"B{r + 2}"}


def rates_in_title(rng: Random, case: Case, kept: bool) -> None:
    """Indicators across, no unit: the title says growth, or it does not."""
    title, rates = rng.choice(half((
        ("2022年1-9月各县区主要经济指标增速", True), ("2022年1-9月各县区主要经济指标", False), ("澄江市各县区主要指标增长速度(2022年1-9月)", True),
        ("2022年1-9月各县区主要指标位次", False), ("2022年1-9月各县区主要指标增速排名", False), ("2022年1-9月分县区主要经济指标总量", False),
        ("2022年1-9月各县区主要指标增速与总量", False), ("2022年1-9月各县区主要经济指标增速目标", False), ("2022年1-9月各区县主要指标增速情况表", True),
        ("2022年1-9月各县区主要指标预计增速", False),
    ), kept))  # fmt: skip
    case.name = title
    case.row(title)
    case.row("县区", "固定资产投资", "规模以上工业增加值", "社会消费品零售总额")
    for region, of in (("临溪区", "linxi"), ("云湖区", "yunhu"), ("石门县", "shimen")):
        values = [round(rng.uniform(1, 9), 1) for _ in range(3)]
        r = case.row(region, *values)
        for c, code in enumerate(("fai", "industry_va", "retail"), 1):
            if rates:
                case.expect(r, c, of, code, "2022-09", "ytd_growth", "natural", values[c - 1])
            else:
                case.tell.add(f"{chr(65 + c)}{r + 1}")


def two_units(rng: Random, case: Case, kept: bool) -> None:
    """The unit of a row and that of its column contradict each other, or fit."""
    row, column, factor = rng.choice(half((
        ("(万元)", "(亿元)", None), ("", "(亿元)", "1"), ("(亿元)", "", "1"), ("(万元)", "", "0.0001"), ("(亿元)", "(万元)", None), ("", "(万元)", "0.0001"),
        ("(亿元)", "(亿元)", "1"), ("(千元)", "(万元)", None),
    ), kept))  # fmt: skip
    case.name = f"{row} {column}"
    case.row("临溪区2022年1-9月主要经济指标")
    case.row("指标", f"累计{column}", "同比增长(%)")
    for name, code in (("社会消费品零售总额", "retail"), ("税收收入", "tax")):
        r = case.row(name + row, 40312, 3.3)
        case.expect(r, 2, "linxi", code, "2022-09", "ytd_growth", "natural", "3.3")
        if factor:
            case.expect(r, 1, "linxi", code, "2022-09", "ytd", "natural", 40312 * Decimal(factor))
        else:
            case.tell.add(f"B{r + 1}")


def index_numbers(rng: Random, case: Case, kept: bool) -> None:
    head = rng.choice(half((
        "指数(以上年同期为100)", "以上年为100", "上年同期=100", "累计指数", "2021年=100", "为上年同期的%", "发展指数(上年=100)", "可比价指数",
        "比上年(上年=100)", "相当于上年%", "同比指数(%)", "可比价发展速度(%)", "增长指数", "不变价指数",
    ), kept))  # fmt: skip
    case.name = head
    case.row("临溪区2022年1-9月主要经济指标")
    case.row("指标", "单位", "累计", head)
    for name, code, unit in (
        ("一般公共预算收入", "revenue", "亿元"),
        ("社会消费品零售总额", "retail", "亿元"),
    ):
        value = round(rng.uniform(20, 200), 2)
        r = case.row(name, unit, value, round(rng.uniform(95, 115), 1))
        case.expect(r, 2, "linxi", code, "2022-09", "ytd", "natural", value)


def merged_body(rng: Random, case: Case, kept: bool) -> None:
    """One indicator over its row of levels and its row of growth."""
    case.row("临溪区2022年1-9月主要经济指标完成情况")
    case.row("指标名称", rng.choice(("", "项目", "类别", "内容")) or None, "单位", "1-9月")
    level, growth = rng.choice(
        half(
            (
                ("绝对额", "同比增长"),
                ("总量", "增速"),
                ("累计完成", "比上年同期增长"),
                ("完成额", "增长"),
                ("数值", "增幅"),
                ("绝对量", "同比"),
            ),
            kept,
        )
    )
    case.name = f"{level}/{growth} {case.rows[1][1]}"
    for name, code in (
        ("一般公共预算收入", "revenue"),
        ("社会消费品零售总额", "retail"),
        ("税收收入", "tax"),
    ):
        a, g = round(rng.uniform(20, 200), 2), round(rng.uniform(-9, 15), 1) or 2.2
        r = case.row(name, level, "亿元", a)
        case.row(None, growth, "%", g)
        case.down(0, r, r + 1)
        case.expect(r, 3, "linxi", code, "2022-09", "ytd", "natural", a)
        case.expect(r + 1, 3, "linxi", code, "2022-09", "ytd_growth", "natural", g)


def gdp_by_industry(rng: Random, case: Case, kept: bool) -> None:
    case.row(
        rng.choice(
            (
                "临溪区2022年前三季度地区生产总值",
                "2022年三季度临溪区GDP核算结果",
                "2022年1-9月全区生产总值分行业情况",
                "2022年前三季度生产总值(GDP)",
            )
        )
    )
    unit = rng.choice(("col", "head"))
    case.row(
        "指标" if rng.random() < 0.5 else "行业",
        "绝对额(亿元)" if unit == "head" else "总量(亿元)",
        rng.choice(half(("比上年同期增长(%)", "同比增长(%)", "增速(%)", "按可比价格计算增长(%)"), kept)),
        *(["占比(%)"] if rng.random() < 0.4 else []),
    )
    comparable = "可比" in case.rows[1][2]
    rows = rng.choice(half((
        ("地区生产总值", "第一产业", "第二产业", "#工业", "建筑业", "第三产业", "批发和零售业", "金融业", "其他服务业"),
        ("生产总值", "  农林牧渔业", "  工业", "    #规模以上工业", "  建筑业", "  房地产业", "  其中:营利性服务业"),
        ("地区生产总值(GDP)", "其中:第一产业增加值", "第二产业增加值", "第三产业增加值", "一、农林牧渔业", "二、工业", "三、建筑业"),
        ("地区生产总值", "按三次产业分", "第一产业", "第二产业", "第三产业", "按行业分", "农、林、牧、渔业", "交通运输、仓储和邮政业"),
    ), kept))  # fmt: skip
    case.name = rows[1] + str(case.rows[1])
    for n, name in enumerate(rows):
        if "按" in name:
            case.row(name)
            continue
        a, g = round(rng.uniform(5, 90), 2), round(rng.uniform(-3, 9), 1) or 1.1
        r = case.row(name, a, g, *([12.5] if len(case.rows[1]) > 3 else []))
        if n == 0:
            case.expect(r, 1, "linxi", "gdp", "2022-Q3", "ytd", "natural", a)
            case.expect(
                r, 2, "linxi", "gdp", "2022-Q3", "ytd_growth", "comparable" if comparable else "natural", g
            )
            case.may[f"C{r + 1}"] = [
                ("linxi", "gdp", "2022-Q3", "ytd_growth", b, str(g)) for b in ("natural", "comparable")
            ]


def cells_of_all_sorts(rng: Random, case: Case, kept: bool) -> None:
    case.row("临溪区2022年1-9月主要经济指标")
    case.row("指标", "单位", "累计", "同比增长(%)")
    odd = half((
        ("(3.2)", None), ("▲3.2", None), ("▼3.2", None), ("增长2.1倍", None), ("约5.1", None), ("5.1左右", None), ("3.2↓", None), ("↓3.2", "-3.2"),
        ("-3.2%", "-3.2"), ("持平", "0"), ("下降3.2", "-3.2"), ("增长3.2%", "3.2"), ("—", None), ("…", None), ("3.2*", "3.2"), ("3.2①", "3.2"),
        ("1.2倍", None), ("+3.2", "3.2"), ("３.２", "3.2"), ("3，2", None), ("-3.2个百分点", None), ("由负转正", None), ("<0.1", None), (">100", None),
        ("3.2(第2)", "3.2"), ("正增长", None), ("3.2/5", None), ("3.2-3.5", None), ("5.1 (2)", "5.1"), ("△3.2", None), ("翻一番", None), ("－3.2", "-3.2"),
    ), kept)  # fmt: skip
    text, value = rng.choice(odd)
    case.name = text
    r = case.row("一般公共预算收入", "亿元", 33.21, text)
    case.expect(r, 2, "linxi", "revenue", "2022-09", "ytd", "natural", "33.21")
    if value is not None:
        case.allow(r, 3, "linxi", "revenue", "2022-09", "ytd_growth", "natural", value)
    if value is None and text not in ("—", "…"):
        case.tell.add(f"D{r + 1}")
    r = case.row("税收收入", "亿元", 24.5, 4.4)
    case.expect(r, 2, "linxi", "tax", "2022-09", "ytd", "natural", "24.5")
    case.expect(r, 3, "linxi", "tax", "2022-09", "ytd_growth", "natural", "4.4")


def no_unit(rng: Random, case: Case, kept: bool) -> None:
    """No unit anywhere for the levels: they are never 亿元; a growth column that says % can be read."""
    case.row(rng.choice(("临溪区2022年1-9月主要经济指标", "2022年1-9月全区主要指标")))
    head = rng.choice(half(("累计完成", "1-9月", "累计", "本年累计", "绝对额", "总量"), kept))
    growth = rng.choice(half(("同比增长(%)", "增速(%)", "增幅%", "±%"), kept))
    case.name = f"{head} {growth}"
    case.row("指标", head, growth)
    for name, code in (
        ("一般公共预算收入", "revenue"),
        ("社会消费品零售总额", "retail"),
        ("固定资产投资", "fai"),
    ):
        g = round(rng.uniform(-9, 15), 1) or 3.3
        r = case.row(name, round(rng.uniform(20, 90000)), g)
        case.expect(r, 2, "linxi", code, "2022-09", "ytd_growth", "natural", g)
        case.tell.add(f"B{r + 1}")
