"""Papers that the story studies: of the nation, the province, the city, and of other places. Invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class StudyPaper:
    """`units`: to whom it is sent; `signed`: how many of them sign for it; `marks`: (unit, paragraph counted
    from 0, words); `proposed`: the office makes proposals of the marks."""

    level: str
    title: str
    number: str
    issuer: str
    dated: date
    topic: str
    note: str
    text: str
    sent_on: date
    units: tuple[str, ...]
    signed: int
    marks: tuple[tuple[str, int, str], ...] = ()
    proposed: bool = False


PAPERS = (
    StudyPaper(
        "nation", "关于做好扩大有效投资工作的通知", "", "国家有关部门", date(2022, 6, 8), "投资",
        "对照看我区项目前期和要素保障",
        "一、加快项目前期工作。对已列入规划的项目，提前办理用地、环评等手续。\n"
        "二、强化要素保障。建立用地、用能、融资协调机制，按周调度，问题清单化。\n"
        "三、加强在建项目管理。实行现场走访制度，及时解决停工、进度慢等问题。\n"
        "四、规范统计报送。项目达到入库标准的，按规定及时报送，不得虚报。",
        date(2022, 6, 15), ("zjj", "jtj", "tcj", "tongxi", "liuwan"), 5,
        (("zjj", 1, "按周调度要素保障问题，拟纳入挂图作战"),), True,
    ),
    StudyPaper(
        "province", "关于培育壮大商贸流通主体的若干措施", "省商发〔2022〕31号", "省商务主管部门",
        date(2022, 7, 20), "消费", "限上单位培育我区差距大",
        "一、建立商贸主体培育库，按季更新，对临近标准的单位做好政策宣讲。\n"
        "二、支持企业依法办理相关手续，市县可对新增单位给予一次性补助。\n"
        "三、各县区应于2022年11月30日前制定培育办法，报市商务主管部门。",
        date(2022, 7, 28), ("swj", "czj", "tjj", "xinan", "hedong"), 3,
        (("swj", 2, "由我局起草区级培育办法，按时报市"), ("czj", 1, "测算一次性补助所需资金")),
    ),
    StudyPaper(
        "city", "关于开展惠企政策免申即享试点的通知", "宁政办〔2022〕19号", "宁澜市政府办公室",
        date(2022, 8, 30), "惠企政策", "市里要求各县区至少上两条",
        "一、各县区梳理本级惠企政策，选取条件明确、可用现有数据核定的条款先行试点。\n"
        "二、试点条款应写明责任单位、兑现时限、咨询电话，资金列入预算。\n"
        "三、每月报送兑现户数和金额。",
        date(2022, 9, 5), ("czj", "swj", "jrb", "jkq"), 2,
    ),
    StudyPaper(
        "elsewhere", "外地某区“前期工作专班”做法", "", "外省某区", date(2022, 9, 1), "招商",
        "框架协议多、落地慢，可借鉴",
        "该区把签约项目按落地阶段分给前期工作专班，一个项目一张节点表。\n"
        "每两周开一次专班会，只议节点没有完成的项目。\n"
        "半年后，签约到开工的平均时间比上一年缩短。",
        date(2022, 9, 8), ("tcj", "jkq", "zjj"), 1,
    ),
)  # fmt: skip
