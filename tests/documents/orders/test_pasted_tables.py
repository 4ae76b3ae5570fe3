"""Tables pasted as text, headings of all kinds, cards with stages: no row and no cell is lost."""

from datetime import date

import pytest

from wenpan.documents.orders.task_tables import propose as task_tables
from wenpan.documents.orders.task_tables.columns import is_limit, is_units, role
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

ON = date(2022, 10, 14)
CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])
HEADS = ["序号", "工作任务", "牵头单位", "完成时限"]
ROWS = [
    ["1", "完成污水管网改造5公里", "县住建局", "11月底前"],
    ["2", "开展沿街商铺安全大检查", "县应急局", "12月20日前"],
]
WANT = [
    ("完成污水管网改造5公里", "县住建局", "11月底前"),
    ("开展沿街商铺安全大检查", "县应急局", "12月20日前"),
]


def told(text: str) -> list[tuple[str, str, str]]:
    found = task_tables.propose(text.encode(), "表.txt", on=ON, calendar=CALENDAR).proposals
    return [(p.text, p.lead, p.deadline_text) for p in found]


def between(sign: str) -> str:
    return "\n".join(sign.join(row) for row in [HEADS, *ROWS])


@pytest.mark.parametrize(
    "text",
    [
        between("\t"),
        between(" | "),
        "\n".join(f"| {' | '.join(row)} |" for row in [HEADS, ["---"] * 4, *ROWS]),
        "\n".join(cell for row in [HEADS, *ROWS] for cell in row),
        " ".join(cell for row in [HEADS, *ROWS] for cell in row),
        "任务分解表\n" + "\n".join(cell for row in [HEADS, *ROWS] for cell in row) + "\n请各单位抓紧落实。",
    ],
    ids=["tabs", "bars", "markdown", "a cell a line", "one line", "a cell a line between text"],
)
def test_a_pasted_table_is_a_table(text: str) -> None:
    assert told(text) == WANT


@pytest.mark.parametrize("content", ["民生实事", "改革举措", "具体举措", "会议决定", "问题清单", "干什么"])
@pytest.mark.parametrize("unit", ["承担单位", "具体负责单位", "谁来办"])
@pytest.mark.parametrize("limit", ["进度安排", "计划时间", "工期", "何时办"])
def test_every_heading_is_understood_or_the_cells_show_it(content: str, unit: str, limit: str) -> None:
    rows = [["序号", content, unit, limit], *ROWS]
    assert told("\n".join("\t".join(row) for row in rows)) == WANT


@pytest.mark.parametrize(
    ("cell", "limit"), [("全年", "全年"), ("长期坚持", "长期坚持"), ("9月投入使用", "9月")]
)
def test_cells_of_limits(cell: str, limit: str) -> None:
    assert told(f"民生实事\t承担单位\t进度安排\n新建幼儿园2所\t区教育局\t{cell}") == [
        ("新建幼儿园2所", "区教育局", limit)
    ]


def test_a_card_with_stages_is_a_matter_for_each_step() -> None:
    card = (
        "重点工作: | 弘扬企业家精神，做好服务。 |\n牵头单位: | 市工信局 |\n"
        "阶段性目标: | 第一季度:1.召开恳谈会。2.督促各区建立制度。 第二季度:发布公益广告。 |"
    )
    assert told(card) == [
        ("召开恳谈会。", "市工信局", "第一季度"),
        ("督促各区建立制度。", "市工信局", "第一季度"),
        ("发布公益广告。", "市工信局", "第二季度"),
    ]


def test_items_and_labels_in_one_line_are_read_one_by_one() -> None:
    line = "1.压减一般性支出。 责任单位：县财政局 2.坚持集体学法。 责任单位：县司法局"
    assert [lead for _, lead, _ in told(line)] == ["县财政局", "县司法局"]


def test_what_is_running_text_stays_running_text() -> None:
    words = "工作任务 抓得紧，县住建局要在11月底前完成改造。"
    assert [lead for _, lead, _ in told(words)] == ["县住建局"]


def test_cells_by_shape() -> None:
    assert is_units("县应急局、各乡镇") and not is_units("开展安全检查")
    assert is_limit("2022年12月底前") and not is_limit("6月底前完成政务云迁移")
    assert role("具体负责单位") == "责任单位" and role("工期") == "完成时限"


@pytest.mark.parametrize("end", ["", " |"], ids=["a cell a line", "a bar behind each"])
def test_an_extract_begins_at_any_number_and_has_headings_between(end: str) -> None:
    rows = [
        HEADS,
        ["二、全力以赴扩大有效投资"],
        ["38", *ROWS[0][1:]],
        ["三、守住安全底线"],
        ["71", *ROWS[1][1:]],
    ]
    assert told("\n".join(cell + end for row in rows for cell in row)) == WANT


def test_a_card_of_labels_without_colons_is_a_card() -> None:
    card = (
        "具体任务\n完成北坡医院门诊楼改造\n责任单位\n县卫健局、县住建局\n配合单位\n各乡镇\n完成时限\n11月底前"
    )
    assert told(card) == [("完成北坡医院门诊楼改造", "县卫健局", "11月底前")]
    assert len(told(card + "\n" + card.replace("门诊楼", "住院楼"))) == 2


def test_dated_steps_of_a_cell_are_matters_of_their_own() -> None:
    rows = [
        ["序号", "实事项目", "责任单位", "配合单位"],
        [
            "1",
            "1.11月底前南塘小学主体完工。2.12月底前北坡幼儿园、南塘幼儿园竣工交付。",
            "教育局",
            "住建局",
        ],
    ]
    assert told("\n".join(" | ".join(row) for row in rows)) == [
        ("11月底前南塘小学主体完工。", "教育局", "11月底前"),
        ("12月底前北坡幼儿园、南塘幼儿园竣工交付。", "教育局", "12月底前"),
    ]


def test_rows_numbered_behind_a_merged_column() -> None:
    heads = ["考核项目", "序号", "考核指标", "考核内容", "单位", "年度目标", "责任部门", "评分部门"]
    rows = [
        ["农业高效", "1", "稳定供给", "渔业总产量增幅", "%", "≥2%", "县海洋与渔业局", "县水利局", "市渔业局"],
        ["2", "粮食播种面积", "万亩", "0.07", "县农业农村局", "市农业农村局"],
        ["3", "粮食安全责任制", "-", "良好以上", "县商务局", "市商务局"],
    ]
    found = told("\n\n".join(cell for row in [heads, *rows] for cell in row))
    assert [(text[:6], lead) for text, lead, _ in found] == [
        ("渔业总产量增", "县海洋与渔业局"),
        ("粮食播种面积", "县农业农村局"),
        ("粮食安全责任", "县商务局"),
    ]


def test_a_run_of_cells_below_a_heading_with_its_year() -> None:
    cells = [
        "序号",
        "2022年预期目标",
        "责任单位",
        "1",
        "财政收入增长5%左右",
        "区财政局",
        "2",
        "投资增长6%",
        "区发改委",
    ]
    assert [(text, lead) for text, lead, _ in told("\n\n".join(cells))] == [
        ("财政收入增长5%左右", "区财政局"),
        ("投资增长6%", "区发改委"),
    ]
