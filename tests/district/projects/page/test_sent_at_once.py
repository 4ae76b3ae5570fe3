"""The same form sent by two threads at once is done once, and both are answered alike."""

import threading

import pytest
from django.db import connection
from django.test import Client

from wenpan.district.accounts.models import Unit
from wenpan.district.projects.models import Excuse, KeyProject, Visit
from wenpan.district.supervision.models import Matter

pytestmark = pytest.mark.django_db(transaction=True)
DAY, MONTHS = "2022-09-20", {"since": "2022-08", "until": "2022-10"}
FORMS = [
    ("/supervision/matters/new/", {"title": "桐溪大道供地", "kind": "meeting"}, Matter),
    ("/projects/key/{}/visit/", {"leader": "区长", "on": DAY, "notes": "现场调研"}, Visit),
    ("/projects/key/{}/excuse/", {"reason": "汛期", "document": "区办〔2022〕3号", **MONTHS}, Excuse),
]


@pytest.fixture
def key(units):
    return KeyProject.objects.create(
        code="Z1", name="桐溪大道", level="district", planned_total=30_000, stage="preparation", year=2022,
        kind="infrastructure", pinyin="Z1", planned_start="2022-05", year_plan=900,
        unit=Unit.objects.get(code="tongxi"), department=Unit.objects.get(code="jfj"),
    )  # fmt: skip


def sent_at_once(user, path, form, times=2):
    """What each of them was answered."""
    gate, answers = threading.Barrier(times), []

    def send():
        try:
            browser = Client(raise_request_exception=False)
            browser.force_login(user)
            gate.wait()
            answer = browser.post(path, form)
            answers.append((answer.status_code, answer.headers.get("Location")))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _n in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("path, form, model", FORMS, ids=["matter", "visit", "excuse"])
def test_two_at_once_make_one(path, form, model, key, analyst):
    answers = sent_at_once(analyst, path.format(key.pk), form | {"form_key": "k"})
    assert len(answers) == 2 and len(set(answers)) == 1 and answers[0][0] == 302, answers
    assert model.objects.count() == 1


def test_without_the_middleware_two_are_made(key, analyst, monkeypatch):
    """The negative control: the same measure sees the doubling."""
    from wenpan.district.ground.idempotency.middleware import OneFormOneDeed

    monkeypatch.setattr(OneFormOneDeed, "process_view", lambda *_args: None)
    path, form, _model = FORMS[1]
    sent_at_once(analyst, path.format(key.pk), form | {"form_key": "k"})
    assert Visit.objects.count() == 2
