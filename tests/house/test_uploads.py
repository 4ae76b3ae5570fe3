"""Every form that takes a file, in every room: what may not be kept, what is too large and what costs too
much to read is refused in Chinese."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

import wenpan
from tests.documents.screening.marked import sheets, word
from tests.house.foreign_records import (  # noqa: F401  (fixtures)
    assigned,
    drafted,
    people,
    regions,
    signed_in,
    theirs,
    today_is,
    units,
)
from wenpan.district.ground.journal.models import Entry

TEMPLATES = Path(wenpan.__file__).parent / "district" / "templates"
FORM = re.compile(r"<form\b[^>]*enctype[^>]*>", re.S)
ACTION = re.compile(r"action=\"\{% url '([\w:]+)'")
WITHOUT_ACTION = {"library/form.html": "library:add", "door/file.html": "door_file"}
APART = {  # the firms' door is another program: tests/district/door asks these of its forms
    "door_file",
    "door_add",
}
# address → who sends, the field, the name's end, other fields
FORMS = {
    "adjustments:bring_in": ("analyst", "file", "xlsx", {}),
    "adjustments:roster_check": ("system_admin", "file", "xlsx", {}),
    "bulletins:propose_template": ("analyst", "file", "docx", {"purpose": "briefing"}),
    "bulletins:returned": ("clerk", "file", "docx", {}),
    "campaigns:attach": ("clerk", "files", "pdf", {}),
    "campaigns:enter": ("clerk", "files", "pdf", {"result": "done", "way": "site"}),
    "exchange:take": ("analyst", "file", "json", {}),
    "exchange:trust": ("security_admin", "card", "json", {}),
    "firms:visit": ("service", "photo", "jpg", {"on": "2022-10-17", "result": "met"}),
    "intake:upload": ("analyst", "file", "xlsx", {}),
    "library:add": ("analyst", "file", "docx", {"level": "city", "title": "意见", "issuer": "市政府",
                                                "dated": "2022-09-01", "topic": "消费"}),
    "projects:add_photo": ("analyst", "photo", "jpg", {"on": "2022-10-17", "place": "南门",
                                                       "verifier": "赵"}),
    "projects:hand_in": ("town", "file", "xlsx", {"month": "2022-09"}),
    "proofs:upload": ("analyst", "file", "docx", {"month": "2022-09"}),
    "supervision:deed": ("town", "files", "pdf", {"claim": "progress", "process": "正在清表"}),
    "supervision:upload_source": ("clerk", "file", "docx", {}),
}  # fmt: skip
READ_AT_ONCE = {  # by the page itself; the others hand the file to the queue, whose reader has its budget
    "adjustments:bring_in", "adjustments:roster_check", "bulletins:propose_template", "library:add",
}  # fmt: skip  # bulletins:returned needs a whole paper of ours: test_returned_editions.py


def form_addresses():
    for path in TEMPLATES.rglob("*.html"):
        for form in FORM.findall(path.read_text(encoding="utf-8")):
            named = ACTION.search(form)
            yield named[1] if named else WITHOUT_ACTION[path.relative_to(TEMPLATES).as_posix()]


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return out.getvalue()


def marked_file(end):
    if end == "jpg":
        out = io.BytesIO()
        Image.new("RGB", (80, 60), "red").save(out, "JPEG")
        return out.getvalue()
    if end == "json":
        return json.dumps({"text": "机密★1年\n核心数字"}, ensure_ascii=False).encode()
    return b"%PDF-1.4\n" if end == "pdf" else word("机密★1年", "核心数字")


@pytest.fixture
def sent(theirs, people, units, make_user, signed_in):  # noqa: F811
    """sent("library:add", file): what the person is answered, redirects followed."""
    from django.test import Client

    from wenpan.district.supervision.models import Matter

    for role in ("service", "system_admin", "security_admin"):
        people[role] = make_user(role, username=role)
    matter = Matter.objects.get()
    known = dict(theirs) | {
        "adjustments:bring_in": ("posts",),
        "bulletins:returned": theirs["bulletins:document"],
        "supervision:deed": (matter.pk, "feed_back"),
    }

    def send(name, file):
        who, field, _end, more = FORMS[name]
        browser = Client()
        browser.force_login(people[who])
        browser.raise_request_exception = False
        path = reverse(name, args=known.get(name, ()))
        answer = browser.post(path, {**more, "seen": matter.version, field: file})
        return browser.get(reverse("accounts:profile")) if answer.status_code == 302 else answer

    return send


def said(answer):
    """The words of a page, without its marks and what stands in its head."""
    body = answer.content.decode().partition("<body")[2]
    return re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]*>", " ", body, flags=re.S))[-3000:]


def kept():
    return {path.name for path in (settings.WENPAN_HOME / "originals").rglob("*") if path.is_file()}


def test_every_form_that_takes_a_file_is_asked_here():
    assert set(form_addresses()) - APART == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_a_marked_file_is_refused_with_the_law_at_every_form_and_nothing_of_it_is_kept(sent, name):
    before, end = kept(), FORMS[name][2]
    answer = sent(name, SimpleUploadedFile(f"机密★1年 核心.{end}", marked_file(end)))
    assert "保守国家秘密法" in said(answer)
    assert kept() == before
    entry = Entry.objects.get(action="file.refused")
    assert (entry.detail["reason"], entry.detail["level"]) == ("secret", "机密")
    assert "核心" not in str(vars(entry))


@pytest.mark.parametrize("name", FORMS)
def test_what_is_too_large_is_refused_and_is_not_read_to_its_end(sent, name, settings):
    settings.UPLOAD_LIMIT_MB = 1
    before = kept()

    answer = sent(name, SimpleUploadedFile(f"大文件.{FORMS[name][2]}", b"%PDF-1.4\n" + b"7" * (26 * 1024**2)))
    assert answer.status_code in (200, 409, 413, 415, 422)
    assert re.search(r"超过|太大|上限|不能大于|不超过|MB", said(answer))
    assert kept() == before


@pytest.mark.parametrize("name", sorted(READ_AT_ONCE))
def test_what_costs_too_much_to_read_is_measured_before_it_is_parsed(sent, name):
    if FORMS[name][2] == "docx":
        body = "<w:document><w:body>" + "<w:p/>" * 1_500_000 + "</w:body></w:document>"
        data = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": body})
    else:
        data = sheets([[1] * 10_000])
    began = time.process_time()
    answer = sent(name, SimpleUploadedFile(f"重文件.{FORMS[name][2]}", data))
    assert time.process_time() - began < 12
    assert answer.status_code in (200, 409, 422)
    assert re.search(r"段落|列", said(answer))
