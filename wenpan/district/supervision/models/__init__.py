"""What is kept: papers, matters and all that happens to them, slips, weeks, scores."""

from wenpan.district.supervision.models.feedback import Attachment, Feedback
from wenpan.district.supervision.models.matters import Event, Matter
from wenpan.district.supervision.models.papers import Source
from wenpan.district.supervision.models.proposals import Proposal
from wenpan.district.supervision.models.scores import Appeal, ScoreSheet
from wenpan.district.supervision.models.slips import Charge, Notice, Slip
from wenpan.district.supervision.models.weeks import InspectionItem, WeeklyInspection

__all__ = [
    "Appeal",
    "Attachment",
    "Charge",
    "Event",
    "Feedback",
    "InspectionItem",
    "Matter",
    "Notice",
    "Proposal",
    "ScoreSheet",
    "Slip",
    "Source",
    "WeeklyInspection",
]
