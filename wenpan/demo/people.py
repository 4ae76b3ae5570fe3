"""The people of the demonstration, one for every role, and the password that `wenpan demo` prints."""

from __future__ import annotations

from dataclasses import dataclass

PASSWORD = "Wenpan-demo-2022"  # noqa: S105  (the demonstration's own, printed on the terminal)


@dataclass(frozen=True)
class Person:
    username: str
    name: str
    role: str
    unit: str  # code of place.yaml
    comes_for: str


PEOPLE = (
    Person("leader", "江望舒", "leader", "zfb", "区领导: 什么红了, 为什么, 谁负责"),
    Person("analyst", "林知衡", "analyst", "jfj", "经发局分析员: 收表、研判、出分析"),
    Person("statistician", "沈明册", "statistician", "tjj", "统计局: 报表入账"),
    Person("supervisor", "罗行简", "supervisor", "dcb", "督查绩效办"),
    Person("liaison", "周商言", "liaison", "swj", "商务局联络员: 本单位的指标与预计"),
    Person("liaison_town", "何青桐", "liaison", "tongxi", "桐溪镇联络员"),
    Person("sysadmin", "秦维", "system_admin", "zfb", "系统管理员: 账号"),
    Person("secadmin", "孟守安", "security_admin", "zfb", "安全管理员: 角色"),
    Person("auditor", "郑以观", "auditor", "dcb", "安全审计员: 日志"),
)
