"""What the room keeps: questions, facts and draws; no column for what a unit ought to have reported."""

from wenpan.district.quality.models.draws import FieldCheckResult, FieldDraw
from wenpan.district.quality.models.estimates import EarlierEstimate
from wenpan.district.quality.models.findings import AcceptedFinding, ReminderServed
from wenpan.district.quality.models.letters import QueryLetter
from wenpan.district.quality.models.relations import PrintedRelation
from wenpan.district.quality.models.training import TrainingAttendance, TrainingSession

__all__ = [
    "AcceptedFinding",
    "EarlierEstimate",
    "FieldCheckResult",
    "FieldDraw",
    "PrintedRelation",
    "QueryLetter",
    "ReminderServed",
    "TrainingAttendance",
    "TrainingSession",
]
