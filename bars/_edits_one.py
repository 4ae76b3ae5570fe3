"""Part of `edits`: one database. Prints one line of JSON with what was counted."""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bars._demo import demonstration
from bars.bar import place

RACES = 12


def main() -> None:
    seed, edits = int(sys.argv[1]), int(sys.argv[2])
    chance = random.Random(seed)
    with place("edits") as home:
        demonstration(home)
        from django.utils import timezone

        today, people = timezone.localdate(), _people()
        months = _past(today)
        kept, lights, ahead = _kept(), _judged(months), _judged([_month(today).plus(2)])
        counts = {"months": len(months), "rows": len(json.loads(kept)), "in_force": 0, "own": 0, "moved": 0}
        files = set()
        for item, value, since in _wanted(chance, today):
            if counts["in_force"] == edits:
                break
            done = _edited(item, value, since, people)
            if done is None:
                continue
            counts["in_force"] += 1
            counts["own"] += done
            files.add(item.file)
            month = chance.choice(months)  # one after every edit, all at the end
            counts["moved"] += _judged([month])[month] != lights[month]
        counts |= {"files": len(files), "twice": 0, "missing": 0}
        for found in _races(chance, people, today):
            counts[found] += 1
        again = _judged(months)
        counts["moved"] += sum(again[month] != lights[month] for month in months)
        counts["rewritten"] = int(_kept() != kept)
        counts["later"] = int(_judged([_month(today).plus(2)]) != ahead)
        counts["doctor"] = _doctor()
        _careless(home)
        counts["control"] = sum(found != lights[month] for month, found in _judged(months).items())
        print(json.dumps(counts), flush=True)


def _people() -> dict[str, tuple[Any, ...]]:
    """Two for each pair of rights: who proposes and who puts in force."""
    from wenpan.district.accounts.actions import create_user

    def person(role: str) -> Any:
        return create_user(
            username=f"edits-{role}",
            name=role,
            role=role,
            unit=None,
            password="Stable-district-2022",
            by=None,
        )

    one, other = person("analyst"), person("supervision_head")
    system, security = person("system_admin"), person("security_admin")
    return {"rules.set": (one, other), "account.manage": (system, security)}


def _month(day: date) -> Any:
    from wenpan.economy.time.periods import Month

    return Month(day.year, day.month)


def _past(today: date) -> list[Any]:
    """Judged months that had ended before today: an edit begins today at the earliest."""
    from wenpan.district.indicators.models import Judgement
    from wenpan.district.indicators.rules import month_end
    from wenpan.economy.time.periods import parse_month

    standing = Judgement.objects.filter(superseded_at__isnull=True)
    found = {parse_month(text) for text in standing.values_list("as_of", flat=True)}
    return sorted((month for month in found if month_end(month) < today), key=str)


def _kept() -> str:
    """Every judgement as it stands in the database."""
    from django.core.serializers import serialize

    from wenpan.district.indicators.models import Judgement

    return serialize("json", Judgement.objects.order_by("pk"))


def _judged(months: list[Any]) -> dict[Any, str]:
    """Digest of each month judged again, to the bit: lights, reasons, every fact, the way ahead."""
    from wenpan.district.indicators.judging import judge_rows
    from wenpan.district.observations.models import Region

    region = Region.objects.get(home=True)
    found = {}
    for month in months:
        rows = [
            (
                r.indicator,
                r.target_id,
                r.primary,
                r.light,
                r.facts,
                r.reasons,
                r.fan,
                r.rule_set,
                r.rule_version,
            )
            for r in judge_rows(region=region, as_of=month, indicators=None)
        ]
        text = json.dumps(sorted(rows, key=lambda row: (row[0], row[1] or 0)), sort_keys=True)
        found[month] = hashlib.sha256(text.encode()).hexdigest()
    return found


def _wanted(chance: random.Random, today: date) -> Iterator[tuple[Any, str, date]]:
    """Settings one after the other, half of them of lights, each with a value that it may have and a day."""
    from wenpan.district.adjustments import items

    while True:
        known = [item for item in items.items().values() if item.kind in ("whole", "number", "choice")]
        of_lights = [item for item in known if item.file.startswith(("lights/", "ranks"))]
        item = chance.choice(of_lights if chance.random() < 0.5 else known)
        since = today + timedelta(days=chance.choice((0, 0, 1, 7, 20, 40)) if item.dated else 0)
        if item.choices is not None:
            yield item, chance.choice(sorted(item.choices())), since
        elif item.kind == "whole":
            yield item, str(chance.randint(int(item.low), int(item.high))), since
        else:
            yield item, f"{chance.uniform(item.low, item.high):.2f}", since


def _edited(item: Any, value: str, since: date, people: dict[str, tuple[Any, ...]]) -> bool | None:
    """Whether who proposed it could put it in force alone; None where the edit itself is refused."""
    from django.core.exceptions import PermissionDenied, ValidationError

    from wenpan.district.adjustments import actions
    from wenpan.district.ground.refused import Refused

    one, other = people[item.proposes[0]]
    try:
        made = actions.propose(code=item.code, typed=value, since=since, reason="演练", by=one)
    except ValidationError:
        return None
    alone = True
    try:
        actions.put_in_force(adjustment=made, by=one)
    except (Refused, PermissionDenied):
        alone = False
    if not alone:
        try:
            actions.put_in_force(adjustment=made, by=other)
        except Refused:  # steps of a line that would cross
            actions.withdraw(adjustment=made, by=one)
            return None
    return alone


def _races(chance: random.Random, people: dict[str, tuple[Any, ...]], today: date) -> Iterator[str]:
    """Two persons at the same moment: the same proposal decided by both ("twice"), and two settings of one
    file, each proposed by one and put in force by the other ("missing": a value that is not there after)."""
    from wenpan.district.adjustments import actions, items

    one, other = people["rules.set"]
    third = _third()
    for _number in range(RACES):
        known = items.items()
        pair = [known["growth_jump"], known["revised_far"]]
        values = {item.code: f"{chance.uniform(item.low, item.high):.2f}" for item in pair}
        made = [
            actions.propose(code=item.code, typed=values[item.code], since=today, reason="演练", by=by)
            for item, by in zip(pair, (one, other), strict=True)
        ]
        deeds = [(made[0], other), (made[0], third), (made[1], one), (made[1], third)]
        decided = _at_once(deeds)
        if decided != 2:
            yield "twice"
        for item in pair:
            if float(items.current(items.items()[item.code], today)) != float(values[item.code]):
                yield "missing"


def _third() -> Any:
    from wenpan.district.accounts.actions import create_user

    return create_user(
        username="edits-third",
        name="third",
        role="analyst",
        unit=None,
        password="Stable-district-2022",
        by=None,
    )


def _at_once(deeds: list[tuple[Any, Any]]) -> int:
    """How many of them were done."""
    from django.db import connections

    from wenpan.district.adjustments import actions
    from wenpan.district.adjustments.models import Adjustment
    from wenpan.district.ground.refused import Refused

    gate, done = threading.Barrier(len(deeds)), []

    def decide(pk: int, by: Any) -> None:
        gate.wait(30)
        try:
            actions.put_in_force(adjustment=Adjustment.objects.get(pk=pk), by=by)
            done.append(pk)
        except Refused:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=decide, args=(made.pk, by)) for made, by in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


def _doctor() -> int:
    """Lines about judgements, rules and rows."""
    from wenpan.commands import doctor

    lines = [*doctor.examine(), *doctor.rederived()]
    for line in lines[:5]:
        print(line, file=sys.stderr)
    return len(lines)


def _careless(home: Path) -> None:
    """As somebody would who opens the file and writes another number where it stands, without a day."""
    import yaml

    from wenpan.rules.loading import files, load_file

    path = files("lights")["default"]
    data = load_file(path)[0]
    for rule in data["rules"]:
        for condition in rule["when"]:
            limit = condition["limit"]
            if isinstance(limit, float | int) and not isinstance(limit, bool):
                condition["limit"] = limit * 1.3
    own = home / "rules" / "lights" / "default.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    os.utime(own, (1, 1))


if __name__ == "__main__":
    main()
