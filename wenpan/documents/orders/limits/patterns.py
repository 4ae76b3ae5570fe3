"""Patterns: the forms in which official Chinese says a limit, each with its name, an example and what that means.

Pure. `example` is a phrase that this pattern reads whole; `means` is its reading in a paper of 2023-10-20: a day, a
rhythm (`weekly:5`), `event` or `impossible`. A test reads every example. Where two patterns read the same place, the
longer reading wins; of equals the earlier in this table.
"""

from __future__ import annotations

from typing import NamedTuple

from wenpan.documents.orders.limits import readers
from wenpan.documents.orders.limits.rhythms import MONTH_DAYS, MORE_WEEKDAYS, WEEK
from wenpan.documents.words.characters import NUMBER as _N
from wenpan.documents.words.days import ALL_THE_TIME


class LimitPattern(NamedTuple):
    name: str
    example: str
    means: str
    words: str  # a regular expression over half-width text
    read: readers.Reader


_YEAR = r"(?:(?P<y>\d{4}|[二][〇零一二三四五六七八九]{3})年|(?P<yw>今年|本年度?|当年|明年|次年|来年))?"
_BY = r"(?:之前|以前|前|为止|之内|以内|内|止)"
_CLOCK = (
    r"(?:上午|下午|中午|晚上?)?(?:[上下]班(?:之?前)?|\d{1,2}(?::\d{2}|[时点](?:\d{1,2}分|半)?整?)(?:之?前)?)?"
)
_DONE = r"(?=(?:集中|全面|全部)?(?:完成|入市|上市(?!公司)|开工|竣工|建成|投产|到位|动工|交付|报送|上报|启动|投用|实现|结束|办结|拿出|出台|提交|报(?!告)|召开|举办|开展|印发|达产|入库|全面|全部|通车|验收|投入使用|投运|封顶))"
_EVENT_HEAD = (
    r"(?:会议?(?:结束)?|散会|(?:收到|接到|接|收)[^,。;:在于由()]{0,10}?|(?:立项|招标)?(?:方案|文件|通知|意见|纪要|合同|协议|批复)?"
    r"(?:签订|签约|签收|印发|下发|下达|发布|批复|验收|移交|立项|成立|交办|受理|办结|中标|开标|摘牌|供地|备案|公示(?:期满|结束)?|批准|出台|到位)"
    r"|开网|开工|竣工|完工|投产|入库|(?:(?![局委办区县市由于在心站所队镇乡院台])[\u4e00-\u9fff]){2,4}?)"
)
_NO_WEEKDAY = (
    r"[七八九十0789](?![\d一二三四五六七八九十百千天日次小个项场名人件户家条期轮遍篇号月时种分份批])"
)
_MONTH = rf"(?:(?P<m>{_N})月份?|(?P<mw>本月|(?<![、,])当月(?![^,。、;]{{1,5}}[、,]?(?:当[月年日]|次月))|下月|下个月|次月|这个月))"
_RECUR_TAIL = (
    rf"(?:的?(?:第?{_N}个?月的?)?(?:最后一(?:个月|天|周)的?|首月|末月|首日)?(?:{_N}月份?)?(?:{MONTH_DAYS}|月?[底末初])?(?:上旬|中旬|下旬|中上旬|上中旬|中下旬)?)"
    rf"{_CLOCK}(?:[-至到]\d{{1,2}}[时点])?{_BY}?"
)
_ACT = r"(?:督查|调度|通报|检查|研判|会商|汇报|报告|报送|总结|小结|研究|分析|监测|巡查|公示|考核|排名|晾晒|评比|例会|碰头|推进|销号)"

# 年末促消费, 年底冲刺: part of a name or of what is done, no day
_OF_YEARS_END = (
    r"(?!促|冲刺|攻坚|考核|测评|评议|考评|绩效|总结|慰问|收官|清欠|述职|结转|大检|盘点|消费|送温暖)"
)

PATTERNS: tuple[LimitPattern, ...] = (
    LimitPattern("one issue a rhythm", "每季一期", "quarterly", r"每个?(?:旬|半个?月|月|季度?|半年|年)(?:[一二两三]|\d)(?:期|报|评|更新|反馈|公开|晒)", readers.recurring),
    LimitPattern("two rhythms", "实行一周一调度、一月一通报", "weekly", rf"[每一](?:周|旬|半月)一{_ACT}[、,]?[每一]月一{_ACT}", readers.recurring),
    LimitPattern("one act a rhythm", "实行半月一调度", "semimonthly", rf"每?(?:半月|一?周|一?月|一?季|一?旬|双周)一{_ACT}", readers.recurring),
    LimitPattern("every two months", "每两个月评比", "bimonthly", r"每(?:两|2)个月", readers.recurring),
    LimitPattern("up to a year", "到2025年建成", "2025-12-31", rf"到{_YEAR}(?P<q>)(?P<part>)(?<=年)(?P<by>)", readers.year_part),
    LimitPattern("every week, month, …", "每周五下班前报送", "weekly:5", rf"每(?:个|隔)?(?:(?:[两二三3-9]|十|1\d)[天日]|[两二三四六八2-9\d]+个?小时|两周|双周|半年|半个?月|双月|季度?|星期|周|月|旬|年|个?工作日|日|天|晚)(?:[{WEEK}](?=[^督调通检研总小次]|$){MORE_WEEKDAYS})?{_RECUR_TAIL}", readers.recurring),
    LimitPattern("every weekday that no week has", "每周八报送", "impossible", rf"每个?(?:周|星期|礼拜)(?:[{WEEK}][、和与及](?:每?(?:周|星期|礼拜))?)*{_NO_WEEKDAY}{_CLOCK}{_BY}?", readers.no_weekday),
    LimitPattern("this week's day that no week has", "本周八报送", "impossible", rf"[本下这上]个?(?:周|星期|礼拜){_NO_WEEKDAY}{_CLOCK}{_BY}?", readers.no_weekday),
    LimitPattern("weekday that no week has", "周八前报送", "impossible", rf"(?:周|星期|礼拜){_NO_WEEKDAY}{_CLOCK}{_BY}", readers.no_weekday),
    LimitPattern("by the quarter, month, …", "按季度报送", "quarterly", rf"(?:按|逐)(?:季度?|月|周|旬|日)(?!期|历|(?:全额|足额|及时)?(?:退还|发放|支付|缴纳|缴费|享受|领取))(?:{_N}[日号]{_BY}?)?", readers.recurring),
    LimitPattern("a span, or a span after an event", "收到通知后5日内报送", "event", rf"(?:(?P<event>(?:自|从)?{_EVENT_HEAD}(?:之日起|之后|以后|后|起)|(?:收到|接到)[^,。;:在于由()]{{1,14}}(?=的)),?的?)?(?:(?P<n>{_N})(?P<unit>个?工作日|个?自然日|日|天|周|个?星期|个月|年|个?小时|分钟|个?季度)|(?P<half>半年|半个月))(?:之内|以内|内)", readers.duration),
    LimitPattern("several days", "6月27日、9月30日、12月5日前报送", "2023-12-05", rf"{_YEAR}(?:(?:\d{{4}}年)?{_N}月(?:{_N}[日号]|底)[、和及与])+(?:\d{{4}}年)?(?P<m>{_N})月(?P<mw>)(?P<d>{_N})[日号]{_BY}", readers.last_of_days),
    LimitPattern("two batches", "10月底和12月底前完成", "2023-12-31", rf"{_YEAR}{_N}月(?:底|末|{_N}[日号])(?:和|、|及|与)(?:(?P<m2>{_N})月)(?:底|末|(?P<d2>{_N})[日号]){_BY}?", readers.batches),
    LimitPattern("date in figures", "2023-11-15前完成", "2023-11-15", rf"(?<![\d.])(?P<y>20\d\d)(?P<yw>)(?P<mw>)[./-](?P<m>\d{{1,2}})[./-](?P<d>\d{{1,2}})(?![\d.])日?{_BY}?", readers.calendar_day),
    LimitPattern("month and day in figures", "11.15前完成", "2023-11-15", r"(?<![\d.])(?P<y>)(?P<yw>)(?P<mw>)(?P<m>\d{1,2})\.(?P<d>\d{1,2})(?:之前|以前|前)", readers.calendar_day),
    LimitPattern("cell: year and month", "时限:2023.12", "2023-12-31", r"(?<=[,(:、])(?P<y>20\d\d)(?P<yw>)(?P<mw>)(?P<part>)(?P<by>)[./-](?P<m>\d{1,2})(?=$|[;。)\n])", readers.month_part),
    LimitPattern("months into the next year", "2023年10月至2024年3月完成", "2024-03-31", rf"(?:\d{{4}}年)?(?P<first>{_N})月(?:[底末初])?(?:-|至|到)(?P<y>\d{{4}})年(?P<yw>)(?P<last>{_N})月份?(?:底|末)?{_BY}?", readers.month_range),
    LimitPattern("cell: years", "时限:2022-2023年", "2023-12-31", r"(?<=[,(:、])(?:\d{4}年?-)?(?P<y>\d{4})(?P<yw>)(?P<q>)(?P<part>)(?P<by>)年度?(?=$|[;。)\n])", readers.year_part),
    LimitPattern("cell: a span", "时限:30天", "2023-11-19", r"(?<=限:)(?P<event>)(?P<half>)(?P<n>\d+|[一二两三四五六七八九十]+)(?P<unit>个?工作日|个?自然日|日|天|周|个?星期|个月)(?=$|[;。)\n])", readers.duration),
    LimitPattern("takes a span", "用两周时间摸排", "2023-11-03", r"(?<=用)(?P<event>)(?P<half>)(?P<n>\d+|[一二两三四五六七八九十]+)(?P<unit>天|周|个月)(?:左右)?的?时间", readers.duration),
    LimitPattern("once in a span", "半年召开一次", "semiannual", r"(?:半年|半月|一周|一月|一季度|[一两二三]个(?:月|季度|星期))(?=(?:至少)?(?:报送|汇报|通报|调度|督查|研究|召开|开展)[^,。]{0,6}一次)", readers.recurring),
    LimitPattern("parts of several months", "9月底、10月下旬前完成", "2023-10-31", rf"{_YEAR}(?:{_N}月(?:上旬|中旬|下旬|中上旬|上中旬|中下旬|[底末])[、和及与])+(?P<m>{_N})月(?P<mw>)(?P<part>上旬|中旬|下旬|中上旬|上中旬|中下旬|[底末])(?P<by>{_BY})?", readers.month_part),
    LimitPattern("by a day", "11月15日前完成", "2023-11-15", rf"{_YEAR}(?:{_MONTH})?(?P<d>{_N})[日号](?:\((?:周|星期).\))?{_CLOCK}{_BY}", readers.calendar_day),
    LimitPattern("a day", "11月15日完成", "2023-11-15", rf"{_YEAR}(?:{_MONTH})(?P<d>{_N})[日号](?!(?:\d{{1,2}}[时点:]\d{{0,2}}分?)?(?:起|开始|以来)){_CLOCK}{_BY}?", readers.calendar_day),
    LimitPattern("months", "10-12月完成", "2023-12-31", rf"{_YEAR}(?P<first>{_N})月?份?(?:-|至|到)(?P<last>{_N})月份?(?:底|末)?{_BY}?", readers.month_range),
    LimitPattern("part of a month", "11月中旬完成", "2023-11-20", rf"{_YEAR}{_MONTH}(?P<part>[底末初]|上旬|中旬|下旬|中上旬|上中旬|中下旬){_CLOCK}(?P<by>{_BY})?", readers.month_part),
    LimitPattern("month", "11月前完成", "2023-10-31", rf"{_YEAR}(?<![-\d至到])(?<![-至到]\d){_MONTH}(?P<part>)(?:(?P<by>{_BY})|{_DONE})", readers.month_part),
    LimitPattern("cell: month", "时限:11月", "2023-11-30", rf"(?<=[,(:、]){_YEAR}{_MONTH}(?P<part>)(?P<by>)(?=$|[;。)\n])", readers.month_part),
    LimitPattern("before the flood, the feast, the meeting", "汛前完成", "event", r"汛前|节前|会前(?=[^,。]{0,6}(?:完成|报|提交))", readers.event),
    LimitPattern("so long ahead", "提前3天报送", "event", rf"提前{_N}(?:个?工作日|日|天|小时)", readers.event),
    LimitPattern("a span before an event", "会前2天报送", "event", rf"(?:[赛会节汛考展]|(?![在于应须请要将每次])[\u4e00-\u9fff](?![目此提以之])[\u4e00-\u9fff])前(?:{_N}(?:个?工作日|日|天|周|个月)|半个?月)(?!内)", readers.event),
    LimitPattern("days", "11月1日至15日完成", "2023-11-15", rf"{_YEAR}(?P<m1>{_N})月(?P<d1>{_N})[日号]?(?:-|至|到)(?:(?P<y2>\d{{4}})年)?(?:(?P<m2>{_N})月)?(?P<d2>{_N})[日号](?:之前|前)?", readers.day_range),
    LimitPattern("two steps of one thing", "11月底前开工、12月20日前完工", "2023-12-20", rf"{_YEAR}{_N}月(?:底|末|{_N}[日号])前(?:开工|动工|启动|进场|完成招标)、(?:(?P<m2>{_N})月)(?:底|末|(?P<d2>{_N})[日号])前(?:完工|竣工|建成|投产|投用|交付|完成)", readers.batches),
    LimitPattern("in the night", "连夜研究", "event", r"连夜", readers.event),
    LimitPattern("a day without its word", "11月20前完成", "2023-11-20", rf"{_YEAR}{_MONTH}(?P<d>[0-3]?\d)(?:之前|以前|前)", readers.calendar_day),
    LimitPattern("the middle and the end of the year", "年中和年末督查", "2023-12-31", r"(?P<y>)(?P<yw>)(?P<q>)年中(?:和|、|及|与|,)(?P<part>年[底末])(?P<by>)", readers.year_part),
    LimitPattern("from part to part of months", "10月上旬至11月中旬完成", "2023-11-20", rf"{_YEAR}(?:{_N})月(?:[底末初]|[上中下]旬)(?:-|至|到)(?:(?P<m>{_N})月)(?P<mw>)(?P<part>[底末初]|上旬|中旬|下旬|中上旬|上中旬|中下旬)(?P<by>{_BY})?", readers.month_part),
    LimitPattern("from now to part of a month", "即日起至11月底完成", "2023-11-30", rf"(?:即日起|从即日起|自即日起)(?:-|至|到){_YEAR}(?:{_N}月)?(?:(?P<m>{_N})月(?P<mw>))(?P<part>[底末]|[上中下]旬)(?P<by>{_BY})?", readers.month_part),
    LimitPattern("end of the month", "月底前报送", "2023-10-31", rf"(?P<y>)(?P<yw>)(?P<m>)(?P<mw>)(?<![\d一二三四五六七八九十本当下次个每])月(?P<part>[底末]){_CLOCK}(?P<by>{_BY})?", readers.month_part),
    LimitPattern("quarter", "四季度末完成", "2023-12-31", rf"{_YEAR}(?P<part>上半年|下半年)?(?:第?(?P<q>[一二三四1-4])季度)(?:(?:[末底内]|结束){_BY}?|(?P<by>{_BY})|{_DONE}|(?<=年[一二三四]季度))", readers.year_part),
    LimitPattern("half or end of a year", "今年年底前完成", "2023-12-31", rf"{_YEAR}(?P<q>)(?P<part>上半年|下半年|年[底末]{_OF_YEARS_END}|(?<=年)[底末]{_OF_YEARS_END}|(?<=年度)[底末])(?:[末底])?(?P<by>{_BY})?(?<!年底末)", readers.year_part),
    LimitPattern("within or before a year", "2024年前完成", "2023-12-31", rf"{_YEAR}(?P<q>)(?P<part>)(?<=年)(?P<by>{_BY})", readers.year_part),
    LimitPattern("end of the year", "年终前完成", "2023-12-31", rf"(?P<y>)(?P<yw>)(?P<q>)(?P<part>年[底末]{_OF_YEARS_END}|年内|年终(?![^,。;]{{0,8}}(?:综合|考|绩效|总结|奖|目标)))(?P<by>之前|以前|前|内)?", readers.year_part),
    LimitPattern("day of this, the next week", "下周五前报送", "2023-10-27", rf"(?P<w>本|下|这|上)个?(?:周|星期|礼拜)(?:(?P<wd>[{WEEK}])|(?P<we>末))?{_CLOCK}{_BY}?", readers.weekday),
    LimitPattern("weekday", "周五前报送", "2023-10-20", rf"(?P<w>)(?P<we>)(?:周|星期|礼拜)(?P<wd>[{WEEK}]){_CLOCK}{_BY}", readers.weekday),
    LimitPattern("today, tomorrow", "明天下班前报送", "2023-10-21", rf"(?P<day>今天|今日|当天|当日|明天|明日|后天)(?:{_CLOCK}{_BY}|上午|下午|晚上?|下班前|(?=必须|务必|就要|报送|完成|办结))", readers.today),
    LimitPattern("before a feast", "春节前完成", "2024-02-09", rf"{_YEAR}(?P<f>元旦|春节|清明|五一|劳动节|端午|中秋|国庆|十一|六一|七一|八一)(?:儿童节|建军节|节|假期)*(?:来临|到来|放假)?(?:之前|以前|前)", readers.festival),
    LimitPattern("before a season of work", "三夏前完成", "event", r"[“\"]?(?:三夏|三秋|双抢|春耕|秋收|春播|秋播|双11|双十一)[”\"]?(?:来临|到来|开始|结束)?(?:之前|以前|前)", readers.event),
    LimitPattern("cell: quarter", "时限:四季度", "2023-12-31", r"(?<=[,(:、])(?P<y>)(?P<yw>)(?P<part>)(?P<by>)第?(?P<q>[一二三四1-4])季度(?=$|[;。)\n])", readers.year_part),
    LimitPattern("before something comes", "大雪来临前完成", "event", r"(?:(?![在于到])[\u4e00-\u9fff]){2,4}(?:来临|到来)之?前", readers.event),
    LimitPattern("before a season or event", "主汛期前完成", "event", r"(?:[春夏秋冬]季|入[春夏秋冬]|暑期|暑假|寒假|汛期|主汛期|雨季|供暖季|供暖期|供热期|采暖期|采暖季|开学|秋季开学|入冬|封冻|封冻期|上冻|高考|中考|两会|市两会|党的二十大|二十大|年关|冬季|开园|大会)(?:来临|到来|召开|开始|结束)?(?:之前|以前|前)", readers.event),
    LimitPattern("cell: all the year", "完成时限:长期坚持", "event", rf"(?:(?<=[时期]限[::])|(?<=[间求点排]:))(?:{ALL_THE_TIME})(?=$|[;。\n)])", readers.event),
    LimitPattern("on the day of an event", "摘牌当日报送", "event", rf"(?:自|从)?(?![\u4e00-\u9fff]{{0,4}}报告?(?:当日|当天))(?!公室){_EVENT_HEAD}(?:当日|当天|次日)", readers.event),
)  # fmt: skip
