"""What a check found, written down, and what still holds of it when somebody accepts.

Only `actions.py` calls this, inside its transactions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from wenpan.district.ground.refused import Difference, Refused
from wenpan.district.intake import answers, change_cache, explained_tables
from wenpan.district.intake.examination import CheckResult, examined, unreadable
from wenpan.district.intake.models import Finding, Layout, Submission
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.tables.reading import Reading
from wenpan.economy.quality.finding import CheckFinding as Found
from wenpan.economy.quality.finding import Severity

State = Submission.State
MOST_FINDINGS = 2_000  # of one file that are kept; nobody reads more, and the count tells of the rest


def write(submission: Submission, seen: int, found: CheckResult) -> bool:
    """Replaces findings, counts and state; False if the submission moved on since version `seen`."""
    reading = found.reading
    values: dict[str, Any] = {
        "state": found.state,
        "counts": {**found.counts, **_severities(found.findings)},
        "question": {**_kept_answers(submission), **found.question},
        "digest": found.digest,
        "version": F("version") + 1,
    }
    if reading is not None:
        values["kind"] = reading.kind or submission.kind
        values["title"] = reading.title[:200]
        values["layout"] = used[0] if (used := _layouts(found)) else None
        if reading.period and submission.period_from != "person":
            values |= {"period": reading.period[:7], "period_from": reading.period_from[:10]}
    if Submission.objects.filter(pk=submission.pk, version=seen).update(**values) != 1:
        return False
    submission.refresh_from_db()
    submission.layouts.set(_layouts(found))
    change_cache.keep(submission, found.changes)
    explained_tables.keep(submission, found.tables)
    _replace_findings(submission, found)
    answers.carry_over(submission)
    return True


def _layouts(found: CheckResult) -> list[Layout]:
    """The teachings that hold for the tables of the file."""
    signatures = [table.signature for table in found.tables if table.signature]
    if found.reading is not None and found.reading.signature:
        signatures.append(found.reading.signature)
    return list(Layout.objects.filter(signature__in=signatures, superseded_at__isnull=True).order_by("pk"))


def _kept_answers(submission: Submission) -> dict[str, Any]:
    return {key: value for key, value in submission.question.items() if key == "kind_from"}


def _severities(findings: Sequence[Found]) -> dict[str, int]:
    return {str(s): sum(f.severity is s for f in findings) for s in Severity}


def _replace_findings(submission: Submission, look: CheckResult) -> None:
    submission.findings.all().delete()
    order = {Severity.HARD: 0, Severity.SOFT: 1, Severity.NOTE: 2}
    sorted_ = sorted(look.findings, key=lambda f: order[f.severity])[:MOST_FINDINGS]
    taken: set[str] = set()
    Finding.objects.bulk_create(
        [_row(submission, i, f, _free_key(f.key, taken), look.about) for i, f in enumerate(sorted_)],
        batch_size=500,
    )


def _free_key(key: str, taken: set[str]) -> str:
    """Keys are cut at 120 characters and may meet; the second gets a number."""
    free = next(k for n in count() if (k := key if n == 0 else f"{key[:110]}#{n}") not in taken)
    taken.add(free)
    return free


def _row(submission: Submission, order: int, found: Found, key: str, about: Mapping[str, str]) -> Finding:
    soft = found.severity is Severity.SOFT
    return Finding(
        about=about.get(f"{found.sheet}!{found.cell}", "")[:200] if soft else "",
        submission=submission,
        order=order,
        key=key,
        check_code=found.check[:60],
        severity=str(found.severity),
        sheet=found.sheet[:80],
        cell=found.cell[:20],
        subject=found.subject[:120],
        found=found.found[:400],
        expected=found.expected[:400],
        advice=found.advice[:400],
    )


def refuse_size(submission: Submission) -> None:
    size, limit = submission.original.size / 1024**2, settings.UPLOAD_LIMIT_MB
    message = _("文件有 %(size).0f MB，超过上限 %(limit)d MB") % {"size": size, "limit": limit}
    finding = unreadable(Unreadable("too_large", message), submission.filename)
    write(submission, submission.version, CheckResult(None, [finding]))


def soft_keys(submission: Submission) -> dict[str, str]:
    """Key → check code of the findings that need a reason."""
    return dict(submission.findings.filter(severity="soft").values_list("key", "check_code"))


def must_be_ready(submission: Submission) -> None:
    """Raises Refused unless the person may accept: the state, and a reason for every soft finding."""
    if submission.state == State.REFUSED:
        raise Refused("hard_findings", _("有必须改正的问题，不能入账。请改好文件后重新上传。"))
    if submission.state != State.READY:
        raise overtaken(submission)
    if missing := [key for key in soft_keys(submission) if not submission.reasons.get(key)]:
        raise Refused("reasons_missing", _("还有 %(count)d 条需要说明。") % {"count": len(missing)})


def still_true(submission: Submission, reading: Reading) -> CheckResult:
    """The look of the preview, taken again inside the transaction; Refused if it is not what was shown.

    The file was read before the transaction began. The ledger is looked at here, where nobody else
    can change it any more.
    """
    found = examined(submission, reading)
    if found.state is not State.READY:
        words = found.hard[0].found if found.hard else ""
        raise Refused("hard_findings", _("重新核对时发现必须改正的问题：%(found)s") % {"found": words})
    if found.digest != submission.digest:
        raise Refused(
            "figures_changed", _("核对之后台账有变化，请看过两边再重新核对。"), differences(submission, found)
        )
    soft = [f.key for f in found.findings if f.severity is Severity.SOFT]
    if len(soft) <= MOST_FINDINGS and set(soft) - set(submission.reasons):
        raise Refused("reasons_missing", _("重新核对时发现新的问题，请重新核对后说明。"))
    return found


def differences(submission: Submission, found: CheckResult) -> list[Difference]:
    """What the preview showed beside what holds now, only where they differ."""
    shown = change_cache.fetch(submission)
    seen = dict(zip(shown["subject"], map(_arrow, shown["old"], shown["new"]), strict=True))
    holds = found.changes
    now = dict(zip(holds["subject"], map(_arrow, holds["old"], holds["new"]), strict=True))
    return [
        Difference(subject, seen.get(subject, "—"), now.get(subject, "—"))
        for subject in {**seen, **now}
        if seen.get(subject) != now.get(subject)
    ]


def _arrow(old: str, new: str) -> str:
    return f"{old} → {new}" if old else new


def overtaken(submission: Submission) -> Refused:
    now = Submission.objects.select_related("decided_by").get(pk=submission.pk)
    if now.decided_by is None:
        return Refused(
            "clash", _("这份文件刚被更新（%(state)s），请刷新后再看。") % {"state": now.get_state_display()}
        )
    return Refused(
        "clash",
        _("%(who)s 已经处理过这份文件：%(state)s。")
        % {"who": now.decided_by, "state": now.get_state_display()},
    )
