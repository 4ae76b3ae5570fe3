"""The intake's pages: what each role may do there, what they say, and what they cost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wenpan.district.intake.models import Submission
from wenpan.district.observations.models import Observation

pytestmark = pytest.mark.django_db
SOFT = {"check": "figures.jump", "severity": "soft", "found": "比上月高 31 点", "sheet": "表1", "cell": "C5"}


@pytest.fixture
def page(client, analyst):
    client.force_login(analyst)
    return client


def upload(client, data, name="九月.xlsx"):
    return client.post(reverse("intake:upload"), {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_an_upload_ends_on_its_page_with_the_figures_as_in_the_sheet(page, make_file, make_figure):
    answer = upload(page, make_file(make_figure("retail", "5.1"), make_figure("tax", "2.2")))
    text = answer.content.decode()
    assert "社会消费品零售总额" in text and "5.1%" in text and 'id="cell-表1!C5"' in text
    assert "确认入账（新 2，修订 0）" in text


def test_accepting_asks_reasons_and_tells_where_the_figures_went(page, make_file, make_figure):
    upload(page, make_file(make_figure(), findings=[SOFT]))
    submission = Submission.objects.get()
    accept = reverse("intake:accept", args=[submission.pk])
    bare = {"version": submission.version, "released": "2022-10-18", "source": "市统计局"}
    assert "还有 1 条需要说明" in page.post(accept, bare, follow=True).content.decode()
    given = page.post(accept, {**bare, "reason:figures.jump": "去年停产"}, follow=True).content.decode()
    assert "已入账" in given and "看总览" in given and "去年停产" in given
    assert str(Observation.objects.get().released) == "2022-10-18"


def test_the_same_file_again_says_so_and_shows_the_first(page, accepted, make_file, make_figure):
    first = accepted(make_file(make_figure()))
    answer = upload(page, make_file(make_figure()), "副本.xlsx")
    assert "这个文件已经入账" in answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("intake:submission", args=[first.pk])


def test_a_clash_shows_both_sides(page, checked, accepted, make_file, make_figure):
    waiting = checked(make_file(make_figure("retail", "5.3")), name="甲.xlsx")
    accepted(make_file(make_figure("retail", "5.1")), name="乙.xlsx")
    answer = page.post(reverse("intake:accept", args=[waiting.pk]), {"version": waiting.version})
    assert answer.status_code == 409
    assert "5.1% → 5.3%" in answer.content.decode()


def test_an_old_page_cannot_accept_what_was_checked_anew(page, checked, make_file, make_figure):
    submission = checked(make_file(make_figure()))
    page.post(reverse("intake:check", args=[submission.pk]))
    answer = page.post(
        reverse("intake:accept", args=[submission.pk]), {"version": submission.version}, follow=True
    )
    assert "刚被更新" in answer.content.decode() and not Observation.objects.exists()


def test_a_page_asks_for_the_month_and_goes_on(page, make_file, make_figure):
    assert "这张表是哪个月的" in upload(page, make_file(make_figure(period=""), period="")).content.decode()
    submission = Submission.objects.get()
    answer = page.post(reverse("intake:period", args=[submission.pk]), {"period": "2022-10"}, follow=True)
    assert "2022-10" in answer.content.decode()
    submission.refresh_from_db()
    assert submission.state == "ready"


@pytest.mark.parametrize("month", ["2022-13", "十月", ""])
def test_what_is_no_month_is_refused_in_words(page, checked, make_file, make_figure, month):
    submission = checked(make_file(make_figure(period=""), period=""))
    page.post(reverse("intake:period", args=[submission.pk]), {"period": month})
    submission.refresh_from_db()
    assert submission.state == "unknown"


def test_undo_from_the_page_takes_the_figures_back(page, accepted, make_file, make_figure):
    submission = accepted(make_file(make_figure()))
    page.post(reverse("intake:undo", args=[submission.pk]), {"reason": "发错了"})
    submission.refresh_from_db()
    assert submission.state == "undone"
    assert not Observation.objects.filter(superseded_at__isnull=True).exists()


def test_a_file_beyond_all_measure_is_told_so_and_not_kept(page, make_file, settings):
    settings.UPLOAD_LIMIT_MB = 0
    answer = upload(page, b"12345")
    assert answer.status_code == 413 and "没有收下" in answer.content.decode()
    assert not Submission.objects.exists()


def test_the_original_is_downloaded_as_it_came(page, checked, make_file, make_figure):
    data = make_file(make_figure())
    submission = checked(data, name="九月=1+1.xlsx")
    answer = page.get(reverse("intake:original", args=[submission.pk]))
    assert answer.content == data and "attachment" in answer["Content-Disposition"]


def test_only_listed_samples_can_be_downloaded(page):
    folder = Path(settings.WENPAN_HOME) / "samples"
    folder.mkdir(exist_ok=True)
    (folder / "十月.xlsx").write_bytes(b"x")
    (folder / "secret.txt").write_bytes(b"x")
    (folder / "index.json").write_text(
        json.dumps([{"file": "十月.xlsx", "title": "十月", "description": "可以入账"}]), "utf-8"
    )
    assert "可以入账" in page.get(reverse("intake:samples")).content.decode()
    assert page.get(reverse("intake:sample", args=["十月.xlsx"])).content == b"x"
    assert page.get(reverse("intake:sample", args=["secret.txt"])).status_code == 404


def test_the_list_costs_the_same_for_three_and_for_twenty_files(
    page, checked, make_file, make_figure, django_assert_num_queries
):
    for i in range(3):
        checked(make_file(make_figure(value=str(i))), name=f"{i}.xlsx")
    page.get(reverse("intake:list"))
    with django_assert_num_queries(21) as three:  # with campaigns and the list's views and columns
        page.get(reverse("intake:list"))
    for i in range(3, 20):
        checked(make_file(make_figure(value=str(i))), name=f"{i}.xlsx")
    with django_assert_num_queries(len(three)):
        assert page.get(reverse("intake:list")).content.decode().count("data-href") == 20


def test_what_was_sent_in_is_a_list_like_others(page, checked, make_file, make_figure):
    for i in range(2):
        checked(make_file(make_figure(value=str(i))), name=f"{i}月.xlsx")
    found = page.get(reverse("intake:list"), {"sort": "-filename", "export": "csv"}).content.decode(
        "utf-8-sig"
    )
    head, *rows = found.splitlines()
    assert head.startswith("文件,表种,期间,状态,数") and [row[:1] for row in rows] == ["1", "0"]
    found = page.get(reverse("intake:list"), {"q": "1月", "sort": "-counts__figures"}).content.decode()
    assert "1月.xlsx" in found and "0月.xlsx" not in found and 'data-column="uploaded_at"' in found


def test_a_submission_costs_the_same_however_many_figures(
    page, checked, make_file, make_figure, django_assert_num_queries
):
    small = checked(make_file(make_figure()), name="小.xlsx")
    codes = ("retail", "tax", "fai", "gdp", "revenue", "trade", "loans", "income")
    large = checked(make_file(*(make_figure(code) for code in codes), findings=[SOFT]), name="大.xlsx")
    page.get(reverse("intake:submission", args=[small.pk]))
    with django_assert_num_queries(23) as one:  # with campaigns and the views of the list
        page.get(reverse("intake:submission", args=[small.pk]))
    with django_assert_num_queries(len(one)):
        page.get(reverse("intake:submission", args=[large.pk]))


@pytest.mark.parametrize(
    "role", ["leader", "liaison", "system_admin", "security_admin", "auditor", "supervisor"]
)
@pytest.mark.parametrize("name", ["list", "samples"])
def test_roles_without_data_work_do_not_see_the_intake(client, make_user, role, name):
    client.force_login(make_user(role))
    assert client.get(reverse(f"intake:{name}")).status_code == 403


@pytest.mark.parametrize("name", ["accept", "undo", "withdraw", "check", "period", "layout"])
def test_a_supervisor_can_change_nothing(client, make_user, checked, make_file, make_figure, name):
    submission = checked(make_file(make_figure()))
    client.force_login(make_user("supervisor"))
    assert client.post(reverse(f"intake:{name}", args=[submission.pk])).status_code == 403


def test_the_sender_takes_a_file_back_before_it_is_accepted(page, checked, make_file, make_figure):
    waiting = checked(make_file(make_figure()))
    form = {"version": waiting.version}
    assert page.post(reverse("intake:withdraw", args=[waiting.pk]), form).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "withdrawn"


# who sees whose files


@pytest.fixture
def senders(make_user):
    """Two of 招商局, one of the firms' service in the analyst's office."""
    from wenpan.district.accounts.models import Unit

    def unit(code):
        return Unit.objects.create(code=code, name=code, short_name=code, kind="department", pinyin=code)

    bureau, office = unit("zsj"), unit("jfj")
    return {
        "one": make_user("attraction", username="one", unit=bureau),
        "other": make_user("attraction", username="other", unit=bureau),
        "service": make_user("service", username="service", unit=office),
        "analyst": make_user("analyst", username="second", unit=office),
        "nowhere": make_user("service", username="nowhere"),
    }


def opened(client, user, submission):
    """What each address of a file answers this person."""
    client.force_login(user)
    names = ("submission", "original", "marked", "check", "period", "withdraw")
    paths = [(name, reverse(f"intake:{name}", args=[submission.pk])) for name in names]
    return {name: (client.get if n < 3 else client.post)(path).status_code
            for n, (name, path) in enumerate(paths)}  # fmt: skip


@pytest.mark.parametrize("who", ["one", "service", "nowhere"])
def test_who_takes_nothing_in_does_not_see_the_tables_of_others(
    client, senders, make_file, make_figure, who, checked
):
    """A table of single returns lay open to everybody who may send one; it could also be withdrawn."""
    table = checked(make_file(make_figure()), name="规上企业月报.xlsx")
    before = table.version
    assert set(opened(client, senders[who], table).values()) == {404}
    assert "规上企业月报" not in client.get(reverse("intake:list")).content.decode()
    exported = client.get(reverse("intake:list") + "?export=csv").content.decode("utf-8-sig")
    assert "规上企业月报" not in exported
    table.refresh_from_db()
    assert (table.state, table.version) == ("ready", before)


def test_the_own_files_and_those_of_the_colleagues_of_the_same_post_are_seen(
    client, senders, make_file, make_figure
):
    client.force_login(senders["one"])
    upload(client, make_file(make_figure()), "招商台账.xlsx")
    sent = Submission.objects.get()
    seen = {who: client.get(reverse("intake:submission", args=[sent.pk])).status_code
            for who, user in senders.items() if client.force_login(user) is None}  # fmt: skip
    assert seen == {"one": 200, "other": 200, "service": 404, "analyst": 200, "nowhere": 404}
    client.force_login(senders["service"])
    again = upload(client, make_file(make_figure()), "副本.xlsx")
    assert "已由别人上传" in again.content.decode() and Submission.objects.count() == 1
