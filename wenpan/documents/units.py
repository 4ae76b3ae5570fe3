"""Units in official Chinese: finding the names of departments, towns and groups in a passage.

Pure. A gazetteer (the place's own units with aliases) is used first; beyond it, a name is
recognised by its ending (局, 办, 中心, 镇, 街道 …) or as a group (各镇街, 各有关部门). Names are returned as
written; `resolve` maps them to codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from wenpan.documents.roster import Roster

_HAN = r"[\u4e00-\u9fff*·○]"
# What ends a name. The look-arounds keep ordinary words out: 布局, 督办, 农村, 中心城区, 镇域 …
_ENDING = (
    r"(?:街道办事处|街道办|街道(?!办)|街办|办事处|管理处|服务处|办公室(?!主任)|(?:督查|政研|史志|机要|督考|信息|研究)室|人民政府|政府(?!常务|全体会|专题会|重[大要点]|办|采购|投资|性|债|工作)"
    r"|(?:管理)?委员会|管委会|居委会|村委会|工委|监委|党委|党组|委(?![托派员屈任内外书常副])(?!(?<=[管居村]委)会)"
    r"|(?<![大全布格开结当时僵破变])局(?![面势部长])|(?<![主承协督交举催申停创包联待代新])办(?![理法事公好结案学实成证])"
    r"|(?:组织|宣传|统战|武装|项目|指挥|工作|人武|事业)部|指挥部|(?:法|检察|医|规划|设计|研究|学|卫生|科学|福利|农科)院"
    r"|(?:派出|监管|司法|财政|研究|交易|事务|管理|供电|税务|执法|应急|水利|国土|林业|交管|房管|城管)所|(?:粮|水|油)库|(?:水|电|热电|热力|污水处理|净水)厂|(?:服务|工作|水利|畜牧|兽医|环卫|消防|供水|农技|文化|卫生|防疫|监测|收费)站|(?:大|支|中|总|执法|工作|救援|消防)队"
    r"|(?<=[\u4e00-\u9fff]{2})中心(?![城任镇村区下组地]|工作)|(?:工作|领导|督查|检查|推进|专责|协调)小?组|专班|(?:分|子)?公司|集团|银行|支行|分行|农商行|联社|合作社|供销社|(?:监督|检测|检验|推广|保障|管理)站|企业(?![家的]|(?:服务|发展|管理|改制|活动|工作)+(?:办公室|办|专班|中心|局))"
    r"|(?:产业|工业|科技|物流|创业|农业)园区?|园区|(?:经开|高新|开发|保税|示范|度假|功能|试验|合作|新|景|经济|风景)区(?![域间块长委级])|新城"
    r"|(?:行业|联合|红十字|商|协|学|总工|工|基金|理事)会|工商联|妇联|残联|科协|文联|侨联|社科联|团(?:[区县市])?委|党校|学校|大学|中学|小学|海关|电视台"
    r"|(?<![村城建])镇(?:街|村)?(?![域区长街村乡])|镇街|街镇|(?<![城农])乡(?![镇村贤愁亲土情])|(?<![农乡城全各两每逐驻])村(?![民庄级容集干镇])|社区(?![服卫])|单位|部门|机构|平台公司|城投(?!公司|集团)|公安|厅|[区县](?=政府)"
    r")"
)
_CHAIN = (
    r"(?:[、]?[区县市]?政府(?:督[\u4e00-\u9fff]{1,4}(?:室|办)|办公室|办)?|督[\u4e00-\u9fff]{1,4}(?:室|办|局)|[交巡特警治安经侦刑消防救援稽查执法监察综合路政]{0,6}(?:大队|支队|中队|总队)|人民政府|政府办公室|政府办|政府|党委|党工委|办公室|办事处|管委会|分公司|派出所|督查室|督查办"
    r"|监委|居委会|村委会|(?:卫生)?服务中心|所属单位|下属单位|各科室|(?:高新|经开|城区)?分局"
    r"|(?:组织|宣传|统战|政法|编|机构编制|改革|巡察|社会工作|网信|农村工作|农|国安|老干部|督查|保密|机要|史志|党史|依法治区|财经|外事|台|直属机关|文明|军民融合|平安)[\u4e00-\u9fff]{0,6}?(?:部|委|办公室|办|局|室|委员会|工委|领导小组办公室|领导小组))"
)
# Words that tell that we have left a name and are in a sentence.
_NOT_IN_NAME = (
    r"推进|推动|建成|投用|交付|竣工|前(?=[建完开投实启形达])|责令|责成|实现|达到|力争|加快|加强|完善|督促|指导|支持|配合|落实|开展|做好|抓好|围绕|依托|通过|对照|按照|根据|涉及|关于|协调|全力|积极|进一步|建立|强化|健全|提升|优化|实施|深入"
    r"|坚持|充分|发挥|完成|启动|形成|确保|报送(?!单位)|新增|新建|新认定|帮助|鼓励|引导|扶持|走访|邀请|聘请|组建|选派|抽调|带领|动员|发动|成立|组成|以及|打造|会同|共同|协同|负责|牵头|加大|协助|促进(?!局|中心|会|处|办|服务)|制定|印发|召开|参加|听取|研究(?![院所室])|组织(?![部])|要|须|应(?!急)|由|把|将|向|在|于|对|从|按|给|让|使|是|为|以|的|了|等|并|且|或|其|这|那|此|报(?!社|送单位)|每(?=[个家位名])|交(?![通警投运巡易管])|请|全(?=[区县市省镇])|会议|受到|经(?![济开贸信发投商科管促])|转(?!化|型)|与|及|被|各|和(?!改革|信息|改|城乡|规划|旅|社会|计划|体育|科技|草原|湖泊|湖|林业|商务|新闻|民族|宗教|财政|卫生|数据|技术|交通|水)"
)
_FIRST = r"(?![的了是在把将对从于和与及要由向让给我你他她它])"
_WHOLE = (
    r"(?!(?:用人|生产经营|申请|经营)单位)(?:被(?:检查|督查|监管|审计|约谈|评价|考核)单位|(?:挂钩|挂联|包联|包保|属地|行业|项目|具体|主要)?(?:牵头|责任|主管|承办|配合|主办|成员|建设|施工|产权|监理|业主|参建|用人|推荐|申报|主责|协办|分办|服务保障)(?:\([\u4e00-\u9fff]{2,4}\))?(?:单位|部门)|督[查考]办|党政办|综治办|河长办|(?:派出|监管|司法|财政|供电|税务|应急|水利|国土|林业|交管|房管|城管)所|(?:督查|政研|史志|机要|督考)室|(?:行业)?主管部门|(?:原|重点)?(?:项目|工程)业主(?:单位)?|项目法人"
    r"|[你贵](?:单位|局|办|镇|委|中心|街道|公司|区|县)|原责任单位|规划院|设计院|研究院|宣传部|组织部|统战部|武装部|高新区|经开区|开发区|保税区|示范区|度假区|园区|镇街|派出所|指挥部|专班|项目部|政府办|纪委监委|居委会|村委会|管委会)"
)
_NOT_AFTER = r"(?![局室]|办(?![理事好结公])|委(?![托派])|处(?![理置])|(?:党组|党委)?(?:副?书记|局长|主任|镇长|部长|院长|校长)|副?[区县市]长|(?:组织|宣传|统战|政法|编|改革)(?:部|委|办))"
_NAME = rf"(?:(?:{_FIRST}(?!{_NOT_IN_NAME}){_HAN}(?:(?!{_NOT_IN_NAME}){_HAN}){{0,13}}?{_ENDING}|{_WHOLE})(?:{_CHAIN})?|(?:法院|检察院|公安|税务|消防|气象|单位|党校|工会|妇联|中储粮|供销社|移动|联通|电信|铁塔|邮政)(?=要|须|应|负责|牵头|、))"
_GROUP = (
    r"(?:[区县市州旗](?:政府|委|级|直)|(?:管委会|街道|镇|乡)(?=各))?"
    rf"(?:各(?![项类种个位自方行界])(?:(?!{_NOT_IN_NAME})[\u4e00-\u9fff]){{3,14}}?(?=主管部门|报送单位)|"
    r"各地区?、|各(?![项类种个位自方行界])[\u4e00-\u9fff]{1,4}?(?=单位|部门|专班|机构|考点|银行|医院|商场|景区|协会|商会|公司|集团|学校|院校|指挥部|派出所|[大中支]队|企业)|各级|各|有关|相关|全区|全县|全市|区直|县直|市直|区级|区属|其他|其它|驻区|驻县|承担[^,。;]{1,10}?的)"
    r"(?:各|有关|相关|成员|责任|牵头|配合|承办|主管|职能|行业|指标|区直|县直|区级|县级|市级|直属|单位|经济|党|政|分管|区|县|市|涉农|参建|主要|基层|业主|建设|施工|监理|产权|经营|用人|\((?:配合|街道|成员)\)|包抓|帮扶|重点|项目|工作|报送)*"
    r"(?:[区县市州旗乡镇]\((?!含)[\u4e00-\u9fff、]{1,9}\)[区县市乡镇]?|镇\(街道?(?:、开发区)?\)|乡?镇办(?![理法事公])|乡镇场|镇场|苏木(?:乡)?镇|苏木|旗县市?区?|团镇|团场|县市(?!区)|市县区?|乡镇场街道办事处|乡镇街|部门单位|镇街道?|街镇|乡镇街道|乡镇\((?:街道|街|场|办)\)|(?:乡镇|镇|乡|街道)党委、?政府|乡镇(?:人民)?政府|乡镇|乡\(镇\)|街道(?:办事处)?|(?:镇|乡|街道|乡镇)?(?:党委|党工委)|镇(?![长党])|乡(?![镇长])|县\(市、?区\)|县市区|县区|区县|区(?![直级属域])|县(?![直级域])|村\(社区\)|村(?:委会)?|社区(?:居委会)?|园区|开发区|部门|单位|专班|工作组|工委管委领导|企业|机构|指挥部|学校|责任人|分公司|行业协会|科技局|银行|医院|商场|景区|协会|商会|公司|集团|院校|高校|派出所|[大中支]队|考点|站点|网点|科室)"
    r"(?:(?!要|应|须|负责|牵头)[\u4e00-\u9fff]{2,5}局|人民政府|政府)?(?:主要负责人|主要负责同志|领导)?(?:(?:[、,和](?:各)?|各)(?:有关|相关)?(?:镇|街道|乡镇|园区|部门单位|部门|单位)(?![长])(?:街道)?)*"
)
_SECTOR = (
    r"(?:公安|城管|住建|发改|工信|经信|商务|财政|税务|交通|水利|水务|农业农村|农业|市场监管|生态环境|环保|自然资源|国土|教育|卫健|卫生"
    r"|民政|人社|文旅|应急|消防|统计|审计|司法|信访|宣传|气象|电力|通信|供电|供水|燃气|林业|金融|科技|执法|行政审批|医保)"
)
_SECTORS = rf"(?:{_SECTOR}(?:、{_SECTOR})+(?=要(?![求素])|须|务必|负责|牵头)|(?:[\u4e00-\u9fff]{{2,4}}、)+[\u4e00-\u9fff]{{2,4}}[两三四五六]家?(?:局|部门|单位|镇|街道)|(?![^、,]{{0,6}}[与跟向])(?!积极|主动|加强|密切|组织|推动|引导|支持|督促|鼓励|协调|指导|帮助|要求|请|由|对|向)(?:[\u4e00-\u9fff]{{2,6}}、)+[\u4e00-\u9fff]{{2,6}}?等?(?:有关|相关|各)?(?:部门|单位|企业|公司))"
PERSON = r"(?![经报对向为给受据成])(?:(?:各|请)?[\u4e00-\u9fff]{0,8}?(?:副?[区县市镇]长|副?主任|副?书记|副?局长|部长|常委|同志(?!们)|领导|秘书长|校长|(?:包[村片组联]|驻村|网格|联系|帮扶)(?:干部|人员?)))"

# `华东服装城负责活动的策划`: no ending tells that it is a unit, but who is responsible stands first.
UNKNOWN_SUBJECT = re.compile(
    rf"(?!谁|该|此|专人|专项|分工|共同|具体|分别|主要|全面|直接|统一|一并)((?:(?!{_NOT_IN_NAME}|谁|专|职责|分工|同志)[\u4e00-\u9fff]){{3,12}})(?=负责(?!的|人|任|制|同志|到底|[,。]|$))"
)
_TOGETHER = re.compile(r"(?<=[党工]委)[和、](?=人民政府|政府|管委会|办事处)")
_SEPARATORS = re.compile(r"[、,，;；/\s]+")
_AND = re.compile(rf"(?<=[局委办部院镇乡室所站会队司组区县村园道心位门团府〉])(?:以及|和|及|与)(?={_HAN}|〈)")


@dataclass(frozen=True)
class Gazetteer:
    """The place's units: every name and alias with its code; groups are expanded by `members`."""

    names: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roster: Roster | None = None  # the units with kinds and dates: groups and mergers are understood

    @classmethod
    def of(cls, units: Roster) -> Gazetteer:
        return cls(units.names(), {}, units)

    def pattern(self) -> str:
        known = sorted(self.names, key=len, reverse=True)
        return "|".join([*(re.escape(name) for name in known), _GROUP, _NAME])

    def listed(self) -> str:
        """A list of units and persons as one stretch, brackets behind a name included."""
        one = rf"(?:(?:{self.pattern()}){_NOT_AFTER}|{PERSON}(?![\u4e00-\u9fff]?局))(?:\([^()]*\))?"
        return rf"(?:{one}(?:(?:[、/]|以及|[和及与]){one})*(?:等(?:有关|相关)?(?:部门|单位)?)?|{_SECTORS})"

    def resolve(self, name: str) -> tuple[str, ...]:
        """Codes of a unit or group as written; empty when the place does not know it."""
        if name in self.members:
            return self.members[name]
        if self.roster is not None:
            return self.roster.meaning(name).codes
        for candidate in (name, name.lstrip("区县市")):
            if candidate in self.names:
                return (self.names[candidate],)
        return ()

    def questions(self, name: str) -> tuple[str, ...]:
        """What must be asked about a name before it is told: unknown, merged away, a vague group."""
        return self.roster.meaning(name).questions if self.roster is not None else ()


def split_names(text: str) -> list[str]:
    """`区发改局、财政局和各镇(街道)` as three names; brackets and their content stay together.

    和 inside a name (`发展和改革局`) does not split; `农业农村、公安等部门` stays whole.
    """
    if re.fullmatch(_SECTORS, text) and not re.search(r"[局委办院镇乡室所队会](?:、|和)", text):
        return [text]
    kept = re.sub(r"[(（]([^)）]*)[)）]", lambda m: f"〈{m[1].replace('、', '＼')}〉", text)
    kept = _TOGETHER.sub("＆", kept)  # 各县党委和人民政府 are told as one
    joint = "和" if "委和" in text else "、"
    parts = (part.strip(" :：。.") for part in _SEPARATORS.split(_AND.sub("、", kept)))
    return [
        p.replace("＆", joint).replace("〈", "(").replace("〉", ")").replace("＼", "、") for p in parts if p
    ]


def is_person(name: str) -> bool:
    return bool(re.fullmatch(PERSON, name))


def unit_of(name: str) -> str:
    """`文旅局局长` stands for its unit; any other name stays."""
    m = re.fullmatch(
        r"(?!各)(.{2,12}?(?:局|办|中心|管委会|镇|街道))(?:党组|党委)?(?:局长|主任|镇长|书记)", name
    )
    return m[1] if m else name
