"""Supervision in the demonstration: papers are read, matters confirmed, handed over, handled and checked.

Everything goes through the room's actions as its people would do it, on the days of the story. The plays of
the units stand in `matters.yaml`; what is automatic in life (slips, escalation) is run day by day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from wenpan.demo.files import papers
from wenpan.demo.play import campaigns, meetings, monthly, own_desk, past_lights, weekly
from wenpan.demo.play.agenda import Act, Story, at
from wenpan.demo.play.handling import DESK, Handling
from wenpan.demo.story import matters, people
from wenpan.demo.story.matters import StoryNote, play_of

FIRST_TICK = date(2022, 8, 22)  # from here on slips and escalation run
WEEKS_FROM = date(2022, 10, 17)  # 每周一督查, as the meeting of 14 October decided
OWN_DUTY = "属督查绩效办自身职责，不作督办事项"


def fill(users: dict[str, Any], today: date) -> None:
    """From March 2022 to the evening before `today`."""
    from wenpan.district.supervision import actions

    story = Story(users, today)
    for leader, codes in people.CHARGES.items():
        for code in codes:
            unit, since = story.units[code], at(date(2022, 1, 5))
            actions.put_in_charge(unit=unit, leader=users[leader], by=story.chief, at=since)
    for name, data, day, given in _papers():
        story.plan(day + timedelta(days=1), _reads(story, name, data, day, given), 10)
    for note in matters.notes():
        story.plan(matters.day(note.day), _takes_note(story, note), 11)
    for month_day in matters.lights_looked_at():
        story.plan(matters.day(month_day), _looks_at_lights(story), 11)
    past_lights.plan(story)
    weekly.plan(story, WEEKS_FROM)
    monthly.plan(story)
    own_desk.plan(story)
    meetings.plan(story, hand_over)
    campaigns.plan(story)
    day = FIRST_TICK
    while day < today:
        story.plan(day, _ticks(story), 8, 40)
        day = story.calendar.working_days_after(day, 1)
    story.play()


def _papers() -> list[tuple[str, bytes, date, dict[str, str]]]:
    """Name, file, its day, and what the clerk writes of it."""
    table = {"kind": "table", "title": "安禾区2022年重点工作任务分解表", "number": "安政办〔2022〕6号"}
    minutes = {"kind": "minutes", "title": "区政府第16次常务会议纪要", "number": "〔2022〕16号"}
    speech = {"kind": "speech", "title": "在全区经济运行调度会上的讲话", "issuer": "江望舒"}
    return [
        ("安禾区2022年重点工作任务分解表.xlsx", papers.table(), papers.TABLE_DAY, table),
        ("区政府常务会议纪要第16次.docx", papers.document(papers.MINUTES), papers.MINUTES_DAY, minutes),
        ("全区经济运行调度会讲话.docx", papers.document(papers.SPEECH), papers.SPEECH_DAY, speech),
    ]


def _reads(story: Story, name: str, data: bytes, dated: date, given: dict[str, str]) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.ground import originals
        from wenpan.district.supervision.log import policy
        from wenpan.district.supervision.sources.actions import proposing
        from wenpan.district.supervision.sources.unit_resolver import UnitResolver
        from wenpan.documents.orders import take_in
        from wenpan.rules.policies import acceptance

        taken = take_in.take(
            data,
            name,
            dated,
            moment.date(),
            policy.calendar(),
            UnitResolver(dated).gazetteer(),
            acceptance(),
        )
        source = proposing.register_source(
            taken=taken,
            filename=name,
            sha256=originals.put(data),
            given=proposing.Given(**given, dated=dated),
            by=story.clerk,
            at=moment,
        )
        decide(story, source, moment)

    return act


def decide(story: Story, source: Any, moment: datetime) -> None:
    """The clerk goes through the proposals; what the chief approves is handed over the next morning."""
    from wenpan.district.supervision.models import Proposal
    from wenpan.district.supervision.sources.actions import deciding

    waiting = list(source.proposals.filter(state=Proposal.State.OPEN).order_by("order"))
    while waiting:
        proposal, moment = waiting.pop(0), moment + timedelta(minutes=2)
        towns = _group(story, proposal)
        if proposal.lead is None and not towns:
            deciding.dismiss(proposal=proposal, by=story.clerk, reason="没有责任单位，属一般要求", at=moment)
        elif proposal.lead is not None and proposal.lead.code in {"dcb", "zfb"}:
            deciding.dismiss(proposal=proposal, by=story.clerk, reason=OWN_DUTY, at=moment)
        elif towns:
            pieces = deciding.split_among(proposal=proposal, leads=towns, by=story.clerk, at=moment)
            waiting = [*pieces, *waiting]
        else:
            hand_over(story, proposal, moment)
    deciding.settle(source=source, by=story.clerk, at=moment + timedelta(minutes=5))


def _group(story: Story, proposal: Any) -> list[Any]:
    """各镇街: one matter for each town, so that each answers for itself."""
    if proposal.lead is not None or "镇街" not in proposal.lead_text:
        return []
    return [unit for unit in story.units.values() if unit.kind == "town"]


def hand_over(story: Story, proposal: Any, moment: datetime) -> None:
    """拟办, 立项 and 交办, then the unit's play."""
    from wenpan.district.supervision import actions
    from wenpan.district.supervision.sources.actions import deciding

    matter = deciding.confirm(proposal=proposal, by=story.clerk, at=moment)
    actions.register(matter=matter, by=story.chief, at=moment + timedelta(hours=4), text="同意立项")
    matter.refresh_from_db()
    handed = at(story.calendar.working_days_after(moment.date(), 1), 9, moment.minute)
    due = proposal.deadline if proposal.deadline and proposal.deadline >= handed.date() else None
    actions.assign(
        matter=matter, lead=proposal.lead, coops=[story.units[c] for c in proposal.coops], due=due,
        due_words=proposal.deadline_text, recurrence=proposal.recurrence, by=story.clerk, at=handed,
    )  # fmt: skip
    matter.refresh_from_db()
    Handling(story, matter, play_of(matter.title)).begin(handed)


def _takes_note(story: Story, note: StoryNote) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.supervision.sources.actions.instructions import MatterPlan, take_note

        planned = MatterPlan(
            text=note.text,
            kind=note.kind,
            lead=story.units[note.lead],
            coops=[story.units[c] for c in note.coops],
            leader=note.leader,
            deadline=matters.day(note.due) if note.due else None,
            important=note.kind == "note_urgent",
        )
        proposal = take_note(
            leader=note.leader,
            words=note.words,
            dated=moment.date(),
            planned=planned,
            by=story.clerk,
            at=moment,
        )
        hand_over(story, proposal, moment + timedelta(minutes=5))

    return act


def _looks_at_lights(story: Story) -> Act:
    """Red and yellow lights ask for matters; the clerk confirms those that the office follows itself."""

    def act(moment: datetime) -> None:
        from wenpan.district.supervision.lights.actions import propose_from_lights
        from wenpan.district.supervision.models import Proposal

        propose_from_lights(on=moment.date(), by=story.clerk, at=moment)
        open_ = Proposal.objects.filter(state=Proposal.State.OPEN).exclude(cause="").exclude(lead=None)
        for number, cause in enumerate(matters.causes()):
            proposal = open_.filter(cause=cause).first()
            if proposal is not None:
                hand_over(story, proposal, moment + timedelta(minutes=3 * number + 1))
        worst = open_.filter(cause__startswith="key_project:", detail__light="RED").order_by("pk")[:2]
        for number, proposal in enumerate(list(worst)):
            hand_over(story, proposal, moment + timedelta(minutes=3 * number + 30))

    return act


def _ticks(story: Story) -> Act:
    """What the clock does by itself every morning; a unit answers its slips on the second working day."""

    def act(moment: datetime) -> None:
        from wenpan.district.supervision.escalation.actions import escalate
        from wenpan.district.supervision.models import Slip
        from wenpan.district.supervision.weekly.actions import keep_up

        escalate(at=moment)
        if moment.date() >= WEEKS_FROM:
            keep_up(at=moment)
        for slip in Slip.objects.filter(issued_at__gte=moment, answered_at=None).select_related("matter"):
            if play_of(slip.matter.title).answers_slips:
                day = story.calendar.working_days_after(moment.date(), 2)
                story.plan(day, _answers(story, slip.pk), *DESK)

    return act


# what a unit says to a slip of each level
ANSWERS = (
    "责任人已到岗，按倒排的工期推进。",
    "已专题研究，倒排工期，明确专人负责。",
    "主要负责人已到现场调度，卡点逐项销号。",
)


def _answers(story: Story, pk: int) -> Act:
    def act(moment: datetime) -> None:
        from wenpan.district.supervision.log import lifecycle
        from wenpan.district.supervision.matters.actions.sheet import SheetLine, report_sheet
        from wenpan.district.supervision.models import Slip
        from wenpan.district.supervision.slips.actions import answer, cite
        from wenpan.district.supervision.slips.queries import said_since

        slip = Slip.objects.select_related("matter", "unit").get(pk=pk)
        if slip.answered_at is None and slip.withdrawn_at is None and slip.matter.state in lifecycle.OPEN:
            liaison, words = story.liaison_of(slip.unit), ANSWERS[slip.level % len(ANSWERS)]
            if said_since(slip):
                cite(slip=slip, by=liaison, at=moment)
            elif slip.matter.state in (lifecycle.ASSIGNED, lifecycle.WORKING):
                report_sheet(lines=[SheetLine(slip.matter, words=words)], by=liaison, at=moment)
            else:
                answer(slip=slip, text=words, by=liaison, at=moment)

    return act
