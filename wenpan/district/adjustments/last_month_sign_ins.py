"""What other rules of signing in would have meant last month: read off the journal and the accounts.

What nobody keeps (how long a page stood unused, how long a password is) is said to be unknown, with the
number of people it would have touched at most.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import PasswordReset, User
from wenpan.district.adjustments.preview_lines import MOST, Preview
from wenpan.district.ground.journal.models import Entry
from wenpan.economy.time.periods import Month


def _span(month: Month) -> tuple[datetime, datetime]:
    """The first moment of the month, and of the next."""
    after = month.plus(1)
    first, end = (
        timezone.make_aware(datetime.combine(date(m.year, m.month, 1), time())) for m in (month, after)
    )
    return first, end


def idle(before: float, after: float, month: Month) -> Preview:
    first, end = _span(month)
    entered = Entry.objects.filter(action="accounts.sign_in", at__gte=first, at__lt=end)
    people = entered.order_by().values("actor").distinct().count()
    words = _("%(month)s登录%(n)s次、%(people)s人；页面闲置多久不留记录，不能逐次试算。")
    return Preview(words % {"month": month.label, "n": entered.count(), "people": people})


def longest(before: float, after: float, month: Month) -> Preview:
    """From signing in to signing out; who only closed the browser left no end."""
    first, end = _span(month)
    acts = ("accounts.sign_in", "accounts.sign_out")
    rows = Entry.objects.filter(action__in=acts, at__gte=first, at__lt=end, actor__isnull=False)
    since: dict[int, datetime] = {}
    hours: list[tuple[str, float]] = []
    for action, actor, name, at in rows.order_by("sequence").values_list(
        "action", "actor", "actor_name", "at"
    ):
        if action == acts[0]:
            since[actor] = at
        elif actor in since:
            hours.append(
                (f"{name} {timezone.localtime(at):%m-%d}", (at - since.pop(actor)) / timedelta(hours=1))
            )
    words = _("%(month)s有始有终的登录中，会中途退出的由%(was)s次变为%(then)s次。")
    return _caught(hours, before, after, month, words, lambda value, limit: value > limit)


def length(before: float, after: float, month: Month) -> Preview:
    """Lengths are not kept."""
    people = User.objects.filter(is_active=True).exclude(role="").count()
    words = _("密码长短不留存；%(n)s人现用的密码照旧，下次修改时按新要求。")
    return Preview(words % {"n": people})


def age(before: float, after: float, month: Month) -> Preview:
    """People who would have been asked for a new password at the month's end; 0 asks nobody."""
    _first, end = _span(month)
    rows = User.objects.filter(is_active=True, password_set_at__lt=end).exclude(role="").order_by("username")
    days = [
        (str(user), (end - user.password_set_at) / timedelta(days=1)) for user in rows if user.password_set_at
    ]
    words = _("到%(month)s底，须换密码的由%(was)s人变为%(then)s人。")
    return _caught(days, before, after, month, words, lambda value, limit: limit > 0 and value > limit)


def failures(before: float, after: float, month: Month) -> Preview:
    """People at whose name so many tries failed one after the other."""
    first, end = _span(month)
    rows = Entry.objects.filter(action="accounts.sign_in_refused", at__gte=first, at__lt=end)
    most: dict[str, float] = {}
    for detail in rows.values_list("detail", flat=True):
        name = str(detail.get("name", ""))
        most[name] = max(most.get(name, 0.0), float(detail.get("tries") or 0))
    words = _("%(month)s连续输错被暂停的由%(was)s人变为%(then)s人。")
    return _caught(sorted(most.items()), before, after, month, words, lambda value, limit: value >= limit)


def resets(before: float, after: float, month: Month) -> Preview:
    """Codes that were used, by the hours that it took."""
    first, end = _span(month)
    rows = PasswordReset.objects.filter(started_at__gte=first, started_at__lt=end, state="done")
    started = {row.pk: row for row in rows.select_related("user")}
    done = Entry.objects.filter(action="accounts.reset_finish", at__gte=first).values_list("at", "detail")
    hours = [
        (str(row.user), (at - row.started_at) / timedelta(hours=1))
        for at, detail in done
        if (row := started.get(detail.get("reset", 0))) is not None
    ]
    words = _("%(month)s用过的重置码中，来不及用的由%(was)s个变为%(then)s个。")
    return _caught(hours, before, after, month, words, lambda value, limit: value > limit)


def _caught(
    values: list[tuple[str, float]],
    before: float,
    after: float,
    month: Month,
    words: str,
    caught: Callable[[float, float], bool],
) -> Preview:
    yes, no = _("算"), _("不算")
    both = [(name, caught(value, before), caught(value, after)) for name, value in values]
    lines = [(name, yes if was else no, yes if then else no) for name, was, then in both if was != then]
    told = {"month": month.label, "was": sum(b[1] for b in both), "then": sum(b[2] for b in both)}
    return Preview(words % told, tuple(lines[:MOST]))


NUMBERS: dict[str, Callable[[float, float, Month], Preview]] = {
    "idle_minutes": idle,
    "longest_hours": longest,
    "min_length": length,
    "max_age_days": age,
    "failures": failures,
    "reset_hours": resets,
}
