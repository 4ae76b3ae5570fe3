"""A project that somebody opens before any list names it: awaited in the library (待入库), without figures.

For the rooms above, whose deals become projects. It is no statistics: state, months and amounts of the
library come by its lists. What was opened is taken back as long as nothing stands on it.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from wenpan.district.accounts.models import Unit, User
from wenpan.district.accounts.permissions import require
from wenpan.district.ground.journal.actions import record
from wenpan.district.ground.refused import Refused
from wenpan.district.projects.library.list_actions import pinyin
from wenpan.district.projects.library.list_undo import stands_on
from wenpan.district.projects.models import Kind, Project, StateChange
from wenpan.district.projects.pool.derive import refresh

LEAST, LARGE = Decimal(500), Decimal(5000)  # 万元: as the bands of the library are cut (Project.Band)


def band_of(kind: str, total: Decimal) -> str:
    """The band of a project; "" for what is too small for the library. Real estate is in it at any size."""
    if kind == Kind.ESTATE:
        return Project.Band.ESTATE.value
    if total < LEAST:
        return ""
    return (Project.Band.SMALL if total < LARGE else Project.Band.LARGE).value


@transaction.atomic
def open_project(
    *, code: str, name: str, kind: str, planned_total: Decimal, evidence: str, by: User, owner: str = "",
    unit: Unit | None = None, department: Unit | None = None, at: datetime | None = None,
) -> Project:  # fmt: skip
    """Opens a project in the state 待入库. `planned_total` in 万元. Refused: "bad_value" (a code that is
    taken, a total too small for the library, no evidence). A code that was taken back is opened again."""
    require(by, "project.edit", "deal.edit")
    at = at or timezone.now()
    code, name, evidence = code.strip()[:40], name.strip()[:120], evidence.strip()[:300]
    if not code or not name or not evidence or kind not in Kind.values:
        raise Refused("bad_value", _("开立项目须有代码、名称、类别和依据。"))
    band = band_of(kind, planned_total)
    if not band:
        raise Refused("bad_value", _("计划总投资不到500万元，不进统计项目库。"))
    held = Project.objects.filter(code=code).first()
    if held is not None and not held.retracted:
        raise Refused("bad_value", _("统计项目库里已有代码%(code)s。") % {"code": code})
    values = {
        "name": name, "pinyin": pinyin(name), "kind": kind, "band": band, "planned_total": planned_total,
        "owner": owner.strip()[:120], "unit": unit, "department": department,
        "state": Project.State.PENDING.value, "retracted": False,
    }  # fmt: skip
    project, _made = Project.objects.update_or_create(code=code, defaults=values)
    StateChange.objects.create(
        project=project, before="", after=project.state, on=timezone.localdate(at), evidence=evidence,
        by=by, at=at,
    )  # fmt: skip
    record(
        by=by, action="projects.open", subject=f"project:{project.pk}", at=at,
        summary=f"开立待入库项目{code}“{name}”：{evidence}", detail={"planned_total": str(planned_total)},
    )  # fmt: skip
    refresh(by=by, at=at)
    return project


@transaction.atomic
def take_back_project(*, project: Project, reason: str, by: User, at: datetime | None = None) -> None:
    """Retracts a project that was opened by hand. Refused where a list, a return or a deed stands on it."""
    require(by, "project.edit", "deal.edit")
    at = at or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", _("请写明撤销的原因。"))
    listed = project.revisions.filter(undone=False).exists()
    if listed or stands_on(project) or project.state != Project.State.PENDING:
        raise Refused(
            "state", _("“%(name)s”已有清单、月报或其他记录，不能撤销开立。") % {"name": project.name}
        )
    held = Project.objects.filter(pk=project.pk, retracted=False, state=Project.State.PENDING)
    if held.update(retracted=True, version=F("version") + 1) != 1:
        raise Refused("clash", _("这个项目刚被别人改过，请刷新后再看。"))
    record(
        by=by, action="projects.open", subject=f"project:{project.pk}", at=at,
        summary=f"撤销开立待入库项目{project.code}“{project.name}”：{reason.strip()[:200]}",
    )  # fmt: skip
    refresh(by=by, at=at)
