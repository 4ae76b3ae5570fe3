"""What a team found: one by one or for many at once, with photos and papers; a problem asks for a matter.

A person of the team writes it, or the office for the team. Nobody writes what was found at their own unit.
While the campaign runs, who wrote it (or the office) may put it right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can, require
from wenpan.district.campaigns.models import Campaign, CampaignObject, FindingFile
from wenpan.district.campaigns.policy import FindingResult, campaign_rules
from wenpan.district.campaigns.steps import State, journal_step, refused_state
from wenpan.district.ground import originals
from wenpan.district.ground.journal.actions import hold
from wenpan.district.ground.not_yours import NotYours
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.projects.site import photos
from wenpan.district.supervision.matters import attachments
from wenpan.district.supervision.sources.actions import inspecting

RECORD = "zh-hans"  # what is kept is Chinese, whatever the page speaks
PICTURES = ("jpg", "jpeg", "png")


@dataclass(frozen=True)
class GivenFinding:
    """`result` and `way`: codes of rules/campaigns.yaml."""

    result: str
    way: str
    note: str = ""


@dataclass(frozen=True)
class FindingEvidence:
    """A file that may be kept; `picture`: what of a photo is shown."""

    admitted: door.Admitted
    picture: bytes | None = None


def evidence_of(
    *, files: Sequence[tuple[str, bytes]], by: User, at: datetime | None = None
) -> list[FindingEvidence]:
    """Before anything is written: refused as attachments are, as `door.admit` refuses, and for what calls
    itself a photo and is none."""
    require(by, "campaign.lead", "campaign.take_part")
    most = attachments.limits().most_files
    if len(files) > most:
        raise Refused("bad_value", _("一次最多传%(most)s个文件。") % {"most": most})
    found = []
    for name, data in files:
        attachments.examine(name, data)
        picture = photos.web_photo(data) if name.rpartition(".")[2].lower() in PICTURES else None
        found.append(
            FindingEvidence(
                door.admit(filename=name, data=data, door="督查佐证", by=by, otherwise="佐证", at=at), picture
            )
        )
    return found


@transaction.atomic
def enter(
    *,
    item: CampaignObject,
    given: GivenFinding,
    by: User,
    evidence: Sequence[FindingEvidence] = (),
    seen: int | None = None,
    at: datetime | None = None,
) -> CampaignObject:
    """Raises NotYours (another team's object); Refused: "bad_value" (no such result or way, a problem without
    words), "state" (not begun, over, left out; the office has decided on it), "conflict" (one's own unit),
    "clash" (somebody else has written it)."""
    require(by, "campaign.lead", "campaign.take_part")
    at = at or timezone.now()
    hold()
    item = CampaignObject.objects.select_related("campaign", "team", "unit", "proposal").get(pk=item.pk)
    campaign = item.campaign
    _require_place(item, by)
    result = _result(campaign, given)
    if campaign.state != State.RUNNING:
        raise refused_state(campaign)
    if timezone.localdate(at) < campaign.starts_on:
        raise Refused("state", _("%(day)s才开始督查。") % {"day": campaign.starts_on})
    if item.left_out_why:
        raise Refused("state", _("%(title)s已剔除。") % {"title": item.title[:40]})
    if item.by_id is not None and item.by_id != by.pk and not can(by, "campaign.lead"):
        raise Refused("clash", _("%(title)s已由%(who)s记录。") % {"title": item.title[:40], "who": item.by})
    version = item.version if seen is None else seen
    note = given.note.strip()[:600]
    changed = CampaignObject.objects.filter(pk=item.pk, version=version).update(
        result=given.result, way=given.way, note=note, by=by, at=at, version=version + 1
    )
    if changed != 1:
        raise Refused("clash", _("%(title)s刚被别人记录过，请刷新后再看。") % {"title": item.title[:40]})
    item.refresh_from_db()
    with translation.override(RECORD):
        _follow(item, result, by, at)
    _keep(item, evidence, by, at)
    words = {"object": item.title[:80], "result": result.name, "note": note[:120]}
    summary = _("督查%(object)s：%(result)s，%(note)s") if note else _("督查%(object)s：%(result)s")
    journal_step(
        campaign,
        "looked",
        summary % words,
        by,
        at,
        subject=item.subject,
        result=given.result,
        way=given.way,
        files=len(evidence),
    )
    return item


@transaction.atomic
def enter_many(
    *, items: Sequence[CampaignObject], given: GivenFinding, by: User, at: datetime | None = None
) -> int:
    """The same for the ticked objects, all or none; those that somebody has written of are refused."""
    require(by, "campaign.lead", "campaign.take_part")
    if not items:
        raise Refused("bad_value", _("请先勾选对象。"))
    hold()
    written = CampaignObject.objects.filter(pk__in=[item.pk for item in items]).exclude(result="").first()
    if written is not None:
        raise Refused("clash", _("%(title)s已有记录，请单独更正。") % {"title": written.title[:40]})
    for item in items:
        enter(item=item, given=given, by=by, at=at)
    return len(items)


@transaction.atomic
def attach(
    *, item: CampaignObject, evidence: Sequence[FindingEvidence], by: User, at: datetime | None = None
) -> int:
    """Further photos and papers of what was found. Gives how many are new."""
    require(by, "campaign.lead", "campaign.take_part")
    at = at or timezone.now()
    hold()
    item = CampaignObject.objects.select_related("campaign", "team", "unit").get(pk=item.pk)
    _require_place(item, by)
    if item.campaign.state != State.RUNNING or not item.result:
        raise Refused("state", _("先记录督查结果，再补佐证；督查结束后不能再补。"))
    if not evidence:
        raise Refused("bad_value", _("请选择文件。"))
    kept = _keep(item, evidence, by, at)
    journal_step(
        item.campaign,
        "attached",
        _("%(object)s补充佐证%(n)s件") % {"object": item.title[:80], "n": kept},
        by,
        at,
        subject=item.subject,
        files=kept,
    )
    return kept


def _require_place(item: CampaignObject, by: User) -> None:
    mine = item.team is not None and item.team.members.filter(user=by).exists()
    if not mine and not can(by, "campaign.lead"):
        raise NotYours
    if by.unit_id is not None and by.unit_id == item.unit_id:
        raise Refused(
            "conflict", _("%(title)s由您的单位负责，应当回避，请换人记录。") % {"title": item.title[:40]}
        )


def _result(campaign: Campaign, given: GivenFinding) -> FindingResult:
    rules = campaign_rules(campaign.starts_on)
    result = rules.results.get(given.result)
    if result is None or given.way not in rules.ways:
        raise Refused("bad_value", _("请选定督查结果和方式。"))
    if result.words and not given.note.strip():
        raise Refused("bad_value", _("“%(result)s”的，请写明情况。") % {"result": result.name})
    return result


def _follow(item: CampaignObject, result: FindingResult, by: User, at: datetime) -> None:
    """The proposal that the finding asks for, or the withdrawal of one that it no longer asks for."""
    if result.proposes and item.proposal is None:
        made = inspecting.propose_from_inspection(finding=_finding(item, result), by=by, at=at)
        CampaignObject.objects.filter(pk=item.pk).update(proposal=made)
    elif not result.proposes and item.proposal is not None:
        inspecting.withdraw_inspection(proposal=item.proposal, by=by, at=at)
        CampaignObject.objects.filter(pk=item.pk).update(proposal=None)
    else:
        return
    item.refresh_from_db()


def _finding(item: CampaignObject, result: FindingResult) -> inspecting.InspectionFinding:
    way = campaign_rules(item.campaign.starts_on).ways[item.way].name
    team = item.team.name if item.team else ""
    return inspecting.InspectionFinding(
        cause=item.subject,
        also=item.also,
        text=f"{item.title}：{item.note}"[:400],
        lead=item.unit,
        evidence=f"{result.name}（{way}）：{item.note}",
        place=f"{item.campaign.title}{team}"[:80],
        url=item.url,
    )


def _keep(item: CampaignObject, evidence: Sequence[FindingEvidence], by: User, at: datetime) -> int:
    there = set(item.files.values_list("sha256", flat=True))
    most = attachments.limits().most_files
    kept = 0
    for one in evidence:
        values: dict[str, Any] = {"filename": one.admitted.filename[:200], "size": len(one.admitted.data)}
        sha256 = door.keep(one.admitted, at=at)
        if sha256 in there:
            continue
        if len(there) >= most:
            raise Refused("bad_value", _("一个对象最多%(most)s件佐证。") % {"most": most})
        shown = originals.put(one.picture) if one.picture is not None else ""
        FindingFile.objects.create(object=item, sha256=sha256, shown=shown, by=by, at=at, **values)
        there.add(sha256)
        kept += 1
    return kept
