"""督办通知单 on paper: what stands in it in every case, and that it is the same to the byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.letters.supervision_notice import SlipText, compose
from wenpan.documents.papers.paper import block_text

TEXT = SlipText(
    number="安督单〔2022〕1号",
    colour="blue",
    unit="安禾区住房和城乡建设局",
    matter="2022-0015",
    title="完成桐溪智造园二期供地。",
    source="《在全区经济运行调度会上的讲话》",
    coops=("桐溪镇", "经发局"),
    promise=date(2022, 10, 20),
    due=date(2022, 10, 31),
    reason="逾期3个工作日未办结, 发蓝色督办单提醒",
    asks="请说明原因",
    consequence="回复期满仍未办结的发黄色督办单",
    answer_by=date(2022, 11, 10),
    issuer="安禾区督查绩效办公室",
    issued_on=date(2022, 11, 3),
    rules="默认蓝黄红督办单",
)


def body(**changes) -> str:
    return "\n".join(block_text(block) for block in compose(replace(TEXT, **changes)).blocks)


def test_the_letter_says_what_why_what_is_asked_and_by_when():
    assert body() == "\n".join(
        [
            "安督单〔2022〕1号",
            "安禾区住房和城乡建设局：",
            "《在全区经济运行调度会上的讲话》部署、你单位牵头承办的督办事项（编号2022-0015）应于2022年10月31日前办结，"
            "至今未办结。逾期3个工作日未办结，发蓝色督办单提醒。现予督办，请按下列要求办理。",
            "一、督办事项",
            "完成桐溪智造园二期供地；原定时限2022年10月20日；办理时限2022年10月31日；配合单位桐溪镇、经发局。",
            "二、督办要求",
            "请说明原因。",
            "三、回复时限",
            "请于2022年11月10日前签收并书面回复，一事一报，注明本单编号，写明落实过程、基本情况、意见和建议，由单位主要负责人签发。"
            "回复期满仍未办结的发黄色督办单。",
        ]
    )


@pytest.mark.parametrize(
    ("sentence", "changes", "words", "absent"),
    [
        ("not late yet", {"due": date(2022, 11, 8)}, "应于2022年11月8日前办结。", "至今未办结"),
        ("without a deadline", {"due": None, "promise": None}, "尚未办结。", "应于"),
        ("without a deadline it says so", {"due": None, "promise": None}, "未定办理时限", "原定时限"),
        ("never extended", {"promise": date(2022, 10, 31)}, "办理时限2022年10月31日", "原定时限"),
        ("nobody helps", {"coops": ()}, "办理时限2022年10月31日。", "配合单位"),
        ("opened by hand", {"source": ""}, "你单位牵头承办", "部署"),
    ],
)
def test_cases(sentence, changes, words, absent):
    text = body(**changes)
    assert words in text and absent not in text, sentence


def test_the_small_print_names_the_rules_and_leaves_seal_and_discipline_to_others():
    assert (
        compose(TEXT).small_print
        == "依据《默认蓝黄红督办单》发出；印章由发文单位加盖；约谈、问责由有权机关按规定决定。"
    )
    assert compose(replace(TEXT, rules="")).small_print.startswith("印章由发文单位加盖")


def test_the_same_slip_gives_the_same_bytes():
    assert render(compose(TEXT), created=TEXT.issued_on) == render(compose(TEXT), created=TEXT.issued_on)
