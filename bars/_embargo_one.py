"""Part of `embargo`: one database. Prints one line of JSON with what was counted.

The program keeps figures in a file that is checked and not yet accepted; accepting it is their release. What
the file will bring is learned by accepting it in a transaction that is rolled back.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bars import _typed_addresses as typed
from bars._demo import demonstration
from bars.bar import place

FILE = "安禾区2022年1—10月主要经济指标完成情况表.xlsx"
SCOPES = ("figures", "judgements", "matters")
MOST = 3  # records tried in the places of an address


def main() -> None:
    with place("embargo") as home:
        demonstration(home)
        from django.conf import settings
        from django.core.cache import cache
        from django.utils import timezone

        settings.ALLOWED_HOSTS = ["testserver"]
        analyst = _person("analyst")
        ledger_before = _known()
        submission = _checked(home / "samples" / FILE, analyst)
        moment = timezone.now().replace(microsecond=0) + timedelta(seconds=2)
        brings = _brings(submission, analyst, moment)
        marks = _marks(brings, ledger_before)
        cache.clear()
        secrets = {role: _secrets(role) for role in _roles()}
        before = list(_told(marks, secrets, kept_from=True))
        _accept(submission, analyst, moment)
        cache.clear()
        after = list(_told(marks, secrets, kept_from=False))
        counts = {"figures": len(brings), "marks": len(marks), "roles": len(secrets)}
        counts |= {"asked": len(before), "early": sum(bool(found) for _where, found in before)}
        for where, found in before:
            if found:
                print(f"before the release {where} tells {found[:3]}", file=sys.stderr)
        counts["control"] = sum(bool(found) for _where, found in after)
        counts |= _to_the_second(brings, moment)
        print(json.dumps(counts), flush=True)


def _roles() -> list[str]:
    """Those that are not let into the intake: who collects and accepts must see what they accept."""
    from wenpan.district.accounts.roles import ROLES

    return [code for code, role in ROLES.items() if "intake.view" not in role.permissions]


def _person(role: str) -> Any:
    from wenpan.district.accounts.models import User

    return User.objects.filter(role=role, is_active=True).order_by("-unit", "pk").first()


def _known() -> set[str]:
    from wenpan.district.observations.models import Observation

    return set(Observation.objects.values_list("value_text", flat=True))


def _checked(path: Path, by: Any) -> Any:
    from wenpan.district.intake import actions, check_result

    submission = actions.submit(data=path.read_bytes(), filename=path.name, by=by)
    actions.check(submission=submission, by=by)
    submission.refresh_from_db()
    reasons = dict.fromkeys(check_result.soft_keys(submission), "已与统计局核对")
    return actions.explain(submission=submission, reasons=reasons, by=by) if reasons else submission


def _brings(submission: Any, by: Any, moment: datetime) -> list[tuple[str, str, str, str]]:
    """(indicator, period, measure, text) of each figure that the file would bring."""
    from django.db import transaction

    from wenpan.district.observations.models import Observation

    newest = Observation.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with transaction.atomic():
        _accept(submission, by, moment)
        rows = Observation.objects.filter(pk__gt=newest, status="value")
        found = list(rows.values_list("indicator", "period", "measure", "value_text"))
        transaction.set_rollback(True)
    submission.refresh_from_db()
    return found


def _accept(submission: Any, by: Any, moment: datetime) -> None:
    from wenpan.district.intake import actions

    actions.accept(submission=submission, by=by, at=moment)


def _marks(brings: list[tuple[str, str, str, str]], known: set[str]) -> list[str]:
    """As the figures stand on pages: with and without separators. Only those of five digits and more that no
    figure of before begins with, so that no other number is taken for one."""
    marks = set()
    for *_of, text in brings:
        plain = text.replace(",", "")
        if len(re.sub(r"\D", "", plain)) >= 5 and not any(plain in old for old in known):
            whole, dot, rest = plain.partition(".")
            marks |= {plain, f"{int(whole):,}{dot}{rest}"} if whole.isdigit() else {plain}
    return sorted(marks)


def _secrets(role: str) -> dict[str, Any]:
    """A browser, a token and a feed of a person of that role; of an administrator the browser alone."""
    from django.test import Client
    from django.utils import timezone

    from wenpan.district.ground.refused import Refused
    from wenpan.district.sharing.calendar.actions import make_link
    from wenpan.district.sharing.tokens.actions import make_token

    person, client = _person(role), Client(raise_request_exception=False)
    client.force_login(person)
    found = {"client": client, "token": "", "feed": ""}
    try:
        until = timezone.localdate() + timedelta(days=9)
        found["token"] = make_token(by=person, name="演练", scopes=SCOPES, expires_on=until)
        found["feed"] = make_link(by=person)
    except Refused:
        pass
    return found


def _told(
    marks: list[str], secrets: dict[str, dict[str, Any]], *, kept_from: bool
) -> Iterator[tuple[str, list[str]]]:
    """Every page, export, feed and address of the API as every role, and the wall without a person: which of
    the figures it tells. After the release a leader's alone."""
    from django.test import Client
    from django.utils import timezone

    from wenpan.district.accounts.roles import ROLES
    from wenpan.district.wall.queries import wall

    known, opened = typed.candidates(timezone.localdate()), dict[str, str]()
    for role in secrets if kept_from else ["leader"]:
        held, client = ROLES[role].permissions, secrets[role]["client"]
        for address in typed.addresses():
            if address.permissions and not set(address.permissions) & held:
                continue
            path = opened.get(address.name)
            for tried in [path] if path is not None else typed.paths(address, known, most=MOST):
                answer = client.get(tried) if tried else None
                if answer is None or answer.status_code == 405:  # a form's address: nothing to read
                    opened[address.name] = ""
                    break
                yield f"{role} {tried}", _marked(answer, marks)
                if answer.status_code != 404:
                    opened[address.name] = tried
                    break
        key = {"HTTP_AUTHORIZATION": f"Bearer {secrets[role]['token']}"}
        for address in typed.addresses():
            if address.name.startswith("sharing:") and secrets[role]["token"]:
                for path in typed.paths(address, {**known, "slug": SCOPES}, most=MOST):
                    yield f"{role}'s token {path}", _marked(Client().get(path, **key), marks)
        if feed := secrets[role]["feed"]:
            path = f"/calendar/feed/{feed.rpartition('/')[2].removesuffix('.ics')}.ics"
            yield f"{role}'s feed", _marked(Client().get(path), marks)
    text = repr(wall(public=True))
    yield "the wall", [mark for mark in marks if mark in text]


def _marked(answer: Any, marks: list[str]) -> list[str]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    text = content.decode("utf-8", "replace")
    return [mark for mark in marks if re.search(rf"(?<![\d.,]){re.escape(mark)}(?!\d)", text)]


def _to_the_second(brings: list[tuple[str, str, str, str]], moment: datetime) -> dict[str, int]:
    """What the ledger says was known of these figures a second before their release, then, a second later;
    and how a reset code and a day's end hold at the second before and at it."""
    from wenpan.district.observations import queries as ledger

    wanted = {(indicator, period, measure) for indicator, period, measure, _text in brings}
    codes = sorted({indicator for indicator, _period, _measure in wanted})
    found = {}
    for name, seconds in (("second_before", -1), ("second_at", 0), ("second_after", 1)):
        known = moment + timedelta(seconds=seconds)
        frame = ledger.frame(indicators=codes, regions=[_home()], as_known_on=known)
        rows = set(frame.select("indicator", "period", "measure").iter_rows())
        found[name] = len(wanted & rows)
    found["wanted"] = len(wanted)
    return found


def _home() -> str:
    from wenpan.district.observations.models import Region

    return str(Region.objects.get(home=True).code)


if __name__ == "__main__":
    os.environ.setdefault("WENPAN_LOG", "CRITICAL")
    main()
