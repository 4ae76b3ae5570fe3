"""Letters between offices: three places on one machine, no network, every file signed."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from wenpan.district.exchange import actions, keys, letters
from wenpan.district.exchange.letters import LetterError
from wenpan.district.exchange.models import Letter, NeighbourOffice
from wenpan.district.ground.journal.models import Entry
from wenpan.district.observations.models import Region

OBSERVATIONS = "region,indicator,period,measure,basis,value,released\n" + "".join(
    f"tongxi,gdp,{year}-Q{quarter},ytd_growth,natural,{value},\n"
    for year, values in {2019: "6.1 6.0 6.2 6.1", 2020: "-2.0 0.1 1.2 2.3", 2021: "9.0 8.0 7.1 6.5",
                         2022: "3.0 2.4 2.1"}.items()
    for quarter, value in enumerate(values.split(), 1)
)  # fmt: skip
TARGETS = "region,indicator,year,measure,comparison,value,set_by\ntongxi,gdp,2022,ytd_growth,>=,6.0,city\n"


@pytest.fixture
def place(settings, tmp_path):
    """place("town"): from here on we are that place; each has a key of its own."""

    @contextmanager
    def at(name):
        before, settings.WENPAN_HOME = settings.WENPAN_HOME, tmp_path / name
        (tmp_path / name).mkdir(exist_ok=True)
        try:
            yield tmp_path / name
        finally:
            settings.WENPAN_HOME = before

    return at


def print_of(home) -> str:
    return keys.fingerprint(keys.public(keys.own_key(home)))


def letter_from(home, receiver: str, number: int = 1, **parts) -> bytes:
    """A file as another place writes it."""
    key = keys.own_key(home)
    body = letters.LetterBody(
        sender=print_of(home), receiver=receiver, number=number, made="2022-10-20T09:00:00+08:00",
        title=parts.pop("title", "三季度数据"), **parts,
    )  # fmt: skip
    text = letters.text_of(body)
    return letters.file_of(text, keys.sign(key, text))


@pytest.fixture
def people(make_user):
    return {role: make_user(role) for role in ("analyst", "security_admin", "leader")}


@pytest.fixture
def town(tmp_path):
    (tmp_path / "town").mkdir()
    return tmp_path / "town"


@pytest.fixture
def known_town(settings, people, town):
    """The district has compared the town's fingerprint."""
    return actions.trust(
        card=keys.card(town, "桐溪镇"),
        fingerprint=print_of(town),
        standing="lower",
        by=people["security_admin"],
    )


@pytest.fixture
def ours(settings) -> str:
    return print_of(settings.WENPAN_HOME)


pytestmark = pytest.mark.django_db


def test_figures_that_came_are_judged_by_our_own_rules(people, known_town, town, ours):
    file = letter_from(town, ours, as_of="2022-09", observations=OBSERVATIONS, targets=TARGETS,
                       lights=[{"indicator": "gdp", "light": "GREEN", "rules": "own"}])  # fmt: skip
    letter = actions.take(content=file, by=people["analyst"])
    assert [(row["indicator"], row["light"]) for row in letter.judged] == [("gdp", "RED")]
    assert letter.rules
    assert Entry.objects.latest("sequence").action == "exchange.take"


@pytest.mark.parametrize("where", ["text", "signature", "sender"])
def test_a_letter_that_was_touched_is_refused(people, known_town, town, ours, where):
    outer = json.loads(letter_from(town, ours, as_of="2022-09", observations=OBSERVATIONS, targets=TARGETS))
    if where == "text":
        outer["letter"] = outer["letter"].replace("2.1", "6.1")
    elif where == "signature":
        outer["signature"] = (
            "A" + outer["signature"][1:] if outer["signature"][0] != "A" else "B" + outer["signature"][1:]
        )
    else:
        outer["letter"] = outer["letter"].replace(known_town.fingerprint, "0000 " * 9 + "0000")
    with pytest.raises(LetterError, match="签名不符|没有登记"):
        actions.take(content=json.dumps(outer).encode(), by=people["analyst"])
    assert not Letter.objects.exists()


def test_a_letter_is_taken_once_and_a_number_has_one_letter(people, known_town, town, ours):
    file = letter_from(town, ours)
    actions.take(content=file, by=people["analyst"])
    with pytest.raises(LetterError, match="已经收过"):
        actions.take(content=file, by=people["analyst"])
    with pytest.raises(LetterError, match="同一号数"):
        actions.take(content=letter_from(town, ours, title="另一份"), by=people["analyst"])


def test_a_letter_that_never_came_is_noticed(people, known_town, town, ours):
    actions.take(content=letter_from(town, ours, number=1), by=people["analyst"])
    actions.take(content=letter_from(town, ours, number=4, title="四"), by=people["analyst"])
    assert Entry.objects.latest("sequence").detail["missing"] == [2, 3]


def test_a_letter_for_another_place_or_from_a_stranger_is_refused(people, known_town, town, tmp_path, ours):
    (tmp_path / "other").mkdir()
    other = tmp_path / "other"
    with pytest.raises(LetterError, match="不是发给本单位"):
        actions.take(content=letter_from(town, print_of(other)), by=people["analyst"])
    with pytest.raises(LetterError, match="没有登记"):
        actions.take(content=letter_from(other, ours), by=people["analyst"])


def test_a_revoked_key_is_no_longer_believed_and_cannot_come_back(people, known_town, town, ours):
    actions.revoke(office=known_town, reason="笔记本电脑遗失", by=people["security_admin"])
    with pytest.raises(LetterError, match="已经停用"):
        actions.take(content=letter_from(town, ours), by=people["analyst"])
    with pytest.raises(ValidationError, match="停用的不能再启用"):
        actions.trust(
            card=keys.card(town, "桐溪镇"), fingerprint=print_of(town), standing="lower",
            by=people["security_admin"],
        )  # fmt: skip
    with pytest.raises(ValidationError):
        actions.revoke(office=known_town, reason="x", by=people["security_admin"])


def test_a_card_is_believed_only_with_the_printed_fingerprint(people, town, tmp_path):
    (tmp_path / "forger").mkdir()
    forged = keys.card(tmp_path / "forger", "桐溪镇")
    with pytest.raises(ValidationError, match="指纹与名片不符"):
        actions.trust(card=forged, fingerprint=print_of(town), standing="lower", by=people["security_admin"])
    typed = print_of(town).lower().replace(" ", "-")
    actions.trust(
        card=keys.card(town, "桐溪镇"), fingerprint=typed, standing="lower", by=people["security_admin"]
    )
    assert NeighbourOffice.objects.get().name == "桐溪镇"


def test_who_trusts_does_not_write_and_who_writes_does_not_trust(people, known_town, town, ours):
    with pytest.raises(PermissionDenied):
        actions.take(content=letter_from(town, ours), by=people["security_admin"])
    with pytest.raises(PermissionDenied):
        actions.trust(
            card=keys.card(town, "x"), fingerprint=print_of(town), standing="lower", by=people["analyst"]
        )
    with pytest.raises(PermissionDenied):
        actions.write(office=known_town, title="x", as_of="2022-09", by=people["leader"])


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"x" * 100, b'{"letter": "{}", "signature": ""}', b"\xff\xfe", b"[" * 9999],
)
def test_what_is_no_letter_is_said_and_not_a_crash(people, content):
    with pytest.raises(LetterError, match="不是本系统的往来文件"):
        actions.take(content=content, by=people["analyst"])


def test_town_district_and_city_and_back_by_files_only(people, regions, place, tmp_path, ours, settings):
    """Three places, each with its key: the district passes on to the city; the city's answer comes back."""
    for name in ("town", "city"):
        (tmp_path / name).mkdir()
    security, analyst = people["security_admin"], people["analyst"]
    town, city = tmp_path / "town", tmp_path / "city"
    from_town = letter_from(town, ours, as_of="2022-09", observations=OBSERVATIONS, targets=TARGETS)
    actions.trust(card=keys.card(town, "桐溪镇"), fingerprint=print_of(town), standing="lower", by=security)
    upper = actions.trust(
        card=keys.card(city, "宁澜市"), fingerprint=print_of(city), standing="upper", by=security
    )
    came = actions.take(content=from_town, by=analyst)
    back = actions.write(office=came.office, title="答复", answers=came, by=analyst)
    body = letters.opened(letters.file_of(back.text, back.signature))[2]
    assert (body.receiver, body.answers, body.lights[0]["light"]) == (print_of(town), came.digest, "RED")
    # to the city: signed by the district, and the city can check it with the district's public key alone
    sent = actions.write(office=upper, title="三季度", as_of="2022-09", by=analyst)
    district = keys.public(keys.own_key(settings.WENPAN_HOME))
    assert keys.signed_by(district, sent.text, sent.signature)
    matters = [{"number": "市2022-7", "title": "稳住投资", "due": "2022-12-01"}]
    handed = letter_from(city, ours, title="交办", answers=sent.digest, matters=matters)
    down = actions.take(content=handed, by=analyst)
    assert down.answers == sent
    done = actions.write(
        office=upper,
        title="办理情况",
        answers=down,
        replies=[{"number": "市2022-7", "text": "已开工3个"}],
        by=analyst,
    )
    told = letters.opened(letters.file_of(done.text, done.signature))[2]
    assert (told.number, told.replies[0]["text"]) == (2, "已开工3个")


def test_by_the_pages(client, people, known_town, town, ours, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(people["security_admin"])
    assert ours in client.get("/exchange/").content.decode()
    (tmp_path / "city").mkdir()
    city = tmp_path / "city"
    card = SimpleUploadedFile("card.json", keys.card(city, "宁澜市").encode())
    client.post("/exchange/offices/", {"card": card, "fingerprint": print_of(city), "standing": "upper"})
    assert NeighbourOffice.objects.count() == 2
    client.post(
        f"/exchange/offices/{NeighbourOffice.objects.get(name='宁澜市').pk}/revoke/", {"reason": "换密钥"}
    )
    client.force_login(people["analyst"])
    file = letter_from(town, ours, as_of="2022-09", observations=OBSERVATIONS, targets=TARGETS,
                       matters=[{"number": "7", "title": "稳住投资"}])  # fmt: skip
    where = client.post("/exchange/take/", {"file": SimpleUploadedFile("a.json", file)}).url
    shown = client.get(where).content.decode()
    assert "按本单位规则重新研判" in shown and "稳住投资" in shown
    assert client.post("/exchange/take/", {"file": SimpleUploadedFile("b.json", file)}).status_code == 422
    answered = client.post(f"{where}answer/", {"reply-0": "已办"}).url
    assert "已办" in client.get(answered).content.decode()
    assert letters.opened(client.get(f"{answered}file/").content)[2].replies == [
        {"number": "7", "text": "已办"}
    ]
    empty = {"office": known_town.pk, "title": "", "as_of": ""}
    assert client.post("/exchange/write/", empty).status_code == 422
    Region.objects.create(code="anhe", name="安禾区", home=True)
    sent = empty | {"title": "三季度", "as_of": "2022-09"}
    assert client.post("/exchange/write/", sent).status_code == 302
    assert keys.read_card(client.get("/exchange/card/").content.decode())[0]


def test_the_own_key_is_made_once_and_is_its_owners_alone(tmp_path):
    assert print_of(tmp_path) == print_of(tmp_path)
    assert (tmp_path / "keys" / keys.NAME).stat().st_mode & 0o077 == 0


def test_the_security_administrator_answers_for_keys_and_reads_no_letter(
    people, known_town, town, ours, client
):
    """三员不看数据: title and content of what went to and fro are none of the one who compares the keys."""
    file = letter_from(
        town, ours, title="三季度研判", as_of="2022-09", observations=OBSERVATIONS, targets=TARGETS
    )
    letter = actions.take(content=file, by=people["analyst"])
    paths = [reverse(f"exchange:{name}", args=[letter.pk]) for name in ("letter", "file")]
    page = reverse("exchange:list")
    client.force_login(people["security_admin"])
    assert [client.get(path).status_code for path in paths] == [403, 403]
    said = client.get(page).content.decode()
    assert "桐溪镇" in said and "三季度研判" not in said and "对方打印的指纹" in said
    assert "三季度研判" not in client.get(page + "?export=csv").content.decode("utf-8-sig")
    client.force_login(people["analyst"])
    assert "三季度研判" in client.get(page).content.decode()
    assert [client.get(path).status_code for path in paths] == [200, 200]
