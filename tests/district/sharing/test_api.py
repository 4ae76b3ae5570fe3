"""The read API: what the owner may see, as it is or was known; SDMX that another library reads back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.district.supervision.conftest import MORNING, day

TODAY = date(2022, 10, 24)


@pytest.fixture(autouse=True)
def monday(today_is):
    today_is("2022-10-24")


@pytest.fixture
def read(people, client):
    """read("clerk", "matters", "/api/v1/matters"): the answer."""
    from wenpan.district.sharing.tokens.actions import make_token

    held: dict[tuple[str, str], str] = {}

    def get(who, scope, path, **query):
        if (who, scope) not in held:
            held[who, scope] = make_token(
                by=people[who], name=scope, scopes=[scope], expires_on=TODAY + timedelta(days=9), at=MORNING
            )
        return client.get(path, query, headers={"Authorization": f"Bearer {held[who, scope]}"})

    return get


@pytest.fixture
def figures(people):
    """Three months of gdp in two regions; 2022-08 corrected on 20 October; one figure not reported."""
    from tests.district.places import accepted_file
    from wenpan.district.observations.actions import sync_regions
    from wenpan.district.observations.models import Batch, Observation, Region

    sync_regions(
        regions=[{"code": "anhe", "name": "安禾区", "home": True}, {"code": "donglan", "name": "东澜区"}],
        city={"code": "ninglan", "name": "宁澜市"},
        by=None,
    )
    batch = Batch.objects.create(
        submission=accepted_file(1, by=people["analyst"], at=day("2022-10-10")),
        recorded_at=day("2022-10-10"),
        recorded_by=people["analyst"],
    )
    home, rival = Region.objects.get(code="anhe"), Region.objects.get(code="donglan")

    def put(region, period, value, text, at="2022-10-10", until=None, version=1):
        return Observation.objects.create(
            region=region, indicator="gdp", period=period, measure="ytd_growth", value=value, value_text=text,
            status="value" if value is not None else "missing", unit="%", batch=batch, version=version,
            recorded_at=day(at), superseded_at=day(until) if until else None,
        )  # fmt: skip

    put(home, "2022-07", "5.1", "5.1")
    put(home, "2022-08", "5.2", "5.2", until="2022-10-20")
    put(home, "2022-08", "5.4", "5.4", at="2022-10-20", version=2)
    put(home, "2022-09", None, "…")
    put(rival, "2022-09", "-0.5", "-0.5")


class TestFigures:
    def test_they_are_as_they_hold(self, read, figures):
        items = read("analyst", "figures", "/api/v1/figures", region="anhe").json()["items"]
        found = {item["period"]: item for item in items}
        assert found["2022-08"]["value"] == "5.4000" or float(found["2022-08"]["value"]) == 5.4
        assert found["2022-09"]["value"] is None and found["2022-09"]["status"] == "missing"

    @pytest.mark.parametrize(
        ("on", "value"), [("2022-10-09", None), ("2022-10-10", 5.2), ("2022-10-19", 5.2), ("2022-10-20", 5.4)]
    )
    def test_or_as_they_were_known_on_a_day(self, read, figures, on, value):
        query = {"since": "2022-08", "until": "2022-08", "as_known_on": on}
        items = read("analyst", "figures", "/api/v1/figures", **query).json()["items"]
        assert [float(item["value"]) for item in items] == ([] if value is None else [value])

    def test_pages_follow_each_other_without_gap_or_repeat(self, read, figures):
        seen, before = [], {}
        for _ in range(9):
            page = read("analyst", "figures", "/api/v1/figures", size=1, **before).json()
            seen += [item["id"] for item in page["items"]]
            if page["next"] is None:
                break
            before = {"before": page["next"]}
        assert len(seen) == len(set(seen)) == 4

    @pytest.mark.parametrize(
        "query",
        [
            {"size": 0}, {"size": 501}, {"size": "x"}, {"before": 0}, {"before": 10**30},
            {"as_known_on": "x"}, {"as_known_on": "0001-01-01"}, {"as_known_on": "9999-12-31"},
        ],
    )  # fmt: skip
    def test_what_cannot_be_asked_is_refused(self, read, figures, query):
        assert read("analyst", "figures", "/api/v1/figures", **query).status_code in {400, 422}

    def test_a_role_without_the_ledger_cannot_even_make_the_token(self, people):
        from wenpan.district.ground.refused import Refused
        from wenpan.district.sharing.tokens.actions import make_token

        with pytest.raises(Refused):
            make_token(by=people["liaison"], name="x", scopes=["figures"], expires_on=TODAY, at=MORNING)


class TestSdmx:
    def test_another_library_reads_back_what_was_written(self, read, figures):
        from pysdmx.io import read_sdmx

        answer = read("analyst", "figures", "/api/v1/figures.sdmx.csv", indicator="gdp")
        assert answer["Content-Type"].startswith("application/vnd.sdmx.data+csv; version=2.0.0")
        message = read_sdmx(answer.content.decode(), validate=False)
        (dataset,) = message.data
        assert dataset.short_urn == "Dataflow=WENPAN:FIGURES(1.0)"
        rows = dataset.data.to_dict("records")
        found = {(row["REF_AREA"], row["TIME_PERIOD"]): row for row in rows}
        assert len(rows) == 4
        assert float(found["anhe", "2022-08"]["OBS_VALUE"]) == 5.4
        assert float(found["donglan", "2022-09"]["OBS_VALUE"]) == -0.5
        assert found["anhe", "2022-09"]["OBS_STATUS"] == "M" and not found["anhe", "2022-09"]["OBS_VALUE"]

    def test_as_known_on_a_day_it_is_the_older_vintage(self, read, figures):
        query = {"indicator": "gdp", "as_known_on": "2022-10-19"}
        text = read("analyst", "figures", "/api/v1/figures.sdmx.csv", **query).content.decode()
        assert "5.2" in text and "5.4" not in text

    def test_it_wants_an_indicator(self, read, figures):
        assert read("analyst", "figures", "/api/v1/figures.sdmx.csv").status_code == 400


class TestMatters:
    def test_the_office_reads_all_and_a_unit_its_own(self, read, assigned):
        assigned(coops=())
        assert len(read("clerk", "matters", "/api/v1/matters").json()["items"]) == 1
        assert len(read("liaison", "matters", "/api/v1/matters").json()["items"]) == 1
        assert read("town", "matters", "/api/v1/matters").json()["items"] == []

    def test_as_known_on_a_day_it_is_as_it_stood(self, read, assigned, people):
        from wenpan.district.supervision import actions

        matter = assigned(due=date(2022, 10, 31))
        actions.ask_extension(
            matter=matter, until=date(2022, 11, 15), reason="雨季", by=people["liaison"], at=day("2022-10-18")
        )
        matter.refresh_from_db()
        actions.decide_extension(matter=matter, granted=True, by=people["chief"], at=day("2022-10-19"))

        def due(**query):
            items = read("clerk", "matters", "/api/v1/matters", **query).json()["items"]
            return [item["due"] for item in items]

        assert due(as_known_on="2022-10-18") == ["2022-10-31"]
        assert due(as_known_on="2022-10-19") == due() == ["2022-11-15"]
        assert due(as_known_on="2022-10-13") == []

    @pytest.mark.parametrize(("on", "late"), [("2022-10-20", False), ("2022-10-21", True)])
    def test_late_is_after_the_day(self, read, assigned, on, late):
        assigned(due=date(2022, 10, 20))
        (item,) = read("clerk", "matters", "/api/v1/matters", as_known_on=on).json()["items"]
        assert item["overdue"] is late

    def test_of_restricted_ones_only_the_number(self, read, drafted):
        drafted(kind="note")
        (item,) = read("clerk", "matters", "/api/v1/matters").json()["items"]
        assert item["title"] is None and item["number"]


class TestJudgements:
    def test_an_empty_place_has_none(self, read):
        answer = read("clerk", "judgements", "/api/v1/judgements")
        assert answer.json() == {"as_of": None, "items": []}

    def test_a_month_that_is_none_is_refused(self, read):
        assert read("clerk", "judgements", "/api/v1/judgements", as_of="²").status_code == 400

    def test_as_known_on_a_day_the_superseded_one_holds(self, read, figures):
        from wenpan.district.indicators.models import Judgement
        from wenpan.district.observations.models import Region

        home = Region.objects.get(code="anhe")
        values = {
            "region": home, "indicator": "gdp", "as_of": "2022-08", "primary": True, "facts": {"gap": -0.4},
            "rule_set": "default", "rule_version": "1",
        }  # fmt: skip
        Judgement.objects.create(
            **values, light="RED", judged_at=day("2022-10-10"), superseded_at=day("2022-10-20")
        )
        Judgement.objects.create(**values, light="GREEN", judged_at=day("2022-10-20"))

        def light(**query):
            (item,) = read("clerk", "judgements", "/api/v1/judgements", **query).json()["items"]
            return item["light"]

        assert light(as_known_on="2022-10-19") == "RED"
        assert light(as_known_on="2022-10-20") == light() == "GREEN"


def test_every_answer_is_of_the_shape_that_the_description_says(read, figures, assigned):
    from wenpan.district.sharing.api.figures import FigurePage
    from wenpan.district.sharing.api.matters import MatterPage

    assigned(due=date(2022, 10, 31))
    for query in ({}, {"as_known_on": "2022-10-20"}):
        matters = read("clerk", "matters", "/api/v1/matters", **query).content
        rows = read("analyst", "figures", "/api/v1/figures", **query).content
        assert MatterPage.model_validate_json(matters).items
        assert len(FigurePage.model_validate_json(rows).items) == 4


class TestDescription:
    def test_openapi_says_every_operation_and_the_errors(self, signed_in, client, read):
        told = signed_in("clerk").get("/api/v1/openapi.json").json()
        assert told["openapi"].startswith("3.1")
        assert set(told["paths"]) == {
            "/api/v1/figures", "/api/v1/figures.sdmx.csv", "/api/v1/judgements", "/api/v1/matters",
        }  # fmt: skip
        assert {"200", "401", "403", "422", "429"} <= set(
            told["paths"]["/api/v1/figures"]["get"]["responses"]
        )
        assert client.get("/api/v1/openapi.json").status_code == 401
        assert client.get("/api/v1/docs").status_code == 404  # its scripts would break our content policy

    def test_an_answer_carries_a_tag_and_is_not_sent_twice(self, read, assigned, client):
        first = read("clerk", "matters", "/api/v1/matters")
        secret = first.wsgi_request.headers["Authorization"]
        headers = {"Authorization": secret, "If-None-Match": first["ETag"]}
        assert client.get("/api/v1/matters", headers=headers).status_code == 304

    def test_only_reading(self, read, client):
        first = read("clerk", "matters", "/api/v1/matters")
        headers = {"Authorization": first.wsgi_request.headers["Authorization"]}
        for method in (client.post, client.put, client.delete, client.patch):
            assert method("/api/v1/matters", headers=headers).status_code == 405
