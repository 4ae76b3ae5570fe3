"""Who is told to do something: lead and cooperating units in the forms of official Chinese.

Pure. The clerk's rules: the lead is the unit after 牵头 / 牵头单位 / 负责 / 落实, joint leads joined with 、;
with only 责任单位 or （甲、乙负责） the first-listed leads; a person only where no unit is named; nobody
named: empty. Cooperating units stand after 配合 / 协办 / 会同, or under 责任单位 beside a 牵头单位.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from wenpan.documents.orders.units.gazetteer import PERSON, Gazetteer, split_names
from wenpan.documents.words.days import ALL_THE_TIME

LABELS = {
    "lead": r"(?:牵头|主办|主责|承办|第一责任|主要责任)(?:单位|部门|科室|处室|责任单位)?",
    "duty": r"(?:责任|落实|实施|责任落实)(?:单位|部门|主体|科室|处室)",
    "coop": r"(?:配合|协办|参与|协同|协作|参加|配合责任)(?:单位|部门|科室|处室)?",
    "person": r"(?:责任人|(?:责任|牵头|分管|包抓|联系)[区县市]?领导|(?:牵头|包抓|第一责任)人)",
    "limit": r"(?:完成|办理|办结|整改|工作|落实|上报|报送|填报)?(?:时限|期限|时间|时间要求|时限要求|时间节点)",
}
_ANY_LABEL = "|".join(LABELS.values())
_LABELLED = {
    key: re.compile(
        rf"(?:^|[;。\n(,、\s]|(?<=[\u4e00-\u9fff])(?<!第一)(?<!主要)(?<!牵头)(?<!配合)(?<!主办)(?<!落实)){label}(?:为)?[::]"
        rf"\s*(?P<names>.*?)(?=;(?!各[^;:。\n]{{1,20}}$)|[。\n]|[,、\s]*(?:{_ANY_LABEL})[::]|$)"
    )
    for key, label in LABELS.items()
}
_ONLY_PERSON = re.compile(rf"^{PERSON}$")


@dataclass(frozen=True)
class Roles:
    lead: tuple[str, ...] = ()
    coop: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.lead or self.coop)

    @property
    def lead_text(self) -> str:
        return "、".join(self.lead)


_LIMIT = re.compile(r"(?:[底末前内日]|\d月)(?:完成|办结|落实)?$|完成$")

_MARKED = re.compile(r"([^、,;:。\n()]{2,20})\((?:牵头|主办)(?:单位|部门)?\)")
_NOBODY = re.compile(r"^(?:无|待定|暂无|见附|详见|另行|[/-]+)")


def _names(text: str) -> list[str]:
    text = _MARKED.sub(r"\1", text)
    text = re.sub(r"\([^()]*(?:下同|牵头单位|第一|首位|排名)[^()]*\)", "", text)
    text = re.sub(
        r"(?:等)?(?:按(?:照)?(?:各自)?职责(?:分工)?(?:分别)?|分别|共同|具体|负责同志|主要负责人)+$",
        "",
        text.strip(),
    )
    text = re.sub(r"等(?:[省市县区][级直]?)?(?:相关|有关)?(?:部门|单位)?$", "", text)
    text = re.sub(r"(?<=局)(?=[省市县区][\u4e00-\u9fff]{2,12}局)", "、", text)  # typed without a comma
    text = re.sub(r"\)+$", "", text) if text.count(")") > text.count("(") else text
    found = [
        re.sub(r"(?<!、)等(?:[省市县区][级直]?)?(?:相关|有关)?(?:部门|单位)?$", "", n) if "、" not in n else n
        for n in split_names(text)
    ]
    return [
        n for n in found if n not in ("等", "分别", "共同") and not _LIMIT.search(n) and not _NOBODY.match(n)
    ]


def _units_before_persons(names: list[str]) -> list[str]:
    units = [n for n in names if not _ONLY_PERSON.match(n)]
    return units or names


def labelled(text: str) -> Roles:
    """Roles from `牵头单位:甲;责任单位:乙、丙` on one line or several. `text` is of one width."""
    found = {
        key: [n for m in pattern.finditer(text) for n in _names(m["names"])]
        for key, pattern in _LABELLED.items()
    }
    lead, duty, coop = (found[key] for key in ("lead", "duty", "coop"))
    if lead:
        return Roles(tuple(_units_before_persons(lead)), tuple(duty + coop))
    if duty and (marked := [m[1].strip() for m in _MARKED.finditer(text) if m[1].strip() in duty]):
        return Roles(tuple(marked), tuple(n for n in duty + coop if n not in marked))
    if duty:
        return Roles((duty[0],), tuple(duty[1:] + coop))
    if coop:
        return Roles((), tuple(coop))
    return Roles(tuple(found["person"][:1]))


_TAIL = r"(?:牵头抓总|牵头负责|具体负责|按职责分工负责|按职责负责|分工负责|共同负责|负责落实|牵头落实|负责|牵头|落实|承办|主办|主责|抓落实)"
_COOP = (
    r"(?:按职责分工)?(?:积极|密切|全力|做好)?(?:配合|协办|协助|参与|协同|参加|会办)(?:落实|实施|工作|做好)?"
)
_NOTE_PART = re.compile(rf"^(?:由)?(?P<names>.+?)(?P<role>{_TAIL}|{_COOP})(?:[,,].*)?$")


def note(text: str, known: Gazetteer | None = None) -> Roles:
    """Roles from the words inside a bracket: `甲牵头,乙、丙配合`, `甲、乙负责`, `甲会同乙`, labelled forms, only names."""
    if re.search(rf"(?:{_ANY_LABEL})[::]", text):
        return labelled(text)
    heads: list[tuple[str, list[str]]] = []
    coop: list[str] = []
    for piece in re.split(r"[;。]|(?<=[头责合办实与助同])[,]", text):
        part, _, joined = piece.partition("会同")
        if joined:
            names = re.split("负责|,", joined)[0]
            coop += _names(re.sub(rf"(?:{_TAIL}|{_COOP})$", "", names))
            heads.append(("牵头", _names(part.removeprefix("由"))))
            continue
        if m := _NOTE_PART.match(part.strip()):
            if re.match(_COOP, m["role"]):
                first, _, helpers = m["names"].rpartition(",")
                if first and not heads and not re.search(rf"{_TAIL}|{_COOP}", first):
                    heads.append(("负责", _names(first)))  # 甲、乙,丙配合
                coop += _names(helpers if first and heads else m["names"])
            else:
                heads.append((m["role"], _names(m["names"])))
    if not heads and not coop and (only := _only_names(text, known or Gazetteer())):
        return Roles(tuple(only[:1]), tuple(only[1:]))
    return _from_heads(heads, coop)


def _only_names(text: str, known: Gazetteer) -> list[str]:
    """`县工信局`, `区市场监管局,10-12月`: a bracket that begins with units and goes on with a limit at most."""
    names = rf"(?:{known.pattern()})(?:\([^()]*\))?"
    listed = re.compile(rf"{names}(?:、{names})*(?:等)?")
    if "," in text and listed.fullmatch(text.replace(",", "、")):
        return _names(text.replace(",", "、"))  # 州发改委、州能源局,各县市人民政府
    first, rest = (*re.split("[,;]", text, maxsplit=1), "")[:2]
    whole = listed.fullmatch(first.strip())
    limited = not rest or re.search(r"[月底前内日周季年]", rest) or re.fullmatch(ALL_THE_TIME, rest.strip())
    return _names(first) if whole and limited and len(text) < 60 else []


def _from_heads(heads: list[tuple[str, list[str]]], coop: list[str]) -> Roles:
    """A person in front steps back behind a unit that carries out; `甲、乙负责`: the first leads."""
    with_units = [(r, [n for n in names if not _ONLY_PERSON.match(n)]) for r, names in heads]
    chosen = next(((r, n) for r, n in with_units if n), None)
    if chosen is None:
        first = next((names for _, names in heads if names), [])
        return Roles(tuple(first[:1]), tuple(coop))
    role, names = chosen
    others = [n for r, more in with_units if more is not names for n in more]
    if "牵头" in role or "主办" in role or role in ("落实", "抓落实"):
        return Roles(tuple(names), tuple(coop + others))
    return Roles((names[0],), tuple(names[1:] + coop + others))


def is_bare(text: str, known: Gazetteer) -> bool:
    """Only names, no word of a role."""
    return not re.search(rf"{_ANY_LABEL}|{_TAIL}|{_COOP}|会同", text) and bool(_only_names(text, known))


def is_note(text: str, known: Gazetteer | None = None) -> bool:
    """Is a bracket's content a note of responsibility?"""
    if re.search(rf"(?:{LABELS['lead']}|{LABELS['duty']}|{LABELS['coop']}|{LABELS['person']})[::]", text):
        return True
    if re.search(rf"..(?:{_TAIL}|配合|协办|会同[^,]+)(?:[,,;。].*)?$", text) and len(text) < 200:
        return True
    return bool(_only_names(text, known or Gazetteer()))
