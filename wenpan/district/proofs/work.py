"""Long work: a paper is read and compared in the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.accounts.models import User
from wenpan.district.ground.converters import office, scans
from wenpan.district.ground.jobs.registry import job
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.proofs import actions, known
from wenpan.district.proofs.models import PaperCheck
from wenpan.district.supervision.sources import reading_findings
from wenpan.documents.proof import proof_json
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.economy.time.periods import parse_month


@job("proofs.check", label=gettext_lazy("核数"))
def check(args: dict[str, Any], progress: Callable[[int, str], None]) -> dict[str, Any]:
    """A check of the whole paper, or a refusal; run again after a crash it finds what it had kept."""
    by = User.objects.get(pk=args["by"])
    if door.TOLD in args:
        return _refused(args[door.TOLD], args)
    period = parse_month(args["period"])
    at = datetime.fromisoformat(args["at"])
    same = PaperCheck.objects.filter(sha256=args["sha256"], known_at=at, checked_by=by, period=str(period))
    if (earlier := same.first()) is not None:
        return _go(earlier)
    progress(10, _("正在读取文稿，逐个核对数字"))
    try:
        kept = door.bytes_of(sha256=args["sha256"], job=f"proofs.check:{args['token']}")
        data = office.as_docx(kept)
        proven = scans.apply(
            proof_json.prove, data, args["filename"], known.vocabulary(period),
            known.ledger(period, at), screen=door.screen("核数", by),
        )  # fmt: skip
    except Unreadable as error:
        actions.note_unreadable(filename=args["filename"], sha256=args["sha256"], code=error.code, by=by)
        told = reading_findings.unreadable(error, args["filename"])
        return _refused(told, args)
    except door.ForgottenError as gone:
        return _refused(gone.told, args)
    except Refused as refusal:
        told = reading_findings.not_admitted(refusal)
        if refusal.code == "secret":
            door.forget(sha256=args["sha256"], told=told, by=by)
        return _refused(told, args)
    progress(90, _("正在登记"))
    checked = actions.keep_check(
        proven=proven, filename=args["filename"], sha256=args["sha256"], period=period, known_at=at, by=by
    )
    return _go(checked)


def _refused(told: Any, args: dict[str, Any]) -> dict[str, Any]:
    return {"refusal": told, "next_url": reverse("proofs:refused", args=[args["token"]])}


def _go(checked: PaperCheck) -> dict[str, Any]:
    return {"next_url": reverse("proofs:paper", args=[checked.pk])}
