"""Matters out of passages: the clerk's rules, one by one, and the numbers of the issue over all passages."""

import importlib.util
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.shared_data import SHARED
from wenpan.documents.orders import propose as directives
from wenpan.documents.orders import text as reading
from wenpan.documents.orders.propose import MatterProposal
from wenpan.documents.orders.units.gazetteer import Gazetteer, split_names
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import load_yaml

ROOT = Path(__file__).parents[3]
ON = date(2022, 10, 14)
CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])


def propose(*paragraphs: str, gazetteer: Gazetteer | None = None) -> list[MatterProposal]:
    return directives.propose(paragraphs, on=ON, calendar=CALENDAR, gazetteer=gazetteer)


def only(*paragraphs: str) -> MatterProposal:
    found = propose(*paragraphs)
    assert len(found) == 1, found
    return found[0]


def _benchmark():
    spec = importlib.util.spec_from_file_location("directives_benchmark", ROOT / "benchmarks/directives.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_passages_are_read_as_well_as_the_issue_asks() -> None:
    benchmark = _benchmark()
    passages = list(benchmark.passages())
    total = benchmark.score(passages, CALENDAR)
    assert sum(bool(p.labels) for p in passages) >= 60
    assert sum(not p.labels for p in passages) >= 30
    assert total.labelled >= 200
    assert total.f1 >= 0.95, total.misses
    assert total.share("lead") >= 0.95, total.misses
    assert total.share("deadline") >= 0.95, total.misses


def test_no_set_of_passages_falls_below_what_it_was_mended_to() -> None:
    benchmark = _benchmark()
    for name, chosen in benchmark.sets().items():
        found = benchmark.score(chosen, CALENDAR)
        worst = min(found.f1, found.share("lead"), found.share("deadline"), found.share("coop"))
        assert worst >= 0.96, (name, found.misses)


def test_nothing_is_proposed_where_nothing_is_ordered() -> None:
    benchmark = _benchmark()
    total = benchmark.score([p for p in benchmark.passages() if not p.labels], CALENDAR)
    assert total.proposed <= 1, total.misses


def test_the_lead_is_the_unit_after_牵头_and_the_others_cooperate() -> None:
    p = only("由区财政局牵头，区审计局、各镇（街道）配合，在11月底前完成账户清理。")
    assert (p.lead, p.coop, p.deadline) == ("区财政局", ("区审计局", "各镇（街道）"), date(2022, 11, 30))
    assert p.deadline_text == "11月底前"


def test_joint_leads_are_joined() -> None:
    assert only("1.开展消防检查。（区消防大队、区应急局牵头）").lead == "区消防大队、区应急局"


def test_with_only_责任单位_the_first_listed_leads() -> None:
    p = only("修复路灯1200盏。", "责任单位：区城管局、各街道")
    assert (p.lead, p.coop, p.questions) == ("区城管局", ("各街道",), ("未写明时限",))


def test_a_person_leads_only_where_no_unit_is_named() -> None:
    assert only("关于旧改工作，请李副区长牵头，区住建局具体负责，11月底前完成招标。").lead == "区住建局"
    assert only("请张区长牵头协调解决排污指标问题。").lead == "张区长"


def test_甲会同乙() -> None:
    p = only("区民政局会同区残联、区妇联于11月10日前完成入户核查。")
    assert (p.lead, p.coop) == ("区民政局", ("区残联", "区妇联"))


def test_no_unit_named_is_left_empty_and_asked() -> None:
    p = only("秸秆禁烧方案10月20日前必须印发到村。")
    assert (p.lead, p.questions) == ("", ("未写明责任单位",))


def test_a_date_of_its_own_makes_a_matter_of_its_own() -> None:
    found = propose("区卫健局要加快信息化建设，10月底前完成招标，12月底前完成系统接入。")
    assert [(p.lead, str(p.deadline)) for p in found] == [
        ("区卫健局", "2022-10-31"),
        ("区卫健局", "2022-12-31"),
    ]


def test_an_item_with_one_note_stays_whole_and_its_last_step_is_its_limit() -> None:
    p = only("6.建设养老平台，11月底前完成调研，12月底前上线。（区民政局牵头）")
    assert (p.lead, p.deadline) == ("区民政局", date(2022, 12, 31))


def test_a_sentence_that_names_another_unit_is_a_further_matter() -> None:
    found = propose("推行一窗受理。区大数据局要在11月底前打通接口。（牵头单位：区行政审批局）")
    assert [p.lead for p in found] == ["区行政审批局", "区大数据局"]
    assert found[0].deadline is None


def test_a_standing_service_limit_is_not_the_limit_of_the_matter() -> None:
    p = only("提高审批效率。环评报告表7个工作日内完成审批。（区环保局牵头，区水务局配合）")
    assert (p.lead, p.deadline) == ("区环保局", None)


def test_a_subject_far_from_its_verb_is_found() -> None:
    p = only(
        "针对督察反馈的12个问题，特别是沿线两处直排口，区生态环境分局作为牵头单位，务必在11月30日前销号。"
    )
    assert (p.lead, p.deadline) == ("区生态环境分局", date(2022, 11, 30))


def test_要_goes_on_telling_the_unit_of_the_sentence_before() -> None:
    found = propose("县发改局要编制项目清单。要主动对接省市，11月底前争取5个项目。")
    assert [p.lead for p in found] == ["县发改局", "县发改局"]


def test_a_day_after_a_semicolon_goes_on_telling_the_same_unit() -> None:
    found = propose("11月10日前，县发改局牵头完成报告初稿；11月20日前，征求各部门意见。")
    assert [(p.lead, str(p.deadline)) for p in found] == [
        ("县发改局", "2022-11-10"),
        ("县发改局", "2022-11-20"),
    ]


def test_a_name_behind_a_name_in_brackets_is_no_note() -> None:
    p = only("各街道要于11月10日前将名单报领导小组办公室（区商务局）。")
    assert (p.lead, p.coop) == ("各街道", ())


def test_a_limit_of_all_is_shared() -> None:
    found = propose("由县住建局负责增设泊位，县公安局交警大队负责施划标线，均于11月10日前完成。")
    assert [(p.lead, str(p.deadline)) for p in found] == [
        ("县住建局", "2022-11-10"), ("县公安局交警大队", "2022-11-10"),
    ]  # fmt: skip


def test_以下均需各县区落实_adds_them_to_every_matter() -> None:
    found = propose("以下任务均需各县（区）落实，不再单独列出。", "1.新增规上企业80家。（市工信局牵头）")
    assert [(p.lead, p.coop) for p in found] == [("市工信局", ("各县（区）",))]


def test_numbers_inside_a_paragraph_divide_it() -> None:
    found = propose(
        "会议明确：（1）区教育局负责核定学位；（2）区财政局负责落实资金；（3）区住建局负责质量监督。"
    )
    assert [p.lead for p in found] == ["区教育局", "区财政局", "区住建局"]


def test_你单位_is_the_addressee() -> None:
    assert only("区文旅局：", "请你单位抓紧办理招标，于10月28日前书面反馈。").lead == "区文旅局"


def test_half_and_full_width_read_alike() -> None:
    full = "由区商务局牵头，各街道配合，11月11日前办好购物节（首场）；区财政局要保障经费。"
    half = full.translate(str.maketrans("，；（）。", ",;()."[:4] + "。"))
    assert [(p.lead, p.coop, p.deadline) for p in propose(full)] == [
        (p.lead, p.coop, p.deadline) for p in propose(half)
    ]


def test_a_name_with_和_inside_stays_one_name() -> None:
    assert split_names("县发展和改革局、县人力资源和社会保障局和各镇") == [
        "县发展和改革局", "县人力资源和社会保障局", "各镇",
    ]  # fmt: skip


def test_the_gazetteer_knows_names_that_no_ending_gives_away() -> None:
    known = Gazetteer({"安禾电力": "dl"})
    (p,) = propose("请安禾电力在10月底前完成线路改造。", gazetteer=known)
    assert p.lead == "安禾电力"


def test_a_limit_before_the_document_is_taken_as_it_stands() -> None:
    assert only("区住建局要在2022年9月30日前完成整改。").deadline == date(2022, 9, 30)


def test_the_same_order_in_two_documents_is_proposed_in_each() -> None:
    order = "区住建局要在10月底前完成危房鉴定。"
    assert propose(order)[0].text == propose("会议要求：", order)[0].text


BITS = st.sampled_from(
    ["区住建局", "各镇街", "由", "牵头", "配合", "要", "，", "。", "；", "（", "）", "【", "】", "1.",
    "一是", "10月底前", "\n",
     "责任单位：", "完成时限：", "会同", "完成整改", "每周五", "提高认识", "“", "”", "的",
     "以下均需各县区落实", ":"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(BITS, max_size=25).map("".join))
def test_every_proposal_quotes_the_document_and_names_only_what_stands_in_it(text: str) -> None:
    paragraphs = text.split("\n")
    for p in propose(*paragraphs):
        assert p.text == text[slice(*p.span)]
        assert all(name in text for name in p.lead.split("、"))
        assert all(name in text for name in p.coop)
        assert p.deadline_text in text
        assert 0 < p.confidence < 1


@pytest.mark.shared
def test_the_fourth_part_of_a_real_speech_comes_out_and_its_slogans_do_not() -> None:
    path = SHARED / "samples" / "speech.txt"
    if not path.exists():
        pytest.skip("the shared folder with the speech is not here")
    found = propose(*reading.read(path.read_bytes(), path.name).paragraphs)
    checked = next(p for p in found if p.lead == "区督查绩效办")
    watched = [p for p in found if p.lead == "经发局"]
    assert "每周一督查" in checked.deadline_text and "每月一通报" in checked.deadline_text
    assert watched and "监测预警" in watched[0].text
    assert any(p.lead.endswith("各有关部门") and "上级主管部门" in p.text for p in found)
    for slogan in ("一盘棋", "时时放心不下", "各司其职", "政治站位", "咬定目标", "倒数第一"):
        assert not any(slogan in p.text for p in found), slogan


def test_below_a_heading_that_is_a_unit_that_unit_is_told() -> None:
    found = propose(
        "一、区发展和改革局",
        "1.制定稳增长措施，10月25日前印发。",
        "二、区统计局",
        "1.每月12日前报送分析报告。",
    )
    assert [p.lead for p in found] == ["区发展和改革局", "区统计局"]


def test_a_last_sentence_of_roles_is_a_note_without_its_bracket() -> None:
    p = only("（五）11月底前完成登记遗留问题化解。区资源局、区住建局按职责分工负责。")
    assert (p.lead, p.coop, p.deadline) == ("区资源局", ("区住建局",), date(2022, 11, 30))


@pytest.mark.parametrize(
    ("text", "lead", "coop", "deadline"),
    [
        ("【县公安局】11月底前完成“护学岗”全覆盖。", ("县公安局",), (), date(2022, 11, 30)),
        ("建设公园。（责任单位：区城管局、区住建局（牵头））", ("区住建局",), ("区城管局",), None),
        ("由县水利局商县国投公司，优先保障砂石用料。", ("县水利局",), ("县国投公司",), None),
        ("城管、生态环境要联合上门，本周日前给群众答复。", ("城管", "生态环境"), (), date(2022, 10, 16)),
        ("限河东街道于11月2日前拆除沿河违建。", ("河东街道",), (), date(2022, 11, 2)),
        ("转财政局研处，3个工作日内反馈。", ("财政局",), (), date(2022, 10, 19)),
        ("水库除险由副县长周斌牵头，县水务局负责，11月20日前招标。", ("县水务局",), (), date(2022, 11, 20)),
        ("产业链由李县长担任链长，县工信局为牵头部门，11月前出方案。", ("县工信局",), (), date(2022, 10, 31)),
        ("会议原则同意县财政局关于预算调整的建议，会后按程序报县人大审批。", ("县财政局",), (), None),
        ("各牵头单位的推进方案务于11月3日前报区政府督查室。", ("各牵头单位",), (), date(2022, 11, 3)),
    ],
)
def test_forms_in_which_clerks_name_who_is_told(
    text: str, lead: tuple[str, ...], coop: tuple[str, ...], deadline: date | None
) -> None:
    p = only(text)
    assert (p.lead, p.coop, p.deadline) == ("、".join(lead), coop, deadline)


@pytest.mark.parametrize(
    "text",
    [
        "本通知自印发之日起施行，有效期至2026年12月31日。",
        "区政府办严格按照“年初建账、年底交账”的制度。",
        "上半年，县农业农村局牵头建成高标准农田2万亩，县水务局完成5座水库加固。",
        "行政审批部门应当自受理申请之日起20个工作日内作出决定。",
        "凡弄虚作假的，一经查实，三年内不得申报。",
        "从督查情况看，县文旅局负责的两个项目至今没有开工。",
        "责任单位：县发改局",
        "青岭市人民政府办公室 2022年4月11日印发",
    ],
)
def test_what_only_looks_like_an_order_is_none(text: str) -> None:
    assert propose(text) == []


def test_further_orders_to_a_unit_in_one_sentence_stay_with_the_first() -> None:
    (p,) = propose("县工信局要摸清底数；要逐户制定复产方案。")
    assert p.text.startswith("县工信局要摸清底数") and p.text.rstrip("。").endswith("复产方案")


def test_a_limit_over_all_works_before_it_in_the_sentence() -> None:
    found = propose("区公安分局负责秩序，区卫健局负责医疗，所有准备工作11月8日前完成。")
    assert [(p.lead, p.deadline) for p in found] == [
        ("区公安分局", date(2022, 11, 8)),
        ("区卫健局", date(2022, 11, 8)),
    ]


def test_a_slip_that_says_only_请_tells_its_addressee() -> None:
    (p,) = propose("县住建局、县执法局：", "请按照批示要求抓紧办理，11月1日前书面回复。")
    assert p.lead == "县住建局、县执法局"


def test_unit_and_limit_above_the_measure_belong_to_it() -> None:
    (p,) = propose(
        "问题1：药品配备不足。",
        "整改责任单位：县卫健局",
        "整改时限：2022年11月20日",
        "整改措施：按照目录补齐药品。",
    )
    assert (p.text.rstrip("。"), p.lead, p.deadline) == ("按照目录补齐药品", "县卫健局", date(2022, 11, 20))


@pytest.mark.parametrize(
    "babble", ["一" * 6000, "局" * 6000, "9" * 6000, "各镇街" * 2000, "由甲局、乙局" * 1000]
)
def test_babble_is_no_order_and_is_read_in_a_moment(babble):
    """Were it slow, the suite would stand still here: word forms over such a run took minutes."""
    order = "区商务局要在9月20日前印发方案。"
    found = directives.propose([babble, order], on=date(2022, 8, 22), calendar=CALENDAR)
    assert [p.deadline for p in found if p.lead == "区商务局"] == [date(2022, 9, 20)]
