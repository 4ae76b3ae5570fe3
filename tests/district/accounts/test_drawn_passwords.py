"""The first passwords of a new place fit the place's own rules, whatever is drawn."""

import base64
import random

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from wenpan.district.accounts.passwords import drawn_password
from wenpan.rules.loading import RuleError


def seeded(seed):
    chance = random.Random(seed)
    return lambda size: base64.urlsafe_b64encode(chance.randbytes(size)).rstrip(b"=").decode()


def unfit(password):
    try:
        validate_password(password)
    except ValidationError:
        return True
    return False


def test_a_plain_draw_is_often_refused_so_that_this_test_can_fail():
    draw = seeded(7)
    assert 5 < sum(unfit(draw(12)) for _n in range(400)) < 40


@given(st.integers(0, 2**32))
def test_whatever_is_drawn_the_password_fits(seed):
    assert not unfit(drawn_password(seeded(seed)))


def test_an_unfit_draw_is_drawn_again():
    words = iter(["onlysmallletters", "wenpanWENPAN123", "Fit-for-use-9x"])
    assert drawn_password(lambda _size: next(words)) == "Fit-for-use-9x"


def test_rules_that_no_draw_fits_end_in_a_sentence_not_in_a_loop():
    with pytest.raises(RuleError, match="passwords"):
        drawn_password(lambda _size: "onlysmallletters")
