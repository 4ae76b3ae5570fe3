"""The words of a request's steps, phases and results, as people read them in either language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

STEP_WORDS = {
    "received": _("登记"),
    "accepted": _("受理"),
    "declined": _("不予受理"),
    "assigned": _("分办"),
    "signed_for": _("签收"),
    "returned": _("退回"),
    "appealed": _("申诉"),
    "appeal_decided": _("申诉裁定"),
    "contacted": _("首次联系"),
    "progressed": _("办理进展"),
    "paused": _("暂停计时"),
    "resumed": _("恢复计时"),
    "extension_asked": _("申请延期"),
    "extended": _("批准延期"),
    "extension_refused": _("不予延期"),
    "replied": _("答复"),
    "checked": _("核验"),
    "redone": _("重办"),
    "called_back": _("回访"),
    "closed": _("销号"),
    "reopened": _("重新办理"),
    "raised": _("提级"),
    "supervised": _("督办"),
    "messaged": _("企业补充"),
    "inspected": _("撤回抽查"),
}
PHASE_WORDS = {
    "registered": _("待受理"),
    "declined": _("不予受理"),
    "accepted": _("待分办"),
    "assigned": _("待签收"),
    "appealed": _("申诉中"),
    "in_hand": _("办理中"),
    "replied": _("待核验"),
    "checked": _("待回访销号"),
    "closed": _("已销号"),
}
ENTRY_WORDS = {
    "explained": _("解释说明"),
    "wrong_unit": _("非本区受理"),
    "duplicate": _("重复诉求"),
    "out_of_scope": _("不属受理范围"),
}
OUTCOME_WORDS = {
    "solved": _("已解决"),
    "explained": _("已解释"),
    "cannot": _("无法办理"),
    "withdrawn": _("企业撤回"),
}
RESULT_WORDS = {
    "satisfied": _("满意"),
    "basically": _("基本满意"),
    "dissatisfied": _("不满意"),
    "no_answer": _("未接通"),
    "refused": _("拒绝评价"),
}
CLOCK_WORDS = {
    "open": _("计时中"),
    "met": _("按时"),
    "late": _("超时"),
    "paused": _("暂停"),
    "stopped": _("不再计时"),
}
VERDICT_WORDS = {"met": _("符合"), "unmet": _("不符合"), "unknown": _("待核实")}
