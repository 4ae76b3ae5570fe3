"""Of what a paper speaks before a number: indicators, regions, short ways of speaking, lists.

Pure. A word beside a name that nobody knows (`高技术制造业投资`) makes a subject of its own: the figure is
then unknown, never another indicator's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from wenpan.documents.words.characters import same_length

# How papers call an indicator for short once they have named it.
SPOKEN = {
    "工业": "规模以上工业增加值",
    "工业生产": "规模以上工业增加值",
    "规上工业": "规模以上工业增加值",
    "投资": "固定资产投资",
    "消费": "社会消费品零售总额",
    "消费品零售": "社会消费品零售总额",
    "零售总额": "社会消费品零售总额",
    "进出口": "进出口总额",
    "外贸": "进出口总额",
    "财政": "一般公共预算收入",
    "收入总量": "一般公共预算收入",
    "餐饮": "限上餐饮",
    "餐饮业": "限上餐饮",
    "住宿": "限上住宿",
    "住宿业": "限上住宿",
    "批发": "限上批发",
    "批发业": "限上批发",
    "零售": "限上零售",
    "零售业": "限上零售",
    "服务业": "规上服务业",
    "建筑业": "建筑业总产值",
    "存款": "存款余额",
    "贷款": "贷款余额",
    "用电": "用电量",
    "外资": "实际利用外资",
    "经济": "地区生产总值",
    "经济总量": "地区生产总值",
    "房地产": "房地产开发投资",
    "基础设施": "基础设施投资",
    "民间": "民间投资",
}
_TRADES = (
    "限上批发",
    "限上零售",
    "限上住宿",
    "限上餐饮",
)  # 批零住餐: the four trades, each then said by its name alone
_TOGETHER = re.compile(r"批零住餐|批发、零售、住宿[、和]餐饮|限(?:额以)?上[^,。;]{0,4}四[个大]?行业")
_SPOKEN = sorted(SPOKEN, key=lambda word: (-len(word), word))
# Of two indicators of a catalogue: 税收占比 is of all revenue, 非税收入 is what is left of it.
PARTS = (("税收收入", "一般公共预算收入", "非税收入"), ("工业用电量", "全社会用电量", "非工业用电量"))
ALSO = {
    "人均可支配收入": "居民人均可支配收入",
    "进出口总值": "进出口总额",
    "各项存款": "存款余额",
    "各项存款余额": "存款余额",
    "各项贷款": "贷款余额",
    "各项贷款余额": "贷款余额",
}
RATIO = (
    "城镇居民人均可支配收入",
    "农村居民人均可支配收入",
    ("城乡居民收入比", "城乡收入比", "城乡居民人均可支配收入比"),
)
_TAILS = r"完成投资额?|投资额?|销售额|营业额|营业收入|余额|总额|总量|总值|产值|指标|数值|规模"
_FIELD = (
    r"(?:各|[一二三四五六七八九十\d]{1,3}个|兄弟|周边|先进|其[他它])"
    r"(?:县市区|市县区|区县市?|县区|县市|市区|区市县)"
)
IDLE = re.compile(
    rf"放?在?(?:全市)?{_FIELD}(?:当中|之中|里面?|中)?|与{_FIELD}?(?:相?比较?|对比)"
    r"|迈上|跃上|站上|台阶|大关|关口|靠前|靠后|居前|居后|足足|领先|落后|其中|分别|同比|增长|上升|提高|下降|减少|降低|回落|下滑|收窄|完成|实现|达到|达|为|约|比(?:上年|去年)?(?:同期)?|较|上月|增速|增幅|降幅|高于|低于|快于|慢于|高出|平均|水平|占|累计|当月|可比|同口径|自然口径|按|口径|扣除|剔除|留抵退税|因素|后|计算"
    r"|个?百分点|的|居|位|列|排名|排|第|在|以|了|由|从|到|至|和|与|及|上年|去年|同期|今年|截至|末|底|全|计|合计|共|总|加快|放缓|本|则|而|也|均|并|仍|继续|提升|扩大|增收|减收|增加"
    r"|前[一二两三四五六七八九十\d]+(?:位|名)?|最[高快大低慢小]|我们|大家|各地|依次|速度|幅度|但是?|虽然|虽|尽管|是|有|又|还|再|已|不变价格|现价|初步|统计|核算|结果|数据"
    r"|导致|带动|使得?|整体|总体|仅|只有|保持|呈现?|相当于|总量|入库|受|影响|其|由[正负升降平]转[正负升降平]|转[正负]|目前|当前|突破性?|名义|实际|情况"
)
_LEAD = re.compile(
    r"(?=(指出|获悉|显示|表明|看出|看到|来看|方面|看|尤其是|特别是|主要是|分别是|包括|主要指标|其中|相比|如下|情况))"
)
_BEFORE_A_NAME = re.compile(r"(?:^|[,:;、()]|重点调度|其中|分项中|主要是|分别是|的是|包括)$")
_OWN = re.compile(r"[业型类]|企业|项目|部门|单位|园区|产品")
ENOUGH = 2  # characters that make a subject of their own
PERIOD = re.compile(
    r"(?:(?P<year>\d{4})年|(?P<this>今年|去年|上年)?)"
    r"(?:(?P<ytd>(?:(?:1|元)(?:-|至|到)|前(?=\d{1,2}个月))(?P<last>\d{1,2})个?月份?)|(?P<half>上半年)|(?P<q>一季度|前两季度|前三季度)|(?P<whole>全年)|(?P<month>\d{1,2})月份?(?![底初末前内]|\d|(?:\d+)?日))"
)


@dataclass(frozen=True)
class SubjectNames:
    """The names of one paper. `indicators`, `regions`: every written name with its code; `mentioned`: the
    codes of the indicators that the paper calls by their names."""

    indicators: Mapping[str, str]
    regions: Mapping[str, str]
    whole: str = ""
    mentioned: set[str] = field(default_factory=set)

    @cached_property
    def codes(self) -> dict[str, str]:
        """Every written name; also without the 销售额 or 营业额 at its end (限额以上零售业)."""
        names = {same_length(name): code for name, code in self.indicators.items()}
        short = {re.sub("(?:销售|营业)额$", "", name): code for name, code in names.items() if len(name) > 6}
        return short | names

    @cached_property
    def by_length(self) -> list[str]:
        return sorted(self.codes, key=lambda name: (-len(name), name))

    @cached_property
    def a_name(self) -> re.Pattern[str]:
        return re.compile("|".join(map(re.escape, self.by_length)) or r"(?!)")

    @cached_property
    def numbered(self) -> re.Pattern[str]:
        """Names with a number in them, which is no figure: 5000万元以上项目投资."""
        return re.compile("|".join(re.escape(n) for n in self.by_length if re.search(r"\d", n)) or "(?!)")

    @cached_property
    def a_region(self) -> re.Pattern[str]:
        names = sorted(self.regions, key=lambda name: (-len(name), name))
        return re.compile("|".join(map(re.escape, names)) or r"(?!)")

    def heard_in(self, paragraphs: Sequence[str]) -> SubjectNames:
        """These names, and which of them the paper says."""
        said = frozenset(
            self.codes[m.group()] for text in paragraphs for m in self.a_name.finditer(same_length(text))
        )
        trades = {c for n, c in self.codes.items() if n in _TRADES}
        together = any(_TOGETHER.search(same_length(text)) for text in paragraphs)
        return SubjectNames(self.indicators, self.regions, self.whole, {*said, *(trades if together else ())})

    def region_of(self, words: str) -> tuple[str, str]:
        """The last region spoken of (not compared with, no field of a rank), and the words without it."""
        for m in reversed(list(self.a_region.finditer(words))):
            before, after = words[: m.start()], words[m.end() :]
            if re.search(r"(?:高于|低于|快于|慢于|高出|比|较|占|与|落后于?|领先于?)$", before):
                continue
            if re.match(r"平均|第|前|各|排|列|居(?!民)|位|同类|相比", after) or re.match(_FIELD, after):
                continue
            code = self.regions[m.group()]
            if code == self.whole and re.search(r"(?:居|列|在|排|名)$", before):
                continue
            return code, before + after
        return "", words

    def aside(self, words: str) -> str:
        """The region of one number alone: `全市平均增速为`, `较乙区(`, `高于全市平均水平(`; else ""."""
        for m in self.a_region.finditer(words):
            after = words[m.end() :]
            if re.fullmatch(r"的?平均(?:水平|增速|增幅|增长)?(?:分别)?[为是]?", after) and not re.search(
                r"(?:高于|低于|快于|慢于|高出|比|较|与|落后于?|领先于?)$", words[: m.start()]
            ):
                return self.regions[m.group()]
            if re.fullmatch(r"(?:的?平均(?:水平|增速|增幅)?)?\(", after):
                return self.regions[m.group()]
        return ""

    def meant(self, words: str, plain: str, at: int, before: str) -> tuple[str, str] | None:
        """`我区收入` after 一般公共预算收入: the only indicator said before `at` that ends with them.

        `农村` after 居民人均可支配收入: with the name told `before` it makes another.
        """
        left = _left(_after_the_lead(re.sub(r"\([^()]*\)|[^一-龥]", "", self.region_of(words)[1])))
        if len(left) < ENOUGH or left in SPOKEN:
            return None
        if (whole := left + re.sub("^(?:全体|城镇|农村)", "", before)) in self.codes and before:
            return self.codes[whole], whole
        names = {name for name in names_before(plain, at, self.a_name) if name.endswith(left)}
        codes = {self.codes[name] for name in names}
        return (codes.pop(), min(names)) if len(codes) == 1 else None

    def spoken(self, words: str) -> tuple[str, str]:
        """The code of a short way of speaking, where the paper names the indicator, and the word; else ""."""
        for word in _SPOKEN:
            code = self.codes.get(same_length(SPOKEN[word]), "") if word in words else ""
            if (
                code in self.mentioned
                and len(_left(re.sub(rf"{word}(?:{_TAILS})?", "", words, count=1))) < ENOUGH
            ):
                return code, word
        return "", ""

    def subject(self, words: str) -> tuple[str, str] | None:
        """(code, name) of what the words name; ("", words) for a subject of its own; None for none."""
        words = PERIOD.sub("", re.sub(r"^.*[】\]]", "", words)).replace("累计", "")
        if name := self._beside(words):
            return self.codes[name], name
        rest = re.sub(r"\([^()]*\)|[^一-龥A-Za-z\d—-]", "", words)
        last = next(reversed(list(self.a_name.finditer(rest))), None)
        if last is None:
            left = _left(_after_the_lead(rest))
            if len(left) < ENOUGH:
                return None
            code, word = self.spoken(_after_the_lead(rest))
            if not code and (name := self._ending(left)):
                code, word = self.codes[name], left
            return (code, word) if code else ("", IDLE.sub("", rest)[-12:])
        before, after = rest[: last.start()], re.sub(rf"^(?:{_TAILS})", "", rest[last.end() :])
        before = _after_the_lead(self.a_name.sub("", before))
        if before.endswith("的") and not _OWN.search(before):
            before = ""
        if len(_left(before)) < ENOUGH and len(_left(after)) < ENOUGH:
            return self.codes[last.group()], last.group()
        return "", IDLE.sub("", rest)[-12:]

    def _ending(self, words: str) -> str:
        """住宿业营业额: the end of the names of one indicator alone."""
        ends = {self.codes[name]: name for name in self.by_length if len(words) >= 5 and name.endswith(words)}
        return next(iter(ends.values())) if len(ends) == 1 else ""

    def whole_of(self, words: str) -> str:
        """What a share is of: `@code` of a region, `=code` of an indicator, "?" of something else."""
        if (m := self.a_region.match(words)) and not _left(words[m.end() :]):
            return f"@{self.regions[m.group()]}"
        heard = self.subject(self.region_of(words)[1])
        return f"={heard[0]}" if heard and heard[0] else "?"

    def _beside(self, words: str) -> str:
        """The indicator right before a bracket with its figure: `应重点调度民间投资(下降28.5%`."""
        if not words.endswith("("):
            return ""
        name = next((n for n in self.by_length if words[:-1].endswith(n)), "")
        return name if name and _BEFORE_A_NAME.search(words[: -1 - len(name)]) else ""

    def listed(self, words: str) -> list[tuple[str, str, str]]:
        """What `A、B和C…分别` lists: (code, name, region) each; [] if one member is not understood.

        Code or region is "" where the list does not say it.
        """
        text = PERIOD.sub("", words)
        text = re.sub(
            r"(?:[两三四五六七八九十\d]+(?:个|项|大)?(?:行业|指标|领域|方面|类)?)?(?:的?增速|的?增幅|速度)?(?:同比)?(?:[在居]?全市)?$",
            "",
            text,
        )
        items = [item for item in re.split("、", re.sub(r"[^一-龥A-Za-z\d、—()-]", "", text)) if item]
        if (
            items
            and items[-1] not in self.codes
            and (parted := re.split(r"以及|[和及与]", items[-1]))
            and all(parted)
        ):
            items[-1:] = parted
        if len(items) < ENOUGH:
            return []
        regions = [self.a_region.match(item) for item in items]
        if all(regions) and all(
            m and m.group() == item for m, item in zip(regions[:-1], items[:-1], strict=True)
        ):
            tail = items[-1][len(regions[-1].group()) :] if regions[-1] else ""
            told = self.subject(tail) if tail else None
            code, name = told or ("", "")
            return [(code, name, self.regions[m.group()]) for m in regions if m] if code or not tail else []
        items[0] = _after_the_lead(self.region_of(items[0])[1])
        found = [self._completed(item, items[0], items[-1]) for item in items]
        if not all(found):
            return []
        self.mentioned.update(self.codes[n] for n in found)
        return [(self.codes[n], n, "") for n in found]

    def _completed(self, item: str, first: str, last: str) -> str:
        """`餐饮业营业额` after `限上住宿业`: the first's beginning and the last's end make it whole."""
        if item in self.codes:
            return item
        for name in reversed(self.by_length):
            at = name.find(item)
            head, tail = name[: max(at, 0)], name[at + len(item) :]
            if at >= 0 and (not head or first.startswith(head)) and (not tail or last.endswith(tail)):
                return name
        told = self.subject(item)
        return told[1] if told and told[0] and told[1] in self.codes else ""


@lru_cache(maxsize=8)
def _names_of(plain: str, a_name: re.Pattern[str]) -> tuple[list[int], list[int], dict[str, int]]:
    """Where a paragraph's names start and end, and where each is over for the first time."""
    found = [*a_name.finditer(plain)]
    return [m.start() for m in found], [m.end() for m in found], {m.group(): m.end() for m in reversed(found)}


def names_before(plain: str, at: int, a_name: re.Pattern[str]) -> list[str]:
    """The names that a paragraph says before `at`, looked for once a paragraph and not once a number."""
    starts, ends, first = _names_of(plain, a_name)
    last = bisect_left(starts, at) - 1
    cut = [*a_name.finditer(plain, starts[last], at)] if last >= 0 and ends[last] > at else []
    return [*(name for name, end in first.items() if end <= at), *(m.group() for m in cut)]


def _after_the_lead(words: str) -> str:
    """What stands behind the last words that only lead up to a subject (`从…来看`, `其中`)."""
    at = 0
    for m in _LEAD.finditer(words):
        at = m.end(1)
    return words[at:]


def _left(words: str) -> str:
    """What is left of words when what says nothing of its own is gone."""
    return re.sub(r"[\d—-]|年|月|日|[全我本][省市区县]|的", "", IDLE.sub("", words))


def with_the_rest(
    words: Mapping[str, str], wholes: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """A catalogue's names, and which indicator is a part of which (税收占比 is of all revenue).

    Added are 非税收入 (code `revenue-tax`) and 城乡居民收入比 (`income_urban/income_rural`).
    """
    names, parts = dict(words), dict(wholes)
    for also, name in ALSO.items():
        if name in words:
            names.setdefault(also, words[name])
    for part, whole, rest in PARTS:
        if part in words and whole in words:
            names.setdefault(rest, f"{words[whole]}-{words[part]}")
            parts.setdefault(f"{words[whole]}-{words[part]}", words[whole])
            parts.setdefault(words[part], words[whole])
    town, country, ratios = RATIO
    if town in words and country in words:
        names = dict.fromkeys(ratios, f"{words[town]}/{words[country]}") | names
    return names, parts
