"""Why a light is red: its unit writes, another signs, the analysis quotes; nobody else can."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from tests.district.bulletins.test_returned_editions import admitted
from wenpan.district.accounts.models import Unit, User
from wenpan.district.bulletins import actions
from wenpan.district.bulletins.awaited import groups
from wenpan.district.bulletins.models import Document, RedReason
from wenpan.district.bulletins.reasons import queries
from wenpan.district.bulletins.reasons.clues import ReasonClue
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.economy.time.periods import Month

SEPTEMBER = Month(2022, 9)
WORDS = "商品住宅新开工项目减少，入库接续不足。"


@pytest.fixture
def place(september):
    """经发局 answers for fai, which is red; its head, and people of another unit."""
    unit = Unit.objects.get(code="jfj")
    other = Unit.objects.create(
        code="swj", name="商务局", short_name="商务局", kind="department", pinyin="swj"
    )
    for name, role, own in (
        ("head", "unit_head", unit),
        ("stranger", "liaison", other),
        ("strange_head", "unit_head", other),
    ):
        september.people[name] = User.objects.create_user(
            username=name, password="稳盘-test-2022", name=name, role=role, unit=own
        )
    return september


def written(place, **more):
    given = {"month": SEPTEMBER, "indicator": "fai", "words": WORDS, "seen": 0, "by": place.people["liaison"]}
    return actions.write_reason(**{**given, **more})


def made(place, **more):
    return actions.make_briefing(as_of=SEPTEMBER, by=place.analyst, **more)


def text(document: Document) -> str:
    blocks = document.facts["paper"]["blocks"]
    return "\n".join("".join(span[0] for span in b.get("spans", [])) for b in blocks)


def awaited(user, code):
    return next((g for g in groups(user, timezone.now(), 9) if g.code == code), None)


def test_it_is_written_by_its_unit_signed_by_its_head_and_quoted(place):
    reason = written(place)
    assert "（经发局填写，负责人尚未签认）" in text(made(place))
    reason = actions.sign_reason(reason=reason, seen=1, by=place.people["head"])
    assert "新开工项目减少，入库接续不足（经发局head签认）。" in text(made(place))
    assert [e.action for e in Entry.objects.filter(subject=f"reason:{reason.pk}").order_by("sequence")] == [
        "reason.write",
        "reason.sign",
    ]


def test_a_red_light_without_a_word_says_so(place):
    assert "经发局尚未说明原因" in text(made(place))


def test_changed_words_lose_their_signature(place):
    reason = actions.sign_reason(reason=written(place), seen=1, by=place.people["head"])
    again = written(place, words="另有原因。", seen=reason.version)
    assert (again.signed_at, again.signed_by, again.version) == (None, None, 3)


def test_two_at_once_the_second_is_told(place):
    written(place)
    with pytest.raises(Refused, match="刚被别人改过"):
        written(place)
    written(place, words="改一次。", seen=1)
    with pytest.raises(Refused, match="刚被别人改过"):
        written(place, words="再改一次。", seen=1)
    with pytest.raises(Refused, match="刚被别人改过"):
        actions.sign_reason(reason=RedReason.objects.get(), seen=1, by=place.people["head"])


@pytest.mark.parametrize("who", ["stranger", "strange_head"])
def test_another_units_is_not_there(place, who):
    with pytest.raises(NotYours):
        written(place, by=place.people[who])
    if who == "strange_head":
        with pytest.raises(NotYours):
            actions.sign_reason(reason=written(place), seen=1, by=place.people[who])


def test_a_liaison_does_not_sign_and_a_leader_does_not_write(place):
    reason = written(place)
    with pytest.raises(PermissionDenied):
        actions.sign_reason(reason=reason, seen=1, by=place.people["liaison"])
    with pytest.raises(PermissionDenied):
        written(place, by=place.people["leader"])


def test_where_no_head_is_the_analyst_of_the_unit_signs_what_another_wrote(place):
    reason = actions.sign_reason(reason=written(place), seen=1, by=place.analyst)
    assert reason.signed_by == place.analyst


def test_words_are_needed_not_too_many_and_only_of_a_red_light(place):
    for words, code in (("  \n ", "reason_missing"), ("长" * 601, "bad_value")):
        with pytest.raises(Refused) as refusal:
            written(place, words=words)
        assert refusal.value.code == code
    with pytest.raises(Refused, match="没有亮红灯"):
        written(place, indicator="industry_va")
    with pytest.raises(NotYours):
        written(place, indicator="no_such")


def test_it_awaits_the_liaison_then_the_head_and_then_nobody(place):
    liaison, head = place.people["liaison"], place.people["head"]
    assert awaited(liaison, "write_reason").count == 1
    assert awaited(place.people["stranger"], "write_reason") is None
    reason = written(place)
    assert awaited(liaison, "write_reason") is None
    assert awaited(head, "sign_reason").items[0].key == f"{reason.pk}@1"
    actions.sign_reason(reason=reason, seen=1, by=head)
    assert awaited(head, "sign_reason") is None


def test_the_page_writes_signs_and_shows_what_is_known(place, client):
    client.force_login(place.people["liaison"])
    page = client.get(reverse("bulletins:reasons")).content.decode()
    assert "固定资产投资" in page and "判定依据" in page and "社会消费品" not in page
    url = reverse("bulletins:write_reason", args=["2022-09", "fai"])
    assert client.post(url, {"words": WORDS, "seen": "0"}).status_code == 302
    client.force_login(place.people["head"])
    reason = RedReason.objects.get()
    assert client.post(reverse("bulletins:sign_reason", args=[reason.pk]), {"seen": "1"}).status_code == 302
    reason.refresh_from_db()
    assert reason.signed_by == place.people["head"]
    client.force_login(place.people["stranger"])
    client.raise_request_exception = False
    assert client.post(url, {"words": "x", "seen": "2"}).status_code == 404
    assert client.post(reverse("bulletins:write_reason", args=["9999-99", "fai"]), {}).status_code == 404
    assert client.get(reverse("bulletins:reasons") + "?month=2022-9x").status_code == 404
    assert "已签认" not in client.get(reverse("bulletins:reasons")).content.decode()


def test_many_are_signed_at_once_on_today(place, client):
    reason = written(place)
    client.force_login(place.people["head"])
    client.post(reverse("home:act", args=["sign_reason"]), {"pick": f"{reason.pk}@1"})
    reason.refresh_from_db()
    assert reason.signed_at is not None


# the life of the analysis


def issued(place):
    document = actions.review(document=made(place), by=place.people["statistician"])
    return actions.issue(document=document, by=place.people["leader"])


def test_the_analysis_is_drafted_reviewed_and_issued_by_three_people(place):
    draft = made(place)
    assert (draft.state, draft.number) == ("drafted", "")
    with pytest.raises(Refused, match="起草人不能审核"):
        actions.review(document=draft, by=place.analyst)
    with pytest.raises(PermissionDenied):
        actions.review(document=draft, by=place.people["supervisor"])
    document = issued(place)
    year = timezone.localdate().year
    assert (document.state, document.number) == ("issued", f"{year}年第1期")
    assert document.facts["paper"]["masthead"]["number"] == document.number
    assert actions.verify(document=document, by=place.people["leader"])
    with pytest.raises(Refused, match="已经签发"):
        made(place)
    with pytest.raises(Refused, match="已经签发"):
        written(place)
    assert awaited(place.people["liaison"], "write_reason") is None


def test_a_new_draft_replaces_the_one_before(place):
    first, second = made(place), made(place)
    first.refresh_from_db()
    assert (first.state, second.state, second.edition) == ("replaced", "drafted", 2)
    with pytest.raises(Refused):
        actions.review(document=first, by=place.people["statistician"])


def test_a_board_that_changed_since_sends_it_back(place):
    draft = made(place)
    place.judge("retail", 5.0, "YELLOW")
    with pytest.raises(Refused, match="重新生成"):
        actions.review(document=draft, by=place.people["statistician"])


def test_it_awaits_its_reviewer_and_its_issuer_and_is_sent_back_with_words(place, client):
    draft = made(place)
    assert awaited(place.people["statistician"], "review").count == 1
    assert awaited(place.analyst, "review") is None  # wrote it
    client.force_login(place.people["statistician"])
    assert "审核通过" in client.get(reverse("bulletins:document", args=[draft.pk])).content.decode()
    client.post(reverse("bulletins:send_back", args=[draft.pk]), {"words": "原因太笼统"})
    draft.refresh_from_db()
    assert draft.state == "returned"


def test_a_cause_that_came_later_is_said_on_the_page(place, client):
    draft = made(place)
    written(place, at=draft.made_at + timedelta(minutes=1))
    assert queries.changed_since(draft) == 1
    client.force_login(place.people["statistician"])
    assert "重新生成可以带上" in client.get(reverse("bulletins:document", args=[draft.pk])).content.decode()


def test_an_issued_analysis_takes_no_edited_copy_and_is_made_again_to_the_byte(place):
    from wenpan.district.bulletins import rederived

    document = issued(place)
    with pytest.raises(Refused, match="已经签发"):
        actions.take_edited(document=document, file=admitted(b"PK", "x.docx"), by=place.analyst)
    told = [line for line in rederived.troubles(lambda said: None) if "made again" in line]
    assert told == []


@pytest.mark.parametrize(
    ("kind", "seen_by"),
    [
        ("matter", {"liaison", "supervisor"}),
        ("slip", {"liaison", "supervisor"}),
        ("project", {"liaison", "statistician", "supervisor"}),
        ("light", {"liaison", "statistician", "supervisor"}),
    ],
)
def test_nobody_reads_a_clue_whose_page_would_refuse_them(kind, seen_by, place, make_user):
    """Of the red light of 经发局: its own liaison, the statistician, the supervision office."""
    people = {"liaison": place.people["liaison"]}
    people |= {role: make_user(role, username=f"one_{role}") for role in ("statistician", "supervisor")}
    clue = ReasonClue(kind, "反馈", "用地报批慢", said=True)
    assert {name for name, user in people.items() if queries.may_open(user, clue, "jfj")} == seen_by
