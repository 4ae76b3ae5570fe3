"""A unit hands in the return of its own projects; the statistics office accepts it or sends it back.

P1 stands in 桐溪镇 under 经发局, P2 in 柳湾镇 under 住建局; both were last reported in August 2022.
"""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta, timezone

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from wenpan.demo.files.grid import PrintedSheet, workbook
from wenpan.district.accounts.models import Unit
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import actions as intake
from wenpan.district.intake.models import Submission
from wenpan.district.projects import actions
from wenpan.district.projects.models import Return
from wenpan.district.projects.returns import collection as queries
from wenpan.district.supervision.models import Notice
from wenpan.economy.time.periods import Month

pytestmark = pytest.mark.django_db
MONTHS = [f"2021-{m:02d}" for m in range(4, 13)] + [f"2022-{m:02d}" for m in range(1, 9)]
AT = datetime(2022, 10, 4, 10, 0, tzinfo=timezone(timedelta(hours=8)))
SEPTEMBER = Month(2022, 9)


@pytest.fixture
def library(accepted, files, row):
    accepted(files.list(row(), row("P2", "柳湾学校", town="柳湾镇", office="住建局")))
    values = [300.0 * (k + 1) for k in range(len(MONTHS))]
    accepted(files.history([["P1", "桐溪智造园", *values], ["P2", "柳湾学校", *values]], MONTHS))


@pytest.fixture
def liaison(make_user):
    def of(unit):
        return make_user("liaison", username=f"liaison-{unit}", unit=Unit.objects.get(code=unit))

    return of


@pytest.fixture
def statistician(make_user):
    return make_user("statistician")


def line(code="P1", name="桐溪智造园", cumulative=5400.0, year=2700.0):
    return [code, name, cumulative, year, "本年正式施工", "主体施工", "进度单9"]


@pytest.fixture
def handed(files, liaison):
    people = {}

    def send(*rows, unit="tongxi", month="2022-09", title_month=None, at=AT):
        who = people.setdefault(unit, None) or people.__setitem__(unit, liaison(unit)) or people[unit]
        data = files.returns(title_month or month, *rows)
        submission = intake.hand_in(
            data=data, filename="月报.xlsx", kind="project_returns", period=month, by=who, at=at
        )
        return intake.check(submission=submission, by=who, at=at)

    send.people = people
    return send


def test_a_unit_hands_in_its_own_and_it_counts_when_the_statistician_accepts(library, handed, statistician):
    submission = handed(line())
    assert submission.state == "ready"
    assert not Return.objects.filter(period="2022-09").exists()
    intake.accept(submission=submission, by=statistician, at=AT)
    assert Return.objects.get(period="2022-09").cumulative == 5400
    assert Submission.objects.get(pk=submission.pk).source == "桐溪镇"


def test_a_liaison_accepts_nothing_not_even_the_own_return(library, handed):
    submission = handed(line())
    with pytest.raises(PermissionDenied):
        intake.accept(submission=submission, by=handed.people["tongxi"], at=AT)
    with pytest.raises(PermissionDenied):
        intake.submit(data=b"x", filename="x.xlsx", by=handed.people["tongxi"])


def test_a_row_of_another_units_project_is_refused_with_its_place(library, handed):
    submission = handed(line(), line("P2", "柳湾学校"))
    finding = submission.findings.get(check_code="returns.not_own")
    assert (submission.state, finding.severity, finding.cell) == ("refused", "hard", "A5")
    assert "不由本单位负责" in finding.found
    assert not submission.findings.filter(check_code="returns.unknown_project").exists()


def test_the_department_that_leads_a_project_may_hand_it_in_too(library, handed):
    assert handed(line("P2", "柳湾学校"), unit="zjj").state == "ready"


def test_a_finding_never_tells_a_unit_of_projects_that_are_not_its_own(library, handed):
    submission = handed(line())
    words = " ".join(" ".join(f) for f in submission.findings.values_list("found", "expected", "advice"))
    assert "柳湾学校" not in words


def test_a_table_of_another_month_is_refused(library, handed):
    submission = handed(line(), title_month="2022-08")
    assert submission.findings.get(check_code="returns.another_month").found == "表题写的是2022-08"


def test_a_table_of_many_months_rewrites_no_history(library, files, liaison):
    data = files.history([["P1", "桐溪智造园", 1.0, 2.0]], ["2022-08", "2022-09"])
    who = liaison("tongxi")
    submission = intake.hand_in(
        data=data, filename="史.xlsx", kind="project_returns", period="2022-09", by=who, at=AT
    )
    intake.check(submission=submission, at=AT)
    assert submission.state == "refused"
    assert submission.findings.filter(check_code="returns.many_months").exists()


def test_a_project_list_is_not_taken_for_a_return(library, files, row, liaison):
    who = liaison("tongxi")
    submission = intake.hand_in(
        data=files.list(row(total=99_999.0)), filename="x.xlsx", kind="project_returns", period="2022-09",
        by=who, at=AT,
    )  # fmt: skip
    intake.check(submission=submission, at=AT)
    assert submission.state in ("refused", "unknown")


def test_a_return_is_sent_back_with_a_reason_and_its_sender_is_told(library, handed, statistician):
    submission = handed(line())
    with pytest.raises(Refused) as refusal:
        intake.send_back(submission=submission, reason=" ", by=statistician, at=AT)
    assert refusal.value.code == "reason_missing"
    intake.send_back(submission=submission, reason="第4行请核实", by=statistician, at=AT)
    assert (submission.state, submission.returned_reason) == ("returned", "第4行请核实")
    notice = Notice.objects.get()
    assert notice.user == handed.people["tongxi"]
    assert "第4行请核实" in notice.text
    assert Entry.objects.filter(action="intake.send_back").exists()
    with pytest.raises(Refused):
        intake.accept(submission=submission, by=statistician, at=AT)


def test_only_what_a_unit_handed_in_can_be_sent_back(library, checked, files, statistician):
    with pytest.raises(Refused) as refusal:
        intake.send_back(submission=checked(files.returns("2022-09", line())), reason="x", by=statistician)
    assert refusal.value.code == "state"


def test_the_last_file_of_a_month_counts(library, handed):
    first, second = handed(line()), handed(line(cumulative=5350.0, year=2650.0))
    first.refresh_from_db()
    assert (first.state, second.state) == ("withdrawn", "ready")


def test_the_unit_explains_its_own_soft_findings_and_nobody_elses(library, handed, liaison):
    submission = handed(line(cumulative=5000.0, year=2300.0))
    key = submission.findings.get(check_code="returns.fell").key
    with pytest.raises(PermissionDenied):
        intake.explain(submission=submission, reasons={key: "x"}, by=liaison("liuwan"), at=AT)
    intake.explain(submission=submission, reasons={key: "按审计核减"}, by=handed.people["tongxi"], at=AT)
    assert submission.reasons[key] == "按审计核减"


def rows_of(today=date(2022, 10, 4)):
    return {row.unit.code: row for row in queries.collection(SEPTEMBER, today).rows}


def test_who_has_handed_in_and_who_has_not_is_a_list(library, handed, statistician):
    assert {code: row.state for code, row in rows_of().items()} == {"tongxi": "missing", "liuwan": "missing"}
    submission = handed(line())
    assert rows_of()["tongxi"].state == "in"
    intake.send_back(submission=submission, reason="请核实", by=statistician, at=AT)
    assert (rows_of()["tongxi"].state, rows_of()["tongxi"].words) == ("back", "退回：请核实")
    again = handed(line(cumulative=5350.0, year=2650.0))
    intake.accept(submission=again, by=statistician, at=AT)
    assert (rows_of()["tongxi"].state, rows_of()["tongxi"].reported) == ("in", 1)


def test_what_the_joint_table_brought_needs_no_return_of_the_unit(library, accepted, files):
    accepted(files.returns("2022-09", line()))
    assert (rows_of()["tongxi"].state, rows_of()["tongxi"].words) == ("in", "总表已报")
    assert rows_of()["liuwan"].state == "missing"


@pytest.mark.parametrize("day, late", [(7, False), (8, False), (9, True)], ids=["before", "on", "after"])
def test_the_list_is_late_after_the_last_day_only(library, day, late):
    """The 5th of October 2022 is a holiday: the first working day is Saturday the 8th (调休)."""
    found = queries.collection(SEPTEMBER, date(2022, 10, day))
    assert (found.due, found.late) == (date(2022, 10, 8), late)


def test_many_units_are_reminded_at_once_and_once_a_day(library, liaison, statistician, handed):
    people = [liaison("liuwan")]
    submission = handed(line())
    assert submission.state == "ready"
    units = ["tongxi", "liuwan"]
    told = actions.remind_units(units=units, month=SEPTEMBER, by=statistician, at=AT)
    assert [row.unit.code for row in told] == ["liuwan"]  # 桐溪镇 has handed in
    actions.remind_units(units=units, month=SEPTEMBER, by=statistician, at=AT)
    assert [n.user for n in Notice.objects.all()] == people
    actions.remind_units(units=units, month=SEPTEMBER, by=statistician, at=AT + timedelta(days=1))
    assert Notice.objects.count() == 2


def test_a_unit_without_a_liaison_is_named(library, statistician):
    with pytest.raises(Refused, match="联络员"):
        actions.remind_units(units=["liuwan"], month=SEPTEMBER, by=statistician, at=AT)
    assert queries.collection(SEPTEMBER, AT.date()).without_liaison == ["桐溪镇", "柳湾镇"]


def test_a_row_without_a_code_is_confirmed_once_and_not_asked_again(library, checked, analyst):
    head = ["序号", "项目名称", "自开工累计完成投资", "本年累计完成投资", "建设状态", "形象进度", "依据"]

    def of(month, cumulative, year):
        row = [1, "桐溪智造园", cumulative, year, "本年正式施工", "主体", "进度单9"]
        title = f"安禾区{month[:4]}年{int(month[5:])}月投资项目月报"
        return workbook([PrintedSheet("月报", title, "单位:万元", [head], [row])])

    first = checked(of("2022-09", 5400.0, 2700.0))
    finding = first.findings.get(check_code="projects.by_name")
    assert finding.severity == "soft" and first.reasons == {}
    keys = first.findings.filter(severity="soft").values_list("key", flat=True)
    intake.explain(submission=first, reasons=dict.fromkeys(keys, "是同一个项目"), by=analyst, at=AT)
    intake.accept(submission=first, by=analyst, at=AT)
    second = checked(of("2022-10", 5700.0, 3000.0))
    again = second.findings.get(check_code="projects.by_name")
    assert (again.answered_in, second.reasons[again.key]) == (first, "是同一个项目")


# on the pages


@pytest.fixture
def october(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def upload(data):
    return SimpleUploadedFile("月报.xlsx", data)


def test_the_prefilled_form_is_filled_and_handed_in(october, library, liaison, client):
    client.force_login(liaison("tongxi"))
    form = client.get("/projects/return-form/?month=2022-09")
    book = openpyxl.load_workbook(io.BytesIO(form.content))
    sheet = book.active
    assert sheet["A1"].value == "桐溪镇2022年9月投资项目月报"
    assert [c.value for c in sheet["A"]][2:] == ["P1"]
    sheet["E3"], sheet["F3"], sheet["G3"], sheet["I3"] = 5400, 2700, "本年正式施工", "进度单9"
    out = io.BytesIO()
    book.save(out)
    answer = client.post(
        "/projects/returns/own/hand-in/", {"file": upload(out.getvalue()), "month": "2022-09"}, follow=True
    )
    submission = Submission.objects.get(unit__code="tongxi")
    assert submission.state == "ready", list(submission.findings.values_list("check_code", "found"))
    assert f"/projects/returns/own/{submission.pk}/" == answer.redirect_chain[-1][0]
    assert "等待确认入账" in answer.content.decode()
    assert "5400" in answer.content.decode()


def test_another_units_file_is_not_there(october, library, handed, liaison, client):
    submission = handed(line())
    client.force_login(liaison("liuwan"))
    for part in ("", "original/", "marked/"):
        assert client.get(f"/projects/returns/own/{submission.pk}/{part}").status_code == 404
    for part in ("explain/", "withdraw/"):
        assert client.post(f"/projects/returns/own/{submission.pk}/{part}").status_code == 404


def test_the_desk_the_pool_and_the_own_page_offer_it(october, library, liaison, client):
    client.force_login(liaison("tongxi"))
    for path in ("/supervision/desk/", "/projects/", "/projects/returns/own/"):
        assert "交回本单位报表" in client.get(path).content.decode()
    client.force_login(liaison("jfj"))
    assert "交回本单位报表" in client.get("/supervision/desk/").content.decode()


def test_the_statistician_sends_back_and_reminds_on_the_pages(october, library, handed, statistician, client):
    submission = handed(line())
    client.force_login(statistician)
    page = client.get(f"/data/{submission.pk}/").content.decode()
    assert "桐溪镇交回" in page
    client.post(f"/data/{submission.pk}/send-back/", {"reason": "请核实"})
    listed = client.get("/projects/returns/?month=2022-09").content.decode()
    assert "退回：请核实" in listed
    client.post("/projects/returns/remind/", {"month": "2022-09", "unit": ["tongxi", "liuwan"]})
    assert Notice.objects.filter(key__startswith="return.due").count() == 1


BAD = [
    ({}, "请先选择文件"),
    ({"month": "2031-01"}, "请选定报表的月份"),
    ({"month": "x"}, "请选定报表的月份"),
]


@pytest.mark.parametrize("form, words", BAD, ids=["no file", "a month to come", "no month"])
def test_a_form_that_says_too_little_is_answered_in_words(october, library, liaison, client, form, words):
    client.force_login(liaison("tongxi"))
    values = {**form, **({"file": upload(b"x")} if form else {})}
    answer = client.post("/projects/returns/own/hand-in/", values, follow=True)
    assert words in answer.content.decode()
    assert not Submission.objects.filter(unit__isnull=False).exists()


def test_a_unit_explains_and_takes_back_its_own_on_the_page(library, handed, client):
    submission = handed(line(cumulative=9_000.0))
    client.force_login(handed.people["tongxi"])
    keys = set(submission.findings.filter(severity="soft").values_list("key", flat=True))
    reasons = {f"reason:{key}": "集中支付" for key in keys}
    for address, form in (("explain_own", reasons), ("withdraw_own", {})):
        assert client.post(reverse(f"projects:{address}", args=[submission.pk]), form).status_code == 302
    submission.refresh_from_db()
    assert submission.state == "withdrawn"
    assert keys and set(submission.reasons) == keys
