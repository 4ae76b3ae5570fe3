"""Security keys: what an answer proves, and what it does not."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.district.accounts.second.soft_key import SoftKey
from wenpan.district.accounts.models import SecondFactor
from wenpan.district.accounts.second import actions, queries
from wenpan.district.accounts.second.security_keys import KeyQuestion

pytestmark = pytest.mark.django_db
CHALLENGE = "c29tZS1jaGFsbGVuZ2U"
ASKED = KeyQuestion(CHALLENGE, "localhost", "http://localhost")


@pytest.fixture
def analyst(make_user):
    return make_user("analyst")


@pytest.fixture
def key(analyst):
    key = SoftKey()
    actions.add_security_key(
        user=analyst, answer=key.register(CHALLENGE), asked=ASKED, label="密钥", by=analyst
    )
    return key


def test_a_registered_key_proves_its_owner(analyst, key):
    actions.prove_by_key(user=analyst, answer=key.prove(CHALLENGE), asked=ASKED)
    assert SecondFactor.objects.get().counter == 1


@pytest.mark.parametrize(
    ("challenge", "origin", "host"),
    [
        ("YW5vdGhlcg", "http://localhost", "localhost"),
        (CHALLENGE, "http://localhost.example", "localhost"),
        (CHALLENGE, "http://localhost", "elsewhere.example"),
    ],
    ids=["another question", "a page of another host", "a key for another host"],
)
def test_an_answer_to_something_else_proves_nothing(analyst, key, challenge, origin, host):
    key.host = host
    with pytest.raises(ValidationError):
        actions.prove_by_key(user=analyst, answer=key.prove(challenge, origin), asked=ASKED)


def test_a_key_that_counts_backwards_is_a_copy(analyst, key):
    actions.prove_by_key(user=analyst, answer=key.prove(CHALLENGE), asked=ASKED)
    key.count = 0
    with pytest.raises(ValidationError):
        actions.prove_by_key(user=analyst, answer=key.prove(CHALLENGE), asked=ASKED)


def test_another_persons_key_proves_nothing(make_user, key):
    with pytest.raises(ValidationError, match="没有登记在您的名下"):
        actions.prove_by_key(user=make_user("leader"), answer=key.prove(CHALLENGE), asked=ASKED)


def test_a_key_that_was_ended_proves_nothing(analyst, key):
    actions.end_factor(factor=SecondFactor.objects.get(), by=analyst)
    with pytest.raises(ValidationError):
        actions.prove_by_key(user=analyst, answer=key.prove(CHALLENGE), asked=ASKED)


def test_one_key_is_registered_once(analyst, key):
    with pytest.raises(ValidationError, match="已经登记过"):
        actions.add_security_key(
            user=analyst, answer=key.register(CHALLENGE), asked=ASKED, label="", by=analyst
        )


def test_nobody_registers_a_key_for_another(analyst, make_user):
    with pytest.raises(PermissionDenied):
        actions.add_security_key(
            user=analyst, answer=SoftKey().register(CHALLENGE), asked=ASKED, label="", by=make_user("leader")
        )


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": "x"}', "x" * 30_000, "[" * 10_000])
def test_what_is_no_answer_is_refused_and_not_a_crash(analyst, answer):
    with pytest.raises(ValidationError):
        actions.add_security_key(user=analyst, answer=answer, asked=ASKED, label="", by=analyst)
    with pytest.raises(ValidationError):
        actions.prove_by_key(user=analyst, answer=answer, asked=ASKED)


def test_by_the_pages_the_question_is_asked_once(client, analyst):
    client.force_login(analyst)
    page, host = "/accounts/second/", {"HTTP_HOST": "localhost"}
    client.get(page, **host)
    key, challenge = SoftKey(), client.session["second_asked"]
    sent = {"answer": key.register(challenge), "label": "密钥"}
    assert client.post(f"{page}key/", sent, **host).status_code == 200
    again = {"answer": SoftKey().register(challenge), "label": "密钥"}
    assert client.post(f"{page}key/", again, **host).status_code == 422
    assert queries.live(analyst).count() == 1
