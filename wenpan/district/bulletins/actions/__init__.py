"""Every write of this room: analysis and bulletin are drafted, reviewed and issued; causes are written."""

from wenpan.district.bulletins.actions.briefing import make_briefing
from wenpan.district.bulletins.actions.drafting import draft_bulletin, reword
from wenpan.district.bulletins.actions.issuing import issue, review, send_back, verify
from wenpan.district.bulletins.actions.returning import take_edited
from wenpan.district.bulletins.heads.actions import decide_template, propose_template, retire_template
from wenpan.district.bulletins.reasons.actions import sign_reason, write_reason

__all__ = [
    "decide_template",
    "draft_bulletin",
    "issue",
    "make_briefing",
    "propose_template",
    "retire_template",
    "review",
    "reword",
    "send_back",
    "sign_reason",
    "take_edited",
    "verify",
    "write_reason",
]
