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
    Person("supervisor", "罗行简", "supervisor", "dcb", "督查绩效办: 拟办、交办、核查、每周督查、起草通报"),
    Person("chief", "温如砥", "supervision_head", "dcb", "督查绩效办主任: 审批立项和延期, 审核通报"),
    Person("service", "宋亲清", "service", "jfj", "企业服务专员: 企业台账、诉求、包联计划、惠企政策"),
    Person("liaison", "周商言", "liaison", "swj", "商务局联络员: 本单位的督办事项、指标与预计"),
    Person("head", "邵敬业", "unit_head", "swj", "商务局局长: 签发反馈, 申诉"),
    Person("staff", "向远帆", "attraction", "tcj", "投促局招商科: 招商看板、漏斗、项目进展和佐证"),
    Person("liaison_town", "何青桐", "liaison", "tongxi", "桐溪镇联络员"),
    Person("sysadmin", "秦维", "system_admin", "zfb", "系统管理员: 账号"),
    Person("secadmin", "孟守安", "security_admin", "zfb", "安全管理员: 角色"),
    Person("auditor", "郑以观", "auditor", "dcb", "安全审计员: 日志"),
)

# Others who act in the story; the terminal does not list them. A liaison of every unit that handles matters,
# and the two deputy district heads with the units in their charge.
OTHERS = (
    Person("deputy_economy", "柏临川", "leader", "zfb", "分管经济的副区长"),
    Person("deputy_building", "葛闻笛", "leader", "zfb", "分管建设的副区长"),
    Person("ll_jfj", "陆衡之", "liaison", "jfj", "经发局联络员"),
    Person("ll_tjj", "顾明册", "liaison", "tjj", "统计局联络员"),
    Person("ll_czj", "钱守正", "liaison", "czj", "财政局联络员"),
    Person("ll_swjj", "吴税言", "liaison", "swjj", "税务局联络员"),
    Person("ll_zjj", "石砚青", "liaison", "zjj", "住建局联络员"),
    Person("ll_tcj", "向近舟", "liaison", "tcj", "投促局联络员"),
    Person("ll_jtj", "路知远", "liaison", "jtj", "交通局联络员"),
    Person("ll_jrb", "金汇川", "liaison", "jrb", "金融中心联络员"),
    Person("ll_liuwan", "柳岸晴", "liaison", "liuwan", "柳湾镇联络员"),
    Person("ll_xinan", "安知新", "liaison", "xinan", "新安街道联络员"),
    Person("ll_hedong", "何东升", "liaison", "hedong", "河东街道联络员"),
    Person("ll_shibu", "田埠生", "liaison", "shibu", "石埠镇联络员"),
    Person("ll_jkq", "梁启园", "liaison", "jkq", "安禾经开区联络员"),
)
CHARGES = {
    "deputy_economy": ("jfj", "tjj", "swj", "czj", "swjj", "tcj", "jrb", "jkq"),
    "deputy_building": ("zjj", "jtj", "tongxi", "liuwan", "shibu", "xinan", "hedong"),
}
