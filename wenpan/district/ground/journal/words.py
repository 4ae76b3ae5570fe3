"""The words of the journal: what was done, to what, and what an entry says further.

The journal keeps codes, so that its chain never changes with a wording; an auditor reads words. A code that
has no word of its own is still named by its room, and never shown.
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from wenpan.district.ground.journal.further_words import FURTHER

ROOMS: dict[str, Promise] = {
    "accounts": lazy("账号"),
    "bulletins": lazy("通报"),
    "campaigns": lazy("专项督查"),
    "charge": lazy("分管领导"),
    "checkup": lazy("执行体检"),
    "deals": lazy("招商项目"),
    "document": lazy("文稿"),
    "file": lazy("文件"),
    "firms": lazy("企业"),
    "fiscal": lazy("财政"),
    "intake": lazy("收表"),
    "jobs": lazy("后台任务"),
    "journal": lazy("日志"),
    "judgement": lazy("研判"),
    "library": lazy("学习文件"),
    "lights": lazy("灯"),
    "matter": lazy("督办事项"),
    "meeting": lazy("调度会"),
    "notice": lazy("提醒"),
    "observations": lazy("数据台账"),
    "outbox": lazy("发件"),
    "personal": lazy("个人设置"),
    "policies": lazy("惠企政策"),
    "projects": lazy("项目"),
    "proof": lazy("核数"),
    "proposal": lazy("拟办"),
    "quality": lazy("数据质量"),
    "reason": lazy("红灯原因"),
    "requests": lazy("企业诉求"),
    "rules": lazy("规则"),
    "score": lazy("督办计分"),
    "settings": lazy("设置"),
    "single_returns": lazy("单户报表"),
    "slip": lazy("督办单"),
    "source": lazy("来源文件"),
    "target": lazy("目标"),
    "template": lazy("版头版记"),
    "view": lazy("常用查看"),
    "wall": lazy("大屏"),
    "week": lazy("每周督查"),
}
DEEDS: dict[str, Promise] = {
    "accept": lazy("入账"),
    "acknowledge": lazy("知悉"),
    "acknowledged": lazy("签收"),
    "activate": lazy("启用"),
    "added": lazy("新增"),
    "adopt": lazy("改用"),
    "again": lazy("重发"),
    "alias": lazy("认名"),
    "amend": lazy("改写"),
    "amount": lazy("登记金额"),
    "answer": lazy("答复"),
    "answered": lazy("答复"),
    "apart": lazy("分列"),
    "apart_back": lazy("撤回分列"),
    "appeal": lazy("申诉"),
    "assigned": lazy("交办"),
    "attached": lazy("附件"),
    "change_password": lazy("修改密码"),
    "changed": lazy("修改"),
    "check": lazy("核对"),
    "clause": lazy("登记条款"),
    "close": lazy("关闭"),
    "closed": lazy("办结"),
    "confirm": lazy("确认拟办"),
    "contact": lazy("包联"),
    "contact_ended": lazy("结束包联"),
    "create": lazy("新增"),
    "deactivate": lazy("停用"),
    "decide": lazy("裁定"),
    "digest": lazy("汇总"),
    "document": lazy("登记文件"),
    "draft": lazy("起草"),
    "drafted": lazy("拟办"),
    "drop": lazy("不立事项"),
    "edit": lazy("修改"),
    "ended": lazy("注销"),
    "estimate": lazy("报预计"),
    "event": lazy("登记进展"),
    "excuse": lazy("登记书面说明"),
    "explain": lazy("说明理由"),
    "export": lazy("导出"),
    "extended": lazy("准予延期"),
    "extension_asked": lazy("申请延期"),
    "fact": lazy("登记情况"),
    "failed": lazy("没有送达"),
    "feedback": lazy("反馈"),
    "further": lazy("补记"),
    "grant": lazy("授予角色"),
    "in_force": lazy("启用"),
    "issue": lazy("签发"),
    "keep": lazy("保存"),
    "left_out": lazy("剔除"),
    "light": lazy("由亮灯提出"),
    "link": lazy("对应"),
    "looked": lazy("查看"),
    "made": lazy("生成"),
    "make": lazy("生成"),
    "map_layout": lazy("认表"),
    "mark": lazy("标出有关段落"),
    "merge": lazy("合并"),
    "milestone": lazy("节点"),
    "model": lazy("模型读文"),
    "next": lazy("下一步"),
    "note": lazy("登记批示"),
    "open": lazy("登记"),
    "opened": lazy("打开"),
    "passed": lazy("核查通过"),
    "photo": lazy("照片"),
    "posted": lazy("入发件箱"),
    "problem": lazy("登记问题"),
    "problem_closed": lazy("问题销号"),
    "problem_report": lazy("问题进展"),
    "propose": lazy("提出"),
    "proposed": lazy("提出"),
    "put_in_force": lazy("施行"),
    "raised": lazy("逐级上报"),
    "read": lazy("查看"),
    "receive": lazy("签收"),
    "refresh": lazy("重算"),
    "refreshed": lazy("更新"),
    "refuse": lazy("未生成"),
    "refused": lazy("拒收"),
    "register": lazy("登记"),
    "registered": lazy("立项"),
    "remind": lazy("催报"),
    "reset_finish": lazy("重置密码完成"),
    "reset_password": lazy("重置密码"),
    "reset_second": lazy("转交重置码"),
    "reset_start": lazy("发起重置密码"),
    "reset_void": lazy("重置码作废"),
    "restored": lazy("恢复备份"),
    "retire": lazy("停用"),
    "returned": lazy("退办"),
    "review": lazy("审核"),
    "round": lazy("新一期"),
    "seal": lazy("封存"),
    "send": lazy("发出"),
    "send_back": lazy("退回"),
    "sending": lazy("发送中"),
    "sent": lazy("已送达"),
    "set": lazy("设定"),
    "set_period": lazy("指定月份"),
    "settle": lazy("读文完成"),
    "shares": lazy("分成"),
    "sign": lazy("签认"),
    "sign_in": lazy("登录"),
    "sign_in_refused": lazy("登录被拒"),
    "sign_out": lazy("退出"),
    "signed": lazy("签收"),
    "site_plan": lazy("列入现场计划"),
    "site_plan_ended": lazy("结束现场计划"),
    "slip": lazy("发督办单"),
    "slip_answered": lazy("回复督办单"),
    "split": lazy("拆分"),
    "start": lazy("开始"),
    "state": lazy("登记状态"),
    "store": lazy("记入"),
    "submit": lazy("报送"),
    "succession": lazy("前后项目"),
    "succession_back": lazy("撤回前后项目"),
    "sync_regions": lazy("更新地区名录"),
    "sync_units": lazy("更新单位名录"),
    "take_back_layout": lazy("撤回认表"),
    "telephone": lazy("办公电话"),
    "text_size": lazy("字号"),
    "undo": lazy("撤销"),
    "unlink": lazy("取消对应"),
    "untold": lazy("未写明事由的改动"),
    "verify": lazy("核对存档"),
    "view": lazy("查看"),
    "visit": lazy("走访"),
    "window": lazy("申报窗口提醒"),
    "withdraw": lazy("撤回"),
    "worth": lazy("设定漏报代价"),
    "write": lazy("记录"),
}
SUBJECTS: dict[str, Promise] = {
    "appeal": lazy("申诉"),
    "batch": lazy("入账批次"),
    "briefing": lazy("分析稿"),
    "bulletin": lazy("通报"),
    "campaign": lazy("专项督查"),
    "cycle": lazy("督查周"),
    "deal": lazy("招商项目"),
    "deals": lazy("招商项目"),
    "document": lazy("文稿"),
    "envelope": lazy("发件"),
    "estimate": lazy("预计"),
    "file": lazy("文件"),
    "firm": lazy("企业"),
    "indicator": lazy("指标"),
    "job": lazy("后台任务"),
    "journal": lazy("日志"),
    "judgement": lazy("研判"),
    "key_project": lazy("重点项目"),
    "layout": lazy("认表"),
    "library": lazy("学习文件"),
    "matter": lazy("督办事项"),
    "meeting": lazy("调度会"),
    "notice": lazy("提醒"),
    "outbox": lazy("发件箱"),
    "page": lazy("页面"),
    "policy": lazy("惠企政策"),
    "project": lazy("项目"),
    "projects": lazy("项目"),
    "proof": lazy("核数"),
    "proposal": lazy("拟办"),
    "query_letter": lazy("核实单"),
    "reason": lazy("红灯原因"),
    "region": lazy("地区"),
    "request": lazy("企业诉求"),
    "returns": lazy("月报"),
    "rules": lazy("规则"),
    "scores": lazy("督办计分"),
    "screen": lazy("大屏"),
    "setting": lazy("设置"),
    "source": lazy("来源文件"),
    "submission": lazy("报表"),
    "target": lazy("目标"),
    "template": lazy("版头版记模板"),
    "unit": lazy("单位"),
    "user": lazy("人员"),
    "view": lazy("常用查看"),
}


def deed(action: str) -> str:
    """督办事项：交办."""
    room, _dot, verb = action.partition(".")
    named = ROOMS.get(room, lazy("其他"))
    return _("%(room)s：%(deed)s") % {"room": named, "deed": DEEDS.get(verb, lazy("登记"))}


def subject(code: str) -> str:
    """督办事项 35 of matter:35; of a page's address only that it is a page."""
    kind, _colon, number = code.partition(":")
    word = str(SUBJECTS.get(kind, lazy("记录")))
    return f"{word} {number}" if number.isdigit() else word


def further(detail: Any) -> list[tuple[str, str]]:
    """What an entry says besides, as far as it is said in figures, days or Chinese."""
    if not isinstance(detail, dict):
        return []
    shown = ((FURTHER[name], _plain(value)) for name, value in detail.items() if name in FURTHER)
    return [(str(word), value) for word, value in shown if value]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(filter(None, map(_plain, value)))
    if value is None or isinstance(value, dict):
        return ""
    words = str(value)
    coded = words.isascii() and any(sign.isalpha() for sign in words)
    return "" if coded else words
