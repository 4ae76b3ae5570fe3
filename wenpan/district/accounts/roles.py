"""Roles: what a person in an office may do, in words that a layman can audit.

A role is a code, a label, one sentence and a list of permissions. A user has exactly one role or
none. The three administrators (三员: system, security, audit) hold one power each and share none.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VIEWS = (
    "board.view",
    "indicator.view",
    "plan.view",
    "wall.view",
    "ledger.view",
    "figure.origin",
    "target.view",
    "project.view",
    "project.all",  # without it: the projects of the own unit only
    "deal.view",
    "deal.all",  # without it: the deals of the own unit only
    "basis.view",
    "fiscal.view",
    "supports.view",
)
PROJECTS = ("project.edit", "project.state", "problem.edit", "problem.report", "photo.add")
MATTERS = ("matter.view", "score.view")
CAMPAIGNS = ("campaign.view", "campaign.lead", "campaign.take_part")  # without "view": what one's team sees
SUPERVISION = (
    "matter.draft", "matter.assign", "matter.check", "matter.close", "slip.issue", "week.check",
    "bulletin.draft", "outbox.view", "proof.check", *CAMPAIGNS,
)  # fmt: skip
OWN_UNIT = (
    "board.view", "indicator.view", "plan.view", "figure.origin", "estimate.enter", "project.view",
    "upward.note", "problem.report", "photo.add", "return.hand_in", "desk.use", "firm.view",
    "request.register", "request.handle", "contact.visit", "policy.view", "deal.view", "deal.own",
    "quality.answer", "library.receive", "campaign.take_part",
)  # fmt: skip
FIRMS = ("firm.view", "firm.all", "policy.view")  # without "firm.all": those of the own unit only
LIBRARY = ("library.view", "library.edit")  # without them: what the own unit was sent
MEETINGS = ("meeting.view", "meeting.prepare")  # without "meeting.prepare": reads the memo
INTAKE = ("intake.view", "intake.upload", "intake.accept", "intake.undo", "layout.map")


@dataclass(frozen=True)
class Role:
    code: str
    label: str | Promise
    sentence: str | Promise
    permissions: frozenset[str]


def _role(code: str, label: Promise, sentence: Promise, *permissions: str) -> Role:
    return Role(code, label, sentence, frozenset(permissions))


LEADER = _role(
    "leader", _("区领导"),
    _("看总览、指标、目标倒逼、项目、督办和通报，批示督办事项，签发通报和分析；不填表。"),
    "board.view", "indicator.view", "plan.view", "wall.view", "figure.origin", "target.view", "document.view",
    "project.view", "project.all", "deal.view", "deal.all", *MATTERS, "matter.instruct",
    "bulletin.issue", "document.issue", *FIRMS, "contact.visit", "meeting.view",
    "campaign.view", "campaign.take_part",
    "basis.view", "fiscal.view", "supports.view", "entry.count", "library.view",
)  # fmt: skip
ANALYST = _role(
    "analyst", _("经发局分析员"), _("收表、核对、定目标、研判、出分析，提出督办事项。"),
    *VIEWS, *INTAKE, *PROJECTS, *MATTERS, *FIRMS, "deal.edit", "matter.draft", "target.set", "document.view",
    "document.make", "document.review", "proof.check", "rules.view", "rules.set", "quality.view", *MEETINGS,
    "basis.propose", "budget.set", "supports.set", "entry.count", "entry.view",
    "upward.note", *LIBRARY,
    "wall.screens",
    "letter.write", "campaign.take_part",
)  # fmt: skip
STATISTICIAN = _role(
    "statistician", _("统计局"), _("收官方数据、核对口径、发核实单，审核分析，不出分析。"),
    *VIEWS, *INTAKE, "project.state", "project.withdraw", "document.view", "document.review", "rules.view",
    "proof.check", "quality.view", "quality.query", "basis.propose", "basis.approve",
    "upward.note",
    "entry.count", "entry.view", "entry.edit", "campaign.take_part",
)  # fmt: skip
SUPERVISOR = _role(
    "supervisor", _("督查绩效办"), _("看全部研判结果；拟办、交办、核查、销号督办事项，发督办单，起草通报。"),
    *VIEWS, "document.view", "problem.edit", *MATTERS, *SUPERVISION, *FIRMS, "request.supervise", *MEETINGS,
    *LIBRARY,
)  # fmt: skip
SUPERVISION_HEAD = _role(
    "supervision_head", _("督查绩效办负责人"), _("审批立项、延期和申诉，审核、签发通报；也办日常督查。"),
    *VIEWS, "document.view", "problem.edit", *MATTERS, *SUPERVISION, *FIRMS, "request.supervise",
    "matter.register", "matter.extend", "bulletin.review", "bulletin.issue", "score.decide", "rules.view",
    "rules.set",
    "outbox.retry", *MEETINGS, *LIBRARY, "wall.screens",
    "letter.write",
)  # fmt: skip
SERVICE = _role(
    "service", _("企业服务专员"),
    _("管企业台账、包联计划和企业自助链接；报送台账和工单；登记、受理、分办诉求，核验、回访、销号；管惠企政策；不办理诉求。"),
    *FIRMS, "board.view", "indicator.view", "project.view", "project.all", "firm.edit",
    "request.register", "request.office", "contact.plan", "contact.visit", "policy.edit", "firm.link",
    "intake.view", "intake.upload", *LIBRARY, "campaign.take_part",
)  # fmt: skip
ATTRACTION = _role(
    "attraction", _("招商局"), _("管招商项目：登记进展、金额、分成和下一步，报送招商表格。"),
    "board.view", "indicator.view", "project.view", "project.all", "deal.view", "deal.all", "deal.edit",
    "intake.view", "intake.upload", "desk.use", "campaign.take_part",
)  # fmt: skip
LIAISON = _role(
    "liaison", _("责任单位联络员"),
    _("看本单位的指标、项目和督办事项；报预计、项目月报、反馈、问题进展和照片，答复核实单。"),
    *OWN_UNIT,
)  # fmt: skip
UNIT_HEAD = _role(
    "unit_head", _("责任单位负责人"), _("看本单位的指标、项目和督办事项；签发反馈，对扣分申诉。"),
    *OWN_UNIT, "desk.sign", "score.appeal",
)  # fmt: skip
SYSTEM_ADMIN = _role(
    "system_admin",
    _("系统管理员"),
    _("开账号、停账号、重置密码；不能授权，不看数据。"),
    "account.manage",
)
SECURITY_ADMIN = _role(
    "security_admin",
    _("安全管理员"),
    _("给账号授予角色，转交重置码后半段，核对往来单位的密钥；不能开账号，不能给自己授权。"),
    "role.grant",
)
AUDITOR = _role(
    "auditor",
    _("审计管理员"),
    _("看操作日志并验证其完整；为安全管理员转交重置码，此外不能操作。"),
    "journal.view",
)

ADMINISTRATORS = frozenset({SYSTEM_ADMIN.code, SECURITY_ADMIN.code, AUDITOR.code})  # 三员

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        LEADER,
        ANALYST,
        STATISTICIAN,
        SUPERVISOR,
        SUPERVISION_HEAD,
        SERVICE,
        ATTRACTION,
        LIAISON,
        UNIT_HEAD,
        SYSTEM_ADMIN,
        SECURITY_ADMIN,
        AUDITOR,
    )
}
PERMISSIONS = frozenset().union(*(role.permissions for role in ROLES.values()))
