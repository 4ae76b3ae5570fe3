"""Which rows the journal answers for, table by table, and what may happen to them.

Every concrete model of the program stands in `COVERS` or, with its reason, in `UNCOVERED`; a test fails for a
model in neither, so that no table can be forgotten. From `COVERS` follow the seals (`sealing.py`), the
database's own refusals (`triggers.py`) and what `wenpan doctor` compares (`agreement.py`). Tables of later
rooms are named here as data; nothing is imported from them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class Cover:
    """How a table is kept.

    `may_change`: the columns that may change after a row was written; None: all of them; () append-only.
    `may_go`: the program itself may delete rows (the journal then says which). `without`: columns that no
    seal covers, because they hold no record (`why`).
    """

    may_change: tuple[str, ...] | None = None
    may_go: bool = False
    without: tuple[str, ...] = ()
    why: str = ""


APPEND_ONLY = Cover(may_change=())
CURRENT = Cover()  # kept as it now is: every change is sealed anew
REMADE = Cover(may_go=True)  # derived, or a person's own: rows go and come, each time journalled

COVERS: dict[str, Cover] = {
    "accounts.Unit": CURRENT,
    "accounts.User": Cover(without=("last_login",), why="a trace of visits, not a right or a record"),
    "accounts.PastPassword": APPEND_ONLY,
    "accounts.PasswordReset": Cover(may_change=("state", "second_by_id")),
    "accounts.SecondFactor": Cover(
        may_change=("counter", "ended_at"), without=("counter",), why="a trace of use, as last_login is"
    ),
    "accounts.RoleRequest": Cover(may_change=("state", "decided_by_id", "decided_at")),
    "accounts.RecoveryCode": Cover(may_change=("ended_at",)),
    "accounts.OutsidePerson": Cover(may_change=("user_id", "state", "name", "decided_by_id", "decided_at")),
    "accounts.User_groups": REMADE,
    "accounts.User_user_permissions": REMADE,
    "exchange.NeighbourOffice": Cover(may_change=("revoked_by_id", "revoked_at", "reason")),
    "exchange.Letter": APPEND_ONLY,
    "library.LibraryPaper": Cover(may_change=("source_id",)),
    "library.PaperSending": Cover(may_change=("received_by_id", "received_at")),
    "library.PaperReading": APPEND_ONLY,
    "library.PaperMark": Cover(may_change=("proposal_id",)),
    "proofs.PaperCheck": APPEND_ONLY,
    "adjustments.Adjustment": Cover(may_change=("state", "decided_by_id", "decided_at")),
    "outbox.Message": APPEND_ONLY,
    "outbox.Envelope": CURRENT,
    "outbox.Delivery": APPEND_ONLY,
    "outbox.ReminderChoice": CURRENT,
    "intake.Original": APPEND_ONLY,
    "intake.FileScan": REMADE,  # it goes with a file whose mark of secrecy was seen late (intake.door)
    "intake.Layout": CURRENT,
    "intake.Submission": CURRENT,
    "intake.Submission_layouts": REMADE,
    "intake.Finding": REMADE,
    "observations.Region": CURRENT,
    "observations.Batch": Cover(may_change=("undone_at", "undone_by_id", "undo_reason")),
    "observations.Observation": Cover(may_change=("superseded_at",)),
    "observations.Confirmation": Cover(may_change=("observation_id",)),
    "observations.Estimate": Cover(may_change=("superseded_at",)),
    "collecting.SourceState": CURRENT,
    "collecting.SourceFile": APPEND_ONLY,
    "projects.Project": CURRENT,
    "projects.KeyProject": CURRENT,
    "projects.Milestone": REMADE,
    "projects.Link": REMADE,
    "projects.Apart": REMADE,
    "projects.Succession": REMADE,
    "projects.Return": Cover(may_change=("superseded_at",)),
    "projects.Standing": REMADE,
    "projects.Outlook": REMADE,
    "projects.Rating": Cover(may_change=("superseded_at",)),
    "projects.StateChange": APPEND_ONLY,
    "projects.Revision": Cover(may_change=("undone",)),
    "projects.EntryDocument": CURRENT,
    "projects.Visit": APPEND_ONLY,
    "projects.SiteAssignment": Cover(may_change=("ends_on",)),
    "projects.Problem": Cover(
        may_change=("closed_on", "closed_by_id", "closed_visit_id", "resolution"),
    ),
    "projects.ProblemReport": APPEND_ONLY,
    "projects.Photo": APPEND_ONLY,
    "projects.Excuse": APPEND_ONLY,
    "checkup.CheckupMonth": APPEND_ONLY,
    "personal.ListView": REMADE,
    "personal.Favourite": REMADE,
    "firms.Firm": CURRENT,
    "firms.FirmName": Cover(may_change=("retracted",)),
    "firms.FirmRevision": Cover(may_change=("undone",)),
    "firms.ServiceRequest": CURRENT,
    "firms.ServiceRequest_assists": REMADE,
    "firms.RequestEntry": Cover(may_change=("retracted",)),
    "firms.CommonProblem": CURRENT,
    "firms.CommonProblem_requests": REMADE,
    "firms.FirmLink": Cover(may_change=("revoked_at", "revoked_by_id")),
    "firms.RequestFile": APPEND_ONLY,
    "firms.ContactAssignment": Cover(may_change=("ends_on",)),
    "firms.FirmVisit": APPEND_ONLY,
    "firms.WindowNotice": APPEND_ONLY,
    "firms.SupportClause": Cover(may_change=("superseded_at", "paid", "paid_on", "budget")),
    "attraction.Deal": CURRENT,
    "attraction.DealEvent": Cover(may_change=("withdrawn_at",)),
    "attraction.DealAmount": Cover(may_change=("withdrawn_at",)),
    "attraction.DealShare": REMADE,
    "attraction.DealLink": REMADE,
    "attraction.DealRevision": Cover(may_change=("undone",)),
    "attraction.DealPairApart": REMADE,
    "attraction.DealBoard": Cover(may_change=("undone_at",)),
    "attraction.DealBoardLine": APPEND_ONLY,
    "attraction.Offer": CURRENT,
    "attraction.OfferRevision": Cover(may_change=("undone",)),
    "attraction.OfferUse": REMADE,
    "attraction.PitchPaper": Cover(may_change=("withdrawn_at",)),
    "attraction.LeadStep": Cover(may_change=("withdrawn_at",)),
    "attraction.Reception": Cover(may_change=("withdrawn_at", "kept_on")),
    "quality.QueryLetter": Cover(
        may_change=(
            "answer_kind",
            "answer",
            "answered_at",
            "answered_by_id",
            "outcome",
            "reason",
            "closed_at",
            "closed_by_id",
        )
    ),
    "quality.PrintedRelation": Cover(
        may_change=(
            "state",
            "expression",
            "sentence",
            "severity",
            "passes",
            "fails",
            "from_day",
            "to_day",
            "decided_by_id",
            "decided_at",
        )
    ),
    "upward.UpwardContact": APPEND_ONLY,
    "quality.EarlierEstimate": APPEND_ONLY,
    "quality.AcceptedFinding": APPEND_ONLY,
    "quality.ReminderServed": APPEND_ONLY,
    "quality.TrainingSession": APPEND_ONLY,
    "quality.TrainingAttendance": APPEND_ONLY,
    "quality.FieldDraw": APPEND_ONLY,
    "quality.FieldCheckResult": Cover(may_change=("superseded_at",)),
    "indicators.Target": Cover(may_change=("superseded_at", "withdrawn_at")),
    "indicators.Judgement": Cover(may_change=("superseded_at",)),
    "fiscal.AdjustmentEntry": Cover(
        may_change=(
            "state",
            "decided_by_id",
            "decided_at",
            "reason",
            "withdrawn_by_id",
            "withdrawn_at",
            "withdrawn_reason",
        )
    ),
    "fiscal.FiscalReport": Cover(may_change=("undone_by_id", "undone_at")),
    "fiscal.RevenueRow": APPEND_ONLY,
    "fiscal.TreasuryRow": APPEND_ONLY,
    "fiscal.BondRow": APPEND_ONLY,
    "fiscal.FundRow": APPEND_ONLY,
    "fiscal.BudgetVersion": Cover(may_change=("withdrawn_by_id", "withdrawn_at", "withdrawn_reason")),
    "fiscal.MethodAnswer": Cover(may_change=("superseded_at",)),
    "entries.EntryCandidate": Cover(may_change=("stage", "stage_on")),
    "entries.EntryFact": APPEND_ONLY,
    "entries.EntryStep": Cover(may_change=("cancelled_by_id", "cancelled_at")),
    "entries.EntryPaper": APPEND_ONLY,
    "supports.AccountsReport": Cover(may_change=("undone_by_id", "undone_at")),
    "supports.AccountsRow": APPEND_ONLY,
    "supports.SupportDuty": Cover(may_change=("superseded_at",)),
    "supervision.Source": Cover(  # its head is checked by a person and amended; its text stays as it was read
        may_change=("settled_at", "settled_by_id", "kind", "title", "number", "issuer", "dated", "findings"),
    ),
    "supervision.Proposal": REMADE,
    "supervision.Matter": CURRENT,
    "supervision.Matter_coops": REMADE,
    "supervision.Event": APPEND_ONLY,
    "supervision.Slip": CURRENT,
    "supervision.Notice": Cover(may_change=("read_at",)),
    "supervision.Charge": REMADE,
    "supervision.Feedback": Cover(may_change=("signed_by_id", "signed_at", "event_id")),
    "supervision.Attachment": APPEND_ONLY,
    "supervision.Appeal": Cover(may_change=("state", "decision", "decided_by_id", "decided_at")),
    "supervision.ScoreSheet": APPEND_ONLY,
    "supervision.WeeklyInspection": Cover(may_change=("closed_by_id", "closed_at", "summary")),
    "supervision.InspectionItem": CURRENT,
    "campaigns.Campaign": CURRENT,
    "campaigns.CampaignTeam": REMADE,
    "campaigns.CampaignMember": REMADE,
    "campaigns.ObjectChoice": APPEND_ONLY,
    "campaigns.CampaignObject": CURRENT,
    "campaigns.FindingFile": APPEND_ONLY,
    "campaigns.CampaignReport": APPEND_ONLY,
    "meetings.Meeting": CURRENT,
    "meetings.KeptMemo": APPEND_ONLY,
    "meetings.MeetingQuestion": Cover(
        may_change=("answer", "answered_by_id", "answered_at", "carried_from", "version")
    ),
    "meetings.MemoSeen": APPEND_ONLY,
    "wall.ScreenKey": Cover(may_change=("revoked_by_id", "revoked_at")),
    "bulletins.Document": CURRENT,
    "bulletins.Step": APPEND_ONLY,
    "bulletins.RedReason": CURRENT,
    "bulletins.PaperTemplate": Cover(may_change=("state", "decided_by_id", "decided_at", "words")),
    "sharing.CalendarLink": Cover(may_change=("revoked_at",)),
    "sharing.AccessToken": Cover(may_change=("revoked_at",)),
}

UNCOVERED: dict[str, str] = {
    "journal.Entry": "the keyed chain covers itself",
    "journal.Seal": "each is covered by its entry in the chain",
    "accounts.FailedTries": "counts of wrong passwords: refused sign-ins are journalled themselves",
    "idempotency.SentForm": "answers kept for a week: each stands in the transaction of its own deed",
    "search.IndexedText": "the search index: a copy of texts that are covered themselves, made anew at will",
    "jobs.Job_askers": "who sent the same work: a part of the queue",
    "jobs.Job": "queue of work: what a job did is journalled by the action it called",
}

OWN = {"journal.Entry": APPEND_ONLY, "journal.Seal": APPEND_ONLY}

# Models that were renamed, and the labels under which the journal seals their tables: seals that stand are
# never written anew, so that a table keeps the label of its first one.
SEALED_AS = {
    "supervision.WeeklyInspection": "supervision.Cycle",
    "supervision.InspectionItem": "supervision.Look",
}


def sealed_as(model: type[models.Model]) -> str:
    """The label of a table in the journal's entries and seals, e.g. observations.Observation."""
    label = str(model._meta.label)
    return SEALED_AS.get(label, label)


def cover_of(model: type[models.Model]) -> Cover | None:
    """None where the journal does not answer for the table. What was forgotten is covered as `CURRENT`."""
    label = model._meta.label
    if label in UNCOVERED or not model.__module__.startswith("wenpan."):
        return None
    return COVERS.get(label, CURRENT)


def covered_models() -> Iterator[tuple[type[models.Model], Cover]]:
    for model in _models():
        if (cover := cover_of(model)) is not None:
            yield model, cover


def kept_models() -> Iterator[tuple[type[models.Model], Cover]]:
    """Those whose tables the database itself protects: what is covered, and the journal's own."""
    yield from covered_models()
    for model in _models():
        if own := OWN.get(model._meta.label):
            yield model, own


def _models() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model.__module__.startswith("wenpan.") and model._meta.managed and not model._meta.proxy:
            yield model


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns that a seal covers, in the model's order."""
    cover = cover_of(model)
    without = cover.without if cover else ()
    return [name for field in model._meta.concrete_fields if (name := field.column) and name not in without]
