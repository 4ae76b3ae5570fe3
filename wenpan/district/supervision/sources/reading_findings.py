"""What could not be read, and findings of a paper: where, what was found, what was expected, what to do."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenpan.district.ground.refused import Refused
from wenpan.documents.orders.task_tables.grid import Remark
from wenpan.documents.spreadsheets.unreadable import Unreadable
from wenpan.documents.words.numbers import full_width
from wenpan.economy.quality.finding import CheckFinding as FileFinding

Finding = dict[str, str]  # code, place, found, expected, todo


def finding(code: str, place: str, found: str, expected: str, todo: str) -> Finding:
    return {"code": code, "place": place, "found": found, "expected": expected, "todo": todo}


def date_unknown(used: date, doubt: str = "") -> Finding:
    """`doubt`: why the day that the paper gives is none."""
    none = _("文首、文末和文件名都没有认出日期")
    return finding(
        "date_unknown",
        _("成文日期"),
        _("%(why)s，暂按%(day)s推算时限") % {"why": full_width(doubt) or none, "day": used},
        _("文件的成文日期"),
        _("请核对并保存成文日期，保存后才能确认事项"),
    )


def nothing_found() -> Finding:
    return finding(
        "nothing_found",
        _("全文"),
        _("没有找到带责任单位或时限的部署"),
        _("写明谁办、何时办的事项"),
        _("如确有部署，请对照原文手工补充；没有就点“确认完毕”"),
    )


_EXPECTED = {
    "hidden_sheet": gettext_lazy("要读的工作表不隐藏"),
    "pages_without_words": gettext_lazy("每页都有文字"),
    "no_task_columns": gettext_lazy("表头有“任务”和“单位”或“时限”列"),
    "recognised": gettext_lazy("带文字的原件"),
    "pages_unread": gettext_lazy("每页都有清楚的文字"),
    "limit_unread": gettext_lazy("10月31日前、每月25日前这样的写法"),
}


def remarked(remark: Remark) -> Finding:
    """What was left out of the file or not understood; its sentence ends with what to do."""
    found, _sep, todo = remark.message.rstrip(". ").rpartition(". ")
    nothing = _("如其中有任务，请改好后重新上传，或手工补充")
    return finding(
        remark.code,
        remark.place,
        full_width(found or todo),
        str(_EXPECTED.get(remark.code, _("能读的任务表"))),
        full_width(todo) if found else nothing,
    )


def too_large(filename: str, size: int) -> Finding:
    return finding(
        "too_large",
        filename,
        f"{size / 1024 / 1024:.1f} MB",
        _("不超过 %(limit)d MB") % {"limit": settings.UPLOAD_LIMIT_MB},
        _("请只保留需要分解任务的部分，或压缩图片后另存再传"),
    )


def file_noted(noted: FileFinding) -> Finding:
    """Macros and links, as the door saw them."""
    return finding(noted.check.removeprefix("file."), _("文件"), noted.found, noted.expected, noted.advice)


def not_admitted(refusal: Refused) -> Finding:
    """What the door did not let in; a marked file is not named again."""
    found, _sep, todo = refusal.message.rpartition("。请")
    return finding(refusal.code, _("文件"), f"{found}。", _("可以由本系统保存的文件"), f"请{todo}")


def wrong_suffix(filename: str) -> Finding:
    return finding(
        "suffix",
        filename,
        _("不认识的文件类型"),
        _("docx、pdf（带文字）、txt、xlsx、xls 或 csv"),
        _("请用 Word 或 WPS 另存为 .docx 后再传"),
    )


def unreadable(error: Unreadable, filename: str) -> Finding:
    """In the words of papers, not of statistical tables; what passes a limit says which."""
    found, expected, todo = (full_width(words) for words in error.beyond or _words(error))
    return finding(error.code, filename, found, expected, todo)


def _words(error: Unreadable) -> tuple[str, str, str]:
    again = _("请用 Word 或 WPS 打开确认无误，另存为 .docx 后再传")
    told = {
        "scan": (
            _("没有文字，多半是扫描件"),
            _("带文字的 PDF 或 Word 原件"),
            _("请向发文单位要 Word 原件，或用扫描软件识别文字后另存再传"),
        ),
        "encrypted": (_("文件有密码"), _("没有密码的文件"), _("请去掉密码另存后再传")),
        "old_word": (
            _("旧版 .doc 或 .wps 文件，服务器没有装 LibreOffice"),
            _(".docx 文件"),
            _("请用 Word 或 WPS 另存为 .docx 后再传"),
        ),
        "old_word_broken": (
            _("旧版 .doc 或 .wps 文件，转换不了"),
            _("没有损坏、没有密码的文件"),
            again,
        ),
        "truncated": (_("文件打不开，可能不完整"), _("完整的文件"), again),
        "empty": (_("空文件"), _("有文字的文件"), _("请确认发送的是保存后的文件")),
        "no_text": (_("文件里没有文字"), _("有文字的文件"), again),
        "not_text": (
            _("不是文本、Word 或 PDF 文件"),
            _("docx、pdf（带文字）、txt、xlsx、xls 或 csv"),
            again,
        ),
        "crashed": (_("读取时出错，已停止"), _("能正常打开的文件"), again),
    }
    return told.get(
        error.code,
        (error.message, _("能正常打开的文件"), _("请只保留需要分解任务的部分，另存后再传")),
    )
