"""这个月怎么干: for each role the month's work in at most ten lines, each with the page that it is done on.

The one place where these lines stand. A line is shown to everybody, its link only to who may open the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts.models import User
from wenpan.district.accounts.permissions import can

DAILY, WEEKLY, MONTHLY, EARLY, LATE, NEEDED = (
    _("每天"), _("每周"), _("每月"), _("月初"), _("月底"), _("有需要时"),
)  # fmt: skip
TODAY = "home:today"


@dataclass(frozen=True)
class WorkStep:
    when: str | Promise
    text: str | Promise
    page: str  # the name of its address


@dataclass(frozen=True)
class ShownStep:
    when: str | Promise
    text: str | Promise
    url: str  # "" where this person may not open it


LEADER = (
    WorkStep(DAILY, _("打开“今日”：先看变了什么，再对报给您的事项批示或点已阅。"), TODAY),
    WorkStep(MONTHLY, _("看总览：先看新转红的指标，红灯旁有责任单位、分管领导和电话。"), "indicators:board"),
    WorkStep(MONTHLY, _("要某个单位办，在红灯旁点“转督办”，写明时限即可。"), "indicators:board"),
    WorkStep(MONTHLY, _("点开一个指标，看位次、差距和全年完成的把握。"), "indicators:catalogue"),
    WorkStep(MONTHLY, _("看目标倒逼：余下几个月还需要多快。"), "indicators:plan"),
    WorkStep(MONTHLY, _("看重点项目：哪些停工、哪些进度落后、缺什么要素。"), "projects:keys"),
    WorkStep(MONTHLY, _("看招商看板：签约、开工各到哪一步。"), "attraction:board"),
    WorkStep(WEEKLY, _("看督办总览：逾期的、空转的在哪个单位。"), "supervision:overview"),
    WorkStep(MONTHLY, _("调度会前看会议材料：上次议定的办得怎样。"), "meetings:list"),
    WorkStep(MONTHLY, _("签发督查通报。"), "bulletins:list"),
)
ANALYST = (
    WorkStep(EARLY, _("看发布日程：本月哪天出什么数，谁还没报。"), "observations:releases"),
    WorkStep(EARLY, _("收表入账：看预览和疑点，确认后入账；错了可以撤销。"), "intake:list"),
    WorkStep(EARLY, _("收项目月报：催未报的单位，逐份确认。"), "projects:collection"),
    WorkStep(MONTHLY, _("看数据质量：硬性问题退回，软性问题写明理由。"), "quality:checks"),
    WorkStep(MONTHLY, _("看总览：核对红黄灯和理由，打印交领导。"), "indicators:board"),
    WorkStep(MONTHLY, _("看目标倒逼和后续预计，分清差多少、差在哪。"), "indicators:plan"),
    WorkStep(MONTHLY, _("出分析稿：改好后交回，系统核对数字。"), "bulletins:list"),
    WorkStep(MONTHLY, _("由亮灯和来源文件提出督办事项。"), "supervision:sources"),
    WorkStep(MONTHLY, _("准备调度会：材料自动汇好，会上逐条记议定事项。"), "meetings:list"),
    WorkStep(NEEDED, _("改单位名录、节假日、阈值：在设置里提议，由另一人审定。"), "adjustments:list"),
)
STATISTICIAN = (
    WorkStep(EARLY, _("看发布日程，按时把官方数据报进来。"), "observations:releases"),
    WorkStep(EARLY, _("收表入账：核对疑点后确认。"), "intake:list"),
    WorkStep(EARLY, _("查数据质量：按可能影响大小排好，从上往下核。"), "quality:checks"),
    WorkStep(MONTHLY, _("发核实单；单位答复后成批办结。"), "quality:letters"),
    WorkStep(MONTHLY, _("看填报单位台账：谁迟报、谁重复出错。"), "quality:reporters"),
    WorkStep(MONTHLY, _("办纳统：看名单到入库走到哪一步，缺什么材料。"), "entries:progress"),
    WorkStep(MONTHLY, _("审口径台账：退税、划转、修订逐条核准。"), "fiscal:basis"),
    WorkStep(NEEDED, _("把报表上印的表内关系登记成规则。"), "quality:relations"),
    WorkStep(NEEDED, _("双随机抽查：抽取和结果都可复核。"), "quality:draws"),
    WorkStep(NEEDED, _("查台账：某一天当时知道的数是多少。"), "observations:ledger"),
)
SUPERVISOR = (
    WorkStep(DAILY, _("打开“今日”：勾选后一次立项、交办、核查、催办。"), TODAY),
    WorkStep(DAILY, _("登记来源文件：读出的事项逐条确认，或一次确认把握较大的。"), "supervision:sources"),
    WorkStep(DAILY, _("看督办事项：谁逾期、谁待核查。"), "supervision:matters"),
    WorkStep(WEEKLY, _("办每周督查：现场看到什么，记在对象下面。"), "supervision:weekly"),
    WorkStep(WEEKLY, _("看督办单：自动发的和手工发的，谁还没回复。"), "supervision:slips"),
    WorkStep(WEEKLY, _("看空转清单：长期没有反馈的催一次。"), "supervision:vacuum"),
    WorkStep(MONTHLY, _("核对督办计分，听取申诉。"), "supervision:scores"),
    WorkStep(MONTHLY, _("起草督查通报，交负责人审核。"), "bulletins:list"),
    WorkStep(MONTHLY, _("看填报账：给基层添了多少负担，到期的表停下来。"), "supervision:burden"),
    WorkStep(NEEDED, _("区领导分工变了：在设置里提议改分管领导。"), "adjustments:list"),
)
SUPERVISION_HEAD = (
    WorkStep(DAILY, _("打开“今日”：一次批完待立项、待延期的事项。"), TODAY),
    WorkStep(DAILY, _("看督办总览：哪些该提级、该约谈。"), "supervision:overview"),
    WorkStep(DAILY, _("看督办事项：核查通过的销号。"), "supervision:matters"),
    WorkStep(WEEKLY, _("看每周督查是否办完。"), "supervision:weekly"),
    WorkStep(WEEKLY, _("看督办单和回复。"), "supervision:slips"),
    WorkStep(MONTHLY, _("审定计分和申诉。"), "supervision:scores"),
    WorkStep(MONTHLY, _("审核、签发督查通报：改过的文稿要核对数字。"), "bulletins:list"),
    WorkStep(MONTHLY, _("准备调度会，议定事项转为督办。"), "meetings:list"),
    WorkStep(NEEDED, _("审定设置：看清对上月的影响再施行。"), "adjustments:list"),
    WorkStep(NEEDED, _("看发件记录：没送出去的提醒重发。"), "outbox:log"),
)
SERVICE = (
    WorkStep(DAILY, _("打开“今日”：待受理、待回访的诉求。"), TODAY),
    WorkStep(DAILY, _("登记、受理、分办企业诉求；办完核验、回访、销号。"), "firms:requests"),
    WorkStep(WEEKLY, _("看包联走访：谁该去还没去。"), "firms:contacts"),
    WorkStep(MONTHLY, _("报送企业台账和工单表格。"), "intake:list"),
    WorkStep(MONTHLY, _("核对企业台账：新增、注销、换地址。"), "firms:list"),
    WorkStep(MONTHLY, _("维护惠企政策，过期的停用。"), "firms:policies"),
    WorkStep(NEEDED, _("给企业发自助链接：让企业自己写诉求、看进展。"), "firms:list"),
    WorkStep(NEEDED, _("看红黄灯，了解哪些行业在走弱。"), "indicators:board"),
)
ATTRACTION = (
    WorkStep(DAILY, _("打开“今日”：到期要联系的项目。"), TODAY),
    WorkStep(DAILY, _("登记进展、金额和下一步。"), "attraction:mine"),
    WorkStep(WEEKLY, _("看招商项目：在谈久无进展的催一次。"), "attraction:deals"),
    WorkStep(MONTHLY, _("报送招商表格：先看预览，再确认。"), "intake:list"),
    WorkStep(MONTHLY, _("看招商看板：签约、注册、开工各多少。"), "attraction:board"),
    WorkStep(MONTHLY, _("看招商漏斗：卡在哪一步。"), "attraction:funnel"),
    WorkStep(MONTHLY, _("看签约项目转成了哪些重点项目。"), "projects:keys"),
    WorkStep(NEEDED, _("答复调度会议定事项和督办。"), "supervision:desk"),
)
UNIT = (
    WorkStep(DAILY, _("打开“今日”：本单位要办的都在这里，没有变化的点“无变化”。"), TODAY),
    WorkStep(DAILY, _("反馈督办事项：写一句办到哪里，附材料。"), "supervision:desk"),
    WorkStep(EARLY, _("报项目月报：上传表格，看清疑点再报。"), "projects:own_returns"),
    WorkStep(LATE, _("报指标预计：已带出上次的数，改后提交。"), "observations:estimates"),
    WorkStep(MONTHLY, _("答复核实单：说明情况，或另报更正的表。"), "quality:letters"),
    WorkStep(MONTHLY, _("看本单位的指标和灯：为什么亮、差多少。"), "indicators:board"),
    WorkStep(MONTHLY, _("更新本单位的招商项目和企业诉求。"), "attraction:mine"),
    WorkStep(NEEDED, _("签收、回复督办单。"), "supervision:slips"),
)
LIAISON = (
    *UNIT,
    WorkStep(NEEDED, _("报项目问题进展和现场照片。"), "projects:problems"),
    WorkStep(MONTHLY, _("看填报账：本单位这个月花了多少时间填表。"), "supervision:burden"),
)
UNIT_HEAD = (
    *UNIT,
    WorkStep(DAILY, _("签发本单位的反馈：不签不算数。"), "supervision:desk"),
    WorkStep(MONTHLY, _("看督办计分，有出入的申诉。"), "supervision:scores"),
)
SYSTEM_ADMIN = (
    WorkStep(NEEDED, _("来了一批人：按名单开账号，先看对照再办理。"), "adjustments:roster"),
    WorkStep(NEEDED, _("打印重置码条（前半段），当面交给本人。"), "adjustments:slips"),
    WorkStep(NEEDED, _("有人忘了密码：打开他的页面，发起重置。"), "accounts:people"),
    WorkStep(NEEDED, _("有人调走：停用他的账号，历史保留。"), "accounts:people"),
    WorkStep(NEEDED, _("统一认证来了新人：核对工号后开账号或对应。"), "accounts:outside"),
    WorkStep(NEEDED, _("单位改名、撤并、换电话：在设置里提议。"), "adjustments:list"),
    WorkStep(NEEDED, _("登录安全（密码、退出时间）：在设置里提议，由安全管理员审定。"), "adjustments:list"),
    WorkStep(MONTHLY, _("核对人员名单：导出后与编制对一遍。"), "accounts:people"),
    WorkStep(NEEDED, _("给自己设二次验证。"), "accounts:second"),
)
SECURITY_ADMIN = (
    WorkStep(DAILY, _("打开“今日”：名单申请的角色，核对后一次授予。"), TODAY),
    WorkStep(NEEDED, _("核实是本人后，转交重置码后半段。"), "accounts:hand_overs"),
    WorkStep(NEEDED, _("给一个人授予或收回角色：打开他的页面。"), "accounts:people"),
    WorkStep(NEEDED, _("复核统一认证与已有账号的对应。"), "accounts:outside"),
    WorkStep(NEEDED, _("审定登录安全的设置。"), "adjustments:list"),
    WorkStep(NEEDED, _("手机和恢复码都丢了的人：核实后解除二次验证。"), "accounts:people"),
    WorkStep(NEEDED, _("核对往来单位密钥：照着纸上的指纹输入。"), "exchange:list"),
    WorkStep(NEEDED, _("给自己设二次验证。"), "accounts:second"),
)
AUDITOR = (
    WorkStep(WEEKLY, _("看日志：先看标了“请审计留意”的。"), "journal:list"),
    WorkStep(MONTHLY, _("看合规举证：哪些要求已满足，哪些是本单位的责任。"), "journal:evidence"),
    WorkStep(MONTHLY, _("核对文号是否连续。"), "supervision:numbers"),
    WorkStep(NEEDED, _("为安全管理员转交重置码后半段。"), "accounts:hand_overs"),
    WorkStep(NEEDED, _("给自己设二次验证。"), "accounts:second"),
)
STEPS: dict[str, tuple[WorkStep, ...]] = {
    "leader": LEADER, "analyst": ANALYST, "statistician": STATISTICIAN, "supervisor": SUPERVISOR,
    "supervision_head": SUPERVISION_HEAD, "service": SERVICE, "attraction": ATTRACTION, "liaison": LIAISON,
    "unit_head": UNIT_HEAD, "system_admin": SYSTEM_ADMIN, "security_admin": SECURITY_ADMIN,
    "auditor": AUDITOR,
}  # fmt: skip


def steps_for(role: str, user: User) -> Iterator[ShownStep]:
    """The role's lines in their order, as this person may follow them."""
    for step in STEPS.get(role, ()):
        url = reverse(step.page)
        yield ShownStep(step.when, step.text, url if _may_open(user, url) else "")


def _may_open(user: User, url: str) -> bool:
    """As the page itself decides; one without a permission is everybody's."""
    wanted = getattr(resolve(url).func, "permissions", ())
    return not wanted or can(user, *wanted)
