"""Two people send the same file at once: it is taken in once, and both see what becomes of it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test import Client

from wenpan.district.ground.jobs.models import Job
from wenpan.district.ground.jobs.worker import Worker
from wenpan.district.intake.models import Original, Submission
from wenpan.district.supervision.models import Source

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = "指标,9月累计\n固定资产投资,5.2\n".encode()
PAPER = "区政府常务会议纪要\n2022年10月14日\n区住建局要在10月31日前完成危房整改。\n".encode()


def at_once(browsers, path, name, data):
    """Each browser sends the file in a thread of its own; where each was led."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    gate, answers = threading.Barrier(len(browsers)), {}

    def send(who, browser):
        try:
            gate.wait()
            answer = browser.post(path, {"file": SimpleUploadedFile(name, data), "form_key": who})
            answers[who] = (answer.status_code, answer.headers.get("Location", ""))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=pair) for pair in browsers.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.fixture
def browsers_of(make_user, settings):
    """browsers_of("analyst"): two people of that role; jobs wait for a worker."""
    settings.JOBS_INLINE = False

    def make(role):
        browsers = {}
        for who in ("first", "second"):
            browsers[who] = Client(raise_request_exception=False)
            browsers[who].force_login(make_user(role, username=who))
        return browsers

    return make


def opened(browser, answer):
    """The page to which somebody was led, as they see it."""
    status, path = answer
    assert status == 302, answer
    page = browser.get(path, follow=True)
    assert page.status_code == 200, (path, page.status_code)
    return page


@pytest.mark.parametrize("known", [False, True], ids=["new", "sent before and withdrawn"])
def test_a_table_is_taken_in_once_and_both_follow_it(browsers_of, known):
    analysts = browsers_of("analyst")
    if known:
        from wenpan.district.accounts.models import User
        from wenpan.district.intake import actions

        before = actions.submit(data=TABLE, filename="a.csv", by=User.objects.get(username="first"))
        actions.withdraw(submission=before, by=User.objects.get(username="first"))
    answers = at_once(analysts, "/data/upload/", "a.csv", TABLE)
    assert Submission.objects.exclude(state="withdrawn").count() == Original.objects.count() == 1
    assert Job.objects.filter(kind="intake.check").count() == 1
    for who, browser in analysts.items():
        opened(browser, answers[who])
    Worker(until_empty=True).work()
    submission = Submission.objects.exclude(state="withdrawn").get()
    assert submission.state != "checking"
    for who, browser in analysts.items():
        opened(browser, answers[who])
        assert browser.get(f"/data/{submission.pk}/").status_code == 200
        assert "核对" in browser.get("/jobs/").content.decode()


def test_a_paper_is_read_once_and_both_follow_it(browsers_of):
    clerks = browsers_of("supervisor")
    answers = at_once(clerks, "/supervision/sources/upload/", "纪要.txt", PAPER)
    for who, browser in clerks.items():
        opened(browser, answers[who])
    Worker(until_empty=True).work()
    source = Source.objects.get()
    for who, browser in clerks.items():
        page = opened(browser, answers[who])
        assert browser.get(f"/supervision/sources/{source.pk}/").status_code == 200
        assert page.status_code == 200
