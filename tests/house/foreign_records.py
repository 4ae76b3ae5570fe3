"""One record of 桐溪镇 for every address that names one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.district.places import accepted_file
from tests.district.supervision.conftest import (  # noqa: F401  (fixtures)
    assigned,
    day,
    drafted,
    people,
    signed_in,
    today_is,
    units,
)
from tests.house.unit_addresses import ASKED
from wenpan.district.attraction.models import (
    Deal,
    DealAmount,
    DealEvent,
    DealLink,
    LeadStep,
    Offer,
    OfferUse,
    Reception,
)
from wenpan.district.bulletins.models import Document, RedReason
from wenpan.district.campaigns.models import Campaign, CampaignObject, FindingFile
from wenpan.district.firms.ledger.actions import add_firm
from wenpan.district.firms.models import CommonProblem, FirmLink, FirmVisit, RequestFile
from wenpan.district.firms.requests.actions import register_request
from wenpan.district.firms.requests.append import append
from wenpan.district.ground import originals
from wenpan.district.ground.jobs.models import Job
from wenpan.district.intake import actions as intake
from wenpan.district.library.models import LibraryPaper, PaperSending
from wenpan.district.meetings.models import Meeting, MeetingQuestion
from wenpan.district.observations.models import Batch, Observation, Region
from wenpan.district.projects.models import KeyProject, Photo, Problem, Project
from wenpan.district.quality.models import QueryLetter
from wenpan.district.supervision import actions as supervision
from wenpan.district.supervision.matters.actions import reports
from wenpan.district.supervision.models import Notice
from wenpan.economy.requests.events import RequestEventKind

TODAY = "2022-10-18"


def project_values(unit: Any, office: Any) -> dict[str, Any]:
    return {
        "name": "桐溪智造园", "unit": unit, "department": office, "planned_total": 30_000, "pinyin": "x",
    }  # fmt: skip


@pytest.fixture
def regions(db):
    from wenpan.district.observations.actions import sync_regions

    sync_regions(
        regions=[{"code": "anhe", "name": "安禾区", "home": True}],
        city={"code": "n", "name": "宁澜市"},
        by=None,
    )


@pytest.fixture
def theirs(people, units, assigned, regions, today_is) -> dict[str, tuple[Any, ...]]:  # noqa: F811
    """桐溪镇's own: a record for every address; its arguments."""
    town, clerk, unit = people["town"], people["clerk"], units["tongxi"]
    today_is(TODAY)
    at = timezone.now()
    matter = assigned(lead="tongxi", coops=(), due=date(2022, 10, 17))
    feedback = reports.report(
        matter=matter,
        claim="progress",
        process="正在清表",
        files=[("清表.txt", "清表".encode())],
        by=town,
        at=at,
    )
    slip = supervision.issue_slip(matter=matter, colour="red", reason="逾期未办结", by=clerk, at=at)
    project = Project.objects.create(
        code="P1", band="large", state="in_library", **project_values(unit, units["jfj"])
    )
    key = KeyProject.objects.create(
        code="Z1", level="district", stage="preparation", year=2022, kind="industry", planned_start="2022-05",
        year_plan=900, **project_values(unit, units["jfj"]),
    )  # fmt: skip
    kept = originals.put(b"picture")
    photo = Photo.objects.create(
        project=project,
        sha256=kept,
        shown=kept,
        taken_on=date(2022, 10, 1),
        place="南门",
        verifier="赵",
        by=town,
        at=at,
    )
    problem = Problem.objects.create(
        project=project, kind="land", text="用地未批", owner=unit, level="department",
        raised_on=date(2022, 9, 1), due=date(2022, 12, 1), raised_by=clerk,
    )  # fmt: skip
    sent = intake.hand_in(
        data=b"a,b\n1,2\n", filename="月报.csv", kind="project_return", period="2022-09", by=town, at=at
    )
    job = Job.objects.create(kind="intake.check", key="theirs", created_by=town, created_at=at)
    notice = Notice.objects.create(
        key="theirs", user=town, unit=unit, role="liaison", matter=matter, text="x", made_at=at, not_before=at
    )
    batch = Batch.objects.create(
        submission=accepted_file(1, by=clerk, at=at), recorded_at=at, recorded_by=clerk
    )
    figure = Observation.objects.create(
        batch=batch, region=Region.objects.get(home=True), indicator="gdp",
        period="2022-Q3", measure="ytd", value=1, value_text="1", recorded_at=at,
    )  # fmt: skip
    draft = Document.objects.create(
        kind="bulletin", state="drafted", title="督查通报", as_of="2022-09", facts={}, journal_head="0",
        sha256=kept, size=7, made_by=clerk, made_at=at,
    )  # fmt: skip
    firm = add_firm(values={"name": "桐溪机械有限公司", "town": unit}, by=None, at=at)
    request = register_request(firm=firm, title="用工难", channel="visit", category="factors", by=None, at=at)
    append(request=request, kind=RequestEventKind.ACCEPTED, by=None, at=at)
    append(request=request, kind=RequestEventKind.ASSIGNED, by=None, at=at, data={"unit": "tongxi"})
    link = FirmLink.objects.create(
        firm=firm, digest="a" * 64, given_to="王工", made_by=clerk, made_at=at,
        expires_at=at + timedelta(days=1),
    )  # fmt: skip
    attached = RequestFile.objects.create(
        request=request, entry=request.entries.first(), filename="图.pdf", sha256=kept, size=7, at=at
    )
    seen_on_site = FirmVisit.objects.create(
        firm=firm, person=town, on=date(2022, 10, 1), result="met", picture=kept, by=town, at=at
    )
    shared = CommonProblem.objects.create(
        number="2022-G0001", title="用工", category="factors", raised_by=clerk, raised_at=at
    )
    shared.requests.add(request)
    deal = Deal.objects.create(code="ZS2022-0001", name="桐溪智造园", pinyin="x", unit=unit)
    noted = DealEvent.objects.create(
        deal=deal, kind="progress", on=date(2022, 10, 1), note="已考察", by=town, at=at
    )
    held = DealAmount.objects.create(
        deal=deal, rung="agreed", scope="total", amount=12_000, currency="CNY", as_of=date(2022, 10, 1),
        by=town, at=at,
    )  # fmt: skip
    linked = DealLink.objects.create(deal=deal, project=project, by=town, at=at)
    plot = Offer.objects.create(code="ZY2022-001", kind="land", name="地块", pinyin="x", state="free")
    pointing = OfferUse.objects.create(offer=plot, deal=deal, by=town, at=at)
    lead_step = LeadStep.objects.create(deal=deal, kind="answered", on=at, note="已电话", by=town, at=at)
    met = Reception.objects.create(
        unit=unit,
        kind="outing",
        on=date(2022, 10, 1),
        host="何晓",
        guest="某集团",
        result="同意来访",
        by=town,
        at=at,
    )
    study = LibraryPaper.objects.create(
        level="city", title="培育经营主体的意见", issuer="宁澜市政府", dated=date(2022, 9, 1), topic="消费",
        paragraphs=["各县区要培育商贸主体。"], sha256=kept, filename="意见.txt", by=clerk, at=at,
    )  # fmt: skip
    PaperSending.objects.create(paper=study, unit=unit, sent_by=clerk, sent_at=at)
    letter = QueryLetter.objects.create(
        year=2022, sequence=1, unit=unit, project=project, period="2022-09", rule="not_fallen",
        severity="soft",
        question="请核实", evidence="x", due=date(2022, 12, 1), issued_at=at, issued_by=clerk,
    )  # fmt: skip
    meeting = Meeting.objects.create(
        kind="monthly", title="10月调度会", held_on=date(2022, 10, 20), state="put", created_by=clerk,
        created_at=at,
    )  # fmt: skip
    question = MeetingQuestion.objects.create(meeting=meeting, order=1, unit=unit, text="进展如何？")
    reason = RedReason.objects.create(
        as_of="2022-09", indicator="fai", unit=unit, words="用地报批慢", written_by=town, written_at=at
    )
    campaign = Campaign.objects.create(
        kind="special", title="开工督查", theme="看现场", ordered_by="江望舒", starts_on=date(2022, 10, 17),
        ends_on=date(2022, 10, 21), state="issued", created_by=clerk, created_at=at,
    )  # fmt: skip
    looked_at = CampaignObject.objects.create(
        campaign=campaign, subject=f"project:{project.pk}", title="桐溪智造园", unit=unit, result="done",
        way="site", by=clerk, at=at,
    )  # fmt: skip
    evidence = FindingFile.objects.create(
        object=looked_at, filename="图.pdf", sha256=kept, size=7, by=clerk, at=at
    )
    by_name: dict[str, tuple[Any, ...]] = {
        "campaigns:campaign": (campaign.pk,),
        "campaigns:enter_many": (campaign.pk,),
        "campaigns:enter": (looked_at.pk,),
        "campaigns:attach": (looked_at.pk,),
        "campaigns:file": (evidence.pk,),
        "firms:request": (request.pk,),
        "firms:step": (request.pk,),
        "firms:move_request": (request.pk,),
        "firms:revoke_link": (link.pk,),
        "firms:problem": (shared.pk,),
        "firms:visit_photo": (seen_on_site.pk,),
        "firms:problem_act": (shared.pk, "join"),
        "firms:request_file": (attached.pk,),
        **{f"firms:{name}": (firm.pk,) for name in ("firm", "register", "visit", "make_link")},
        "attraction:withdraw_event": (noted.pk,),
        "attraction:withdraw_amount": (held.pk,),
        "attraction:unlink": (linked.pk,),
        "attraction:take_back": (linked.pk,),
        "attraction:stop_pointing": (pointing.pk,),
        "attraction:withdraw_lead_step": (lead_step.pk,),
        **{f"attraction:{name}": (met.pk,) for name in ("keep_promise", "withdraw_reception")},
        "attraction:reserve_project": (key.pk,),
        "attraction:pitch": (key.pk,),
        **{f"library:{name}": (study.pk,) for name in ("paper", "original", "receive", "read", "mark")},
        "quality:letter": (letter.pk,),
        "quality:answer": (letter.pk,),
        "meetings:question": (question.pk,),
        "meetings:answer": (question.pk,),
        "meetings:meeting": (question.meeting_id,),
        "quality:reporter": (unit.pk,),
        "jobs:progress": (job.pk,),
        "observations:origin": (figure.pk,),
        "indicators:indicator": ("gdp",),
        "indicators:what_if": ("gdp",),
        "projects:photo": (photo.pk,),
        "projects:report": (problem.pk,),
        "projects:project": (project.pk,),
        "projects:key_project": (key.pk,),
        "projects:add_photo": ("project", project.pk),
        "projects:visit": ("project", project.pk),
        "supervision:matter_by_number": (matter.number,),
        "supervision:deed": (matter.pk, "feed_back"),
        "supervision:attachment": (feedback.attachments.get().pk,),
        "supervision:sign_off": (feedback.pk,),
        "supervision:score": ("2022-10", "tongxi"),
        "bulletins:sign_reason": (reason.pk,),
    }
    for name in ASKED:
        if name.startswith("attraction:"):
            by_name.setdefault(name, (deal.pk,))
        elif name.startswith("projects:") and ("own" in name.partition(":")[2]):
            by_name.setdefault(name, (sent.pk,))
        elif "slip" in name:
            by_name.setdefault(name, (slip.pk,))
        elif "notice" in name:
            by_name.setdefault(name, (notice.pk,))
        elif name.startswith("supervision:matter"):
            by_name.setdefault(name, (matter.pk,))
        elif name.startswith("bulletins:"):
            by_name.setdefault(name, (draft.pk,))
    return by_name
