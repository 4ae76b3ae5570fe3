"""Promises: the targets of the demonstration, by whom they were set, and how they were split.

Pure data and the two workbooks that carry it. Growth in %, levels in the catalogue's unit; a negative
target of a falling indicator means "at most". Documents are fictional. Splits stop at departments, towns
and the park.
"""

from __future__ import annotations

from collections.abc import Mapping

from wenpan.demo.files.grid import Cell, PrintedSheet, workbook
from wenpan.demo.files.workbooks import File, FileNames
from wenpan.economy.figures.indicators import Indicator

YEARS = (2020, 2021, 2022)
SETTERS = {"city": "市下达目标", "congress": "人代会目标", "district": "区自定目标"}

# indicator → year → (city, congress, district); None where that body set none. Growth in %.
GROWTH: dict[str, dict[int, tuple[float | None, float | None, float | None]]] = {
    "gdp": {2020: (7.0, 6.5, None), 2021: (8.0, 7.5, 8.5), 2022: (5.5, 5.0, 6.0)},
    "industry_va": {2020: (7.0, 7.0, None), 2021: (8.5, 8.0, 9.0), 2022: (6.5, 6.5, 7.5)},
    "industry_output": {2020: (None, None, 7.0), 2021: (None, None, 9.0), 2022: (None, None, 6.5)},
    "fai": {2020: (8.0, 8.0, None), 2021: (8.0, 8.0, 10.0), 2022: (8.0, 7.0, 10.0)},
    "fai_industry": {2020: (9.0, None, None), 2021: (10.0, None, None), 2022: (6.0, None, None)},
    "fai_private": {2020: (None, None, None), 2021: (7.0, None, None), 2022: (7.0, None, None)},
    "retail": {2020: (8.0, 8.0, None), 2021: (10.0, 9.0, 11.0), 2022: (4.5, 4.5, 6.0)},
    "wholesale": {2020: (10.0, None, None), 2021: (12.0, None, None), 2022: (6.0, None, None)},
    "retail_trade": {2020: (8.0, None, None), 2021: (10.0, None, None), 2022: (5.0, None, None)},
    "lodging": {2020: (6.0, None, None), 2021: (12.0, None, None), 2022: (3.0, None, None)},
    "catering": {2020: (8.0, None, None), 2021: (14.0, None, None), 2022: (6.0, None, None)},
    "services": {2020: (9.0, None, None), 2021: (10.0, 10.0, None), 2022: (5.0, 5.0, None)},
    "other_services": {2020: (10.0, None, None), 2021: (12.0, None, None), 2022: (8.0, None, 10.0)},
    "revenue": {2020: (4.0, 3.0, None), 2021: (5.0, 5.0, None), 2022: (5.0, 4.0, None)},
    "tax": {2020: (4.0, None, None), 2021: (5.5, None, None), 2022: (5.0, None, None)},
    "income": {2020: (7.5, 7.0, None), 2021: (8.0, 8.0, None), 2022: (7.0, 7.0, None)},
    "trade": {2020: (6.0, None, None), 2021: (9.0, None, None), 2022: (6.0, None, None)},
    "deposits": {2020: (8.5, None, None), 2021: (9.0, None, None), 2022: (8.0, None, None)},
    "loans": {2020: (12.0, None, None), 2021: (12.5, None, None), 2022: (11.5, None, None)},
    "construction": {2020: (None, 7.0, None), 2021: (None, 8.0, None), 2022: (None, 5.0, None)},
    "estate_sales": {2020: (None, None, 2.0), 2021: (None, None, 4.0), 2022: (None, None, 0.0)},
    "electricity": {2020: (None, None, 5.5), 2021: (None, None, 7.0), 2022: (None, None, 4.0)},
    "industry_electricity": {2020: (None, None, 5.0), 2021: (None, None, 7.0), 2022: (None, None, 5.0)},
    "energy_intensity": {2020: (-3.0, None, None), 2021: (-3.0, None, None), 2022: (-2.8, None, None)},
}
# Amounts for the year: (city, congress, district).
LEVELS: dict[str, dict[int, tuple[float | None, float | None, float | None]]] = {
    "revenue": {2020: (None, 45.6, None), 2021: (None, 47.8, None), 2022: (None, 50.3, None)},
    "foreign_investment": {
        2020: (10_600.0, None, None),
        2021: (11_200.0, None, None),
        2022: (11_200.0, None, 12_500.0),
    },
}
# How the district shares out 2022: indicator → unit → amount; together slightly more than its target.
SPLITS_2022: dict[str, dict[str, float]] = {
    "revenue": {"jkq": 14.6, "xinan": 9.8, "hedong": 8.9, "tongxi": 6.7, "liuwan": 5.6, "shibu": 5.2},
    "foreign_investment": {"jkq": 7_400.0, "tcj": 3_100.0, "swj": 2_000.0},
    "fai_large": {"jkq": 55.0, "zjj": 21.0, "jtj": 16.0, "tongxi": 19.0, "liuwan": 16.0, "shibu": 13.0},
    "fai_small": {"jkq": 9.6, "tongxi": 6.2, "liuwan": 4.9, "shibu": 4.4, "xinan": 2.3, "hedong": 1.9},
    "retail": {"xinan": 128.0, "hedong": 109.0, "tongxi": 46.0, "liuwan": 34.0, "shibu": 28.0, "jkq": 17.0},
}
SPLIT_ORDER = ("jkq", "xinan", "hedong", "tongxi", "liuwan", "shibu", "zjj", "jtj", "tcj", "swj")

# The district's own way through 2022, cumulative shares by month, where months/12 would mislead.
CURVES_2022: dict[str, tuple[float, ...]] = {
    "foreign_investment": (0.05, 0.1, 0.2, 0.28, 0.36, 0.48, 0.56, 0.64, 0.75, 0.83, 0.92, 1.0),
}


def documents(year: int, names: FileNames) -> dict[str, str]:
    """What the targets of a year stand on, by who set them."""
    return {
        "city": f"{names.city}下达各县(市、区){year}年主要经济指标目标任务的通知",
        "congress": f"{names.home}{year}年政府工作报告",
        "district": f"{names.home}{year}年经济工作要点",
    }


def targets_table(year: int, catalogue: Mapping[str, Indicator], names: FileNames) -> File:
    """安禾区2022年度主要经济指标目标表: a sheet for each body that set targets, a row an indicator."""
    title = f"{names.home}{year}年度主要经济指标目标表"
    sheets = []
    for place, (setter, label) in enumerate(SETTERS.items()):
        sheet = PrintedSheet(
            name=label,
            title=f"{title}({label})",
            subtitle=f"制表: {names.home}经济发展局",
            head=[["序号", "指标名称", "计量单位", label, "依据"]],
            notes=["注: 单位为%的是全年增速目标, 其余为全年总量目标."],
        )
        for code, indicator in catalogue.items():
            for table, unit in ((GROWTH, "%"), (LEVELS, indicator.unit)):
                value = table.get(code, {}).get(year, (None, None, None))[place]
                if value is not None:
                    cells: list[Cell] = [
                        len(sheet.rows) + 1,
                        indicator.name,
                        unit,
                        value,
                        documents(year, names)[setter],
                    ]
                    sheet.rows.append(cells)
        sheets.append(sheet)
    return File(f"{title}.xlsx", workbook(sheets))


def splits_table(catalogue: Mapping[str, Indicator], names: FileNames, units: Mapping[str, str]) -> File:
    """安禾区2022年度目标任务分解表: a row an indicator, a column a department, town or park; amounts."""
    title = f"{names.home}2022年度主要经济指标目标任务分解表"
    columns = [code for code in SPLIT_ORDER if any(code in split for split in SPLITS_2022.values())]
    sheet = PrintedSheet(
        name="分解",
        title=title,
        subtitle=f"制表: {names.home}经济发展局",
        head=[["序号", "指标名称", "计量单位", *(units[code] for code in columns)]],
        notes=["注: 分解到部门、镇街、园区为止; “-”为不承担."],
    )
    for code, split in SPLITS_2022.items():
        shown = [split.get(unit, "-") for unit in columns]
        sheet.rows.append([len(sheet.rows) + 1, catalogue[code].name, catalogue[code].unit, *shown])
    return File(f"{title}.xlsx", workbook([sheet]))
