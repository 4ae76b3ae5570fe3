"""Another unit's record is not there: every address that names one, asked by two people of another unit.

The answer is the one that a record gets that does not exist (404), never 403, and the record's own unit is
the control: it is not told 404. An address that a unit's people may open and that names a record must have
one here.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.urls import reverse

from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    assigned,
    day,
    drafted,
    people,
    signed_in,
    today_is,
    units,
)
from tests.house.foreign_records import regions, theirs  # noqa: F401  (fixtures)
from tests.house.test_permission_matrix import ADDRESSES, BY_SECRET, OPEN_TO_STRANGERS
from tests.house.unit_addresses import ASKED
from wenpan.district.accounts.roles import ROLES

pytestmark = pytest.mark.usefixtures("bell_once")
NOT_THERE = 987_654


def told(browser: Any, path: str) -> int:
    """As a page, or as a form where no page is."""
    status = browser.get(path).status_code
    return int(browser.post(path, {}).status_code if status == 405 else status)


def not_there(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """The same address of a record that does not exist."""
    return tuple(
        NOT_THERE if isinstance(argument, int) else f"no{argument}" if index == 0 else argument
        for index, argument in enumerate(arguments)
    )


def test_every_address_of_a_units_people_that_names_a_record_has_one_here(theirs):  # noqa: F811
    assert sorted(set(ASKED) - set(theirs)) == []


@pytest.mark.parametrize(("who", "role"), [("liaison", "liaison"), ("head", "unit_head")])
def test_another_units_record_answers_as_one_that_does_not_exist(theirs, signed_in, who, role):  # noqa: F811
    browser = signed_in(who)
    browser.raise_request_exception = False
    wrong = [
        f"{name}{theirs[name]}: {status}"
        for name, roles in ASKED.items()
        if role in roles and (status := told(browser, reverse(name, args=theirs[name]))) != 404
    ]
    assert wrong == []


WORDS = ("桐溪智造园", "桐溪机械", "用工难", "正在清表", "用地未批", "某集团", "用地报批慢", "逾期未办结")


def lists() -> list[str]:
    """Addresses that a unit's people may open and that name no record: pages, exports, feeds."""
    found = []
    for address in ADDRESSES:
        may = not address.permissions or set(address.permissions) & set(ROLES["liaison"].permissions)
        if may and address.name not in ASKED and address.name not in OPEN_TO_STRANGERS | BY_SECRET:
            found.append(address.path)
    return found


def told_of(browser: Any, paths: list[str]) -> list[str]:
    """Where a word of 桐溪镇's records stands."""
    found = []
    for path in paths:
        answer = browser.get(path)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if any(word in readable(text) for word in WORDS):
            found.append(path)
    return found


def readable(content: bytes) -> str:
    """The words of a page, of a text, or of a workbook's parts."""
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@pytest.mark.parametrize("who", ["liaison", "head"])
def test_no_list_page_or_export_tells_another_unit_of_it(theirs, signed_in, who):  # noqa: F811
    browser = signed_in(who)
    browser.raise_request_exception = False
    assert told_of(browser, lists()) == []


def test_the_lists_tell_the_unit_itself(theirs, signed_in):  # noqa: F811
    """The control."""
    browser = signed_in("town")
    browser.raise_request_exception = False
    assert len(told_of(browser, lists())) >= 10


def test_the_unit_itself_is_not_told_so(theirs, signed_in):  # noqa: F811
    """The control: it is whose record it is that makes the difference."""
    browser = signed_in("town")
    browser.raise_request_exception = False
    closed_to_all = {"bulletins:document", "bulletins:docx", "bulletins:pdf"}  # a draft of the office
    closed_to_all |= {"observations:origin", "indicators:indicator", "indicators:what_if"}  # of no unit here
    closed_to_all |= {"campaigns:enter", "campaigns:attach"}  # a unit reads what a team has written of it
    wrong = [
        f"{name}: {status}"
        for name, roles in ASKED.items()
        if "liaison" in roles
        and name not in closed_to_all
        and (status := told(browser, reverse(name, args=theirs[name]))) in (403, 404, 500)
    ]
    assert wrong == []
