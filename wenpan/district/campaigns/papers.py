"""The 通报 of a campaign as .docx: as it was issued, before that as it stands. Chinese, as papers are."""

from __future__ import annotations

from django.utils import timezone, translation

from wenpan.district.campaigns.facts import campaign_facts, issued_facts
from wenpan.district.campaigns.models import Campaign
from wenpan.documents.papers.gbt9704.render import render
from wenpan.documents.papers.letters import campaign_report


def report_docx(campaign: Campaign) -> bytes:
    with translation.override("zh-hans"):
        facts = issued_facts(campaign) or campaign_facts(campaign, timezone.localdate())
    return render(campaign_report.compose(facts), created=facts.on)
