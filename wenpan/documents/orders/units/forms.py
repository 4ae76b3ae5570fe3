"""Forms: the words by which official Chinese tells somebody to do something, each with an example.

Pure. A form is found with `search`; in its example 【】 marks what it finds. A test reads every example. Rows of
one group are alternatives of one question: is what follows a name no order to it (`NOT_A_SUBJECT`), does a
sentence go on telling the unit before it (`GOES_ON`) …
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class ClauseForm(NamedTuple):
    name: str
    example: str
    words: str  # a regular expression over half-width text


def any_of(forms: Iterable[ClauseForm]) -> re.Pattern[str]:
    return re.compile("|".join(form.words for form in forms))


WHEN = r"(?:自|从|于|在)?[\d一二三四五六七八九十两年月日号底末初上中下旬本当周星期季度今明天起前内后即会个工作半每]{2,16}(?:之前|以前|之内|以内)?"

# what may stand before the actor
BEFORE = (
    ClauseForm("a leader notes", "【区领导批示:】", r"[区县市]领导(?:批示|指出|强调):?"),
    ClauseForm(
        "somebody says", "【王磊指出】各单位", r"[^,要须应由请指强]{2,20}(?:指出|强调)(?=各|有关|相关)"
    ),
    ClauseForm(
        "the meeting decides",
        "【会议决定】由",
        r"(?:会议|区长|县长|书记)?(?:还|同时|研究)?(?:决定|要求|明确|议定|强调|确定|同意|指定)",
    ),
    ClauseForm("agreed", "【原则同意】由", r"原则同意|同意"),
    ClauseForm("besides", "【此外】由", r"同时|此外|另外|对此|其中"),
    ClauseForm(
        "the matter",
        "【幼儿园办证的事】由",
        r"[^,要须应由请]{2,14}(?:的事|这件事|一事|这块|这项工作|这个问题)",
    ),
    ClauseForm("from now on", "【下一步】由", r"下一步|今后|具体|均|统一|并|还|也|再|特别是|尤其是|必要时"),
    ClauseForm("the rest", "【其余事项】由", r"以上工作|其余事项|其他事项"),
    ClauseForm("when", "【12月底前】由", WHEN),
)
# what follows a name that is not told anything
NOT_A_SUBJECT = (
    ClauseForm("says or issues", "【日前印发通知】", r"^(?:日前|近日|均|还|同时)?(?:指出|强调|要求|认为|表示|下发|下达|发出|印发通知)"),
    ClauseForm("its head says", "【副书记、副局长王磊强调】纪律", r"^(?!.{0,12}[要须应])[^,]{0,14}(?:书记|局长|主任|镇长|[区县市]长|成员|委员|组长)[^,要须应]{0,8}(?:强调|指出|表示|要求)"),
    ClauseForm("a person says", "【王磊表示】纪律", r"^[\u4e00-\u9fff]{2,3}(?:强调|指出|表示)(?!对|将|会)"),
    ClauseForm("people of it", "【群众】反映", r"^(?:居民|群众|市民|村民|(?:党总支|党支部|支部|党委)?(?:书记|主任)为)"),
    ClauseForm("after its check", "【审核后】印发", r"^(?:审查|审核|审定|会审|把关|审批|备案|核准|批准|研究)[^,]{0,4}后"),
    ClauseForm("after it", "【后】", r"^后$"),
    ClauseForm("attribute", "【的】请示", r"^(?:的|之|为|、)"),
    ClauseForm("its head asked", "【领导要求】抽查的事项", r"^(?:主要)?领导(?:要求|批示|交办|指示|强调)"),
    ClauseForm("among them", "【中】", r"^中$"),
    ClauseForm("reports", "【汇报】了进展", r"^(?:反映|汇报|通报了|作了)"),
    ClauseForm("takes part", "【负责人参加】会议", r"^(?:主要负责同志参加|参加(?!$)|负责人参加|一道)"),
    ClauseForm("its paper", "【提交的】方案", r"^(?:提交的|关于|对[^,]{0,16}的(?:汇报|意见|建议|请示))"),
    ClauseForm("statistics", "【增速】6.5%", r"^(?:设在|增速|位居|排名|长)"),
    ClauseForm("what is to be done as a noun", "【要抓好的重点】", r"^[要应][^,。]{1,8}的(?:基本|重点|主要|工作|事|任务)"),
    ClauseForm("trouble", "【多次】催要", r"^(?!对|针对)[^,要须应]{0,6}(?:存在|出现|发生|近期|多次|尚未|迟迟)"),
    ClauseForm("a thing of its name", "【项目】二期", r"^(?:项目|工程|标房|(?:标准化)?厂房|[一二三]期|问题)"),
    ClauseForm("is", "【是】责任主体", r"^[^,要须应]{0,20}(?<!不|特)是(?!否)"),
    ClauseForm("has carried out", "【认真贯彻落实】了", r"^认真贯彻落实"),
    ClauseForm("attribute before 的", "【申报的】项目", r"^(?!要|应|须|对|把|将|在|于|按|务必|结合|根据|围绕|针对|参照|抓紧|立即|尽快|督促|组织|加快|做好|配合|会同)[^,要对把将]{0,6}?的(?!放矢)"),
)  # fmt: skip
OF_THEIRS = ClauseForm(
    "a paper of theirs",
    "【的实施方案】务于2月3日前报送",
    r"的?[^,的要须应]{0,14}(?:方案|情况|报告|清单|材料|台账|名单|总结|计划|意见)(?=(?:要|须|应|请|务必)?[务须]?[于在]\S{2,16}前)",
)
UNKNOWN_TOO = ClauseForm(
    "a name that nobody knows too",
    "【、华东服装城】共同组织",
    r"(?:、[\u4e00-\u9fff]{2,12}?)+(?=共同|分别|联合|负责|牵头|组织|承办|实施|配合)",
)
IN_HAND = ClauseForm(
    "what it has in hand",
    "【手里的7宗地】",
    r"(?![^,]*(?:没有|尚|未|滞后|缓慢|不力|停工))(?:手里|手上|名下|承担|负责|包抓)的[^,]{1,16}$",
)
GATHERED = ClauseForm(
    "what it gathered",
    "【收集的企业困难问题】",
    r"(?:收集|汇总|梳理|征集|受理|排查|发现)(?:到)?的[^,]{2,30}(?:问题|诉求|事项|意见|线索|情况|建议)$",
)
NAMED_HEAD = ClauseForm(
    "named the lead", "【为牵头部门】", r"(?:作为|为|是)(?:牵头|责任|主责|主办|承办)(?:单位|部门|主体)"
)
MATTER_ONLY = ClauseForm(
    "only a matter",
    "【征地拆迁问题】",
    r"(?!按|根据|结合|对照|围绕|针对|就)[^,的要须应]{2,24}(?:情况|事项|问题)",
)
THEN = ClauseForm(
    "what follows an agreement",
    "【修改完善】后",
    r"会后|修改完善|按程序|按规定程序|报[^,。]{2,16}[审研批]|提交[^,。]{2,16}[审研]|印发",
)
COOP_AFTER = ClauseForm(
    "cooperates",
    "【密切配合】做好",
    r"^(?:等)?(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:积极|密切|全力|予以|共同|协同|要|做好|负责)*(?:配合|协办|协助|参与|协同|参加|(?:具体|业务|技术)?指导$)",
)
HEAD_AFTER = ClauseForm(
    "takes the lead",
    "【具体牵头】,",
    r"^(?:主要负责人|负责人|负责同志)?(?:具体|要|须|应)?(?:牵头|抓总|主办|负总责|包案|带队|带头|协调|统筹)",
)
DUTY_AFTER = ClauseForm(
    "carries it out",
    "【共同负责】",
    r"^(?:按(?:照)?职责分工|分工|共同|分别|具体)?(?:负责|承办|组织)(?=$|落实$|组织实施$|实施$)",
)
JOINED = ClauseForm(
    "together with",
    "要【会同县财政局】",
    r"(?:会同|(?<=[局委办部院镇乡心道府])商(?=[区县市旗州])|联合(?!会审|审|办公|调度|督查|督导|验收|举办|惩戒|整治|行动|下发|工作组|排查|巡|出台|开展|印发|执法|制定|检查|到|发文|组织)|(?<=要)与|(?<=要)同|协同)(?P<names>.+)$",
)
HELPS_WITH = ClauseForm(
    "helps with something",
    "【要积极配合土地丈量】",
    r"(?:要|须|应|务必)[^,]{0,6}(?:配合|协助|参与)(?!协作|意识)[^,]{4,}",
)
LISTED_ON = ClauseForm(
    "a list goes on",
    "【二是】补齐设备",
    r"^.?(?:[二三四五六七八九十]是|[二三四五六七八九十]要|其次,|再次,|最后,)",
)
LIST_BEGINS = ClauseForm("a list begins", "【一是】核对床位", r"^(?:要|须|应)?(?:重点)?(?:一是|一要|首先,)")
# 由王某牵头,甲、乙负责: the leader heads, the units that carry out lead together
LEADER_HEADS = ClauseForm(
    "a leader heads",
    "【由王磊同志牵头,】甲、乙负责",
    r"由(?:(?![局委办部院镇乡室所心会])[\u4e00-\u9fff]){2,4}(?:同志)?(?:牵头|总牵头|负总责),",
)
WITH = ClauseForm("with another", "【签订】合同", r"(?:进行)?(?:签订|签约|对接|沟通|协商|联系|洽谈)")
BY_RHYTHM = ClauseForm("by a day or rhythm", "12月【底前】", r"^每|[日月底内一二三四五六天末班]之?前")
# what happened before is not the matter
GONE = (
    ClauseForm("was done", "镇里【进行了】分解", r"(?:进行|开展|成立|召开|听取|通报|取得|形成|分解|建立|组织|签订|汇报)了"),
    ClauseForm("was signed", "【签订《】协议》", r"签订《"),
    ClauseForm("recently", "【近日,县双代办下达】计划", r"^(?:近日|日前|昨日|今日|连日来),[^。]*?(?:下达|印发|召开|发布|下发|出台)"),
    ClauseForm("is done already", "方案【已经市规划部门批准】", r"已(?:经)?[^,。;要须]{0,12}(?:批准|同意|批复|建成|印发|下达|通过|开工|到位|拨付|出台)(?!的|后)"),
    ClauseForm("on a day", "1【9日县里将建成投用,】", r"\d日[^,]{0,6}(?:要|将)[^,]*,$"),
)  # fmt: skip
# 要… after any end of a sentence; after a semicolon also a day (`;7月底前,提交…`)
GOES_ON = (
    ClauseForm("要", "【。要】加强", r"^[^要须一二三四五六七八九十](?:并|还|同时)?(?:要|须|务必)"),
    ClauseForm("a day after a semicolon", "【;7月底前,】提交", rf"^;(?:在|于)?{WHEN}[,完提报]"),
    ClauseForm("so that it must", "【。方案务于】月底前报送", r"^.(?:从|自)?[^,。;要须应务]{0,14},?(?:务|务必|须|要|应)于"),
    ClauseForm("so that", "【;确保】巡查到位", r"^;(?:确保|保证|做到)"),
    ClauseForm("who fails must", "【;逾期不报的,要】说明", r"^;[^,。;]{2,16}的,(?:要|须|应)"),
    ClauseForm("besides", "【。同时,尽快】摸清", r"^[^;](?:同时|此外|另外|并且),?(?!也|还|已)(?:要|须|应|务必|尽快|抓紧|立即|及时|进一步|加快|加强|做好|组织|严格|积极|认真|全面)"),
    ClauseForm("whose fault", "【。对进度滞后的要】通报", r"^[^;](?:对|针对)[^,。;]{4,40}的,?(?:要|须|应)"),
    ClauseForm("in case", "【。如发现不属于本单位的,要】说明", r"^.(?:如果?|若|凡|一旦|发现|遇)[^,。;]{3,40},(?:要|须|应|务必)"),
    ClauseForm("reports in a rhythm", "【。每季度报送】一次进展", r"^.(?:[^,。;要须应]{2,14}(?:中|期间),)?每(?:个)?(?:月|季度|半年|周|年|日|旬)[^,。;]{0,6}(?:报送|上报|报告|填报|反馈)"),
    ClauseForm("does it from time to time", "【。定期对】满意度进行抽查", r"^.(?:(?:根据|按照)[^,。;]{2,14}?,?(?:进行)?)?定期(?:对|组织|开展|召开|调度|通报|研究|分析|督)"),
    ClauseForm("does it at no fixed time", "【;不定期编发】信息", r"^;不定期(?:编发|印发|开展|组织|召开|对|进行|抽查|通报)"),
    ClauseForm("is in charge of more", "【。负责】编发简报", r"^.负责(?!人|同志)"),
    ClauseForm("reports it by a day", "【。每月5日前,将情况报】区政府办", rf"^.(?:(?:根据|按照)[^。;,]{{2,24}},?)?(?:在|于)?{WHEN},?(?:将|把)[^。]*报"),
)  # fmt: skip

GROUPS = (BEFORE, NOT_A_SUBJECT, GONE, GOES_ON)
SINGLE = (
    OF_THEIRS,
    UNKNOWN_TOO,
    IN_HAND,
    GATHERED,
    NAMED_HEAD,
    MATTER_ONLY,
    THEN,
    COOP_AFTER,
    HEAD_AFTER,
    DUTY_AFTER,
    JOINED,
    HELPS_WITH,
    LISTED_ON,
    LIST_BEGINS,
    LEADER_HEADS,
    WITH,
    BY_RHYTHM,
)
