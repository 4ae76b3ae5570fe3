"""Clauses with their actors: where a sentence tells a unit to do something.

Pure. Works on text of one width (`chinese.same_length`). A sentence is read piece by piece between
its commas; a piece that tells a new unit something begins a clause, a cooperating unit
(`乙、丙配合`) does not. Pieces before the first unit belong to it, also when they are many
(`针对…,特别是…,区住建局务必…`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from wenpan.documents.orders.not_orders import ACTIONS
from wenpan.documents.orders.units.gazetteer import (
    UNKNOWN_SUBJECT,
    Gazetteer,
    is_person,
    split_names,
    unit_of,
)
from wenpan.documents.orders.units.responsibility import Roles
from wenpan.documents.words.sentences import Span, pieces, sentences, without_number

MODAL = re.compile(
    r"(?<![需主重必只首紧摘简纪概扼])要(?![求素件点闻么害领务])|须|(?<![响对相反供适回效感顺呼])应(?![急用对届收税纳统])|务必|必须|负责|牵头|会同|力争|确保|不得|严禁|尽快|抓紧|立即"
)
# 确保, 会同, 立即 alone are no order: a newspaper says them too
_ORDERS = re.compile(MODAL.pattern.replace("|会同|力争|确保", "").replace("|尽快|抓紧|立即", ""))
_ORDER_WORDS = re.compile(
    r"要|须|务必|必须|应当?|请[于在]|完成|报送|上报|报|落实|启动|开展|建成|开工|拿出|出台|印发|制定|整改|拨付|确保|通报|督查|组织|推进|召开|办结|提交|形成|编制|实行|实施|建立|付清|清偿"
)
_WHEN = r"(?:自|从|于|在)?[\d一二三四五六七八九十两年月日号底末初上中下旬本当周星期季度今明天起前内后即会个工作半每]{2,16}(?:之前|以前|之内|以内)?"
_BEFORE = (
    r"(?:[区县市]领导(?:批示|指出|强调):?|(?:会议|区长|县长|书记)?(?:还|同时|研究)?(?:决定|要求|明确|议定|强调|确定|同意|指定)|原则同意|同意|同时|此外|另外|对此|其中|[^,要须应由请]{2,14}(?:的事|这件事|一事|这块|这项工作|这个问题)|下一步|今后|具体|均|统一|并|还|也|再|特别是|尤其是|必要时"
    rf"|以上工作|其余事项|其他事项|{_WHEN})"
)
_TOLD = r"(?:由|限(?=[\u4e00-\u9fff]{2,8}(?:局|镇|乡|街道|办|公司|单位|委|中心))|责成|责令|(?<![提申邀聘报])请|要求|督促|交由|转由|批?转(?=[\u4e00-\u9fff]{1,8}(?:局|办|委|室|中心|镇|街道))|安排|指定|同意由|通知|授权)"
_MADE_TO = ("责令", "督促", "通知", "授权")
_NOT_A_SUBJECT = re.compile(
    r"^(?:日前|近日|均|还|同时)?(?:指出|强调|要求|认为|表示|下发|发出|印发通知)|^(?:居民|群众|市民|村民|(?:党总支|党支部|支部|党委)?(?:书记|主任)为)|^(?:审查|审核|审定|会审|把关|审批|备案|核准|批准|研究)[^,]{0,4}后|^(?:的|之|为|、|反映|汇报|通报了|主要负责同志参加|参加(?!$)|负责人参加|提交的|关于|对[^,]{0,16}的(?:汇报|意见|建议|请示)|设在|增速|位居|排名|一道|作了|长|[要应][^,。]{1,8}的(?:基本|重点|主要|工作|事|任务)|(?!对|针对)[^,要须应]{0,6}(?:存在|出现|发生|近期|多次|尚未|迟迟)|项目|工程|标房|(?:标准化)?厂房|[一二三]期|问题|[^,要须应]{0,20}(?<!不|特)是(?!否)|认真贯彻落实)"
    r"|^(?!要|应|须|对|把|将|在|于|按|务必|结合|根据|围绕|针对|参照|抓紧|立即|尽快|督促|组织|加快|做好|配合|会同)[^,要对把将]{0,6}?的(?!放矢)"
)
_OF_THEIRS = re.compile(
    r"的?[^,的要须应]{0,14}(?:方案|情况|报告|清单|材料|台账|名单|总结|计划|意见)(?=(?:要|须|应|请|务必)?[务须]?[于在]\S{2,16}前)"
)
_UNKNOWN_TOO = re.compile(r"(?:、[\u4e00-\u9fff]{2,12}?)+(?=共同|分别|联合|负责|牵头|组织|承办|实施|配合)")
_IN_HAND = re.compile(
    r"(?![^,]*(?:没有|尚|未|滞后|缓慢|不力|停工))(?:手里|手上|名下|承担|负责|包抓)的[^,]{1,16}$"
)
_NAMED_HEAD = re.compile(r"(?:作为|为|是)(?:牵头|责任|主责|主办|承办)(?:单位|部门|主体)")
_MATTER_ONLY = re.compile(r"[^,的要须应]{2,24}(?:情况|事项|问题)")
_AGREED = r"(?:原则)?(?:同意|通过)(?P<names>{listed})(?:关于|提交|提出|上报|起草|汇报)"
_THEN = re.compile(r"会后|修改完善|按程序|按规定程序|报[^,。]{2,16}[审研批]|提交[^,。]{2,16}[审研]|印发")
_COOP_AFTER = re.compile(
    r"^(?:等)?(?:按(?:照)?(?:各自)?职责(?:分工)?)?(?:积极|密切|全力|予以|共同|协同|要|做好|负责)*(?:配合|协办|协助|参与|协同|参加|(?:具体|业务|技术)?指导$)"
)
_HEAD_AFTER = re.compile(
    r"^(?:主要负责人|负责人|负责同志)?(?:具体|要|须|应)?(?:牵头|抓总|主办|负总责|包案|带队|带头|协调|统筹)"
)
_DUTY_AFTER = re.compile(
    r"^(?:按(?:照)?职责分工|分工|共同|分别|具体)?(?:负责|承办|组织)(?=$|落实$|组织实施$|实施$)"
)
_JOINED = re.compile(
    r"(?:会同|(?<=[局委办部院镇乡心道府])商(?=[区县市旗州])|联合(?!会审|审|办公|调度|督查|督导|验收|举办|惩戒|整治|行动|下发|工作组|排查|巡|出台|开展|印发|执法|制定|检查|到|发文|组织)|(?<=要)与|(?<=要)同|协同)(?P<names>.+)$"
)


# 由王某牵头,甲、乙负责: the leader heads, the units that carry out lead together
_LEADER_HEADS = re.compile(
    r"由(?:(?![局委办部院镇乡室所心会])[\u4e00-\u9fff]){2,4}(?:同志)?(?:牵头|总牵头|负总责),"
)
_GONE = re.compile(
    r"(?:进行|开展|成立|召开|听取|通报|取得|形成|分解|建立|组织|签订|汇报)了|签订《|\d日[^,]{0,6}(?:要|将)[^,]*,$"
)
_WITH = re.compile(r"(?:进行)?(?:签订|签约|对接|沟通|协商|联系|洽谈)")
_BY_RHYTHM = re.compile(r"^每|[日月底内一二三四五六天末班]之?前")


# 要… after any end of a sentence; after a semicolon also a day (`;7月底前,提交…`)
_GOES_ON = re.compile(
    rf"[^要须一二三四五六七八九十](?:并|还|同时)?(?:要|须|务必)|;(?:在|于)?{_WHEN}[,完提报]"
    r"|.(?:从|自)?[^,。;要须应务]{0,14},?(?:务|务必|须|要|应)于|;[^,。;]{2,16}的,(?:要|须|应)"
    rf"|.(?:在|于)?{_WHEN},?(?:将|把)[^。]*报"
)


@dataclass(frozen=True)
class Clause:
    start: int
    end: int
    roles: Roles = field(default_factory=Roles)
    strong: bool = False  # 由…, 责成…, 请…, …要: an order in form, not only a subject
    orders: bool = False  # without a unit: still worded as a task (要…, 完成…)
    goes_on: bool = False  # 要… that goes on telling the unit before it
    below: bool = False  # without a number of its own below `市卫生局:`


@dataclass(frozen=True)
class _Told:
    """One piece that names an actor."""

    names: tuple[str, ...]
    rest: str
    strong: bool
    before: bool  # words of the matter stand before the actor in the piece
    word: str = ""  # 由, 请, 责成 …

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(n for n in self.names if not is_person(n)) or self.names

    @property
    def only_person(self) -> bool:
        return all(is_person(n) for n in self.names)

    @property
    def coop(self) -> bool:
        return bool(_COOP_AFTER.match(self.rest))

    @property
    def head(self) -> bool:
        return bool(_HEAD_AFTER.match(self.rest))


@lru_cache(maxsize=16)
def _patterns(listed: str) -> tuple[re.Pattern[str], ...]:
    names = rf"(?P<names>{listed})"
    tail = r"(?:(?:党政|单位|部门)?(?:主要|分管)?(?:负责人|负责同志))?"
    return (
        re.compile(rf"(?:{_BEFORE})*(?P<told>{_TOLD})?{names}{tail}"),
        re.compile(
            rf"(?P<told>(?<![自理缘来])由|责成|责令|(?<![提申邀聘报])请|交由|同意由|(?<![照据按合各关作])要求){names}{tail}"
        ),
        re.compile(
            rf"(?P<told>(?<=[^的对向给把将由和、与及])){names}{tail}(?=要|应(?!急)|须|务必|负责|牵头)"
        ),
    )


@lru_cache(maxsize=16)
def _role_sentence(listed: str) -> re.Pattern[str]:
    role = r"(?:牵头负责|牵头|按(?:照)?(?:各自)?职责(?:分工)?(?:负责|落实|配合)|分工负责|共同负责|负责落实|负责|配合|协办|参与)"
    return re.compile(rf"(?:由)?{listed}{role}(?:[,;、]{listed}{role})*")


def is_role_sentence(words: str, gazetteer: Gazetteer) -> bool:
    """`甲牵头,乙、丙配合` as a sentence of its own: a note without its bracket."""
    return bool(_role_sentence(gazetteer.listed()).fullmatch(words))


def is_name(words: str, gazetteer: Gazetteer) -> bool:
    return bool(_only_names(gazetteer.listed()).fullmatch(words))


@lru_cache(maxsize=16)
def _only_names(listed: str) -> re.Pattern[str]:
    return re.compile(listed)


def told_in(piece: str, listed: str) -> _Told | None:
    """The actor of a piece: at its beginning, or behind 由 / 请 / 责成, or `区…局要` inside."""
    first, behind, inside = _patterns(listed)
    told: _Told | None = None
    if (m := first.match(piece)) and (told := _told(m, piece, bool(m["told"]))):
        before = told.rest.split("由")[0]  # 雁湖景区提质由…: the actor stands behind 由
        if m["told"] or before == told.rest or MODAL.search(before):
            return told
    if (m := behind.search(piece)) and (given := _told(m, piece, True)):
        return given
    if told:
        return told
    m = inside.search(piece)
    if m and m["names"][0] in "区县市各":
        return _told(m, piece, True)
    m = UNKNOWN_SUBJECT.match(piece)
    return _Told((m[1],), piece[m.end() :], True, False) if m else None


def _told(m: re.Match[str], piece: str, strong: bool) -> _Told | None:
    rest, listed = piece[m.end() :], m["names"]
    if _WITH.match(rest) and "与" in listed:  # 市政中心与供电公司签订合同: only the first is told
        listed = listed[: listed.rindex("与")]
    if m["told"] and (more := _UNKNOWN_TOO.match(rest)):  # 由甲局、乙街办、华东服装城共同组织
        rest, listed = rest[more.end() :], listed + more.group(0)
    report, named = _OF_THEIRS.match(rest), _NAMED_HEAD.match(rest)
    if named:  # 县工信局为牵头部门
        rest = "牵头" + rest[named.end() :]
    elif _IN_HAND.match(rest):  # 自然资源局手里的7宗地,12月20日前必须…
        pass
    elif report:  # 各牵头单位的实施方案务于2月3日前报送…
        rest = rest[report.end() :]
    elif _NOT_A_SUBJECT.search(rest) or (_MATTER_ONLY.fullmatch(rest) and not ACTIONS.search(rest)):
        return None
    names = tuple(unit_of(_bare(n)) for n in split_names(listed))
    if names == ("领导",) or (names[0] in ("责任单位", "牵头单位") and "明确" in m.group(0)):
        return None  # 明确责任单位和时间节点
    if not strong and not rest and not piece.endswith(m["names"]):
        return None
    if _ends_with_person(m["names"]):  # 常务副区长王磊负总责
        rest = re.sub(r"^[\u4e00-\u9fff]{2,3}(?=牵头|负责|负总责|抓总|包案)", "", rest)
    if all(is_person(n) for n in names) and not (MODAL.search(rest) or _HEAD_AFTER.match(rest)):
        asked = _BY_RHYTHM.search(rest) or piece[: m.start("names")].endswith(("请", "责成"))
        return None if not asked else _Told(names, rest, strong, m.start() > 0, m["told"] or "")
    return _Told(names, rest, strong or bool(_ORDERS.search(rest)), m.start() > 0, m["told"] or "")


def _bare(name: str) -> str:
    """`甲局等有关部门` is 甲局."""
    return re.sub(
        r"等(?:有关|相关)?$|(?<=[局委办院镇乡街道心会司队社站校厂])等(?:有关|相关)?(?:部门|单位)$", "", name
    )


def _ends_with_person(names: str) -> bool:
    return is_person(split_names(names)[-1])


def clauses(plain: str, start: int, end: int, gazetteer: Gazetteer) -> Iterator[Clause]:
    """The clauses of a stretch, each with its actors; sentences without an actor come as they are.

    `要…` at the beginning of a sentence goes on telling the unit of the sentence before.
    """
    listed = gazetteer.listed()
    last, below = Roles(), tuple[str, ...]()
    for a, b in sentences(plain, start, end):
        begun = without_number(plain, a, b)
        below = _named_before(plain[begun:b], listed) or below
        for clause in _sentence(plain, begun, b, listed):
            if below and not clause.roles.lead:
                yield Clause(clause.start, clause.end, Roles(below), True, True, True, begun == a)
                continue
            goes_on = not clause.roles.lead and _GOES_ON.match(plain[clause.start - 1 : clause.end])
            if goes_on and last.lead:
                yield Clause(clause.start, clause.end, Roles(last.lead), True, True, True)
                continue
            if not (last.lead and clause.roles.lead and all(map(is_person, clause.roles.lead))):
                last = clause.roles  # 各部门要…,主要领导要亲自抓: the units stay told
            yield clause


def _named_before(words: str, listed: str) -> tuple[str, ...]:
    """`市卫生局:负责…;对…进行监管。`: who is told all that follows in the paragraph."""
    m = _colon_head(listed).match(words)
    return tuple(split_names(m["names"])) if m else ()


@lru_cache(maxsize=16)
def _colon_head(listed: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?!(?:牵头|责任|配合|主办|承办|落实|实施|成员)单位)(?P<names>{listed}):(?!已|今年|截至|目前)"
    )


def _sentence(plain: str, start: int, end: int, listed: str) -> Iterator[Clause]:
    open_from, parts, told = start, list[str](), list[_Told]()
    waiting: tuple[str, ...] = ()  # 各县区人民政府,市直各部门要…
    cuts = list(pieces(plain, start, end))
    for i, (a, b) in enumerate(cuts):
        words = plain[a:b].strip(" “”")
        found = told_in(words, listed)
        if found and not found.rest and plain[b : b + 1] != ":" and not _goes_on(plain, cuts[i + 1 :]):
            waiting, found = (found.names if not told else ()), None
        elif found and waiting and not found.coop and not found.before:
            waiting, found = (), replace(found, names=(*waiting, *found.names))
        if found and told and _begins(told, found, plain[open_from:a]):
            yield _clause(open_from, a, plain, told, parts, listed)
            open_from, parts, told = a, [], []
        if found and not told and not found.before and _GONE.search(plain, open_from, a):
            open_from, parts = a, []  # 近日,镇里进行了分解,由甲组负责…: what happened is not the matter
        if found and (told or not found.coop):
            told.append(found)
        parts.append(words)
    if told:
        yield _clause(open_from, end, plain, told, parts, listed)
    elif agreed := _agreed(plain[start:end], listed):
        yield Clause(open_from, end, Roles(agreed), True, True)
    else:
        yield Clause(open_from, end, orders=bool(_ORDER_WORDS.search(plain[open_from:end])))


def _agreed(words: str, listed: str) -> tuple[str, ...]:
    """`会议原则同意县财政局关于…的意见,会后修改完善后报…审议`: whose paper it is goes on with it."""
    m = re.search(_AGREED.format(listed=listed), words)
    return tuple(split_names(m["names"])) if m and _THEN.search(words, m.end()) else ()


def _goes_on(plain: str, following: list[Span]) -> bool:
    """`承担任务的各有关部门,要加强…`: a bare name is a subject if an order follows."""
    return bool(following) and bool(
        re.match(r"要|应|须|务必|必须|在|于|对", plain[following[0][0] :].lstrip())
    )


def _begins(told: list[_Told], found: _Told, before: str) -> bool:
    """Does a further actor begin a matter of its own?"""
    known = {name for t in told for name in t.names}
    if found.coop or set(found.names) <= known:
        return False
    if found.word in _MADE_TO:  # 市人社局要…,责令企业…: what the unit does, not a matter of the firm
        return False
    if told[-1].only_person and told[-1].head and not found.only_person:
        return False
    if all(t.head and len(t.rest) <= 4 for t in told):  # 甲牵头,乙负责落实…
        name = told[-1].names[-1]
        done = before[before.rfind(name) + len(name) + len(told[-1].rest) :] if name in before else ""
        return len(done.strip(" ,")) > 6  # 甲牵头,5月底前完成招标,乙负责落实资金
    return len(before.strip(" ,")) > 3


def _clause(start: int, end: int, plain: str, told: list[_Told], parts: list[str], listed: str) -> Clause:
    with_unit = [t for t in told if not t.coop and not t.only_person]
    chosen = (with_unit or told)[0]
    under = any(t.only_person and t.head for t in told) or _LEADER_HEADS.search(plain, start, end)
    first_leads = _DUTY_AFTER.match(chosen.rest) and not chosen.head and not under
    units = chosen.units
    lead = units[:1] if first_leads else units
    coop = list(units[1:] if first_leads else ())
    for other in told:
        if other is not chosen and not other.only_person and other.word not in _MADE_TO:
            coop += [n for n in other.units if n not in lead]
    coop += [n for t in told for n in _behind_head(t, listed) if n not in lead]
    coop += [n for part in parts for n in _joined(part, listed) if n not in lead]
    text = plain[start:end]
    strong = any(t.strong for t in told) or bool(_ORDERS.search(text))
    return Clause(start, end, Roles(lead, tuple(dict.fromkeys(coop))), strong, True)


def _behind_head(told: _Told, listed: str) -> list[str]:
    """`城管局牵头、公安局和市场监管局参与`: units in the same piece behind the lead's word."""
    m = re.match(rf"(?:牵头|负责)、(?P<names>{listed})", told.rest)
    return split_names(m["names"]) if m and _COOP_AFTER.match(told.rest[m.end() :]) else []


def _joined(part: str, listed: str) -> list[str]:
    """Units behind 会同 / 联合 / 要与: as many as form a list."""
    m = _JOINED.search(part)
    found = _only_names(listed).match(m["names"]) if m else None
    return [_bare(n) for n in split_names(found.group(0))] if found else []
