"""One unit's handling of one matter, by its play: signed, reported, checked, closed, or not."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from wenpan.demo.play.agenda import Act, Story
from wenpan.demo.story import matters
from wenpan.demo.story.matters import Play

RECURRING_MEMORY = 14  # rounds of a recurring matter that are played
DESK = (16, 30)  # when a unit fills in its sheet of the day


class Handling:
    """One unit's handling of one matter, by its play."""

    def __init__(self, story: Story, matter: Any, play: Play) -> None:
        self.story, self.pk, self.play = story, matter.pk, play

    @property
    def matter(self) -> Any:
        from wenpan.district.supervision.models import Matter

        return Matter.objects.select_related("lead").get(pk=self.pk)

    @property
    def liaison(self) -> Any:
        return self.story.liaison_of(self.matter.lead)

    def begin(self, handed: datetime) -> None:
        from wenpan.district.supervision import actions

        plan, play, matter = self.story.plan, self.play, self.matter
        signed = handed.date() if self.pk % 3 else handed.date() + timedelta(days=1)
        plan(signed, lambda t: actions.sign(matter=self.matter, by=self.liaison, at=t), 15)
        for day, words in play.progress:
            plan(matters.day(day), self._reports("progress", words), *DESK)
        if play.extension:
            self._extends(*play.extension)
        if not play.answers_slips:  # nothing more is heard of it
            return
        if matter.recurrence:
            self._goes_round(matter.due)
        elif play.done:
            self._ends(matters.day(play.done))
        elif not play.progress and matter.due:
            self._ends(matter.due - timedelta(days=2))

    def _reports(self, claim: str, words: str) -> Act:
        def act(moment: datetime) -> None:
            from wenpan.district.supervision import actions

            if self.matter.state != "working":
                return
            actions.feed_back(
                matter=self.matter,
                claim=claim,
                process=words,
                situation=self.play.situation,
                advice=self.play.advice,
                unchanged=True,  # the same words again are meant
                sheet=not (self.play.situation or self.play.advice),  # one sentence: a line of the sheet
                by=self.liaison,
                at=moment,
            )

        return act

    def _ends(self, day: date) -> None:
        plan, play, story = self.story.plan, self.play, self.story
        plan(day, self._reports("done", play.told), *DESK)
        if play.sent_back and play.done_again:
            lacking, again = play.sent_back, matters.day(play.done_again)
            plan(matters.day(lacking[0]), self._checks(False, lacking[1]), 10)
            plan(again, self._reports("done", "已补齐，" + play.told), *DESK)
            day = again
        checked = story.calendar.working_days_after(day, 1 + self.pk % 2)
        plan(checked, self._checks(True, "已到现场核实，资料齐全"), 10, 30)
        plan(story.calendar.working_days_after(checked, 1), self._closes, 9, 30)

    def _checks(self, passed: bool, words: str) -> Act:
        def act(moment: datetime) -> None:
            from wenpan.district.supervision import actions

            if self.matter.state == "answered":
                actions.check(matter=self.matter, passed=passed, text=words, by=self.story.clerk, at=moment)

        return act

    def _closes(self, moment: datetime) -> None:
        from wenpan.district.supervision import actions

        if self.matter.state == "checked":
            actions.close(matter=self.matter, by=self.story.chief, at=moment, text="同意销号")

    def _goes_round(self, due: date | None, rounds: int = RECURRING_MEMORY) -> None:
        """A recurring matter: reported on the working day before it is due, checked the day after it."""
        if due is None or rounds == 0 or due >= self.story.until:
            return
        plan = self.story.plan
        plan(due - timedelta(days=1), self._reports("done", self.play.told), *DESK)

        def settles(moment: datetime) -> None:
            self._checks(True, "按期报送")(moment)
            self._goes_round(self.matter.due if self.matter.due != due else None, rounds - 1)

        plan(due + timedelta(days=1), settles, 9, 15)

    def _extends(self, asked: str, until: str, reason: str) -> None:
        from wenpan.district.supervision import actions

        day, new, plan = matters.day(asked), matters.day(until), self.story.plan

        def asks(t: datetime) -> None:
            actions.ask_extension(matter=self.matter, until=new, reason=reason, by=self.liaison, at=t)

        def grants(t: datetime) -> None:
            chief = self.story.chief
            actions.decide_extension(matter=self.matter, granted=True, by=chief, text="同意", at=t)

        plan(day, asks)
        plan(day + timedelta(days=1), grants)
