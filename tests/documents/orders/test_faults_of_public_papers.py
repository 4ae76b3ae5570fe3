"""Kinds of fault that further real papers showed in November 2026: each once, in words of our own."""

from datetime import date

import pytest

from wenpan.documents.orders import propose as directives
from wenpan.documents.orders.task_tables import propose as task_tables
from wenpan.documents.orders.units.subject import begins_with_a_verb
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

ON = date(2022, 10, 14)
CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])


def told(*paragraphs: str) -> list[tuple[str, str, str]]:
    found = directives.propose(paragraphs, on=ON, calendar=CALENDAR)
    return [(p.text, p.lead, p.deadline_text) for p in found]


def test_a_cell_a_line_with_a_bar_behind_it_is_a_table() -> None:
    cells = ["序号", "重点工作", "责任领导", "责任单位", "完成时限"]
    cells += ["1", "盘活闲置厂房3处。", "李平", "招商工作部、安商工作部", "全年"]
    cells += ["2", "建成污水提升泵站。", "王强", "规划建设局", "11月底前"]
    text = "2022年园区重点工作清单\n" + "\n".join(f"{cell} |" for cell in cells)
    found = task_tables.propose(text.encode(), "表.txt", on=ON, calendar=CALENDAR).proposals
    assert [(p.text, p.lead, p.coop, p.deadline_text) for p in found] == [
        ("盘活闲置厂房3处。", "招商工作部", ("安商工作部",), "全年"),
        ("建成污水提升泵站。", "规划建设局", (), "11月底前"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "从检查情况看，大多数承办单位采取上门走访的方式与代表见面。",
        "41家主办单位中，28家实现了见面率100%的目标。",
        "但有9家单位见面率未达到100%，其中县供电公司见面率为零。",
        "会上，县统计局负责人汇报前三季度主要指标完成情况，提出下一步举措。",
        "要提高站位，紧贴企业和群众需求，大胆创新，按照时间节点推进。",
        "各单位要提高干部职工的积极性，明确工作职责，形成共治氛围。",
    ],
)
def test_what_is_told_orders_nothing(words: str) -> None:
    assert told(words) == []


def test_an_order_without_a_subject_does_not_swallow_the_next_units_own() -> None:
    assert told("要加强现场管理，打击违法行为，县督查办每周要通报一次进展。") == [
        ("县督查办每周要通报一次进展", "县督查办", "每周")
    ]


def test_who_is_told_goes_on_into_the_case_that_may_come() -> None:
    words = "各承办单位收到建议后，要逐件清点、签收。如发现不属于本单位的，要在3个工作日内报县政府督查室。"
    assert [(lead, limit) for _, lead, limit in told(words)] == [
        ("各承办单位", ""),
        ("各承办单位", "3个工作日内"),
    ]


def test_each_day_of_an_answer_is_a_matter() -> None:
    words = "各承办单位须在11月30日前答复完毕，其中工商联的提案应在11月10日前答复完毕。"
    assert [limit for _, _, limit in told(words)] == ["11月30日前", "11月10日前"]


def test_days_of_several_months_are_one_limit() -> None:
    words = "县住建局于11月27日、12月30日、2023年1月5日前将自查情况报送县政府办公室。"
    assert [limit for _, _, limit in told(words)] == ["11月27日、12月30日、2023年1月5日前"]


def test_a_span_from_a_receipt_is_counted_from_an_event() -> None:
    found = directives.propose(
        ["承办单位要在接到建议、提案的10日内与县政府督查室联系。"], on=ON, calendar=CALENDAR
    )
    assert [(p.deadline_text, p.deadline) for p in found] == [("接到建议、提案的10日内", None)]


def test_an_office_is_called_by_what_it_does() -> None:
    assert not begins_with_a_verb("统筹办")
    assert begins_with_a_verb("督促县住建局")
    assert begins_with_a_verb("紧贴企业")
    assert [lead for _, lead, _ in told("由统筹办、县招商办组织验收，召开会议研究存在的问题。")] == [
        "统筹办、县招商办"
    ]


def test_bars_on_lines_of_their_own_part_the_cells_of_rows_that_are_not_all_as_wide() -> None:
    cells = ["工作任务", "具体要求", "责任科室", "时限要求"]
    cells += ["规范公开", "1", "清理现行有效的文件，公布目录。", "办公室", "年底前"]
    cells += ["主动公开", "2", "及时发布法定内容。", "各科室", "持续推进"]
    cells += ["3", "编制年度报告，接受监督。", "办公室", "持续推进"]
    text = "\n".join(part for cell in cells for part in (cell, "|"))
    found = task_tables.propose(text.encode(), "表.txt", on=ON, calendar=CALENDAR).proposals
    assert [(p.text, p.lead, p.deadline_text) for p in found] == [
        ("清理现行有效的文件，公布目录。", "办公室", "年底前"),
        ("及时发布法定内容。", "各科室", "持续推进"),
        ("编制年度报告，接受监督。", "办公室", "持续推进"),
    ]


def test_a_number_before_a_year_is_a_number() -> None:
    assert told("1.2022年11月底前制定方案", "2.2022年12月底前县乡两级政府编制完成目录") == [
        ("2022年11月底前制定方案", "", "2022年11月底前"),
        ("2022年12月底前县乡两级政府编制完成目录", "县乡两级政府", "2022年12月底前"),
    ]


def test_a_state_that_can_be_measured_by_a_day_is_a_matter() -> None:
    assert told("持续推进无违建镇建设，12月底前全市无违建镇达到镇总数的80%。") == [
        ("持续推进无违建镇建设，12月底前全市无违建镇达到镇总数的80%", "", "12月底前")
    ]


def test_the_bracket_of_a_group_is_no_note_of_responsibility() -> None:
    assert told("希望各县市区（园区）引以为戒，继续加大宣传力度，疏堵并举。") == []


def test_my_office_is_no_name_within_a_sentence() -> None:
    assert [lead for _, lead, _ in told("局综合科要建立公开制度，保障我局公开工作有序推进。")] == ["局综合科"]


def test_what_was_handed_down_lately_is_not_the_matter() -> None:
    assert told("近日，县双代办下达改造计划17万户，要求各乡镇11月底前完成改造任务。") == [
        ("要求各乡镇11月底前完成改造任务", "各乡镇", "11月底前")
    ]


@pytest.mark.parametrize(
    "words",
    [
        "各镇、各部门要明确任务。要瞄准短板弱项，加大工作力度，强化分析研判。",
        "王磊要求，要加强宣传，营造氛围。县爱卫办要接受群众举报。要实行分片作战，抓好问题整治。",
        "下一步，各单位将加强与主管科室的对接，坚持每日更新台账。",
    ],
)
def test_what_a_speaker_goes_on_to_tell_all_is_nobodys(words: str) -> None:
    assert [(text, lead) for text, lead, _ in told(words) if "爱卫办" not in text] == []


def test_who_says_it_is_not_who_is_told() -> None:
    words = "局领导李建安指出各单位要加快办理用地手续，每日报送手续台账。"
    assert [(lead, limit) for _, lead, limit in told(words)] == [("各单位", "每日")]


def test_so_that_goes_on_telling_the_unit_before_it() -> None:
    words = "各防汛单位要落实24小时值班，及时报告汛情；确保巡查到位，排查山塘水库隐患。"
    assert [lead for _, lead, _ in told(words)] == ["各防汛单位"]


def test_who_reports_in_time_is_told_the_reports_above() -> None:
    lines = "（一）在建项目进度表每月25日前上报。", "（二）新开工项目材料每月10日前上报。"
    found = told("二、定期报表", *lines, "三、要求", "各有关单位按照规定的时间及时报送报表，不得有误。")
    assert [(lead, limit) for _, lead, limit in found] == [
        ("各有关单位", "每月25日前"),
        ("各有关单位", "每月10日前"),
    ]


def test_marked_words_are_told_who_was_told_before_them() -> None:
    def marked(words: str, before: str = "") -> tuple[str, str]:
        found = directives.marked(words, before, on=ON, calendar=CALENDAR)
        return found.lead, found.deadline_text

    assert marked("县督查室将对进展情况进行通报") == ("县督查室", "")
    assert marked("8月底前全面建成", "县住建局要启动公厕改造，") == ("县住建局", "8月底前")
    assert marked("县住建局要拆旧，县城管局要清运") == ("", "")
    assert marked("今天天气很好") == ("", "")
