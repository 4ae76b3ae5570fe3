"""Firms by code and name; deals that may be the same one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from wenpan.economy.funnel.identity import (
    DealIdentity,
    core_name,
    duplicate_candidates,
    firm_changes,
    likeness,
    uscc_fault,
    valid_uscc,
)

GOOD = "91310000630888888M"  # not a firm's; made to pass or fail below


def _code(body: str) -> str:
    """The 17 characters with their checksum, by GB 32100."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    total = sum(alphabet.index(c) * 3**i % 31 for i, c in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]


A, B = _code("91310000MA1K35XH2"), _code("91440300MA5EQ9JJ3")


def test_a_code_with_its_checksum_is_valid_and_one_altered_digit_is_not():
    assert valid_uscc(A)
    assert valid_uscc(f" {A[:8].lower()} {A[8:]}")
    altered = A[:5] + ("1" if A[5] != "1" else "2") + A[6:]
    assert not valid_uscc(altered)
    assert "校验位不对" in uscc_fault(altered)


@pytest.mark.parametrize(
    ("text", "words"), [("", ""), ("91310000", "18位"), ("9131I000MA1K35XH2O", "请核对"), (A, "")]
)
def test_what_is_wrong_with_a_code_is_said(text, words):
    assert (words in uscc_fault(text)) if words else uscc_fault(text) == ""


def test_brackets_and_legal_forms_are_no_part_of_a_name():
    assert core_name("安禾（中国）新材料有限公司") == core_name("安禾(中国)新材料股份有限公司")
    assert likeness("公司", "有限公司") < 100


def deal(code: str, name: str, **more: object) -> DealIdentity:
    return DealIdentity(code, name, **more)  # type: ignore[arg-type]


def test_the_same_deal_reported_by_two_units_is_one_candidate_that_asks_for_shares():
    found = duplicate_candidates(
        [
            deal(
                "1",
                "年产5万吨锂电池隔膜项目",
                investor="星源材料股份有限公司",
                unit="a",
                amount=Decimal(12000),
            ),
            deal(
                "2",
                "年产5万吨锂电池隔膜建设项目",
                investor="星源材料有限公司",
                unit="b",
                amount=Decimal(12000),
            ),
            deal("3", "冷链物流园项目", investor="鲜达物流有限公司", unit="a", amount=Decimal(12000)),
        ]
    )
    (pair,) = found
    assert (pair.one, pair.other, pair.two_units) == ("1", "2", True)
    assert "只计1个" in pair.why[-1]


def test_a_like_name_alone_is_not_enough():
    assert duplicate_candidates([deal("1", "智能制造产业园一期"), deal("2", "智能制造产业园二期")]) == ()


def test_a_pair_that_a_person_kept_apart_is_not_proposed_again():
    pair = [deal("1", "冷链物流园项目"), deal("2", "冷链物流园项目")]
    assert len(duplicate_candidates(pair)) == 1
    assert duplicate_candidates(pair, apart=[frozenset({"1", "2"})]) == ()


def test_a_firm_that_changed_its_name_or_code_is_asked_about():
    renamed = [
        deal("1", "甲", company="安禾新材料有限公司", uscc=A),
        deal("2", "乙", company="安禾科技有限公司", uscc=A),
    ]
    (pair,) = duplicate_candidates(renamed)
    assert "可能更名" in pair.why[0]
    (change,) = firm_changes(renamed)
    assert change.what == "renamed"
    recoded = [
        deal("1", "甲", company="安禾有限公司", uscc=A),
        deal("2", "乙", company="安禾有限公司", uscc=B),
    ]
    (change,) = firm_changes(recoded)
    assert (change.what, change.deals) == ("recoded", ("1", "2"))
