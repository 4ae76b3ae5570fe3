"""Firms in the demonstration: a ledger, two years of requests and visits, and twenty policies."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from wenpan.demo.play.agenda import at
from wenpan.demo.story import firms as story

REQUESTS, FROM = 90, date(2021, 1, 4)


def fill(users: dict[str, Any], today: date) -> None:
    """From January 2021 to the evening before `today`."""
    from wenpan.rules.working_days import calendar

    rng = random.Random(story.SEED)
    firms = _ledger(users)
    _policies(users)
    play = _Play(users, today, calendar(), rng)
    _contacts(play, firms)
    span = (today - FROM).days
    days = sorted(FROM + timedelta(days=rng.randrange(span)) for _ in range(REQUESTS))
    for number, day in enumerate(days):
        play.request(rng.choice(firms), rng.choice(story.ASKS), day, number)
    _windows(today)


def _ledger(users: dict[str, Any]) -> list[Any]:
    from wenpan.district.accounts.models import Unit
    from wenpan.district.firms.ledger.actions import add_firm

    units = {unit.code: unit for unit in Unit.objects.all()}
    made = []
    for firm in story.firms():
        facts = {
            code: {"value": value, "source": "企业自述", "on": "2022-06-30"}
            for code, value in firm.facts.items()
        }
        values = {
            "name": firm.name,
            "uscc": firm.uscc,
            "trade": firm.trade,
            "size": firm.size,
            "town": units[firm.town],
            "lists": list(firm.lists),
            "honours": list(firm.honours),
            "facts": facts,
        }
        made.append(add_firm(values=values, by=users["service"], at=at(date(2021, 1, 4))))
    return made


def _policies(users: dict[str, Any]) -> None:
    from wenpan.district.accounts.models import Unit
    from wenpan.district.firms.policies.actions import keep_clause, note_paid
    from wenpan.rules.firm_policies import sample_clauses

    units, service = {unit.code: unit for unit in Unit.objects.all()}, users["service"]
    for data in story.clauses():
        told = story.COUNTERS[str(data["code"])]
        clause = keep_clause(
            data=data, office=units[told.unit], contact=told.phone, papers=told.papers, budget=told.budget,
            by=service, at=at(date(2022, 3, 1)),
        )  # fmt: skip
        if told.paid is not None:
            note_paid(
                clause=clause, paid=told.paid, on=date(2022, 10, 31), budget=told.budget, by=service,
                at=at(date(2022, 11, 2)),
            )  # fmt: skip
    for _clause, data in sample_clauses():
        keep_clause(data=data, by=service, at=at(date(2022, 3, 1)))


def _windows(today: date) -> None:
    """The program reminds of claim windows by itself; here as if it had been looked after every Monday."""
    from wenpan.district.firms.policies.windows import remind

    day = date(2022, 3, 7)
    while day < today:
        remind(at=at(day))
        day += timedelta(days=7)


def _contacts(play: _Play, firms: list[Any]) -> None:
    """Three leaders look after twelve firms each; most visits are made, some firms are gone or decline."""
    from wenpan.district.firms.contacts.actions import assign_contact, note_visit

    users, rng = play.users, play.rng
    listed = [firm for firm in firms if firm.lists]
    for leader in ("leader", "deputy_economy", "deputy_building"):
        for firm in rng.sample(listed, 12):
            assign_contact(
                firm=firm,
                person=users[leader],
                every=3,
                starts_on=date(2021, 10, 8),
                by=users["service"],
                at=at(date(2021, 10, 8)),
            )
            for quarter in range(4):
                day = date(2021, 11, 1) + timedelta(days=91 * quarter + rng.randrange(60))
                if day >= play.today or rng.random() < 0.2:
                    continue
                result = rng.choices(["met", "phone", "refused", "gone"], [80, 12, 5, 3])[0]
                promised = rng.choice(story.PROMISES) if result == "met" and rng.random() < 0.12 else ""
                visit = note_visit(
                    firm=firm,
                    on=day,
                    result=result,
                    note=rng.choice(story.NOTES),
                    promised=promised,
                    by=users[leader],
                    at=at(day, 16),
                )
                for made in visit.requests.all():
                    play.go(made, story.ASKS[-1], at(play.calendar.working_days_after(day, 1)))
                if result == "gone":
                    break


class _Play:
    """The steps of one request on working days, until the story's today."""

    def __init__(self, users: dict[str, Any], today: date, calendar: Any, rng: random.Random) -> None:
        from wenpan.district.accounts.models import Unit, User

        self.users, self.today, self.calendar, self.rng = users, today, calendar, rng
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.handlers = {
            user.unit.code: user
            for user in User.objects.filter(role="liaison").select_related("unit")
            if user.unit
        }

    def request(self, firm: Any, ask: story.Ask, day: date, number: int) -> None:
        from wenpan.district.firms.requests.actions import register_request

        moment = at(self.calendar.on_or_after(day), 9)
        if moment.date() >= self.today:
            return
        channel = self.rng.choice(["hotline", "window", "online", "visit", "city"])
        made = register_request(
            firm=firm,
            title=ask.title,
            channel=channel,
            category=ask.category,
            request_class=ask.request_class,
            foreign_number=f"G{day:%Y%m%d}{number:03d}" if channel == "hotline" else "",
            by=self.users["service"],
            at=moment,
        )
        self.go(made, ask, moment)

    def go(self, made: Any, ask: story.Ask, moment: datetime) -> None:
        """The way of a registered request, as far as the story has come."""
        from wenpan.district.firms.requests.actions import take_step
        from wenpan.economy.requests.events import RequestEventKind

        for kind, by, days, more in self._steps(ask):
            moment = self._later(moment, days)
            if moment.date() >= self.today:
                return
            made.refresh_from_db()
            take_step(request=made, kind=RequestEventKind(kind), by=by, at=moment, **more)

    def _steps(self, ask: story.Ask) -> Iterator[tuple[str, Any, int, dict[str, Any]]]:
        office, handler, rng = self.users["service"], self.handlers[ask.unit], self.rng
        if rng.random() < 0.08:
            yield (
                "declined",
                office,
                1,
                {"text": "不属区级事权，已说明渠道", "details": {"entry": "explained"}},
            )
            return
        yield "accepted", office, 0, {}
        yield "assigned", office, 0, {"unit": self.units[ask.unit]}
        yield "signed_for", handler, rng.choice([0, 1]), {}
        yield "contacted", handler, 0, {}
        if rng.random() < 0.04:
            return  # left lying: it becomes a matter by itself
        for attempt in range(2):
            slow = rng.choices([1, 3, 6, 14], [30, 40, 20, 10])[0]
            yield "replied", handler, slow if ask.request_class != "hard" else slow + 8, {"text": ask.answer}
            yield "checked", office, 1, {"details": {"passed": True}}
            said = rng.choices(["satisfied", "basically", "dissatisfied", "refused"], [70, 15, 10, 5])[0]
            solved = said in ("satisfied", "basically")
            told = {"result": said, "contacted": True, "solved": solved}
            yield "called_back", office, 1, {"details": told}
            if said != "dissatisfied" or attempt:
                outcome = "solved" if solved else rng.choice(["explained", "cannot"])
                yield (
                    "closed",
                    office,
                    0,
                    {
                        "text": "上级规定不允许" if outcome == "cannot" else "",
                        "details": {"outcome": outcome},
                    },
                )
                return

    def _later(self, moment: datetime, days: int) -> datetime:
        if not days:
            return moment + timedelta(minutes=20)
        day = self.calendar.working_days_after(moment.date(), days)
        return at(day, 9 + self.rng.randrange(7), self.rng.randrange(60))
