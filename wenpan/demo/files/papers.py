"""The papers of the demonstration: a task table, minutes and a speech of an invented district, as files.

All of it is made up; the wording is that of offices, so that the reader of directives has real work to do.
"""

from __future__ import annotations

import io
from datetime import date

TABLE_DAY, MINUTES_DAY, SPEECH_DAY = date(2022, 3, 4), date(2022, 8, 22), date(2022, 10, 14)

TABLE = (
    ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
    (
        1,
        "固定资产投资增长6%以上，确保新入库5000万元以上项目不少于60个",
        "经发局",
        "住建局、投促局",
        "12月底前",
    ),
    (2, "社会消费品零售总额增长6.5%，新增限上商贸单位45家", "商务局", "经发局", "12月底前"),
    (3, "一般公共预算收入完成33亿元", "财政局", "税务局", "12月底前"),
    (4, "开工建设桐溪智造园二期标准厂房12万平方米", "桐溪镇", "经发局、住建局", "6月底前"),
    (5, "完成新安街道老旧小区改造18个", "住建局", "新安街道", "10月底前"),
    (6, "打通河东大道北段断头路", "交通局", "河东街道、财政局", "9月底前"),
    (7, "签约亿元以上产业项目30个，当年签约项目开工率达到60%", "投促局", "安禾经开区", "11月底前"),
    (8, "建成石埠镇农产品冷链物流中心", "石埠镇", "商务局", "11月底前"),
    (9, "每月25日前报送专项债券资金支出进度", "财政局", "经发局", "每月25日前"),
    (10, "组织银企对接活动4场，新增制造业贷款20亿元", "金融中心", "经发局", "12月底前"),
)

MINUTES = (
    "安禾区人民政府常务会议纪要",
    "（2022年第16次）",
    "8月22日，区政府召开第16次常务会议，专题研究三季度经济运行和项目建设。会议认为，上半年全区经济总体平稳，但投资、消费等指标回落，"
    "必须正视差距、压实责任。现将会议议定事项纪要如下：",
    "一、关于稳投资",
    "会议议定，由区经发局牵头，区住建局、区投促局配合，9月10日前完成停工项目逐个核查并提出分类处置意见。",
    "由区投促局牵头，对已签约未开工的21个项目逐个明确开工时间，9月15日前报区政府办。",
    "安禾经开区要在9月底前完成精密铸造产业园二期用地平整和管线迁改。（责任单位：安禾经开区；配合单位：住建局、交通局）",
    "二、关于促消费",
    "区商务局要在9月20日前印发秋季促消费活动方案，各镇街配合组织实施。",
    "由区商务局牵头，区财政局配合，10个工作日内兑现第一批住宿餐饮业纾困补助资金。",
    "三、关于企业服务",
    "各镇街要在8月底前完成一轮规上企业走访，问题清单报区经发局汇总。",
    "区税务局要会同区财政局，每周五前向区政府报告留抵退税办理进度。",
    "会议强调，各单位要进一步提高认识，凝聚合力，抓好落实。",
)

SPEECH = (
    "在全区经济运行调度会上的讲话",
    "（2022年10月14日）",
    "同志们：",
    "今天这次会议，主要任务是分析前三季度经济形势，研究部署四季度工作。前三季度，全区上下克服困难，做了大量工作，成绩来之不易。"
    "但对照全年目标，投资、服务业、住宿餐饮和财政收入差距较大，位次靠后，必须引起高度重视。",
    "一、正视差距，增强紧迫感",
    "从指标看，多项增速低于全市平均；从项目看，部分项目开工后长期没有投资，签约项目落地不快；从服务看，企业诉求办理不够及时。"
    "大家要把思想统一到区委的部署上来，拿出实招硬招，奋力冲刺四季度。",
    "二、突出重点，抓好四季度工作",
    "（一）全力稳投资。区经发局牵头，10月底前对在库项目逐个核实剩余投资，列出四季度可完成投资的项目清单。"
    "区住建局要在11月15日前推动8个停工房地产项目复工4个以上。安禾经开区、桐溪镇负责，10月25日前解决桐溪智造园二期供电接入问题。",
    "（二）全力促消费。区商务局牵头，各镇街配合，11月10日前完成限上住宿餐饮企业逐户走访，对达到规模未入库的企业建立清单。"
    "区商务局每周五报送重点商圈销售情况。",
    "（三）全力保收入。由区财政局牵头，区税务局配合，11月底前完成税源分析和清欠，确保应收尽收。"
    "区财政局要在10月28日前将专项债券未支出资金的整改方案报区政府。",
    "（四）全力抓招商。区投促局要对今年签约未开工项目实行周调度，11月20日前开工率达到50%以上。",
    "三、压实责任，强化督查",
    "区督查绩效办要盯住关键指标、红黄灯和进展缓慢的项目，每周一督查、每月一通报，对会议议定事项一跟到底。"
    "区统计局要在10月20日前组织一次企业统计人员业务培训，提高数据质量。",
    "同志们，四季度时间紧、任务重，让我们坚定信心、团结奋斗，努力完成全年目标任务！",
)


def document(paragraphs: tuple[str, ...]) -> bytes:
    """A plain .docx of these paragraphs; the first is the title."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paper = docx.Document()
    for position, words in enumerate(paragraphs):
        paragraph = paper.add_paragraph(words)
        if position < 2:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def table() -> bytes:
    """The year's task table as the office keeps it in Excel."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("任务分解")
        sheet.merge_range(
            0, 0, 0, 4, "安禾区2022年重点工作任务分解表", book.add_format({"bold": True, "align": "center"})
        )
        for row, values in enumerate(TABLE, start=1):
            for column, value in enumerate(values):
                sheet.write(row, column, value)
        sheet.set_column(1, 1, 60)
        sheet.set_column(2, 4, 18)
    return buffer.getvalue()
