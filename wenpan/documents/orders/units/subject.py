"""Who stands at the head of a clause: a noun phrase that runs to its last organ ending.

Pure. Works on text of one width. A subject is what stands before the predicate (要, 须, a verb, a day); it is
a list of names when its members are names by grammar: a name never begins with a verb and ends with what an
organ ends with (局, 处, 专班, 项目部 …). One member that no ending gives away stays in its list.
"""

from __future__ import annotations

import re
from functools import lru_cache

from wenpan.documents.orders.units.verbs import NOT_AT_THE_HEAD as _VERBS

_MAY_BEGIN = frozenset(
    [
        "自治",
        "相关",
        "有关",
        "所属",
        "下属",
        "下辖",
        "隶属",
        "归口",
        "涉及",
        "受检",
        "获奖",
        "包村",
        "驻村",
        "落后",
        "相应",
        "相邻",
        "其余",
        "其他",
        "各级",
        "全体",
        "所有",
        "另有",
        "应征",
        "报名",
    ]
)
NOT_AT_THE_HEAD = _VERBS - _MAY_BEGIN  # words with which no name begins
_HEAD = frozenset(
    "谁何待促抓让使令帮靠凭把将对向于在从以为被由请要应须并且或若如但而则就才也都还又再更很最不未无没非已正曾每报"
)
_NOT_THESE = re.compile(
    r"送(?=[同上各区县市])|加盖|盖章|务求|力求|力争|确保|做到|联合(?!会|社|国|党|执法|工作|惩戒|督[查导]|检查|调查|指挥|整治|专班|办|行动|调解|巡查|体|总)|事关|关乎|会议|抄送|抄报|转交|转报|报送(?!单位)|上报|交(?![通警投运巡管易发委流])|转(?![运业])|配合(?!单位|部门|责任)|协调(?!办|组|机构|小组|室|联络)|督导(?!组|室|办|委|单位)|(?:指导|帮助|联系|协助)(?!组|单位|办|员|部门)|本人|大家|我们|同志|全县(?!各)|全区(?!各)|全市(?!各)|我[县区市]"
)
# 统筹办, 招商局, 创建专班: an office that is called by what it does
_BY_ITS_TASK = re.compile(
    r"(?!督促|责成|报送|报告|联系|通知|请示|交由|提请|上报|抄送|申请|设立|成立|撤销)[\u4e00-\u9fff]{2}(?:办|局|专班|办公室|指挥部)(?=$|[、和及与])"
)
_ORGAN = re.compile(
    r"(?:局|厅|委|处|室|科|股|办|站|所|队|院|校|厂|社|司|班|组|联|协|集团|中心|公司|银行|支行|分行|街道|园区|新区|新城|开发区|高新区|经开区"
    r"|指挥部|项目部|工程部|管理部|组织部|宣传部|统战部|事业部|武装部|工委|政府|委员会|管委会|协会|商会|学会|工会|联合会|基金会|居委会|村委会"
    r"|产业园|工业园|科技园|物流园|创业园|园|单位|部门|机构|镇|乡|社区)$"
)
_NO_ORGAN = re.compile(
    r"(?:常委|党组|布局|全局|大局|格局|结局|当局|开局|破局|僵局|时局|战局|场所|厕所|处所|住所|寓所|公园|乐园|家园|校园|花园|庄园|幼儿园的|田园|教室|居室|浴室|公办|民办|主办|承办|协办|督办|举办|创办|合办|兴办|经办|交办|开办|代办|补办|申办|快办|速办|通办|领办|分办|会办|催办|停办|查办|报办|专科|内科|外科"
    r"|上班|下班|值班|加班|轮班|小组|机组|分组|换届委|用处|好处|坏处|深处|何处|到处|各处|益处|独立董|城镇|乡镇村|城乡|下乡|返乡|家乡|故乡|全镇|全乡|一体化单位|乡村|车站|网站|驿站|水站|充电站|法院的|庭院|民宿|上司)$"
)
_FUNCTION = re.compile(
    r"[的了是在把将使让给以为而且或其这那此个等要须与跟我]|会[前后]|以及|会同|通过|关于|对于|按照|根据|已经|进一步|指出|强调|表示|认为"
)
_MODAL = re.compile(
    r"(?<![主重需必简纪概扼])要(?![求素件点闻么害领务])|须|务必|必须|(?<![响对相反供适回效感顺呼])应(?![急用对届收税纳统])|负责(?!人|同志)|牵头|会同|不得|严禁|立即|尽快|抓紧"
    r"|[于在]?\d|[于在]?(?:每[周月季日天年旬]|[本下次][周月]|年底|月底|年内|[一二三四五六七八九十]{1,2}月)|一是|一要|将(?!军)|把|对(?![外口])|按|从(?!业)"
)
_PARTS = re.compile(r"、|以及|(?<=[局委办部院镇乡室所站会队司组区县村园道心位门团府处班校)])(?:和|及|与)")


def is_name(words: str) -> bool:
    """Is a stretch one name by grammar: an organ ending, no verb at its head, no word of a sentence inside?"""
    bare = re.sub(r"\([^()]*\)$", "", words)
    return (
        3 <= len(bare) <= 22 and bool(_ORGAN.search(bare)) and not _NO_ORGAN.search(bare) and is_nominal(bare)
    )


def is_nominal(words: str) -> bool:
    """Han without a verb at the head (also behind 县, 各) and without words of a sentence."""
    return (
        bool(re.fullmatch(r"[\u4e00-\u9fff()*·]+", words))
        and not begins_with_a_verb(words)
        and not _FUNCTION.search(words)
    )


# 统一提交, 专门负责: how something is done stands before the verb
_HOW = re.compile(
    r"(?:统一|专门|分别|及时|共同|逐一|逐项|集中|一并|直接|同步|定期|主动|具体|认真|严格|全面|全力|按时|如实|扎实|联合|一同|同时|随时|切实)(?=[\u4e00-\u9fff]{2})"
)


def begins_with_a_verb(words: str) -> bool:
    """`摸清企业`, `督促各镇`, `待领导小组`: no name begins so. Towns named by such a word stay names."""
    if re.fullmatch(r".{2,3}(?:镇|乡|街道|街|村|社区)", words) and words[2:3] not in "各有相":
        return False
    if words.startswith("被") and words.endswith(("单位", "部门", "企业")):
        return False
    if words[:1] not in _HEAD and _BY_ITS_TASK.match(words):
        return False
    if _NOT_THESE.match(words):
        return True
    if (how := _HOW.match(words)) and words[how.end() :][:2] in NOT_AT_THE_HEAD:
        return True
    return words[:2] in NOT_AT_THE_HEAD or (
        words[:1] in _HEAD and words[:2] not in ("应急", "无线", "非公", "非遗")
    )


@lru_cache(maxsize=4096)
def listed_at_head(words: str) -> str:
    """The list of names that stands before the first predicate that can follow one; "" when none does."""
    for at in _predicates(words):
        if at > 90:
            break
        if _is_list(words[:at]):
            return words[:at]
    return ""


def _predicates(words: str) -> list[int]:
    """Where a predicate may begin: modal words, days, verbs; the end."""
    found = {m.start() for m in _MODAL.finditer(words)}
    found |= {i for i in range(2, len(words) - 1) if words[i : i + 2] in NOT_AT_THE_HEAD}
    return sorted(i for i in found if i >= 3)


def _is_list(stretch: str) -> bool:
    parts = [p for p in _PARTS.split(stretch) if p]
    named = [is_name(p) for p in parts]
    if len(parts) == 1:
        return named[0]
    unknown = [p for p, known in zip(parts, named, strict=True) if not known]
    return sum(named) >= len(unknown) and all(_may_be_a_name(p) for p in unknown)


def _may_be_a_name(words: str) -> bool:
    """A member that no ending gives away (`华东服装城`); not a name with more behind it (`区司法局联合`)."""
    return (
        2 <= len(words) <= 12
        and is_nominal(words)
        and not any(is_name(words[:at]) for at in range(3, len(words)))
        and not any(words[i : i + 2] in NOT_AT_THE_HEAD for i in range(len(words) - 1))
    )
