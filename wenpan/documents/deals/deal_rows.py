"""One row of a form of deals as stages with days, amounts and texts. Pure.

What a form says of a stage:

    签约时间     a signing; of a framework or intention agreement that, and never a signing
    落地时间     what 落地 means for the row's trade by the dated rule: started, producing or registered
    在谈, 线索   no day of its own: the day of the list
    是否为已签约 a claim without a day: told, no signing

Amounts keep their currency. 当月到位, 当年到位 and 累计到位 are three columns and stay three. 年纳税, 年营收,
固定资产投资 are estimates for a year and no rung of the ladder; they are kept as texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from wenpan.documents.tables.reading import Reading
from wenpan.documents.tables.records.shape import Record
from wenpan.documents.words.units import normal
from wenpan.economy.funnel.amount_ladder import OF_MONTH, OF_YEAR, TOTAL, Rung
from wenpan.economy.funnel.identity import normal_uscc, uscc_fault
from wenpan.economy.funnel.money import Money, amount_text
from wenpan.economy.funnel.stages import Stage, StageRules
from wenpan.economy.quality.finding import CheckFinding, Severity

LANDED, TALKS, FRAMEWORKS, LEADS = "landed", "talks", "frameworks", "leads"
_FORMS = (
    (LANDED, ("签约落地", "注册落地", "落地项目")), (FRAMEWORKS, ("框架", "意向")),
    (LEADS, ("线索",)), (TALKS, ("在谈", "洽谈", "有望", "重点推动")),
)  # fmt: skip
_OF_FORM = {TALKS: Stage.TALK, FRAMEWORKS: Stage.FRAMEWORK, LEADS: Stage.LEAD, "": Stage.TALK}
DAYS = {
    "lead_on": Stage.LEAD, "talk_on": Stage.TALK, "framework_on": Stage.FRAMEWORK, "signed_on": Stage.SIGNED,
    "registered_on": Stage.REGISTERED, "started_on": Stage.STARTED, "completed_on": Stage.COMPLETED,
    "producing_on": Stage.PRODUCING, "capacity_on": Stage.AT_CAPACITY,
}  # fmt: skip
AMOUNTS = {
    "agreed": (Rung.AGREED, TOTAL), "registered": (Rung.REGISTERED, TOTAL),
    "contract_foreign": (Rung.CONTRACT_FOREIGN, TOTAL), "arrived": (Rung.ARRIVED, TOTAL),
    "arrived_year": (Rung.ARRIVED, OF_YEAR), "arrived_month": (Rung.ARRIVED, OF_MONTH),
    "invested": (Rung.INVESTED, TOTAL),
}  # fmt: skip
_APART = {
    "unit",
    "town",
    "name",
    "code",
    *DAYS,
    *AMOUNTS,
    "approved_on",
    "landed_on",
    "ended_on",
    "end_reason",
}
_NO_CONTRACT = ("framework", "intention")


@dataclass(frozen=True)
class RowStage:
    """A stage that a row says was reached. `key` is the column that said so, "" for the list itself."""

    stage: Stage
    on: date
    key: str
    approved_on: date | None = None
    evidence: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RowAmount:
    key: str
    rung: Rung
    scope: str
    money: Money


@dataclass(frozen=True)
class DealRow:
    """`texts`: every other cell as written, by column. `unit` and `town` are codes or ""."""

    record: Record
    name: str
    code: str
    unit: str
    town: str
    trade: str
    stages: tuple[RowStage, ...]
    amounts: tuple[RowAmount, ...]
    texts: Mapping[str, str]
    ended_on: date | None = None
    end_reason: str = ""

    @property
    def uscc(self) -> str:
        """The code where it can be one, else ""."""
        code = normal_uscc(self.texts.get("uscc", ""))
        return code if code and not uscc_fault(code) else ""

    @property
    def place(self) -> str:
        return f"{self.record.sheet}!{self.record.cell('name')}"


def deal_rows(reading: Reading, rules: StageRules, day: date) -> tuple[list[DealRow], list[CheckFinding]]:
    """The rows and what is wrong with them; `day`: that of the list, for rows that name no day."""
    forms = {table.sheet: form_of(f"{table.title} {table.sheet}") for table in reading.tables}
    rows: list[DealRow] = []
    findings: list[CheckFinding] = []
    for record in reading.records:
        row = _row(record, forms.get(record.sheet, ""), rules, day)
        rows.append(row)
        findings += _findings(row, forms.get(record.sheet, ""))
    return rows, findings


def form_of(title: str) -> str:
    """landed | frameworks | leads | talks, by the words of title and sheet; "" for a ledger of all stages."""
    text = normal(title)
    return next((form for form, words in _FORMS if any(word in text for word in words)), "")


def trade_of(texts: Mapping[str, str]) -> str:
    """industry, services, new_format, agriculture, or "" where the row does not say."""
    if texts.get("new_format") == "是":
        return "new_format"
    industry = texts.get("industry", "")
    words = (("industry", ("工业", "制造")), ("services", ("服务",)), ("agriculture", ("农",)))
    return next((trade for trade, said in words if any(w in industry for w in said)), "")


def label_of(text: str) -> str:
    """A value without its code: "国有_01" → 国有."""
    head, _bar, tail = text.rpartition("_")
    return head if head and tail.isalnum() and tail.isascii() else text


def _row(record: Record, form: str, rules: StageRules, day: date) -> DealRow:
    texts = dict(_texts(record))
    trade = trade_of(texts)
    stages = list(_stages(record, form, rules.landing_stage(trade)))
    ended_on, reason = record["ended_on"], str(record["end_reason"] or "")
    if not stages and form != LANDED:
        stages = [RowStage(_OF_FORM[form], min(day, ended_on or day), "")]
    amounts = tuple(
        RowAmount(key, rung, scope, record[key]) for key, (rung, scope) in AMOUNTS.items() if record[key]
    )
    return DealRow(
        record, str(record["name"] or "").strip(), str(record["code"] or ""), str(record["unit"] or ""),
        str(record["town"] or ""), trade, tuple(stages), amounts, texts,
        ended_on or (day if reason else None), reason,
    )  # fmt: skip


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    for key, value in record.values.items():
        if value in (None, "") or key in _APART:
            continue
        yield key, f"{amount_text(value.amount)}{value.unit}" if isinstance(value, Money) else str(value)


def _stages(record: Record, form: str, landing: Stage) -> Iterator[RowStage]:
    framework = record["agreement"] in _NO_CONTRACT or (form == FRAMEWORKS and record["agreement"] is None)
    proven = bool(record["contract_text"])
    for key, named in DAYS.items():
        on = record[key]
        if on is None:
            continue
        # A framework agreement is no signing, whatever the column is called.
        stage = Stage.FRAMEWORK if named is Stage.SIGNED and framework else named
        evidence, approved = frozenset[str](), None
        if stage is Stage.SIGNED:
            evidence = frozenset({"contract"} if proven else ())
            approved = record["approved_on"]
        elif stage is Stage.FRAMEWORK and proven:
            evidence = frozenset({"framework_text"})
        yield RowStage(stage, on, key, approved if approved and approved >= on else None, evidence)
    if record["landed_on"] is not None and not any(record[k] and s is landing for k, s in DAYS.items()):
        yield RowStage(landing, record["landed_on"], "landed_on")


def _findings(row: DealRow, form: str) -> Iterator[CheckFinding]:
    texts, record = row.texts, row.record
    signed = any(s.stage is Stage.SIGNED for s in row.stages)
    if form == LANDED and not row.stages:
        yield _finding(row, "no_day", Severity.HARD, "landed_on", "没有落地时间", "落地时间", "请补填后再传")
    if fault := uscc_fault(texts.get("uscc", "")):
        yield _finding(row, "uscc", Severity.SOFT, "uscc", fault, "18位统一社会信用代码", "请核对营业执照")
    if texts.get("already_signed") == "是" and not signed:
        yield _finding(
            row, "signed_without_day", Severity.NOTE, "already_signed",
            "写明已签约, 没有签约日期, 没有记为签约",
            "签约时间", "请在项目页补记签约日期和合同",
        )  # fmt: skip
    if record["signed_on"] is not None and not signed:
        yield _finding(
            row,
            "framework",
            Severity.NOTE,
            "signed_on",
            "签的是框架(意向)协议, 记为框架/意向, 不计签约",
            "",
            "",
        )
    approved, on = record["approved_on"], record["signed_on"]
    if approved and on and approved < on:
        said = f"认定时间{approved}早于签约时间{on}, 没有读入"
        yield _finding(row, "approved_early", Severity.SOFT, "approved_on", said, "不早于签约时间", "请核实")
    if row.ended_on and not row.end_reason:
        yield _finding(
            row, "end_reason", Severity.HARD, "ended_on", "终止没有写原因", "终止原因", "请补填后再传"
        )


def _finding(
    row: DealRow, check: str, severity: Severity, key: str, found: str, expected: str, advice: str
) -> CheckFinding:
    where = row.record.cell(key)
    return CheckFinding(
        f"deals.{check}", severity, found, expected, advice, row.record.sheet, where, row.name
    )
