"""One-time codes: the vectors of RFC 6238, appendix B (SHA-1; the last six of its eight digits)."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenpan.district.accounts.second import codes

SECRET = base64.b32encode(b"12345678901234567890").decode()
VECTORS = {
    59: "287082",
    1111111109: "081804",
    1111111111: "050471",
    1234567890: "005924",
    2000000000: "279037",
    20000000000: "353130",
}


def moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


@pytest.mark.parametrize(("seconds", "code"), VECTORS.items())
def test_the_vectors_of_the_rfc_hold(seconds, code):
    assert codes.step_of(SECRET, code, moment(seconds)) == seconds // 30


def test_a_code_holds_one_step_before_and_after_and_no_longer():
    made = 1234567890 // 30 * 30  # the first second of the step
    code = "005924"
    assert codes.step_of(SECRET, code, moment(made - 30)) is not None
    assert codes.step_of(SECRET, code, moment(made - 31)) is None
    assert codes.step_of(SECRET, code, moment(made + 59)) is not None
    assert codes.step_of(SECRET, code, moment(made + 60)) is None


def test_a_step_that_was_used_proves_nothing_again():
    step = codes.step_of(SECRET, "287082", moment(59))
    assert codes.step_of(SECRET, "287082", moment(59), last=step) is None
    assert codes.step_of(SECRET, "287082", moment(59), last=step - 1) == step


@pytest.mark.parametrize("code", ["", "28708", "2870822", "28708x", "２８７０８２", "-28708"])
def test_what_is_no_six_digits_is_no_code(code):
    assert codes.step_of(SECRET, code, moment(59)) is None


def test_a_code_may_be_typed_in_two_halves():
    assert codes.step_of(SECRET, "287 082", moment(59)) == 1


@given(st.text(max_size=12))
def test_no_text_makes_the_check_fall_over(text):
    codes.step_of(SECRET, text, moment(59))


def test_recovery_codes_differ_and_hold_no_sign_that_is_taken_for_another():
    drawn = codes.drawn_recovery_codes()
    assert len(set(drawn)) == 10
    assert not set("".join(drawn)) & set("01ILO")
    assert {len(codes.bare(code)) for code in drawn} == {10}
    assert codes.bare(drawn[0].lower().replace("-", " ")) == codes.bare(drawn[0])
