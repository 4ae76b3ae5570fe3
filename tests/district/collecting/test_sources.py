"""Files come by themselves and go through the intake; nothing is entered by itself; failures are said."""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import subprocess
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.district.collecting.fake_servers import FakeAddress, FakeMailbox, mail
from wenpan.district.intake.models import Submission

pytestmark = pytest.mark.django_db


def ask(at=None):
    from wenpan.district.collecting.actions import ask_all

    return ask_all(at=at or timezone.now())


def state_of(code="tjj"):
    from wenpan.district.collecting.models import SourceState

    return SourceState.objects.get(code=code)


class TestAFolder:
    def test_a_new_file_is_checked_and_waits_for_a_person(self, shared_folder, people, workbook):
        from wenpan.district.observations.models import Observation

        shared_folder.put("9月.xlsx", workbook("一"))
        assert ask()["tjj"].taken == 1
        found = Submission.objects.get()
        assert (found.filename, found.uploaded_by) == ("9月.xlsx", people["analyst"])
        assert found.state not in ("accepted", "checking")  # it has been checked, and only that
        assert not Observation.objects.exists()
        assert (shared_folder.path / "9月.xlsx").exists()  # it stays where it was

    def test_the_same_file_comes_once_and_a_changed_one_again(self, shared_folder, people, workbook):
        at = timezone.now()
        shared_folder.put("9月.xlsx", workbook("一"))
        assert ask(at)["tjj"].taken == 1
        assert ask(at + timedelta(minutes=60))["tjj"].taken == 0
        shared_folder.put("9月.xlsx", workbook("二"), seconds_ago=1800)
        assert ask(at + timedelta(minutes=120))["tjj"].taken == 1
        assert Submission.objects.count() == 2

    @pytest.mark.parametrize(("minutes", "asked"), [(59, False), (60, True)])
    def test_it_is_asked_at_its_own_pace(self, shared_folder, people, minutes, asked):
        at = timezone.now()
        ask(at)
        assert ("tjj" in ask(at + timedelta(minutes=minutes))) is asked

    def test_what_is_still_being_written_waits(self, shared_folder, people, workbook):
        shared_folder.put("9月.xlsx", workbook("一"), seconds_ago=20)
        at = timezone.now()
        assert ask(at)["tjj"].taken == 0
        assert ask(at + timedelta(hours=1))["tjj"].taken == 1

    def test_other_names_hidden_files_and_links_out_of_it_are_left_alone(
        self, shared_folder, people, workbook, tmp_path
    ):
        outside = tmp_path / "outside.xlsx"
        outside.write_bytes(workbook("外"))
        (shared_folder.path / "link.xlsx").symlink_to(outside)
        for name in ("note.txt", ".hidden.xlsx", "~$9月.xlsx"):
            shared_folder.put(name, workbook(name))
        assert ask(timezone.now() + timedelta(hours=2))["tjj"].taken == 0

    def test_a_file_marked_secret_is_refused_and_neither_name_nor_hash_is_kept(
        self, shared_folder, people, workbook
    ):
        from wenpan.district.collecting.models import SourceFile

        shared_folder.put("机密★10年 名单.xlsx", workbook("机密★10年"))
        at = timezone.now()
        assert ask(at)["tjj"].refused == 1
        row = SourceFile.objects.get()
        assert not Submission.objects.exists() and row.name == "" and "没有接收" in row.refused
        assert "名单" not in str(vars(row))
        assert ask(at + timedelta(hours=2))["tjj"].refused == 0  # told once

    def test_a_folder_that_is_gone_is_said_and_the_next_round_heals_it(self, shared_folder, people):
        at = timezone.now()
        shared_folder.path.rename(shared_folder.path.with_name("away"))
        assert "文件夹打不开" in ask(at)["tjj"].error
        assert state_of().failures == 1
        shared_folder.path.with_name("away").rename(shared_folder.path)
        assert ask(at + timedelta(hours=1))["tjj"].error == ""
        assert (state_of().failures, state_of().error) == (0, "")

    def test_an_account_that_may_not_send_in_takes_nothing_in(self, shared_folder, people, workbook):
        shared_folder.put("9月.xlsx", workbook("一"))
        type(people["analyst"]).objects.filter(username="analyst").update(is_active=False)
        assert "没有上传权限" in ask()["tjj"].error
        assert not Submission.objects.exists()

    def test_a_process_that_dies_leaves_its_lease_and_the_next_finds_the_file_taken_in(
        self, shared_folder, people, workbook, monkeypatch
    ):
        from wenpan.district.collecting.actions import asking

        shared_folder.put("9月.xlsx", workbook("一"))
        real = asking._noted

        def dies(*_args, **_more):
            raise KeyboardInterrupt

        monkeypatch.setattr(asking, "_noted", dies)
        at = timezone.now()
        with pytest.raises(KeyboardInterrupt):
            ask(at)
        monkeypatch.setattr(asking, "_noted", real)
        assert ask(at + timedelta(minutes=14)) == {}
        assert ask(at + timedelta(minutes=15))["tjj"].taken == 1
        assert Submission.objects.count() == 1


class TestAMailbox:
    @pytest.fixture
    def box(self, place_sources):
        fake = FakeMailbox("Secret-1")
        place_sources(
            {
                "code": "mail", "kind": "mailbox", "host": "127.0.0.1", "port": fake.port, "security": "none",
                "user": "wenpan", "senders": ["tjj@city.example"],
            },
            password="Secret-1",
        )  # fmt: skip
        yield fake
        fake.close()

    def test_attachments_of_known_senders_come_once_and_nothing_is_marked(self, box, people, workbook):
        at = timezone.now()
        box.mails[3] = mail("统计局 <TJJ@city.example>", ("9月.xlsx", workbook("一")), ("说明.txt", b"x"))
        box.mails[4] = mail("someone@else.example", ("x.xlsx", workbook("外")))
        assert ask(at)["mail"].taken == 1
        assert Submission.objects.get().filename == "9月.xlsx"
        assert ask(at + timedelta(hours=1))["mail"].taken == 0
        box.mails[9] = mail("tjj@city.example", ("10月.xlsx", workbook("二")))
        assert ask(at + timedelta(hours=2))["mail"].taken == 1
        assert "SELECT" not in box.said and "STORE" not in box.said

    def test_a_mailbox_that_was_made_anew_is_read_from_its_beginning(self, box, people, workbook):
        at = timezone.now()
        box.mails[30] = mail("tjj@city.example", ("9月.xlsx", workbook("一")))
        ask(at)
        box.validity, box.mails = 8, {1: mail("tjj@city.example", ("10月.xlsx", workbook("二")))}
        assert ask(at + timedelta(hours=1))["mail"].taken == 1

    def test_a_wrong_password_is_said_and_not_shown(self, box, people, signed_in):
        box.password = "another"
        assert "不认账号口令" in ask()["mail"].error
        assert "Secret-1" not in signed_in("analyst").get("/sources/").content.decode()


IMAP_SERVER = os.environ.get("WENPAN_IMAP_SERVER") or shutil.which("pymap")


@pytest.mark.skipif(
    not IMAP_SERVER, reason="no IMAP server of others here (pip install pymap; WENPAN_IMAP_SERVER)"
)
class TestAMailboxOfAServerThatWeDidNotWrite:
    @pytest.fixture
    def box(self, place_sources):
        """The sender's side of a mailbox of an IMAP server (pymap) in a process of its own."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [IMAP_SERVER, "--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service",
                   "admin", "--no-service", "managesieve", "dict", "--demo-user", "wenpan"]  # fmt: skip
        server = subprocess.Popen([*command, "--demo-password", "Secret-1"], stderr=subprocess.DEVNULL)
        place_sources(
            {
                "code": "mail", "kind": "mailbox", "host": "127.0.0.1", "port": port, "security": "none",
                "user": "wenpan", "senders": ["tjj@city.example"],
            },
            password="Secret-1",
        )  # fmt: skip
        try:
            sender = self._connected(port)
            sender.login("wenpan", "Secret-1")
            yield sender
            sender.logout()
        finally:
            server.terminate()
            server.wait(timeout=20)

    def _connected(self, port):
        for _ in range(200):
            try:
                return imaplib.IMAP4("127.0.0.1", port, timeout=20)
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the IMAP server did not answer")

    def test_attachments_come_once_and_the_mails_stay_unread(self, box, people, workbook):
        at = timezone.now()

        def arrives(name, data, sender="统计局 <tjj@city.example>"):
            assert box.append("INBOX", "", None, mail(sender, (name, data)))[0] == "OK"

        arrives("9月.xlsx", workbook("一"))
        arrives("x.xlsx", workbook("外"), "someone@else.example")
        assert ask(at)["mail"].taken == 1, state_of("mail").__dict__
        assert ask(at + timedelta(hours=1))["mail"].taken == 0
        arrives("10月.xlsx", workbook("二"))
        assert ask(at + timedelta(hours=2))["mail"].taken == 1
        assert [s.filename for s in Submission.objects.order_by("pk")] == ["9月.xlsx", "10月.xlsx"]
        box.select("INBOX", readonly=True)
        assert box.search(None, "SEEN")[1] == [b""]

    def test_a_wrong_password_is_said(self, box, people, place_sources):
        from wenpan.district.collecting import source_secrets

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("wenpan.district.collecting.fetchers.mailbox.password_of", lambda code: "another")
            assert "不认账号口令" in ask()["mail"].error
        assert source_secrets.password_of("mail") == "Secret-1"


class TestAnAddress:
    @pytest.fixture
    def site(self, place_sources, workbook):
        fake = FakeAddress(workbook("一"))
        place_sources({"code": "web", "kind": "http", "url": fake.url})
        yield fake
        fake.close()

    def test_it_is_fetched_again_only_when_it_has_changed(self, site, people, workbook):
        at = timezone.now()
        assert ask(at)["web"].taken == 1
        assert ask(at + timedelta(hours=1))["web"].taken == 0
        site.data = workbook("二")
        assert ask(at + timedelta(hours=2))["web"].taken == 1
        assert [one.filename for one in Submission.objects.order_by("pk")] == ["month.xlsx"] * 2

    @pytest.mark.parametrize("status", [302, 404, 500])
    def test_what_is_no_file_is_said_and_no_redirect_is_followed(self, site, people, status):
        site.status = status
        assert f"网址答复 {status}" in ask()["web"].error

    def test_a_password_goes_over_an_encrypted_connection_only(self, place_sources, people):
        place_sources({"code": "web", "kind": "http", "url": "http://tjj.example/x.xlsx", "user": "u"})
        assert "https" in ask()["web"].error


class TestThePage:
    def test_it_shows_how_each_stands_and_what_did_not_come(self, shared_folder, people, signed_in, today_is):
        today_is("2022-10-24")
        page = signed_in("analyst").get("/sources/").content.decode()
        assert "统计局" in page and "还没有收过" in page and "工业" in page  # September was due on the 20th
        ask(timezone.now())
        assert "正常" in signed_in("analyst").get("/sources/").content.decode()

    @pytest.mark.parametrize(("day", "late"), [("2022-10-20", 0), ("2022-10-21", 1)])
    def test_what_was_expected_and_did_not_come_is_a_line_of_the_month(
        self, shared_folder, people, today_is, day, late
    ):
        from wenpan.district.collecting.steps import steps

        today_is("2022-10-20")
        ask(timezone.now())
        today_is(day)
        (step,) = steps(people["analyst"], timezone.now())
        assert f"应到未到{3 + late}批" in step.words  # and those of the three months before
        assert ("工业（2022-09，统计局）" in step.late) is bool(late)

    def test_without_a_source_there_is_no_line(self, people):
        from wenpan.district.collecting.steps import steps

        assert steps(people["analyst"], timezone.now()) == ()

    def test_now_is_a_persons_press_and_needs_the_right_to_send_in(
        self, shared_folder, people, workbook, signed_in
    ):
        shared_folder.put("9月.xlsx", workbook("一"))
        ask(timezone.now())
        shared_folder.put("10月.xlsx", workbook("二"))
        assert signed_in("liaison").post("/sources/tjj/now/").status_code == 403
        assert Submission.objects.count() == 1
        signed_in("analyst").post("/sources/tjj/now/")
        assert Submission.objects.count() == 2
        assert signed_in("analyst").post("/sources/none/now/").status_code == 302

    def test_asked_by_hand_while_it_is_being_asked_is_refused(self, shared_folder, people):
        from wenpan.district.collecting.actions import ask_now
        from wenpan.district.collecting.models import SourceState
        from wenpan.district.ground.refused import Refused

        at = timezone.now()
        SourceState.objects.create(code="tjj", asking=True, next_at=at + timedelta(minutes=10))
        with pytest.raises(Refused, match="正在收取"):
            ask_now(code="tjj", by=people["analyst"], at=at)
        assert ask_now(code="tjj", by=people["analyst"], at=at + timedelta(minutes=10)).error == ""


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"kind": "ftp"}, "sources[1].kind"),
        ({"path": ""}, "sources[1].path"),
        ({"every_minutes": 4}, "sources[1].every_minutes"),
        ({"code": "Tjj"}, "sources[1].code"),
        ({"releases": ["none"]}, "sources[1].releases"),
        ({"kind": "mailbox", "host": "h", "user": "u"}, "sources[1].senders"),
        ({"kind": "http", "url": "https://u:p@tjj.example/x"}, "sources[1].url"),
        ({"password": "x"}, "sources[1].password"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named_with_its_key(place_sources, change, key):
    from wenpan.rules.loading import RuleError
    from wenpan.rules.sources import file_sources

    place_sources({"code": "tjj", "kind": "folder", "path": "/srv/share"} | change)
    with pytest.raises(RuleError) as error:
        file_sources()
    assert error.value.key == key
