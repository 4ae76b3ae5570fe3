"""提出、启用、停用: a template is put in force by another than its proposer, and only without a fault."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import require
from wenpan.district.bulletins.heads import queries
from wenpan.district.bulletins.models import PaperTemplate
from wenpan.district.ground import ciphers, originals
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.intake.door import Admitted
from wenpan.documents.papers.gbt9704.template_lint import TemplateFault

State = PaperTemplate.State


class FaultyTemplate(Exception):  # noqa: N818 - said as people say it
    """A file that may not be used, with every fault and its place."""

    def __init__(self, faults: list[TemplateFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.where}: {fault.found}" for fault in faults))


def propose_template(*, purpose: str, file: Admitted, by: User, at: datetime | None = None) -> PaperTemplate:
    """Looked at first: of a file that is no proposal nothing is kept.

    Raises FaultyTemplate; Refused: "bad_value", "state" (another one waits).
    """
    if purpose not in PaperTemplate.Purpose.values:
        raise Refused("bad_value", _("请选择用于哪种文稿。"))
    require(by, queries.life(purpose).draft)
    if found := queries.faults_of(file.data, purpose):
        raise FaultyTemplate(found)
    try:
        with transaction.atomic():
            template = PaperTemplate.objects.create(
                purpose=purpose, filename=file.filename[:200], sha256=ciphers.here().digest(file.data),
                proposed_by=by, proposed_at=at or timezone.now(),
            )  # fmt: skip
            door.keep(file, at=at)
            _told(template, "template.propose", _("提出版头版记模板"), by, at)
            return template
    except IntegrityError:
        raise Refused("state", _("这种文稿已有一个模板待启用，先处理那一个。")) from None


@transaction.atomic
def decide_template(
    *, template: PaperTemplate, accept: bool, words: str, by: User, at: datetime | None = None
) -> PaperTemplate:
    """启用 by another than the proposer; the one in force before is retired. Or 不同意, with words.

    Raises Refused: "permission", "reason_missing", "state"; FaultyTemplate.
    """
    require(by, queries.life(template.purpose).review)
    if template.proposed_by_id == by.pk:
        raise Refused("permission", _("自己提出的模板须由另一人启用。"))
    if not accept and not words.strip():
        raise Refused("reason_missing", _("请写明不同意的理由。"))
    at = at or timezone.now()
    if accept:
        if found := queries.faults_of(originals.get(template.sha256), template.purpose):
            raise FaultyTemplate(found)
        held = PaperTemplate.objects.filter(purpose=template.purpose, state=State.IN_FORCE)
        held.update(state=State.RETIRED, decided_by=by, decided_at=at)
    values = {"decided_by": by, "decided_at": at, "words": words.strip()[:200]}
    state = State.IN_FORCE if accept else State.REFUSED
    _moved(template, State.PROPOSED, state, values)
    said = _("启用版头版记模板") if accept else _("不同意启用版头版记模板")
    _told(template, "template.decide", said, by, at)
    return template


@transaction.atomic
def retire_template(*, template: PaperTemplate, by: User, at: datetime | None = None) -> PaperTemplate:
    """停用: the next paper has the program's own head again. Raises Refused "state"."""
    require(by, queries.life(template.purpose).review)
    at = at or timezone.now()
    _moved(template, State.IN_FORCE, State.RETIRED, {"decided_by": by, "decided_at": at})
    _told(template, "template.retire", _("停用版头版记模板"), by, at)
    return template


def _moved(template: PaperTemplate, old: str, new: str, values: dict[str, object]) -> None:
    if PaperTemplate.objects.filter(pk=template.pk, state=old).update(state=new, **values) != 1:
        raise Refused("state", _("这个模板刚被别人处理过，请刷新后再看。"))
    template.refresh_from_db()


def _told(template: PaperTemplate, action: str, said: str, by: User, at: datetime | None) -> None:
    record(
        by=by,
        action=action,
        subject=f"template:{template.pk}",
        summary=_("%(said)s（%(purpose)s）：%(name)s")
        % {"said": said, "purpose": template.get_purpose_display(), "name": template.filename},
        detail={"sha256": template.sha256, "state": template.state, "words": template.words},
        at=at,
    )
