"""Forms that real papers showed at first sight: each kind once, in words of our own."""

import re
from datetime import date

import pytest

from wenpan.documents.orders import propose as directives
from wenpan.documents.orders import text as reading
from wenpan.documents.orders.acceptance import NAMES, Acceptance
from wenpan.documents.orders.headings import behind_preface
from wenpan.documents.orders.proposal import MatterProposal
from wenpan.documents.orders.units.subject import begins_with_a_verb, is_name, listed_at_head
from wenpan.economy.time.calendars import Calendar
from wenpan.rules import RuleError, load_yaml
from wenpan.rules.loading import path_of
from wenpan.rules.policies import acceptance

ON = date(2022, 10, 14)
CALENDAR = Calendar.from_data(load_yaml("calendars/china")[0])


def propose(*paragraphs: str) -> list[MatterProposal]:
    return directives.propose(paragraphs, on=ON, calendar=CALENDAR)


def told(*paragraphs: str) -> list[tuple[str, str, str]]:
    return [(p.text, p.lead, p.deadline_text) for p in propose(*paragraphs)]


@pytest.mark.parametrize(
    "words", ["摸清企业", "督促各镇", "确认机构", "待领导小组", "坚决助力企业", "抄送县政府"]
)
def test_no_name_begins_with_a_verb(words: str) -> None:
    assert begins_with_a_verb(words)
    assert not is_name(words)


@pytest.mark.parametrize(
    "words",
    ["县城投公司项目部", "青山街道专班", "区园林处", "白鹭湖管护站", "团结镇", "县审计局", "区征收中心"],
)
def test_a_name_runs_to_its_last_organ_ending(words: str) -> None:
    assert is_name(words) or words == "团结镇"
    assert listed_at_head(words + "要完成清理") == words or words == "团结镇"


def test_a_verb_behind_a_comma_tells_nobody() -> None:
    words = "县粮食局、县供销社要抓好库存清点，摸清企业底数"
    assert told(words + "。") == [(words, "县粮食局、县供销社", "")]


@pytest.mark.parametrize(
    ("words", "lead", "limit"),
    [
        ("南湖新城综合执法局要清理占道摊点", "南湖新城综合执法局", ""),
        ("青山街道专班12月10日前要腾空厂房", "青山街道专班", "12月10日前"),
        ("县城投公司项目部9月底前要交付钥匙", "县城投公司项目部", "9月底前"),
        ("区园林处要修剪行道树", "区园林处", ""),
        ("县住建局、华东服装城、县水务局要在10月底前完成清淤", "县住建局、华东服装城、县水务局", "10月底前"),
        ("各村组要积极配合土地丈量工作，动员农户到场签字", "各村组", ""),
    ],
)
def test_names_are_read_whole(words: str, lead: str, limit: str) -> None:
    assert told(words + "。") == [(words, lead, limit)]


def test_outside_brackets_several_units_lead_together() -> None:
    assert told("由县编办、县发改局负责，调整领导小组。")[0][1] == "县编办、县发改局"
    assert told("调整领导小组。（县编办、县发改局负责）")[0][1] == "县编办"


def test_two_units_in_one_sentence_are_two_matters() -> None:
    found = told("由产业园拟定申请报县政府，由县政府转报市政府。")
    assert [lead for _, lead, _ in found] == ["产业园", "县政府"]


def test_a_list_behind_a_subject_tells_it_again_and_again() -> None:
    assert [lead for _, lead, _ in told("区卫健局一是核对床位数，二是补齐急救设备。")] == ["区卫健局"] * 2
    found = told("区统计局一是及时反馈各街道，各街道负责督促企业修正。二是据实整理名单，推送各部门。")
    assert [lead for _, lead, _ in found] == ["区统计局", "各街道", "区统计局"]


def test_a_unit_before_a_colon_is_told_the_list_behind_it() -> None:
    found = told("县交通局：1.完成乡道大修12公里；2.建成候车亭20个，年底前完工。")
    assert [lead for _, lead, _ in found] == ["县交通局", "县交通局"]


def test_the_subject_carries_on_to_the_next_sentence() -> None:
    found = told("县商务局要走访企业。同时，尽快摸清住宿餐饮企业融资需求。")
    assert [lead for _, lead, _ in found] == ["县商务局", "县商务局"]


def test_slogans_and_narration_are_no_matters() -> None:
    assert told("各镇各单位要提高站位，坚持目标导向，科学谋划、统筹推进。") == []
    assert told("王强总经理表示，县燃气集团要强化责任，将投入专项资金。") == []
    assert told("企业提出申请后，窗口3个工作日内办结。") == []
    assert told("一、张县长牵头重点工作") == []


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("管线图纸的审查要求下周完成", "下周"),
        ("11月15日前具备通水条件", "11月15日前"),
        ("年底前全县自来水普及率达到95%", "年底前"),
        ("7-9月完成招标", "7-9月"),
    ],
)
def test_a_day_and_a_state_are_a_matter_without_a_unit(words: str, limit: str) -> None:
    assert told(words + "。") == [(words, "", limit)]


@pytest.mark.parametrize(
    ("words", "limit"),
    [
        ("县商务局要每季一期编发简报", "每季一期"),
        ("县商务局要每周一上班前、每月3日前报送进度", "每周一上班前、每月3日前"),
        ("县商务局要在每季度末（分别在6月、9月和12月底）报送进度", "每季度末（分别在6月、9月和12月底）"),
        ("县商务局要制定年末促消费方案，元旦前启动", "元旦前"),
        ("县商务局要做到当月开工、当月入库", ""),
        ("县商务局要落实《促进消费三年行动方案（2017-2019年）》", ""),
    ],
)
def test_limits_are_read_whole_and_not_out_of_names(words: str, limit: str) -> None:
    assert [found[2] for found in told(words + "。")] == [limit]


def test_a_service_limit_of_a_counter_is_not_the_measures_own() -> None:
    found = told("压缩审批时间，3个工作日内出具意见。（县行政审批局负责）")
    assert [limit for _, _, limit in found] == [""]


def test_purposes_and_speakers_are_not_the_matters_words() -> None:
    found = told("为完成全年目标任务，李平要求，由县发改局牵头，9月底前完成项目供地工作。")
    assert found[0][0].startswith("由县发改局牵头")


def test_of_a_bulletin_the_order_is_kept_and_how_far_it_is_is_not() -> None:
    found = told("县水利局负责的“10月底前完成河道清淤5公里”，目前完成3公里。")
    assert found == [("10月底前完成河道清淤5公里", "县水利局", "10月底前")]
    found = told(
        "3件事项进展缓慢，如县发改局负责的“按时完成全县重点项目前期工作，提高项目成熟度。”截至目前，已完成30个；"
        "县水利局、县林业局承办的“紧盯节点，12月底前完工。”截至目前，开工2个。请以上单位加快推进。"
    )
    assert [(lead, limit) for _, lead, limit in found[:2]] == [
        ("县发改局", ""),
        ("县水利局、县林业局", "12月底前"),
    ]
    two = (
        "一、“年内新增车位500个。”（责任单位：县住建局）目前，已完成选址。"
        "二、“10月底前完成农村公路安防。”（责任单位：县交通局）"
    )
    assert [(lead, "选址" in text) for text, lead, _ in told(two)] == [
        ("县住建局", False),
        ("县交通局", False),
    ]
    (one,) = propose("关于城东停车场（县城管局）。会议明确：“11月底前建成投用”。截至目前，已完成主体80%。")
    assert (one.lead, one.deadline_text) == ("县城管局", "11月底前")
    assert "80%" not in one.text


def test_the_weights_in_force_know_every_sign() -> None:
    rule = acceptance()
    sure = dict.fromkeys(NAMES, 0.0) | {"有责任单位": 1.0, "单位在名录": 1.0, "有日期": 1.0}
    unsure = dict.fromkeys(NAMES, 0.0) | {"叙述词": 1.0, "几个时限": 1.0}
    assert rule.probability(sure) > 0.9 > 0.6 > rule.probability(unsure)


def test_what_is_hardly_a_matter_is_dropped() -> None:
    strict = Acceptance(-5.0, dict.fromkeys(NAMES, 0.0), 0.2)
    words = ["县商务局要走访企业。"]
    assert directives.propose(words, on=ON, calendar=CALENDAR, acceptance=strict) == []


def test_a_places_weights_are_refused_by_name(tmp_path) -> None:
    (tmp_path / "rules").mkdir()
    ours = path_of("acceptance", tmp_path / "none").read_text("utf-8")
    wrong = re.sub("有日期: .*", "有日期: 多", ours)
    (tmp_path / "rules" / "acceptance.yaml").write_text(wrong, "utf-8")
    with pytest.raises(RuleError, match="有日期"):
        acceptance(tmp_path)


def test_a_day_for_all_holds_for_the_list_of_faults_below() -> None:
    found = told(
        "请各责任单位对存在的问题立即整改，并于11月20日前将问题整改完成，整改情况报区政府督查室。",
        "存在问题：",
        "1.北坡路口堆放垃圾。（责任单位：住建局）",
        "2.南塘桥下护栏破损，10月底前更换。（责任单位：城管局）",
    )
    assert [(lead, day) for _, lead, day in found[1:]] == [("住建局", "11月20日前"), ("城管局", "10月底前")]


def test_lines_that_begin_with_a_unit_that_is_responsible_are_not_run_together() -> None:
    long = "负责督导全区学校、幼儿园和校外培训机构开展消毒杀菌和通风换气工作"
    text = f"区教育局{long}\n\n区住建局{long}"
    assert reading.read(text.encode(), "a.txt").paragraphs == (f"区教育局{long}", f"区住建局{long}")


def test_the_end_of_the_year_before_an_assessment_is_no_limit() -> None:
    assert told("县督查室要通报验收情况，并纳入年终全县目标责任制考核。")[0][2] == ""


def test_a_fault_and_the_answer_to_it_are_one_matter_of_whom_the_answer_names() -> None:
    found = told(
        "1、北坡片区：人行道地砖破损。",
        "整改要求：由包片单位县住建局负责修复。",
        "2、南塘片区：垃圾桶破损，沿街商户占道。",
        "整改要求：由县环卫站负责更换全部垃圾桶，并及时清运；县城管局负责督促商户规范摆放。",
    )
    assert [lead for _, lead, _ in found] == ["县住建局", "县环卫站", "县城管局"]
    assert "人行道地砖破损" in found[0][0]
    assert "占道" not in found[1][0]


def test_a_day_for_what_stands_above_is_no_matter_of_its_own() -> None:
    found = told(
        "1.县水利局要对堤防进行一次检查并建立责任档案。",
        "2.县应急局要清点防汛物资。",
        "3.各单位要确保上述两项工作在11月26日前全面完成。",
    )
    assert [(lead, day) for _, lead, day in found] == [("县水利局", "11月26日前"), ("县应急局", "11月26日前")]


def test_phases_in_one_line_have_their_own_days() -> None:
    line = (
        "三、整治时间（一）宣传阶段（11月1日至11月15日）。各镇要张贴公告，入户宣传。"
        "（二）整治阶段（11月16日至12月20日）。县城管局拆除违章广告牌30块。"
    )
    text = reading.read(line.encode(), "a.txt")
    assert [day for _, _, day in told(*text.paragraphs)] == ["11月1日至11月15日", "11月16日至12月20日"]


def test_an_order_to_one_unit_about_what_stands_above_stays_its_own() -> None:
    found = told(
        "1.县水利局要对堤防进行一次检查并建立责任档案。", "2.县住建局要确保上述问题在11月底前整改到位。"
    )
    assert [(lead, day) for _, lead, day in found] == [("县水利局", ""), ("县住建局", "11月底前")]
    alone = told("县住建局要确保上述问题在11月底前整改到位。")
    assert [(lead, day) for _, lead, day in alone] == [("县住建局", "11月底前")]


def test_a_day_for_the_faults_ends_with_their_list() -> None:
    found = told(
        "请各责任单位于11月20日前将问题整改完成。",
        "存在问题：",
        "1.北坡路口堆放垃圾。（责任单位：住建局）",
        "二、下步工作",
        "县应急局要清点防汛物资。",
    )
    assert [(lead, day) for _, lead, day in found[1:]] == [("住建局", "11月20日前"), ("县应急局", "")]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("1、县财政局要在11月5日前拨付资金。", "整改要求：由县审计局负责核查。"),
        ("1、县财政局安排50万元。", "整改要求：要举一反三。"),
    ],
)
def test_an_order_above_an_answer_is_not_lost(line: str, answer: str) -> None:
    assert told(line, answer)[0][1] == "县财政局"


@pytest.mark.parametrize(
    ("words", "matter", "lead"),
    [
        (
            "周强指出，要充分认识冷库项目对我县果品产业发展的重大意义，各有关部门要全力以赴，确保冷库9月底开工。",
            "各有关部门要全力以赴，确保冷库9月底开工",
            "各有关部门",
        ),
        (
            "由河东沿线包片单位县职教中心、县消防大队、县委党校负责对商户开展劝导。",
            "由河东沿线包片单位县职教中心、县消防大队、县委党校负责对商户开展劝导",
            "县职教中心、县消防大队、县委党校",
        ),
    ],
)
def test_what_is_said_before_a_unit_is_told_is_not_the_matter(words: str, matter: str, lead: str) -> None:
    assert [(text, who) for text, who, _ in told(words)] == [(matter, lead)]
    settled = "会议明确了集市的范围,并明确了由县供销社负责开发"
    assert behind_preface(settled, 0, len(settled), "县供销社") == settled.index("由")


@pytest.mark.parametrize(
    "words",
    [
        "部署会上，县政协副主席李平就做好今年提案办理工作提出要求，",
        "近期，县渔政执法大队在日常巡查中发现，",
        "赵林总结了本周县城管局的督查情况，对取得的成效给予了肯定，但是仍有乱倒垃圾现象。",
    ],
)
def test_who_found_or_summed_up_something_is_told_nothing(words: str) -> None:
    found = told(words + "各承办单位要在10月28日前清理网箱。")
    assert [(lead, day) for _, lead, day in found] == [("各承办单位", "10月28日前")]
    assert [lead for _, lead, _ in told("县水务局要在巡查中发现问题、登记建档。")] == ["县水务局"]


def test_a_line_without_end_is_read_once_and_not_from_each_of_its_names() -> None:
    """Lists of 44,000 characters, which took minutes when every name was tried as the beginning of a list."""
    assert propose(("区发改局、区商务局、" * 4400)[:44000]) == []
    assert propose(("一是核对床位数，二是补齐设备，" * 3000)[:44000]) == []
