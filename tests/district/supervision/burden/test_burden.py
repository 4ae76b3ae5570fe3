"""填报账: every field that a unit fills in is registered with owner, ground, expiry and cost."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

import wenpan
from wenpan.district.supervision.burden import policy
from wenpan.district.supervision.burden.queries import burden
from wenpan.economy.time.periods import Month
from wenpan.rules.loading import RuleError

TEMPLATES = Path(wenpan.__file__).parent / "district" / "templates"
SHOWN_BY = {  # where the fields of a registered form stand
    "feedback": "supervision/parts/feedback_fields.html",
    "sheet": "supervision/sheet.html",
}
NO_FIELDS = {"seen", "back", "pick", "next", "query"}  # what a page remembers and nobody fills in


def test_every_field_of_a_registered_form_is_registered():
    forms = policy.register().forms
    for code, template in SHOWN_BY.items():
        names = {
            n.partition(":")[0] for n in re.findall(r'\bname="([a-z_]+)', (TEMPLATES / template).read_text())
        }
        assert names - NO_FIELDS <= set(forms[code].fields), code


@pytest.mark.parametrize("missing", ["owner", "ground", "expires", "minutes", "required", "fields"])
def test_an_entry_that_lacks_owner_ground_expiry_or_cost_is_refused(missing, tmp_path, monkeypatch):
    data = yaml.safe_load((Path(wenpan.__file__).parent / "rules" / "burden.yaml").read_text())
    del data["requests"]["feedback"][missing]
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "burden.yaml").write_text(yaml.safe_dump(data, allow_unicode=True))
    monkeypatch.setenv("WENPAN_HOME", str(tmp_path))
    with pytest.raises(RuleError, match=missing):
        policy.register()


def test_the_last_day_still_counts():
    form = policy.register().forms["feedback"]
    assert not form.expired(form.expires)
    assert form.expired(date(form.expires.year + 1, 1, 1))


@pytest.mark.django_db
def test_minutes_are_counted_by_unit_and_month(people, units, drafted):
    from tests.district.supervision.conftest import MORNING
    from wenpan.district.supervision import actions
    from wenpan.district.supervision.matters.actions.sheet import SheetLine, report_sheet

    matter = drafted()
    actions.register(matter=matter, by=people["chief"], at=MORNING)
    actions.assign(matter=matter, lead=units["zjj"], due=date(2022, 10, 20), by=people["clerk"], at=MORNING)
    actions.feed_back(matter=matter, claim="progress", process="甲", by=people["liaison"], at=MORNING)
    report_sheet(lines=[SheetLine(matter, words="乙")], by=people["liaison"], at=MORNING)
    page = burden(Month(2022, 10), date(2022, 10, 14))
    (line,) = page.units
    assert (line.unit, line.times["feedback"], line.times["sheet"]) == (units["zjj"], 1, 1)
    forms = policy.register().forms
    assert line.minutes == forms["feedback"].minutes + forms["sheet"].minutes
    assert burden(Month(2022, 11), date(2022, 11, 1)).units == ()


@pytest.mark.django_db
def test_one_click_that_nothing_has_changed_is_counted_as_such(people, assigned):
    from tests.district.supervision.conftest import MORNING
    from wenpan.district.supervision import actions

    matter = assigned()
    actions.feed_back(matter=matter, claim="progress", process="甲", by=people["liaison"], at=MORNING)
    actions.nothing_new(matter=matter, by=people["liaison"], at=MORNING)
    (line,) = burden(Month(2022, 10), date(2022, 10, 14)).units
    forms = policy.register().forms
    assert (line.times["feedback"], line.times["unchanged"], line.fields) == (1, 1, 1)
    assert line.minutes == forms["feedback"].minutes + forms["unchanged"].minutes


@pytest.mark.django_db
def test_a_unit_sees_its_own_line_and_the_office_all(client, people):
    client.force_login(people["liaison"])
    page = client.get("/supervision/burden/").content.decode()
    assert "住建局" in page and "桐溪镇" not in page
    client.force_login(people["clerk"])
    assert client.get("/supervision/burden/?month=2022-10&export=xlsx").status_code == 200
    assert client.get("/supervision/burden/?month=²").status_code == 200
