"""Notices as they are kept, in English: a notice keeps the sentence that was sent, in Chinese.

Pure. What somebody wrote (titles, instructions, reasons) stays as it was written. A test holds that every
sentence that the program sends has its pattern here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

DAY = r"(\d{4}-\d\d-\d\d)"
NUMBER = r"(\d{4}-\d+)"
TITLE = r"《(.*?)》?"
COLOURS = {"蓝": "blue", "橙": "orange", "黄": "yellow", "红": "red", "白": "white"}
STEPS = {
    "提醒联络员": "the liaison officer is reminded",
    "提醒单位主要负责人": "the unit's head is reminded",
    "报分管区领导": "reported to the leader in charge",
    "通报点名": "named in the bulletin",
    "建议约谈": "a talk is suggested",
}
STAGES = {
    "开始申报": "opens",
    "还有一个月": "one month left",
    "还有一周": "one week left",
    "还有一天": "one day left",
}
ASKED = {
    "请主要负责人过问": "the unit's head is asked to see to it",
    "请分管领导督促": "the leader in charge is asked to press",
    "列入本月督查通报点名": "it is named in this month's bulletin",
    "建议约谈": "a talk is suggested",
}
Made = str | Callable[[re.Match[str], Mapping[str, str]], str]


def _led(m: re.Match[str], words: Mapping[str, str]) -> str:
    who = f", led by {words.get(m[1], m[1])}," if m[1] else ""
    return f"{m[2]} “{_title(m[3], words)}”{who} is {m[4]} working days overdue: {ASKED[m[5]]}"


def _title(title: str, words: Mapping[str, str]) -> str:
    """A title that the program made is turned; one that somebody wrote stays."""
    made = re.fullmatch("(.+)(红|黄)灯整改", title)
    if made is None or made[1] not in words:
        return title
    return f"{words[made[1]]}: {COLOURS[made[2]]} light to be put right"


def _window(m: re.Match[str], words: Mapping[str, str]) -> str:
    said = f"“{m[1]}”: {STAGES.get(m[2], m[2])}, claims end on {m[3]}."
    if m[4]:
        where = "in the district" if m[4] == "全区" else "in your area"
        said += f" Candidates {where}: {m[5]} meet the terms, {m[6]} are to be asked; "
        said += "the department in charge decides."
    return said


def _titled(pattern: str) -> Made:
    """`{n}` is group n; `{t}` the title, group 2."""

    def made(m: re.Match[str], words: Mapping[str, str]) -> str:
        return pattern.format("", *m.groups(), t=_title(m[2], words))

    return made


NOTICES: tuple[tuple[str, Made], ...] = (
    (rf"{NUMBER}{TITLE}将于{DAY}到期，请按期反馈", _titled("{1} “{t}” is due on {3}: please report in time")),
    (rf"{NUMBER}{TITLE}下一个工作日到期（{DAY}），请按期反馈",
     _titled("{1} “{t}” is due on the next working day ({3}): please report in time")),
    (rf"{NUMBER}{TITLE}已于{DAY}到期，尚未反馈办结，请立即反馈",
     _titled("{1} “{t}” was due on {3} and is not done: please report at once")),
    (rf"(?:(.+?)牵头的)?{NUMBER}{TITLE}逾期已满(\d+)个工作日，({'|'.join(ASKED)})", _led),
    (rf"(.+?)牵头的{NUMBER}{TITLE}提级督办（(.+?)）：(.*)",
     lambda m, words: f"{m[2]} “{_title(m[3], words)}”, led by {words.get(m[1], m[1])}, is raised "
                      f"({STEPS.get(m[4], m[4])}): {m[5]}"),
    (rf"收到(蓝|橙|黄|红|白)色?督?办?单?(?:督办单|单)?(.+?)：{NUMBER}{TITLE}，请于{DAY}前回复",
     lambda m, words: f"A {COLOURS[m[1]]} slip has come ({_slip(m[2])}): {m[3]} “{_title(m[4], words)}”; "
                      f"please answer by {m[5]}"),
    (rf"催办：{NUMBER} (.*?)(?:。(.*))?",
     lambda m, words: f"Reminder: {m[1]} {_title(m[2], words)}{f' — {m[3]}' if m[3] else ''}"),
    (rf"催办已撤销，不用答复：{NUMBER} (.*)",
     lambda m, words: f"Reminder withdrawn, no answer needed: {m[1]} {_title(m[2], words)}"),
    (rf"(.+?)批示 {NUMBER}：(.*)", r"\1 instructs on \2: \3"),
    (rf"(.+?)催交办 {NUMBER}：(.*)", r"\1 asks that \2 be assigned: \3"),
    (rf"(.+?)将(.+)转督办，由(.+?)于{DAY}前办结：(.*)",
     r"\1 puts \2 under supervision; \3 is to finish it by \4: \5"),
    (rf"“(.+?)”(开始申报|还有[^，]+|[^，“”]+)，{DAY}截止申报。"
     r"(?:(全区|本辖区)候选企业：条件已具备(\d+)户，还要先问(\d+)户；由主管部门认定。)?", _window),
    (r"请签收、学习：(.+)", r"Please sign for and read: \1"),
    (r"(.+)已通报，请查看本单位的督查结果", r"\1: the report is out; see what was found at your unit"),
    (rf"(\d+)年(\d+)月投资项目月报还没有交，请在{DAY}前交回。",
     r"The return of projects for \1-\2 is missing: please hand it in by \3."),
    (rf"(核\S+?)请核实(.+)的月报，{DAY}前答复。", r"\1: please check the return of \2 and answer by \3."),
    (rf"(核\S+?)（(.+)）{DAY}到期，还没有答复。", r"\1 (\2) is due on \3 and not answered."),
    (rf"(核\S+?)（(.+)）已过答复期限{DAY}，请尽快答复。", r"\1 (\2) was due on \3: please answer soon."),
    (r"《(.+)》被退回：(.*)", r"“\1” was sent back: \2"),
)  # fmt: skip
_COMPILED = [(re.compile(pattern, re.S), made) for pattern, made in NOTICES]


def _slip(number: str) -> str:
    found = re.fullmatch(r".*?〔(\d{4})〕(\d+)号", number)
    return f"{found[1]}/{found[2]}" if found else number


def notice(text: str, words: Mapping[str, str]) -> str | None:
    """The notice in English; None for what is no notice of the program."""
    for pattern, made in _COMPILED:
        if match := pattern.fullmatch(text):
            return match.expand(made) if isinstance(made, str) else made(match, words)
    return None
