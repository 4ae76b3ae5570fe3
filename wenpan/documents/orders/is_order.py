"""Is a clause an order? What it needs of unit, form and day, and what tells it as a report of the past.

Pure. A clause with a unit needs the form of an order or a paragraph that orders; one without needs a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from wenpan.documents.orders import not_orders
from wenpan.documents.orders.deadlines import Deadline
from wenpan.documents.orders.paper import ReadPaper, has_gone
from wenpan.documents.orders.paper_day import weekday_doubt
from wenpan.documents.orders.units.actors import MODAL
from wenpan.documents.orders.units.clauses import Clause
from wenpan.documents.words.characters import number, same_length
from wenpan.documents.words.sentences import Span, without_number

_OFFICE = re.compile(r"办公室设在|兼任|任组长|为组长")  # who sits in a group is no matter
_HAPPENED = re.compile(
    r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})日(?!之?前|以前)(?:\([^()]*\))?(?:[一-龥]{1,2})?(?:\d{1,2}[时点])?,?(?!之?前|以前|起|至|到|-)"
)
_ORDERED = re.compile(
    r"(?<![主重需必])要|须|应(?!急)|务必|责成|(?<![申提邀聘])请(?!示)|由|负责(?!人|同)|前(?:完成|报)"
)
# 督查室将对…进行重点督查: what the issuer will do itself, without a day
_ANNOUNCED = re.compile(
    r"^[^要须请由]*(?:局|办|室|组|委|府|中心|专班|会|部门?|\)|单位)将(?:对|适时|择机|不定[期时]|定期|继续|持续|进一步|建立|会同|组织|严格|紧盯|加大|视情|常年|全程|及时通报|[^,]{0,8}(?:跟踪|督查|督促|抽查|考核|约谈))"
)
# a newspaper tells what departments do, in the words of orders but for 要, 须, 请
_NEWS = re.compile(
    r"记者|本报讯|通讯员|该[县市区镇乡](?!政府|局|场|域)|保驾护航|(?:^|\n|。)(?:日前|今日|昨日|连日来),|多部门联动|成立以来,"
)
_ASKED = re.compile(r"(?<![主重需必简纪])要|须|应(?!急)|务必|责成|(?<![申提邀聘])请(?!示)|前(?:完成|报)")
_AIM = re.compile(r"力争|进入|达到|位居|高于|以上$")


def is_order(doc: ReadPaper, span: Span, clause: Clause, limit: Deadline | None, *, trusted: bool) -> bool:
    """`trusted`: another clause of the paragraph orders in form, or a day stands in it."""
    words = doc.plain[slice(*span)]
    if len(words) < 5 or not_orders.is_report(words) or not_orders.is_service(words):
        return False
    if _is_told_of_the_past(doc, span, words, limit):
        return False
    if limit is None and not _ASKED.search(words) and _NEWS.search(_line(doc.plain, *span)):
        return False
    return not any(_lacks(doc, span, clause, limit, trusted))


def _lacks(
    doc: ReadPaper, span: Span, clause: Clause, limit: Deadline | None, trusted: bool
) -> Iterator[bool]:
    words = doc.plain[slice(*span)]
    lead, told = clause.roles.lead, bool(MODAL.search(words))
    gone = limit is not None and limit.date is not None and limit.date <= doc.on
    open_day = limit is None or (gone and not re.search(r"[前内底末止]", limit.text))
    yield open_day and not _ASKED.search(words) and not_orders.happens(words)
    yield bool(lead) and not clause.strong and not trusted
    yield limit is None and not told and (bool(_OFFICE.search(words)) or _is_announced(doc, span, words))
    yield limit is None and (not lead or not_orders.is_exhortation(words, clause.roles))
    yield limit is None and clause.goes_on and _is_said_to_all(doc, span, clause)
    if not lead:
        due = limit is not None and not _is_aim(doc, span) and _is_due(words, limit)
        yield not clause.orders and not due and not (limit and _is_set(words, limit))
        yield limit is not None and bool(re.search("只(?:可|能|允许|准)", words))
        yield (
            bool(_AIM.search(words))
            and not MODAL.search(words.replace("力争", ""))
            and not (due and _MEASURED.search(words))
        )
        yield limit is not None and _is_only_a_time(limit) and not due and not _is_set(words, limit)


_TO_MANY = re.compile(r"各|有关|相关|全")
# 会议要求,要加强宣传。…: an order to nobody at the head of a sentence
_TO_NOBODY = re.compile(
    r"(?:^|[。;\n]|(?:要求|强调|指出)[,:])(?:[一二三四五六七八九十]是)?(?:还|同时)?要(?!求)"
)


def _is_said_to_all(doc: ReadPaper, span: Span, clause: Clause) -> bool:
    """`各镇、各部门要…。要抓好项目储备`; `要加强宣传。爱卫办要…。要实行…`: no order to whom was told last."""
    if doc.plain[span[0] - 1 : span[0]] != "。" or not re.match("要", doc.plain[slice(*span)]):
        return False
    if all(_TO_MANY.match(name) for name in clause.roles.lead):
        return not not_orders.CHECKABLE.search(doc.plain, *span)
    before = doc.plain[doc.plain.rfind("\n", 0, span[0]) + 1 : span[0]]
    return bool(_TO_NOBODY.search(before[: max(0, before.rfind(clause.roles.lead[0]))]))


def _line(plain: str, start: int, end: int) -> str:
    """The paragraph in which the words stand and the one before it."""
    first = plain.rfind("\n", 0, max(0, plain.rfind("\n", 0, start))) + 1
    last = plain.find("\n", end)
    return plain[max(first, start - 800) : last if last >= 0 else end + 400]


def _is_only_a_time(limit: Deadline) -> bool:
    """`下半年要打好攻坚战`: a time to speak of, no day."""
    return limit.kind == "date" and not re.search(
        r"[前底内末止旬日号]|\d(?:月份?)?(?:-|—|至|到)\d+月", limit.text
    )


def _is_set(words: str, limit: Deadline) -> bool:
    """`清理工作的时间节点是4月30日`: said to be the limit."""
    told = r"(?:节点|时限|期限)(?:是|为|:|定在|定于)|确保[^,。;]{2,24}[在于]"  # 确保安居房在一季度入市
    return bool(re.search(rf"(?:{told}){re.escape(limit.text)}", words))


def _is_aim(doc: ReadPaper, span: Span) -> bool:
    """`整改目标:年底前达到85%`: what is aimed at, not what is ordered."""
    before = doc.plain[max(0, span[0] - 8) : span[0]]
    return bool(re.search(r"目标:\s*$", before) or re.match(r"[^,。:]{0,6}目标:", doc.plain[slice(*span)]))


_DUE = re.compile(
    r"^,?[^,。;]{0,30}(?:具备|达到|达|达标|实现|通[水电气车航]|贯通|封顶|清零|销号|就绪|完成|到位|完工|施工|建设|改造|整治|拆除|招标|验收|交付|投产|投用|开工|启动|启用|见底|归档|上墙|挂网)"
)
_MEASURED = re.compile(r"(?:达到|达|不低于|不少于|提高到)(?:[^,。;]{0,16}的)?\d")


def _is_due(words: str, limit: Deadline) -> bool:
    """`11月15日前具备通水条件`, `审查要求下周完成`: a day and the state that it must have reached."""
    at = words.find(limit.text.replace("，", ","))
    sure = bool(re.search(r"[前底内末止旬]|下周|本周|下月|本月|\d(?:月份?)?(?:-|至|到)\d+月", limit.text))
    return at >= 0 and sure and bool(_DUE.match(words[at + len(limit.text) :]))


# 县局将定期通报, 办公室将对…全程督办: a rhythm or a step that can be seen
_TO_BE_SEEN = re.compile(r"定期|全程|全过程|通报|抽查|召开|逐[项月季]|纳入")
_HANDED_UP = re.compile(r"将[^,。;]{2,30}(?:报送?|上报|提交)")
_NEXT = re.compile(r"下一?步|下一?阶段|接下来|今后|下段")


def _is_announced(doc: ReadPaper, span: Span, words: str) -> bool:
    """What an office will do itself: no matter, unless a paper of orders says what can be seen of it."""
    if not _ANNOUNCED.search(words):
        return False
    line = _line(doc.plain, *span)
    asks = _ASKED.search(line) or _HANDED_UP.search(line)
    told = asks and not _NEWS.search(line) and not _NEXT.search(words)
    return not (told and _TO_BE_SEEN.search(words))


def _is_told_of_the_past(doc: ReadPaper, span: Span, words: str, limit: Deadline | None) -> bool:
    sentence = _from_sentence(doc.plain, *span)
    if _is_day_gone(sentence, doc.on):
        return True
    over = limit is None or (limit.date is not None and limit.date < doc.on)
    return (over and _is_past(words, doc.on)) or _is_quarter_over(sentence, doc.on)


def _is_day_gone(words: str, on: date) -> bool:
    """`8月22日,区政府召开…`: what happened shortly before the paper, begun with its day."""
    return bool(_HAPPENED.match(words)) and not _ORDERED.search(words) and has_gone(words, on)


def _is_past(words: str, on: date) -> bool:
    """`于2018年12月成立…`: told of a year that is over."""
    told = re.sub(r"\d{4}年[^,。;]{0,8}前[^,。;]{1,8}的", "", words)  # 2022年底前未完成的事项
    years = [int(y) for y in re.findall(r"(\d{4})年", told)]
    return bool(years) and max(years) < on.year and not MODAL.search(words)


def _from_sentence(plain: str, start: int, end: int) -> str:
    """The words up to `end` from the beginning of their sentence."""
    near = max(0, start - 400)
    begun = max(near - 1, *(plain.rfind(sign, near, start) for sign in "。!?\n")) + 1
    return plain[without_number(plain, begun, end) : end]


def _is_quarter_over(words: str, on: date) -> bool:
    """`一季度,区住建局牵头完成整治23条` in a paper of June."""
    m = re.match(r"(?:今年|本年)?(?:前?([一二三])季度|(上半年)|前([两三])季度)", words)
    if not m or re.search("要|须|务必|必须|确保|力争|不少于", words):
        return False
    month = 6 if m[2] else 3 * number(m[1] or m[3])
    return month < on.month


def is_ahead(doc: ReadPaper, limit: Deadline) -> bool:
    """A day to come, a rhythm or an event; not the day on which something happened."""
    if limit.date is None or re.search(r"[前内底末止旬]", limit.text):
        return True
    return not _is_day_gone(doc.plain[limit.start : limit.end + 1], doc.on)


def best_limit(found: Sequence[Deadline], *, last: bool = False) -> Deadline | None:
    """The first date (the last step of an item with several); else the first recurrence or event.

    `10月底前` goes before a mere period (`9月6日至15日`).
    """
    found = [d for d in found if not d.aside] or list(found)
    dated = [d for d in found if d.date]
    dated = [d for d in dated if re.search(r"[前内底末止旬]", d.text)] or dated
    if dated:
        return dated[-1] if last else dated[0]
    return next(iter(found), None)


def impossible_limits(found: Sequence[Deadline]) -> list[str]:
    """The doubt for each limit that no calendar has, or whose weekday is another day's."""
    words = dict.fromkeys(d.text for d in found if d.kind == "impossible")
    doubts = [f"时限“{said}”在日历上没有, 请核对原文" for said in words]
    return doubts + list(dict.fromkeys(doubt for d in found if (doubt := _wrong_weekday(d))))


def _wrong_weekday(limit: Deadline) -> str:
    """`11月8日(周三)前`, and the 8th is a Tuesday."""
    plain = same_length(limit.text)
    at = plain.find("(")
    doubt = weekday_doubt(plain, at, limit.date) if limit.date and at > 0 and plain[at - 1] in "日号" else ""
    return f"时限“{limit.text}”中的{doubt}, 请核对原文" if doubt else ""
