"""Files with a feedback: kept by hash, known by their bytes, only ever downloaded."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.district.supervision.matters.test_matter_page import do, state
from wenpan.district.ground.journal.models import Entry
from wenpan.district.supervision.models import Attachment

PDF = b"%PDF-1.4 proof"


def test_attachments_are_kept_by_hash_and_only_ever_downloaded(assigned, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    sent = do(signed_in("liaison"), matter, "feed_back", claim="progress", process="附合同",
              files=SimpleUploadedFile("供地合同.pdf", PDF))  # fmt: skip
    assert sent.status_code == 302
    kept = Attachment.objects.get()
    answer = signed_in("town").get(reverse("supervision:attachment", args=[kept.pk]))
    assert answer.content == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "name, data, words",
    [
        ("x.exe", b"MZ", "类型不收"),
        ("x.html", b"<script>", "类型不收"),
        ("x.pdf", b"<html>", "内容和扩展名不符"),
        ("x.pdf", b"", "是空的"),
        ("x.docx", b"%PDF", "内容和扩展名不符"),
        ("x.txt", b"a\x00b", "内容和扩展名不符"),
    ],
)
def test_a_file_that_is_not_taken_is_named_and_nothing_is_kept(
    assigned, signed_in, today_is, name, data, words
):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    file = SimpleUploadedFile(name, data)
    answer = do(signed_in("liaison"), matter, "feed_back", claim="progress", process="附件", files=file)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (matter.feedback.count(), Attachment.objects.count(), state(matter)) == (0, 0, "assigned")


def test_too_many_files_are_refused(assigned, signed_in, today_is):
    today_is("2022-10-20")
    files = [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(6)]
    answer = do(signed_in("liaison"), assigned(), "feed_back", claim="progress", process="x", files=files)
    assert answer.status_code == 422
    assert "最多5个" in answer.content.decode()


def test_another_unit_cannot_fetch_a_file(assigned, people, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(lead="zjj", coops=())
    do(
        signed_in("liaison"),
        matter,
        "feed_back",
        claim="progress",
        process="x",
        files=SimpleUploadedFile("a.pdf", PDF),
    )
    url = reverse("supervision:attachment", args=[Attachment.objects.get().pk])
    assert signed_in("town").get(url).status_code == 404


def test_a_marked_attachment_is_refused_and_the_feedback_with_it(assigned, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    file = SimpleUploadedFile("说明.txt", "机密★10年\n核心数字".encode())
    answer = do(signed_in("liaison"), matter, "feed_back", claim="progress", process="附件", files=file)
    assert answer.status_code == 422
    assert "保守国家秘密法" in answer.content.decode()
    assert (matter.feedback.count(), Attachment.objects.count()) == (0, 0)
    assert Entry.objects.get(action="file.refused").detail["door"] == "反馈附件"


def test_an_attachment_is_shown_with_its_clean_name_and_as_not_scanned(assigned, signed_in, today_is):
    today_is("2022-10-20")
    matter = assigned(due=date(2022, 10, 31))
    file = SimpleUploadedFile("合同\u202efdp.exe.pdf", PDF)
    do(signed_in("liaison"), matter, "feed_back", claim="progress", process="附件", files=file)
    assert Attachment.objects.get().filename == "合同fdp.exe.pdf"
    page = signed_in("liaison").get(reverse("supervision:matter", args=[matter.pk])).content.decode()
    assert "未扫描病毒" in page
