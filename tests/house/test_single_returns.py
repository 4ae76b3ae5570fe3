"""Who reads single returns is journalled, list, page and export alike: every address of the rooms that hold
them says so, or why it shows none."""

from __future__ import annotations

import inspect
import io
import re
import zipfile

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.house.cases import FORMS_WITHOUT
from tests.house.foreign_records import (  # noqa: F401  (fixtures)
    assigned,
    drafted,
    people,
    regions,
    signed_in,
    theirs,
    today_is,
    units,
)
from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.accounts.roles import ROLES
from wenpan.district.accounts.single_returns import ACTION
from wenpan.district.ground.journal.models import Entry

pytestmark = pytest.mark.usefixtures("bell_once")
ROOMS = ("projects", "intake", "quality", "entries")
BY_ITSELF = {  # the page writes an entry of its own, with the record's name
    "projects:project": "projects.read",
    "projects:key_project": "projects.read",
    "projects:return_form": "projects.export",
    "quality:letter": "projects.read",
    "quality:new_letter": "projects.read",
}
SHOWS_NONE = {
    "projects:own_returns": "who has handed in, without figures",
    "projects:collection": "who has handed in, without figures",
    "projects:speech": "sums of groups",
    "projects:outlook": "sums of the pool",
    "projects:curves": "fitted curves",
    "projects:my_sites": "names of sites, days and problems, without figures",
    "projects:site_plan": "names of sites and days, without figures",
    "projects:photo": "part of the project's page, whose reading is journalled",
    "quality:letters": "questions and their states, without figures",
    "quality:reporters": "days and counts, without figures",
    "quality:reporter": "days and counts, without figures",
    "quality:sources": "published growths of the district",
    "quality:relations": "rules",
    "quality:estimates": "what units expect of the district's indicators",
    "quality:trainings": "what was taught",
    "quality:training": "counts of errors",
    "quality:draws": "seeds and counts",
    "quality:population": "codes",
    "entries:progress": "counts of steps",
    "entries:batches": "days and names of papers",
    "intake:list": "names and states of files",
    "intake:upload": "a form",
    "intake:layouts": "headers",
    "intake:taught": "headers",
    "intake:alias": "a form of names",
    "intake:samples": "invented tables",
    "intake:sample": "invented tables",
}


def addresses(patterns, namespace=""):
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(
                entry.url_patterns, f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            )
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.callback


SHOWN = {name: page for name, page in addresses(get_resolver().url_patterns) if name.split(":")[0] in ROOMS}


@pytest.mark.django_db
def test_every_address_of_these_rooms_journals_its_reading_or_shows_no_single_return(client, make_user):
    from tests.house.test_permission_matrix import ADDRESSES
    from wenpan.district.accounts.permissions import can

    users = {role: make_user(role) for role in ROLES}
    open_ = set()
    for address in ADDRESSES:
        if address.name in SHOWN:
            user = next(user for user in users.values() if can(user, *address.permissions))
            client.force_login(user)
            if client.get(address.path).status_code != 405:  # the others only take forms
                open_.add(address.name)
    marked = {name for name, page in SHOWN.items() if hasattr(page, "single_returns")}
    assert open_ - marked - set(BY_ITSELF) - set(SHOWS_NONE) == set()
    assert set(BY_ITSELF) | set(SHOWS_NONE) <= set(SHOWN)
    assert marked & (set(BY_ITSELF) | set(SHOWS_NONE)) == set()


@pytest.mark.parametrize(
    "who, name, query",
    [
        ("analyst", "projects:keys", {"level": "district"}),
        ("analyst", "projects:map", {}),
        ("analyst", "projects:problems", {"show": "open"}),
        ("analyst", "projects:problems", {"export": "xlsx"}),
        ("analyst", "projects:links", {}),
        ("analyst", "projects:successions", {}),
        ("town", "projects:own_return", {}),
        ("town", "projects:own_original", {}),
        ("analyst", "intake:submission", {}),
        ("analyst", "intake:original", {}),
    ],
)
def test_who_read_what_with_which_filters_is_in_the_journal(theirs, people, signed_in, who, name, query):  # noqa: F811
    args = theirs["projects:own_return"] if name.startswith("intake") or "own" in name else ()
    path = reverse(name, args=args)
    browser = signed_in(who)
    for _twice in range(2):
        answer = browser.get(path, query)
        assert answer.status_code == 200
        b"".join(answer)
    entries = Entry.objects.filter(action=ACTION, actor_id=people[who].pk)
    assert [(e.subject, e.detail["filters"]) for e in entries] == [
        (f"page:{path}", "&".join(f"{k}={v}" for k, v in query.items()))
    ] * 2


def test_who_asks_for_the_head_of_an_answer_is_refused_or_its_reader(theirs, people, signed_in):  # noqa: F811
    browser, known = signed_in("analyst"), theirs
    for name, page in SHOWN.items():
        path = path_of(name, known)
        if hasattr(page, "single_returns") and path:
            before = Entry.objects.filter(action=ACTION).count()
            answer = browser.head(path)
            read = Entry.objects.filter(action=ACTION).count() - before
            assert answer.status_code != 200 or read == 1 or name.startswith("intake:"), name


def test_what_was_not_shown_was_not_read(theirs, people, signed_in):  # noqa: F811
    assert signed_in("analyst").get(reverse("intake:submission", args=[987_654])).status_code == 404
    foreign = reverse("projects:own_return", args=theirs["projects:own_return"])
    assert signed_in("liaison").get(foreign).status_code == 404
    assert not Entry.objects.filter(action=ACTION).exists()


# ---- every room: what a page or file shows of a return that was planted --------------------------------

PLANTED = {  # 万元: as numbers are printed, with and without commas
    "planned_total": "318472.61", "cumulative": "271834.52", "this_year": "161803.39",
    "cost": "141421.35", "reported": "173205.08", "told": "营业收入577215万元", "original": "693147.18",
}  # fmt: skip
# Never inside a digest of the journal, which may hold any six digits.
SEEN = re.compile(
    "(?<![0-9a-f])(?:318472|271834|161803|141421|173205|577215|693147)(?![0-9a-f])|31\\.85亿|27\\.18亿|16\\.18亿"
)
READS = {ACTION, *BY_ITSELF.values()}


def words_of(answer):
    """What an answer shows, also packed in a workbook or a paper."""
    raw = b"".join(answer) if answer.streaming else answer.content
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b" ".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
    return re.sub(r"[,，\s]", "", raw.decode("utf-8", "ignore"))


@pytest.fixture
def planted(theirs, people, units):  # noqa: F811
    """Returns of one project whose figures are known when they are seen; addresses of a record each."""
    from wenpan.district.entries.models import EntryCandidate, EntryFact
    from wenpan.district.intake import actions as intake
    from wenpan.district.projects.models import Project, Rating, Return
    from wenpan.district.projects.pool.derive import refresh
    from wenpan.district.quality.models import FieldCheckResult, FieldDraw

    town, unit, at = people["town"], units["tongxi"], timezone.now()
    sent = intake.hand_in(
        data=f"项目,累计\n桐溪智造园,{PLANTED['original']}\n".encode(), filename="九月.csv",
        kind="project_return", period="2022-09", by=town, at=at,
    )  # fmt: skip
    project = Project.objects.get(code="P1")
    Project.objects.filter(pk=project.pk).update(planned_total=PLANTED["planned_total"])
    for period in ("2022-08", "2022-09"):
        Return.objects.create(
            project=project, period=period, cumulative=PLANTED["cumulative"], this_year=PLANTED["this_year"],
            submission=sent, recorded_at=at,
        )  # fmt: skip
    refresh(by=None, at=at)
    Rating.objects.create(
        register="登记册", code="P1", name="桐溪智造园", on=at.date(), word="红", light="RED",
        cost=float(PLANTED["cost"]), unit="万元", submission=sent, recorded_at=at,
    )  # fmt: skip
    candidate = EntryCandidate.objects.create(
        uscc="91" + "0" * 16, name="桐溪机械", trade="industry", town=unit, origin="税务局",
        listed_on=at.date(), stage_on=at.date(), added_by=town, added_at=at,
    )  # fmt: skip
    EntryFact.objects.create(
        candidate=candidate, what="营业收入", told=PLANTED["told"], source="税务", on=at.date(),
        noted_by=town, noted_at=at,
    )  # fmt: skip
    draw = FieldDraw.objects.create(
        title="九月抽查", seed="7", population=[["P1", "桐溪智造园"]], population_hash="x", asked=1,
        drawn=["P1"], by=town, at=at,
    )  # fmt: skip
    FieldCheckResult.objects.create(
        draw=draw, code="P1", item="累计完成投资", period="2022-09", reported=PLANTED["reported"],
        actual=PLANTED["reported"], evidence="凭证", checkers="赵、钱", checked_on=at.date(), by=town, at=at,
    )  # fmt: skip
    found = dict(theirs)
    for name, _page in addresses(get_resolver().url_patterns):
        if name.startswith("intake:") or (name.startswith("projects:") and "own" in name):
            found[name] = (sent.pk,)
    return found | {"entries:candidate": (candidate.pk,), "quality:drawn": (draw.pk,)}


def path_of(name, known):
    """The address of the record that is known for it, else of any; None for one that takes another kind."""
    for args in (known.get(name), (), (1,), ("gdp",)):
        try:
            if args is not None:
                return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return None


ORDER = ("analyst", "statistician", "supervisor", "service", "attraction", "leader", "auditor")
KINDS = ({"export": "xlsx"}, {"export": "csv"})


def readers(page, users):
    """Of the people who may open it the two who see most."""
    permissions = getattr(page, "permissions", ())
    return [name for name in ("town", *ORDER) if not permissions or can(users[name], *permissions)][:2]


def test_whatever_shows_a_planted_return_in_any_room_is_journalled_as_read(planted, make_user):
    """Every address of every room, as page and as file: where one of the figures is seen, the journal says
    who saw it."""
    from django.test import Client

    users = {role: make_user(role, username=f"all-{role}") for role in ORDER}
    users["town"] = User.objects.get(username="town")
    browsers = {name: Client(raise_request_exception=False) for name in users}
    for name, browser in browsers.items():
        browser.force_login(users[name])
    untold, shown, asked = set(), set(), 0
    for name, page in addresses(get_resolver().url_patterns):
        path = path_of(name, planted)
        for who in readers(page, users) if path else ():
            queries = [{}]
            while queries:
                query, newest = queries.pop(), Entry.objects.first().pk
                answer, asked = browsers[who].get(path, query), asked + 1
                if answer.status_code != 200:
                    continue
                words = words_of(answer)
                if not query and "export=" in words:
                    queries += KINDS
                if SEEN.search(words):
                    shown.add(name)
                    told = Entry.objects.filter(pk__gt=newest, action__in=READS, actor_id=users[who].pk)
                    untold |= set() if told.exists() else {(name, *query.values())}
    assert asked > 300
    assert untold == set()
    assert shown >= {
        "projects:pool", "projects:project", "intake:original", "entries:candidate", "quality:drawn",
    }  # fmt: skip


def test_a_form_that_comes_back_with_a_planted_return_is_journalled_as_read(planted, make_user):
    """Every address that takes a form, sent empty: what is shown again is read again."""
    from django.db import transaction
    from django.test import Client

    users = {role: make_user(role, username=f"all-{role}") for role in ORDER}
    users["town"] = User.objects.get(username="town")
    untold, asked = set(), 0
    for name, page in addresses(get_resolver().url_patterns):
        path = path_of(name, planted)
        if not path or "POST" not in inspect.getsource(inspect.unwrap(page)) or name in FORMS_WITHOUT:
            continue
        for who in readers(page, users):
            browser = Client(raise_request_exception=False)
            browser.force_login(users[who])
            with transaction.atomic():
                newest = Entry.objects.first().pk
                answer, asked = browser.post(path, {}), asked + 1
                if answer.status_code < 500 and SEEN.search(words_of(answer)):
                    told = Entry.objects.filter(pk__gt=newest, action__in=READS, actor_id=users[who].pk)
                    untold |= set() if told.exists() else {name}
                transaction.set_rollback(True)
    assert asked > 150
    assert untold == set()
