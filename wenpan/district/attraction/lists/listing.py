"""The plan of a file of deals: what acceptance would do, and what is wrong. A blank cell changes nothing.

A day that a stage has already is kept, and told where the file says another. A progress text that changed is
progress on the day of the list; an unchanged one is none, and no edit of a cell moves the age of a deal.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from wenpan.district.accounts.models import Unit
from wenpan.district.attraction.funnel_values import event_of
from wenpan.district.attraction.lists.list_lines import DealLine, ListPlan, NewAmount, NewEvent
from wenpan.district.attraction.lists.matching import DealMatcher
from wenpan.district.attraction.models import Deal
from wenpan.district.intake.handlers import Change
from wenpan.documents.deals.deal_rows import DealRow, deal_rows, label_of
from wenpan.documents.tables.reading import Reading
from wenpan.economy.funnel.amount_ladder import TOTAL
from wenpan.economy.funnel.events import PipelineEvent, PipelineEventKind, replay
from wenpan.economy.funnel.stages import Stage, StageRules
from wenpan.economy.quality.finding import CheckFinding, Severity
from wenpan.rules.deals import stage_rules

_CODE = "ZS{year}-{number:04d}"
_COLUMNS = {"investor": 120, "company": 120, "chain": 40}


def deal_list_changes(reading: Reading, day: date, today: date) -> tuple[ListPlan, list[CheckFinding]]:
    """`day`: that of the list; `today`: nothing happened later than it."""
    rules = stage_rules(today)
    rows, findings = deal_rows(reading, rules, day)
    units = {unit.code: unit for unit in Unit.objects.all()}
    known = Deal.objects.select_related("unit", "town").prefetch_related("events", "amounts")
    matcher = DealMatcher(known)
    fresh_codes = _codes(matcher.by_code, day.year)
    lines: list[DealLine] = []
    taken: dict[str, DealRow] = {}
    for row in rows:
        if not row.name:
            continue
        match = matcher.of(row)
        if match.several:
            findings.append(_several(row, match.several))
            continue
        code = match.deal.code if match.deal else row.code or next(fresh_codes)
        if code in taken:
            findings.append(_twice(row, taken[code]))
            continue
        taken[code] = row
        line = _line(row, code, match.deal, units, day, rules)
        findings += _questions(line, rules, today)
        lines.append(line)
    return ListPlan(lines, day, today), findings


def _codes(known: dict[str, Deal], year: int) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        code = _CODE.format(year=year, number=number)
        if code not in known:
            yield code


def _line(
    row: DealRow, code: str, deal: Deal | None, units: dict[str, Unit], day: date, rules: StageRules
) -> DealLine:
    values = {k: v for k, v in _values(row, deal, units).items() if deal is None or getattr(deal, k) != v}
    if deal is None:
        values["listed_on"] = day
    elif deal.retracted:
        values["retracted"] = False
    line = DealLine(row, code, deal, values, tuple(_events(row, deal, day)), tuple(_amounts(row, deal, day)))
    line.changes = tuple(_changes(line, rules))
    return line


def _values(row: DealRow, deal: Deal | None, units: dict[str, Unit]) -> dict[str, Any]:
    texts = row.texts
    values: dict[str, Any] = {"name": row.name[:120]}
    if row.unit in units and (deal is None or deal.unit is None):
        values["unit"] = units[row.unit]  # of a second unit that reports it the first stays the owner
    if row.town in units:
        values["town"] = units[row.town]
    values |= {key: texts[key][:most] for key, most in _COLUMNS.items() if texts.get(key)}
    if home := texts.get("country") or texts.get("province"):
        values["home"] = label_of(home)[:40]
    if row.uscc:
        values["uscc"] = row.uscc
    if row.trade:
        values["trade"] = row.trade
    if texts.get("top500"):
        values["leading"] = texts["top500"] == "是"
    kept = {**(deal.fields if deal else {}), **texts}
    return values | {"fields": kept}


def _events(row: DealRow, deal: Deal | None, day: date) -> Iterator[NewEvent]:
    known = [e for e in deal.events.all() if e.withdrawn_at is None] if deal else []
    reached = {e.stage: e.on for e in known if e.kind == PipelineEventKind.REACHED}
    far = max((Stage(stage).order for stage in reached), default=-1)
    for said in row.stages:
        if said.stage.value in reached or (not said.key and said.stage.order <= far):
            continue
        yield NewEvent(
            "reached", said.on, said.stage.value, said.approved_on, tuple(sorted(said.evidence)),
            document=row.texts.get("contract_text", "")[:200] if said.evidence else "",
            source=f"{row.record.sheet}!{row.record.cell(said.key or 'name')}",
        )  # fmt: skip
    progress = row.texts.get("progress", "")
    if deal and progress and progress != deal.fields.get("progress", ""):
        where = f"{row.record.sheet}!{row.record.cell('progress')}"
        yield NewEvent("progress", day, note=progress[:400], source=where)
    ended = any(e.kind in (PipelineEventKind.ENDED, PipelineEventKind.REPLACED) for e in known)
    if row.ended_on and row.end_reason and not ended:
        where = f"{row.record.sheet}!{row.record.cell('end_reason')}"
        yield NewEvent("ended", row.ended_on, reason=row.end_reason[:200], source=where)


def _amounts(row: DealRow, deal: Deal | None, day: date) -> Iterator[NewAmount]:
    held = {}
    for known in deal.amounts.all() if deal else ():
        if known.withdrawn_at is None:
            as_of = None if known.scope == TOTAL else known.as_of
            held[known.rung, known.scope, as_of] = (known.amount, known.currency)
    for said in row.amounts:
        as_of = None if said.scope == TOTAL else day
        if held.get((said.rung.value, said.scope, as_of)) != (said.money.amount, said.money.currency):
            yield NewAmount(said, day, f"{row.record.sheet}!{row.record.cell(said.key)}")


def _changes(line: DealLine, rules: StageRules) -> Iterator[Change]:
    row, subject = line.row, f"{line.code} {line.row.name}"
    if line.current is None:
        unit = line.values.get("unit")
        yield Change(subject, row.place, "", f"新项目 {unit or ''}".strip(), "new", row.name, "项目")
    else:
        for name, value in line.values.items():
            if name not in ("fields", "retracted"):
                old = getattr(line.current, name)
                yield Change(
                    f"{subject} · {name}", row.place, _said(old), _said(value), "revised", row.name, name
                )
        if "fields" in line.values:
            before = line.current.fields
            for key, text in line.values["fields"].items():
                if before.get(key) != text and key not in _COLUMNS and key != "progress":
                    place = f"{row.record.sheet}!{row.record.cell(key)}"
                    kind = "revised" if before.get(key) else "new"
                    yield Change(f"{subject} · {key}", place, before.get(key, ""), text, kind, row.name, key)  # type: ignore[arg-type]
    for event in line.events:
        what = rules.label(Stage(event.stage)) if event.stage else (event.note or event.reason)
        said = f"{event.on} {what}" + (f"（{event.approved_on}认定）" if event.approved_on else "")
        yield Change(f"{subject} · {event.kind}", event.source, "", said, "new", row.name, "进展")
    for new in line.amounts:
        label = new.amount.rung.label
        said = f"{new.amount.money}（{new.as_of}）"
        yield Change(f"{subject} · {label}{new.amount.scope}", new.source, "", said, "new", row.name, label)
    if line.idle:
        yield Change(subject, row.place, "", "", "unchanged", row.name, "项目")


def _said(value: Any) -> str:
    return "" if value is None else {True: "是", False: "否"}.get(value, str(value))


def _questions(line: DealLine, rules: StageRules, today: date) -> Iterator[CheckFinding]:
    row, deal = line.row, line.current
    for event in line.events:
        if event.on > today:
            sheet, cell = event.source.rsplit("!", 1)
            found = f"日期{event.on}在今天之后"
            yield CheckFinding(
                "deals.future", Severity.HARD, found, f"不晚于{today}", "请核实", sheet, cell, row.name
            )
    log = [event_of(e, line.code) for e in deal.events.all() if e.withdrawn_at is None] if deal else []
    log += [_pure(e, line.code) for e in line.events if e.kind == "reached" and e.on <= today]
    before = set((deal.standing or {}).get("disorder", ())) if deal else set()
    for sentence in replay(log, today, rules).out_of_order:
        if sentence not in before:
            severity = Severity.SOFT if "早于" in sentence else Severity.NOTE
            yield _at(row, "order", severity, "name", sentence, "先后顺序", "请核实日期")
    if deal is None:
        return
    held = (deal.standing or {}).get("reached", {})
    for said in row.stages:
        kept = held.get(said.stage.value)
        if said.key and kept and kept != said.on.isoformat():
            words = f"“{said.stage.label}”已记为{kept}, 表里是{said.on}, 没有改动"
            yield _at(
                row, "day_differs", Severity.NOTE, said.key, words, kept, "确属更正的, 请在项目页撤销后重记"
            )
    if row.unit and deal.unit is not None and deal.unit.code != row.unit:
        words = f"{deal.unit.short_name}已报过这个项目, 只计1个, 责任单位不变"
        yield _at(
            row,
            "two_units",
            Severity.SOFT,
            "unit",
            words,
            "分成比例",
            "确由两家共同引进的, 请在项目页登记比例",
        )
    if row.uscc and deal.uscc and row.uscc != deal.uscc:
        words = f"新公司代码由{deal.uscc}变为{row.uscc}"
        yield _at(row, "recoded", Severity.SOFT, "uscc", words, deal.uscc, "请核实是换照还是换了公司")
    elif row.uscc and deal.company and (name := row.texts.get("company")) and name != deal.company:
        yield _at(row, "renamed", Severity.NOTE, "company", f"公司由“{deal.company}”更名为“{name}”", "", "")


def _pure(event: NewEvent, code: str) -> PipelineEvent:
    return PipelineEvent(code, PipelineEventKind.REACHED, event.on, Stage(event.stage), event.approved_on)


def _several(row: DealRow, codes: tuple[str, ...]) -> CheckFinding:
    words = f"按名称和投资方对上{len(codes)}个项目: {'、'.join(codes[:5])}"
    return _at(row, "several", Severity.HARD, "name", words, "项目编号", "请在表里加一列项目编号")


def _twice(row: DealRow, first: DealRow) -> CheckFinding:
    words = f"与第{first.record.row}行是同一个项目"
    return _at(
        row, "twice", Severity.HARD, "name", words, "一个项目一行", "请合并为一行, 或填写不同的项目编号"
    )


def _at(
    row: DealRow, check: str, severity: Severity, key: str, found: str, expected: str, advice: str
) -> CheckFinding:
    cell = row.record.cell(key)
    return CheckFinding(f"deals.{check}", severity, found, expected, advice, row.record.sheet, cell, row.name)
