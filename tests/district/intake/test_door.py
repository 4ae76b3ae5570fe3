"""What may not be kept is refused at every door, and leaves no trace but that it was refused."""

from __future__ import annotations

import sys

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.documents.screening.marked import packed, word
from wenpan.district.ground.journal.models import Entry
from wenpan.district.ground.refused import Refused
from wenpan.district.intake import door
from wenpan.district.intake.models import FileScan, Original, Submission

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCANNER = """
import sys
data = open(sys.argv[1], "rb").read()
if b"EICAR" in data:
    print(sys.argv[1] + ": Eicar-Signature FOUND"); sys.exit(1)
sys.exit(2 if b"trouble" in data else 0)
"""


@pytest.fixture
def scanner(settings, tmp_path):
    script = tmp_path / "scan.py"
    script.write_text(SCANNER)
    settings.ANTIVIRUS = [sys.executable, str(script)]


def originals() -> list:
    return list((settings.WENPAN_HOME / "originals").rglob("*"))


def refusal(data: bytes, name: str, by) -> Refused:
    with pytest.raises(Refused) as raised:
        door.admit(filename=name, data=data, door="数据入口", by=by)
    return raised.value


def test_a_marked_file_is_refused_with_the_law_and_nothing_of_it_is_kept(client, analyst):
    client.force_login(analyst)
    file = SimpleUploadedFile("经济运行.xlsx", word("机密★1年", "核心数字"))
    answer = client.post(reverse("intake:upload"), {"file": file}, follow=True)
    page = answer.content.decode()
    assert "保守国家秘密法" in page
    assert "没有接收，也没有保存" in page
    assert (Submission.objects.count(), Original.objects.count(), FileScan.objects.count()) == (0, 0, 0)
    assert originals() == []
    entry = Entry.objects.get(action="file.refused")
    assert entry.summary == "数据入口拒收一份标有“机密”的文件，未保存"
    assert entry.detail == {"reason": "secret", "level": "机密", "door": "数据入口"}
    assert "经济运行" not in str(vars(entry))


def test_a_mark_in_the_name_is_enough_and_the_name_is_not_kept(analyst):
    refused = refusal(b"a,b", "机密★1年 内部.xlsx", analyst)
    assert refused.code == "secret"
    assert "内部" not in refused.message + str(Entry.objects.get(action="file.refused").__dict__)


@pytest.mark.parametrize("name, words", [("保密工作.xlsx", "保密工作总结"), ("商业秘密.txt", "商业秘密保护")])
def test_papers_about_secrets_come_in(analyst, name, words):
    assert door.admit(filename=name, data=word(words), door="数据入口", by=analyst).filename == name


def test_of_several_files_the_marked_one_stays_out(client, analyst, make_file, make_figure):
    client.force_login(analyst)
    good = SimpleUploadedFile("九月.xlsx", make_file(make_figure()))
    bad = SimpleUploadedFile("秘密.xlsx", b"x,y")
    client.post(reverse("intake:upload"), {"file": [bad, good]})
    assert [s.filename for s in Submission.objects.all()] == ["九月.xlsx"]


def test_a_name_is_cleaned_before_it_is_stored(checked, make_file, make_figure):
    submission = checked(make_file(make_figure()), name="安禾\u202excl.exe  \u3000九月.xlsx")
    assert submission.filename == "安禾xcl.exe 九月.xlsx"
    assert submission.original.first_name == submission.filename


def test_a_name_that_is_too_long_gets_a_sentence(analyst):
    refused = refusal(b"a,b", "月" * 201 + ".xlsx", analyst)
    assert refused.message == "文件名有 206 个字，最多 200 个字。请改短文件名后再传。"


def test_a_header_too_long_for_the_server_gets_a_chinese_page(client, analyst):
    client.force_login(analyst)
    name = "月" * 600
    body = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\na,b\r\n--x--\r\n'
    answer = client.post(
        reverse("intake:upload"), body.encode(), content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 400
    assert "文件名太长" in answer.content.decode()


def test_without_a_scanner_the_page_says_not_scanned(client, analyst, checked, make_file, make_figure):
    submission = checked(make_file(make_figure()))
    client.force_login(analyst)
    page = client.get(reverse("intake:submission", args=[submission.pk])).content.decode()
    assert "未扫描病毒" in page


def test_a_scanned_file_says_so(analyst, scanner):
    sha256 = door.keep(door.admit(filename="x.txt", data=b"good", door="反馈附件", by=analyst))
    assert door.words(sha256) == ["已扫描病毒"]


def test_what_the_scanner_finds_is_not_kept(analyst, scanner):
    assert refusal(EICAR, "x.txt", analyst).code == "virus"
    assert originals() == []
    entry = Entry.objects.get(action="file.refused")
    assert (entry.detail["reason"], entry.detail["said"]) == ("virus", ": Eicar-Signature FOUND")


def test_a_scanner_that_fails_lets_nothing_in(analyst, scanner, settings):
    assert refusal(b"trouble", "x.txt", analyst).code == "scanner"
    settings.ANTIVIRUS = ["/no/such/scanner"]
    assert refusal(b"good", "x.txt", analyst).code == "scanner"


def test_macros_and_links_are_findings_that_stop_nobody(analyst):
    data = packed(
        {"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<a/>"}
    )
    sha256 = door.keep(door.admit(filename="九月.xlsm", data=data, door="数据入口", by=analyst))
    found = door.findings(sha256, "九月.xlsm")
    assert [(f.check, str(f.severity)) for f in found] == [
        ("file.macros", "note"),
        ("file.external_links", "note"),
    ]
    assert "含有宏" in door.words(sha256)
