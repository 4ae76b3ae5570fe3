"""Every write of this room: the analysis is made, the bulletin is drafted, reviewed and issued."""

from wenpan.district.bulletins.actions.briefing import make_briefing
from wenpan.district.bulletins.actions.drafting import draft_bulletin, reword
from wenpan.district.bulletins.actions.issuing import issue, review, send_back, verify
from wenpan.district.bulletins.actions.returning import take_edited

__all__ = [
    "draft_bulletin",
    "issue",
    "make_briefing",
    "review",
    "reword",
    "send_back",
    "take_edited",
    "verify",
]
