"""What is refused is told in words; another's record is not there."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied, ValidationError

from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.ui.doing import do, telling


@pytest.fixture
def request_(rf):
    request = rf.post("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    return request


def told(request) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(request)]


def test_what_was_done_is_told(request_):
    do(request_, lambda: None, "已保存")
    assert told(request_) == [("success", "已保存")]


@pytest.mark.parametrize(
    ("refusal", "words"),
    [
        (Refused("clash", "别人刚改过"), "别人刚改过"),
        (ValidationError(["缺日期", "缺单位"]), "缺日期；缺单位"),
        (PermissionDenied("要由主任办理"), "要由主任办理"),
    ],
)
def test_why_not_is_told_and_nothing_of_success(refusal, words, request_):
    def refuse():
        raise refusal

    do(request_, refuse, "已保存")
    assert told(request_) == [("error", words)]


def test_another_units_record_is_not_there(request_):
    with pytest.raises(NotYours), telling(request_):
        raise NotYours("不是本单位的")
    assert told(request_) == []


def test_an_error_of_the_program_is_no_refusal(request_):
    with pytest.raises(ZeroDivisionError), telling(request_):
        raise ZeroDivisionError
