"""Reading bulletins: what a person may do, the matters behind a number, what moved since last month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can
from wenpan.district.bulletins.lives import life_of
from wenpan.district.bulletins.models import Document
from wenpan.district.observations.models import Region
from wenpan.district.supervision.bulletin_input import queries as counted
from wenpan.district.supervision.log import policy
from wenpan.district.supervision.scoring import queries as scores
from wenpan.documents.papers.bulletin import rows as kept
from wenpan.documents.papers.bulletin.annex import state_words
from wenpan.documents.papers.bulletin.compose import compose
from wenpan.documents.papers.bulletin.input import Before, BulletinInput
from wenpan.documents.papers.bulletin.rows import BulletinRow, Reply
from wenpan.documents.papers.facts import Inconsistent, PaperProblem
from wenpan.economy.time.periods import Month

State = Document.State


def place_name() -> str:
    """安禾区; "" before the places are known."""
    home = Region.objects.filter(home=True).values_list("name", flat=True).first()
    return home or ""


def before_of(month: Month) -> Before | None:
    """What the issued bulletin of the month before printed: a reader lays the two papers side by side."""
    earlier = Document.objects.filter(
        kind=Document.Kind.BULLETIN, as_of=str(month.plus(-1)), state=State.ISSUED
    ).first()
    if earlier is None:
        return None
    shown = {fact["key"]: fact["shown"] for fact in earlier.facts["facts"]}
    everything, closed, overdue, of_rate = (
        int(shown[f"matters/{name}"]) for name in ("all", "closed", "overdue", "counted")
    )
    return Before(everything, closed, overdue, of_rate, earlier.number)


def bulletin_months() -> list[Month]:
    """Months that are over and have matters, not issued yet, newest first."""
    today = timezone.localdate()
    issued = set(
        Document.objects.filter(kind=Document.Kind.BULLETIN, state=State.ISSUED).values_list(
            "as_of", flat=True
        )
    )
    now = Month(today.year, today.month)
    return [m for m in scores.months() if m.index < now.index and str(m) not in issued]


def bulletin_refusal(month: Month) -> tuple[PaperProblem, ...]:
    """Why the bulletin of this month cannot be made now; empty if it can. Writes nothing."""
    given = counted.bulletin(
        month, dated=timezone.localdate(), place=place_name(), issuer="", head="", before=before_of(month)
    )
    try:
        compose(given)
    except Inconsistent as found:
        return found.problems
    return ()


@dataclass(frozen=True)
class Deeds:
    """What this person may do with this edition now. `why_not`: wrote | reviewed, or nothing."""

    reword: bool = False
    review: bool = False
    issue: bool = False
    send_back: bool = False
    why_not: str = ""

    @property
    def any(self) -> bool:
        return self.reword or self.review or self.issue or self.send_back


def possible_deeds(pk: int, user: User) -> Deeds:
    document = Document.objects.defer("facts", "given").get(pk=pk)
    if document.state in {State.ISSUED, State.REPLACED, State.MADE}:
        return Deeds()
    life = life_of(document)
    rows = Document.objects.filter(kind=document.kind, as_of=document.as_of)
    wrote = rows.filter(made_by=user).exists() and policy.office().bulletin_three_people
    reviewed = document.reviewed_by_id == user.pk and policy.office().bulletin_three_people
    waits_review = document.state == State.DRAFTED and can(user, life.review)
    waits_issue = document.state == State.REVIEWED and can(user, life.issue)
    why = (
        "wrote" if wrote and (waits_review or waits_issue) else "reviewed" if reviewed and waits_issue else ""
    )
    return Deeds(
        reword=document.kind == Document.Kind.BULLETIN and can(user, life.draft),
        review=waits_review and not wrote,
        issue=waits_issue and not wrote and not reviewed,
        send_back=(waits_review or waits_issue) and not wrote,
        why_not=why,
    )


def wording(document: Document) -> tuple[str, tuple[str, ...]]:
    """Lead-in and demands of an edition."""
    return str(document.given["lead_in"]), tuple(document.given["demands"])


@dataclass(frozen=True)
class Listed:
    """A row of the list behind a number; of a matter or of a feedback."""

    pk: int
    number: str
    title: str
    unit: str
    due: Any
    state: str
    light: str


@dataclass(frozen=True)
class CountedRows:
    """The rows that a number counts. `label`, `shown`: as printed."""

    key: str
    label: str
    shown: str
    replies: bool
    rows: tuple[Listed, ...]


def behind(document: Document, fact: str) -> CountedRows | None:
    """None where the number is no count of matters or feedback. The rows are the frozen ones."""
    known = next((f for f in document.facts["facts"] if f["key"] == fact), None)
    bulletin = document.kind == Document.Kind.BULLETIN
    origin = kept.origin_of(fact) if known and bulletin else None
    found = kept.tags_of(origin) if origin else None
    if known is None or found is None:
        return None
    what, tags = found
    units = dict(document.given["units"])
    rows: tuple[Listed, ...]
    if what == kept.REPLIES:
        replies = kept.from_json(Reply, document.given["replies"])
        rows = tuple(_reply(r, units) for r in kept.picked(replies, tags))
    else:
        matters = kept.from_json(BulletinRow, document.given["rows"])
        rows = tuple(_matter(r, units) for r in kept.picked(matters, tags))
    shown = f"{known['shown']}{known['unit']}"
    return CountedRows(fact, known["label"], shown, what == kept.REPLIES, rows)


def _matter(row: BulletinRow, units: dict[str, str]) -> Listed:
    unit = units.get(row.unit, row.unit)
    return Listed(row.pk, row.number, row.title, unit, row.due, state_words(row), row.light)


def _reply(reply: Reply, units: dict[str, str]) -> Listed:
    state = "退办" if reply.kind == "returned" else f"逾期{reply.days}天反馈" if reply.late else "按时反馈"
    unit = units.get(reply.unit, reply.unit)
    return Listed(reply.matter, reply.number, reply.title, unit, reply.day, state, "")


@dataclass(frozen=True)
class MovedMatters:
    """Matters that changed their part between two bulletins."""

    closed: tuple[Listed, ...]
    overdue: tuple[Listed, ...]
    no_longer_overdue: tuple[Listed, ...]
    new: tuple[Listed, ...]
    gone: tuple[Listed, ...]


def moved(old: Document, new: Document) -> MovedMatters | None:
    """None where one of them is no bulletin."""
    if {old.kind, new.kind} != {Document.Kind.BULLETIN}:
        return None
    before = {r.pk: r for r in BulletinInput.from_json(old.given).rows}
    given = BulletinInput.from_json(new.given)
    after = {r.pk: r for r in given.rows}
    units = dict(given.units)

    def listed(found: Any) -> tuple[Listed, ...]:
        return tuple(_matter(row, units) for row in found)

    def was(row: BulletinRow, part: str) -> bool:
        return row.pk in before and before[row.pk].part == part

    rows = list(after.values())
    return MovedMatters(
        closed=listed(r for r in rows if r.part == kept.CLOSED and not was(r, kept.CLOSED)),
        overdue=listed(r for r in rows if r.part == kept.OVERDUE and not was(r, kept.OVERDUE)),
        no_longer_overdue=listed(r for r in rows if r.part != kept.OVERDUE and was(r, kept.OVERDUE)),
        new=listed(r for r in rows if r.pk not in before),
        gone=listed(r for pk, r in before.items() if pk not in after),
    )
