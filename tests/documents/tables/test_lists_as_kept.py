"""Project lists and returns as offices keep them: sections, sums, notes, joint units, no codes."""

from __future__ import annotations

from decimal import Decimal

from tests.documents.tables.test_records import codes, read

HEAD = ["序号", "项目名称", "建设性质", "总投资(亿元)", "2022年计划投资(亿元)", "责任单位"]


def test_numbered_rows_without_codes_are_projects_and_sections_and_sums_are_not():
    reading = read(
        ["2022年政府投资项目计划表"], HEAD,
        ["一、", "生态环境项目(2个)", None, 3.0, 1.0, None],
        [1.0, "水环境修复工程", "续建", 1.8, 0.4, "建设局"],
        [2.0, "文化公园", "新建", 1.2, 0.6, "建设局"],
        ["合计", None, None, 3.0, 1.0, None],
        ["填表说明:总投资以批复为准。", None, None, None, None, None],
    )  # fmt: skip
    assert [(r.row, r["name"], r["planned_total"]) for r in reading.records] == [
        (4, "水环境修复工程", Decimal("18000")),
        (5, "文化公园", Decimal("12000")),
    ]
    assert {"records.no_code", "records.section_row", "records.total_row"} <= set(codes(reading))


def test_a_plan_by_classes_holds_no_project():
    rows = [["2022年项目计划"], ["序号", "项目名称", "项目个数", "总投资(亿元)", "计划投资(亿元)"]]
    reading = read(*rows, ["一", "生态环境项目", 28.0, 231.78, 12.93], [None, "合计", 153.0, 1908.06, 140.8])
    assert reading.records == [] and reading.question is not None


def test_of_joint_units_the_first_leads_and_all_are_kept():
    rows = [["2022年重点项目清单"], ["编号", "项目名称", "级别", "总投资(万元)", "责任单位"]]
    units = {"经发局": "jfj", "住建局": "zjj"}
    reading = read(*rows, ["ZD-01", "产业园", "省重点", 52000.0, "经发局、住建局"], units=units)
    [record] = reading.records
    assert record["department"] == "jfj" and record.joint == {"department": ("jfj", "zjj")}
    assert "records.unit_joint" in codes(reading)


def test_a_section_gives_its_level_to_the_rows_below_where_the_list_has_no_such_column():
    rows = [["2022年重点项目"], ["编号", "项目名称", "总投资(万元)", "年度计划投资(万元)"]]
    reading = read(*rows, ["一、省级重点项目", None, None, None], ["A1", "产业园", 800.0, 100.0])
    assert reading.records[0]["level"] == "province"


def test_a_code_that_was_typed_as_a_number_has_lost_its_digits():
    rows = [["在库项目台账"], ["项目代码", "项目名称", "所在镇街", "计划总投资（万元）", "统计状态"]]
    reading = read(*rows, [360102202109010123.0, "滨江路", "桐溪镇", 8600.0, "在库"])
    assert reading.records[0]["code"] is None and "records.code_digits" in codes(reading)


def test_numbers_of_a_column_that_no_list_keeps_are_counted_in_one_note():
    rows = [["在库项目清单"], ["项目代码", "项目名称", "计划总投资(万元)", "用地(亩)"]]
    reading = read(*rows, ["A1", "产业园", 800.0, 12.0], ["A2", "学校", 900.0, 30.0])
    assert [f.found for f in reading.findings if f.check == "numbers.not_read"] == [
        "有 2 个数没有读入: D 用地(亩) 2个"
    ]
