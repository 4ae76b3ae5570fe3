"""What is kept: the lists, what happened to their projects, the returns and what follows from them."""

from wenpan.district.projects.models.events import (
    EntryDocument,
    Excuse,
    Photo,
    Problem,
    ProblemReport,
    Revision,
    StateChange,
)
from wenpan.district.projects.models.figures import Outlook, Return, Standing
from wenpan.district.projects.models.lists import (
    Apart,
    KeyProject,
    Kind,
    Link,
    Milestone,
    Project,
    Succession,
    Undertaking,
)
from wenpan.district.projects.models.ratings import Rating
from wenpan.district.projects.models.sites import SiteAssignment, Visit

__all__ = [
    "Apart",
    "EntryDocument",
    "Excuse",
    "KeyProject",
    "Kind",
    "Link",
    "Milestone",
    "Outlook",
    "Photo",
    "Problem",
    "ProblemReport",
    "Project",
    "Rating",
    "Return",
    "Revision",
    "SiteAssignment",
    "Standing",
    "StateChange",
    "Succession",
    "Undertaking",
    "Visit",
]
