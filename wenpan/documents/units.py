"""Units in official Chinese: finding the names of departments, towns and groups in a passage.

Pure. A gazetteer (the place's own units with aliases) is used first; beyond it, a name is
recognised by its ending (局, 办, 中心, 镇, 街道 …) or as a group (各镇街, 各有关部门). Names are returned as
written; `resolve` maps them to codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_ENDINGS = (
    "街道办事处|街道办|办事处|办公室|管理委员会|管委会|委员会|工作组|专班|指挥部|领导小组|项目部|服务中心|开发区|经开区|高新区|示范区|产业园|园区|新区"
    "|分公司|供电公司|公司|集团|平台公司|城投|银行|支行|分局|支队|大队|中队|总队|检察院|法院|研究院|医院|学院|党校|学校|大学|协会|商会|工商联|总工会|工会|妇联|团委|团区委|残联|科协|社科联|文联|红十字会|联社"
    "|督查室|督查办|绩效办|政研室|史志室|政府办|党政办|公安|税务|气象|消防|邮政|电信|移动|联通|供电|自来水|人民政府|政府|街道|中心|单位|部门|机构"
    "|局|委|办|部|院|镇|乡|所|站|处|室|司|厅|署|县区|区县|园|社区|村"
)
_GROUP = (
    r"(?:各|有关|相关|全区|全县|全市|区直|县直|市直|区级|区属|其他|其它|驻区|承担[^,。;]{1,10}?的)"
    r"[各]?(?:有关|相关|成员|责任|牵头|配合|承办|主管|职能|行业|指标|区直|县直|区级|直属|单位|主要|经济|党|政)*"
    r"(?:镇\(?街道?\)?|镇街|街镇|乡镇\(?街道?\)?|乡\(镇\)|乡镇街道|街道|镇|乡|县\(市、?区\)|县区|区县|区|县|村\(?社区\)?|社区|园区|开发区|部门|单位|专班|工作组|工委管委领导|企业|机构|指挥部|责任人|领导)"
    r"(?:、?(?:各)?(?:镇|街道|乡镇|园区|部门|单位))*"
)
_NOISE = "的了是在把将对从于和与及要应须请由向被让给"
_NAME = rf"(?:(?![{_NOISE}])[\u4e00-\u9fff*])(?:[\u4e00-\u9fff*·()](?<![,。])){{0,14}}?(?:{_ENDINGS})(?!领导小组|面|负责同志|室主任)"
PERSON = r"(?:[\u4e00-\u9fff]{0,6}(?:副?[区县市镇]长|书记|主任|局长|部长|常委|同志|领导|秘书长))"

_SEPARATORS = re.compile(r"[、,，;；/和及与\s]+")


@dataclass(frozen=True)
class Gazetteer:
    """The place's units: every name and alias with its code; groups are expanded by `members`."""

    names: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def pattern(self) -> str:
        known = sorted(self.names, key=len, reverse=True)
        return "|".join([*(re.escape(name) for name in known), _GROUP, _NAME])

    def resolve(self, name: str) -> tuple[str, ...]:
        """Codes of a unit or group as written; empty when the place does not know it."""
        if name in self.members:
            return self.members[name]
        for candidate in (name, name.lstrip("区县市")):
            if candidate in self.names:
                return (self.names[candidate],)
        return ()


def split_names(text: str) -> list[str]:
    """`区发改局、财政局和各镇(街道)` as three names; brackets and their content stay together."""
    kept = re.sub(r"[(（]([^)）]*)[)）]", lambda m: f"〈{m[1].replace('、', '＼')}〉", text)
    parts = (part.strip(" :：。.") for part in _SEPARATORS.split(kept))
    return [p.replace("〈", "(").replace("〉", ")").replace("＼", "、") for p in parts if p]


def names_in(text: str, gazetteer: Gazetteer) -> Iterable[re.Match[str]]:
    return re.finditer(gazetteer.pattern(), text)
