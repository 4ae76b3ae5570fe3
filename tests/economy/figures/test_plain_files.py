"""Plain files in and out: what is read, what is refused and how it is said."""

import gzip
import io

import polars as pl
import pytest

from wenpan.economy.figures import plain_files
from wenpan.economy.figures.indicators import Indicator

HEAD = "region,indicator,period,measure,basis,value,released,source\n"


def observations(*lines: str) -> pl.DataFrame:
    return plain_files.read_observations((HEAD + "\n".join(lines) + "\n").encode(), "o.csv")


def test_a_row_is_read_with_its_types():
    row = observations('anhe,fai,2022-09,ytd,,"1,234.5",2022-10-18,统计局').row(0, named=True)
    assert (row["basis"], row["value"], str(row["released"])) == ("natural", 1234.5, "2022-10-18")


@pytest.mark.parametrize("text", ["", "-", "—", "…"])
def test_not_reported_is_null_not_zero(text):
    assert observations(f"anhe,fai,2022-09,ytd,,{text},,")["value"].to_list() == [None]


def test_codes_are_text():
    assert observations("0101,007,2022-09,ytd,,1,,")["region"].to_list() == ["0101"]


def test_a_byte_order_mark_and_gzip_are_read():
    data = gzip.compress(("\ufeff" + HEAD + "anhe,fai,2022-Q3,ytd_growth,,3.2%,,\n").encode())
    assert plain_files.read_observations(data, "o.csv.gz")["value"].to_list() == [3.2]


def test_parquet_is_read():
    out = io.BytesIO()
    pl.DataFrame({"region": ["anhe"], "indicator": ["fai"], "period": ["2022-09"], "measure": ["ytd"],
                  "value": [float("nan")]}).write_parquet(out)  # fmt: skip
    frame = plain_files.read_observations(out.getvalue(), "o.parquet")
    assert (frame["value"][0], frame["basis"][0]) == (None, "natural")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("anhe,fai,2022-9,ytd,,1,,", "2022-09 或 2022-Q3, 实为 '2022-9'"),
        ("anhe,fai,2022.1,ytd,,1,,", "实为 '2022.1'"),
        ("anhe,fai,2022-13,ytd,,1,,", "实为 '2022-13'"),
        ("anhe,fai,2022-09,total,,1,,", "measure 应为 ytd"),
        ("anhe,fai,2022-09,ytd,,约5,,", "第2行的 value 应为数字, 实为 '约5'"),
        ("anhe,fai,2022-09,ytd,,inf,,", "第2行的 value 应为数字"),
        ("anhe,,2022-09,ytd,,1,,", "第2行的 indicator 为空"),
        ("anhe,fai,2022-09,ytd,,1,十月,", "第2行的 released 应为日期"),
    ],
)
def test_a_refusal_names_file_line_and_what_was_found(line, said):
    with pytest.raises(plain_files.PlainFileError) as caught:
        observations(line)
    assert said in str(caught.value)
    assert str(caught.value).startswith("o.csv")


@pytest.mark.parametrize("data", [b"", b"\x1f\x8bbroken", b"PK\x03\x04", "区,数\n".encode("gb18030")])
def test_a_file_that_is_no_table_is_refused(data):
    with pytest.raises(plain_files.PlainFileError):
        plain_files.read_observations(data, "o.csv")


def test_targets_take_defaults_and_numbers():
    data = b"region,indicator,year,measure,comparison,value,set_by\nanhe,fai,2022,ytd_growth,>=,5,city\n"
    row = plain_files.read_targets(data).row(0, named=True)
    assert row["target_id"] == "T1"
    assert (row["basis"], row["schedule"], row["curve"], row["year"]) == (None, "linear", [], 2022)


def test_a_target_without_a_value_is_refused():
    data = b"region,indicator,year,measure,comparison,value\nanhe,fai,2022,ytd,>=,\n"
    with pytest.raises(plain_files.PlainFileError, match="第2行的 value 应为数字"):
        plain_files.read_targets(data)


def test_a_curve_is_read_from_its_cell():
    head = "region,indicator,year,measure,comparison,value,schedule,curve"
    data = f"{head}\nanhe,fai,2022,ytd,>=,9,curve,0.2;0.5;1\n".encode()
    assert plain_files.read_targets(data)["curve"].to_list() == [[0.2, 0.5, 1.0]]


def test_indicators_take_what_is_given():
    head = "indicator,name,unit,direction,frequency,lag_months,aggregation"
    data = f"{head}\nfai,固投,亿元,down,quarterly,1,\n".encode()
    assert plain_files.read_indicators(data)["fai"] == Indicator(
        "fai", "固投", "亿元", direction="down", frequency="quarterly", lag_months=1
    )


def test_a_region_twice_is_refused():
    with pytest.raises(plain_files.PlainFileError, match="重复: anhe"):
        plain_files.read_regions(b"region,name,parent\nanhe,A,city\nanhe,B,city\n")


@pytest.mark.parametrize("suffix", plain_files.SUFFIXES)
def test_what_is_written_can_be_read_again(suffix):
    frame = pl.DataFrame({"region": ["anhe"], "gap": [None], "reasons": [["低于目标", "居第2位"]]})
    data = plain_files.write_judged(frame, suffix)
    if suffix == ".csv":
        assert data.decode() == "region,gap,reasons\nanhe,,低于目标; 居第2位\n"
    else:
        read = pl.read_parquet if suffix == ".parquet" else pl.read_ndjson
        assert read(io.BytesIO(data))["reasons"].to_list() == [["低于目标", "居第2位"]]


def test_an_unknown_suffix_is_refused():
    with pytest.raises(plain_files.PlainFileError, match=r"\.xlsx"):
        plain_files.write_judged(pl.DataFrame(), ".xlsx")
