"""What is kept about firms: never a target, never a survey return."""

from wenpan.district.firms.models.common import CommonProblem
from wenpan.district.firms.models.contacts import ContactAssignment, FirmVisit
from wenpan.district.firms.models.firms import Firm, FirmName, FirmRevision
from wenpan.district.firms.models.links import FirmLink, RequestFile
from wenpan.district.firms.models.policies import SupportClause, WindowNotice
from wenpan.district.firms.models.requests import RequestEntry, ServiceRequest

__all__ = [
    "CommonProblem",
    "ContactAssignment",
    "Firm",
    "FirmLink",
    "FirmName",
    "FirmRevision",
    "FirmVisit",
    "RequestEntry",
    "RequestFile",
    "ServiceRequest",
    "SupportClause",
    "WindowNotice",
]
