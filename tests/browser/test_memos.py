"""Ten memos of the demonstration: each question cites what it stands on, and what it cites opens."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.browser.conftest import CODE, _environment

KINDS, DAYS = ("monthly", "weekly", "gdp", "investment", "requests"), ("2022-10-18", "2022-11-21")
READ = f"""
import json, time
from datetime import date, datetime
from wenpan.commands._start import start_django
start_django()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.ALLOWED_HOSTS = ["*"]
from django.test import Client
from wenpan.district.accounts.models import User
from wenpan.district.meetings import memo_facts, queries
from wenpan.district.meetings.models import Meeting
browser, found = Client(), []
browser.force_login(User.objects.get(username="supervisor"))
for day in {DAYS!r}:
    for kind in {KINDS!r}:
        on = date.fromisoformat(day)
        meeting = Meeting(kind=kind, title=kind, held_on=on)
        began = time.perf_counter()
        memo = memo_facts.live_memo(meeting, on)
        urls = [[queries.url_of(c) for c in q.citations] for q in memo.questions]
        found.append({{"kind": kind, "seconds": time.perf_counter() - began, "urls": urls}})
pages = sorted({{url for memo in found for urls in memo["urls"] for url in urls}})
answers = {{url: browser.get(url).status_code for url in pages if not url.startswith("/meetings/")}}
for url in pages:
    if url.startswith("/meetings/"):
        answers[url] = browser.get(url, follow=True).status_code
print(json.dumps([found, answers]))
"""


def test_every_question_of_ten_memos_cites_what_opens(demo_home):
    run = subprocess.run(
        [sys.executable, "-c", READ], env=_environment(demo_home), cwd=CODE, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    memos, answers = json.loads(run.stdout.splitlines()[-1])
    assert len(memos) == 10
    assert sum(len(memo["urls"]) for memo in memos) > 60
    assert all(urls for memo in memos for urls in memo["urls"])
    assert {url: status for url, status in answers.items() if status != 200} == {}
