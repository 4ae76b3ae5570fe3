"""A place in a process of its own: `python place_step.py` takes a step a line (`[STEP, {…}]`).

Each is answered with a line of JSON, what the step made.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from wenpan.commands._start import home, start_django

ANSWER = "answer "  # before the line of an answer: whatever else is printed is none
GROWTH = {
    2019: 5.1,
    2020: -3.0,
    2021: 8.0,
    2022: 1.2,
}  # retail sales of a year so far: so much and a tenth a month
AT = datetime(2022, 10, 20, 2, tzinfo=UTC)  # the day of everything here: September's figures are new


def people() -> dict[str, Any]:
    """Opens an analyst and figures, a target and judgements of the place's own, through the intake."""
    from wenpan.district.accounts.actions import create_user
    from wenpan.district.accounts.models import User
    from wenpan.district.indicators import actions as indicators
    from wenpan.district.intake import actions as intake
    from wenpan.economy.time.periods import Month

    analyst = create_user(
        username="analyst", name="分析员", role="analyst", password="Quiet-river-2026", by=None
    )
    submission = intake.submit(data=_table(), filename="历年.xlsx", by=analyst, kind="long_table", at=AT)
    submission = intake.check(submission=submission, at=AT)
    soft = set(submission.findings.filter(severity="soft").values_list("check_code", flat=True))
    if soft:
        intake.explain(submission=submission, reasons=dict.fromkeys(soft, "历史数据"), by=analyst, at=AT)
    intake.accept(submission=submission, by=analyst, at=AT)
    indicators.set_target(
        indicator="retail", year=2022, value=Decimal("6"), set_by="city", document="计划", by=analyst, at=AT
    )
    indicators.judge_month(as_of=Month(2022, 9), by=analyst, at=AT)
    return {"people": User.objects.count()}


def _table() -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("明细")
        sheet.write_row(0, 0, ["地区", "指标", "期间", "口径", "数值", "单位"])
        months = [(year, month) for year in GROWTH for month in range(2, 10 if year == 2022 else 13)]
        for row, (year, month) in enumerate(months, 1):
            period, growth = f"{year}-{month:02d}", round(GROWTH[year] + month / 10, 1)
            sheet.write_row(row, 0, ["安禾区", "社会消费品零售总额", period, "累计增速", growth, "%"])
    return buffer.getvalue()


def card(name: str) -> dict[str, str]:
    """The fingerprint goes another way: it is what `init` printed."""
    from wenpan.district.exchange import keys

    return {"card": keys.card(home(), name)}


def trust(card: str, fingerprint: str, standing: str) -> dict[str, Any]:
    from django.core.exceptions import ValidationError

    from wenpan.district.accounts.models import User
    from wenpan.district.exchange import actions

    by = User.objects.get(username="secadmin")
    try:
        return {
            "office": actions.trust(card=card, fingerprint=fingerprint, standing=standing, by=by, at=AT).pk
        }
    except ValidationError as error:
        return {"refused": " ".join(error.messages)}


def revoke(office: str, reason: str) -> dict[str, str]:
    from wenpan.district.accounts.models import User
    from wenpan.district.exchange import actions
    from wenpan.district.exchange.models import NeighbourOffice

    known = NeighbourOffice.objects.get(name=office)
    actions.revoke(office=known, reason=reason, by=User.objects.get(username="secadmin"), at=AT)
    return {"revoked": known.fingerprint}


def write(
    office: str,
    title: str,
    to: str,
    as_of: str = "",
    answers: int = 0,
    replies: list[dict[str, str]] | None = None,
) -> dict[str, Any]:
    from wenpan.district.accounts.models import User
    from wenpan.district.exchange import actions, letters
    from wenpan.district.exchange.models import Letter, NeighbourOffice

    letter = actions.write(
        office=NeighbourOffice.objects.get(name=office), title=title, as_of=as_of,
        answers=Letter.objects.get(pk=answers) if answers else None, replies=replies or (),
        by=User.objects.get(username="analyst"), at=AT,
    )  # fmt: skip
    Path(to).write_bytes(letters.file_of(letter.text, letter.signature))
    return {"number": letter.number, "digest": letter.digest}


def take(file: str) -> dict[str, Any]:
    from wenpan.district.accounts.models import User
    from wenpan.district.exchange import actions, letters

    by = User.objects.get(username="analyst")
    try:
        letter = actions.take(content=Path(file).read_bytes(), by=by, at=AT)
    except letters.LetterError as error:
        return {"refused": str(error)}
    body = letters.opened(letters.file_of(letter.text, letter.signature))[2]
    return {
        "letter": letter.pk, "judged": letter.judged, "rules": letter.rules, "lights": body.lights,
        "replies": body.replies, "answers": letter.answers.digest if letter.answers else "",
    }  # fmt: skip


STEPS = {step.__name__: step for step in (people, card, trust, revoke, write, take)}

if __name__ == "__main__":
    start_django()
    for line in sys.stdin:
        name, given = json.loads(line)
        sys.stdout.write("\n" + ANSWER + json.dumps(STEPS[name](**given), ensure_ascii=False) + "\n")
        sys.stdout.flush()
