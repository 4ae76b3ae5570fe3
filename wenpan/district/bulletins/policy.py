"""The policy of the analysis: the place's `briefing.yaml`, or ours."""

from __future__ import annotations

from wenpan import rules as policy
from wenpan.documents.papers.briefing.input import BriefingPolicy


def briefing_policy() -> BriefingPolicy:
    """ValueError in Chinese where it cannot be used."""
    return BriefingPolicy.from_data(policy.load_yaml("briefing")[0])
