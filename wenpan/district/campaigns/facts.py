"""What the report of a campaign says: the numbers of the page and the lines behind them, as plain values."""

from __future__ import annotations

from datetime import date

from wenpan.district.campaigns.models import Campaign, CampaignObject, CampaignReport
from wenpan.district.campaigns.policy import CampaignRules
from wenpan.district.campaigns.queries import GroupCount, rules_of, sums
from wenpan.district.supervision.log import recipients
from wenpan.documents.papers.letters.campaign_report import CampaignCount, CampaignFacts, CampaignFinding
from wenpan.rules.schema import read_kept

PENDING = "待确认"


def campaign_facts(campaign: Campaign, on: date) -> CampaignFacts:
    n, rules = sums(campaign), rules_of(campaign)
    rows = campaign.items.filter(left_out_why="").select_related(
        "unit", "team", "proposal__matter", "proposal__merged_into__matter"
    )
    kind, office = rules.kinds.get(campaign.kind), recipients.office()
    return CampaignFacts(
        title=campaign.title,
        kind=kind.name if kind else "",
        theme=campaign.theme,
        ground=campaign.ground,
        ordered_by=campaign.ordered_by,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        objects=n.objects,
        seen=n.seen,
        left=n.left,
        problems=n.problems,
        proposed=n.proposed,
        results=tuple((name, count) for _code, name, _tone, count in n.results),
        teams=_counts(n.teams, "未分组"),
        units=_counts(n.units, "未定单位"),
        lines=tuple(_line(o, rules) for o in rows.order_by("unit__order", "pk")),
        left_out=n.left_out,
        summary=campaign.summary,
        unseen_reason=campaign.unseen_reason,
        issuer=office.name if office else "",
        on=on,
    )


def issued_facts(campaign: Campaign) -> CampaignFacts | None:
    """As they were issued; None before."""
    found = CampaignReport.objects.filter(campaign=campaign).first()
    return read_kept(CampaignFacts, found.facts) if found else None


def matter_words(item: CampaignObject) -> str:
    """The number of the matter that follows the finding; 待确认 before the office has decided."""
    proposal = item.proposal
    if proposal is None:
        return ""
    proposal = proposal.merged_into or proposal  # the office joined it to another
    if proposal.matter is not None:
        return proposal.matter.number
    return PENDING if proposal.state == proposal.State.OPEN else str(proposal.get_state_display())


def _line(item: CampaignObject, rules: CampaignRules) -> CampaignFinding:
    result = rules.results.get(item.result)
    return CampaignFinding(
        title=item.title,
        unit=item.unit.short_name if item.unit else "—",
        team=item.team.name if item.team else "",
        result=result.name if result else item.result,
        is_problem=bool(result and result.problem),
        note=item.note,
        matter=matter_words(item),
    )


def _counts(rows: tuple[GroupCount, ...], none: str) -> tuple[CampaignCount, ...]:
    return tuple(CampaignCount(r.name or none, r.objects, r.seen, r.problems) for r in rows)
