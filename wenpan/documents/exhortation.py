"""What is no matter: exhortation without an action of its own, reports of progress, statistics.

Pure. A clause is exhortation when every part of it, between commas, is a set phrase.
"""

from __future__ import annotations

import re

from wenpan.documents.roles import Roles

_PHRASES = re.compile(
    r"发挥[^,。]{0,12}作用|提高(?:政治)?(?:站位|认识|思想认识)|统一思想|强化(?:责任|担当|使命|意识|推进措施|组织领导|政治)|压[紧实](?:压实)?(?:责任|工作责任)|形成(?:工作|强大|整体)?合力"
    r"|增强[^,。]*(?:意识|责任感|紧迫感|使命感|信心|主动性)|高度重视|加强(?:组织)?领导|主动作为|担当作为|真抓实干|认真(?:贯彻|学习|履职|落实|组织实施)|狠抓(?:任务|工作)?落实"
    r"|抓好[^,。]{0,24}落实(?:工作|落地|见效)?$|抓(?:紧)?抓(?:好|细|实)|各司其职|各负其责|密切(?:配合|协作)|通力(?:合作|协作)|凝心聚力|齐心协力|全力以赴|攻坚克难|锐意进取"
    r"|理清工作思路|深刻(?:认识|领会|把握)|切实(?:把|扛起|担负|增强)|坚定信心|振奋精神|咬定目标|奋勇争先|以.{2,20}(?:精神|作风|姿态|责任感)|坚决(?:扛起|贯彻|落实|打赢|杜绝|防止|克服|完成)"
    r"|扛起|坚持|牢固树立|树牢|始终|时刻|牢记|深入(?:学习)?贯彻|贯彻落实|对标对表|主动担当|敢于担当|履职尽责|确保[^,。]{0,16}(?:落实|见效|到位|取得实效|不受影响|完成|实现)|推动[^,。]{0,20}(?:落地见效|取得实效|上新台阶|高质量发展)"
    r"|为[^,。]{2,30}(?:作出|做出|提供|贡献|保障)|努力|奋力|全力(?:推进|推动|做好|抓好|保障)|加强(?:协作|配合|沟通|协调配合|沟通协调|协同)|积极(?:配合|作为|主动)|强化(?:协作|协同|配合|作风)|把思想和行动统一|营造[^,。]{0,20}(?:氛围|环境)|不折不扣|一抓到底|久久为功"
)
_ACTIONS = re.compile(
    r"制定|出台|印发|报送|上报|报告|牵头|开展|组织(?!领导|保障)|建立|完善|完成|落实好|督查|督办|检查|排查|整改|清理|拨付|兑现|办理|签订|开工|入库|申报|编制|拟定|起草|梳理|调度|通报|监测|分析|核查|核实"
    r"|协调解决|培训|走访|对接|衔接|沟通联系|推进|征收|拆迁|供地|挂牌|验收|审批|评审|公示|宣传|巡查|执法|约谈|考核|补助|发放|引进|招引|盘活|化解|修缮|建设|改造|实施|收集|汇总|提交|提请|研究|明确|细化|分解|报[区县市]|提供|安排|兑付|走访|评估|征地|配合做好|公布|受理|回访|督促"
)
_REPORT = re.compile(
    r"^(?:\S{0,8})?(?:今年以来|截至|截止|目前|1-\d+月|前\S季度|上半年|去年|近年来|刚才|会前|过去|三年来|自去年)[^。]*(?:已|完成|同比|实现|累计|达到?|增长|下降|位居|排名|取得|通报了|汇报了|正在|了|先后|基本)"
    r"|同比(?:增长|下降|减少)|全[市省区](?:倒数|排名)?第|取得了|通报了|汇报了|作了|听取了|已(?:经)?(?:完成|开工|建成|印发|出台|拨付|签约|启动|走访|解决|达)(?!的)|值得|尚未|累计|讲得|圆满完成|不一致|通报批评$"
    r"|占比|较上月|依法独立|参加会议|(?:主持召开|传达学习)"
)
_FUTURE = re.compile(r"(?<![主重需必])要|须|应(?![急])|务必|确保|[内前底]完成(?!了)|之前|责成|请|限")
_SERVICE = re.compile(
    r"(?:个?工作日|小时|分钟|当日|即时)(?:之?内)?(?:办结|完成(?:审批|审核|登记|备案|发票|公章|刻制)|出具|予以答复|受理)"
)


def is_report(words: str) -> bool:
    """Progress made, past results, statistics."""
    return bool(_REPORT.search(words)) and not _FUTURE.search(words)


def is_service(words: str) -> bool:
    """A standing service limit: `1个工作日内办结登记`."""
    return bool(_SERVICE.search(words)) and not re.search(
        r"(?<![主重需必])要|须|应(?![急])|务必|责成|请|由|负责", words
    )


def is_exhortation(words: str, who: Roles) -> bool:
    """No action of its own: every part is a set phrase; of a group (各部门), nothing that can be checked."""
    body = re.sub(r"^[^要须应]{0,40}?(?<![主重需必])(?:要|须|应)(?!急)", "", words) if who.lead else words
    parts = [p for p in re.split(r"[,、。;]", body) if len(p) > 1]
    group = all(_GROUP.search(name) for name in who.lead)
    concrete = [
        p for p in parts if not _PHRASES.search(p) and (_ACTIONS.search(p) or (not group and len(p) > 3))
    ]
    return not concrete


_GROUP = re.compile(r"^(?:各|有关|相关|全|广大|区直|县直|镇街|干部|[^局办委院司会]*干部)")
