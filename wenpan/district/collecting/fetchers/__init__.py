"""How files are fetched: one fetcher a kind of source. Each yields what is new since `mark`, newest last.

A fetcher never changes what it reads: files stay where they are, mails stay unread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from wenpan.district.collecting.fetchers import folder, http, mailbox
from wenpan.district.collecting.fetchers.offered import Fetched, OfferedFile, SourceFailedError
from wenpan.rules.sources import FOLDER, HTTP, MAILBOX, FileSource

FETCHERS: dict[str, Callable[[FileSource, dict[str, str], float], Iterator[Fetched]]] = {
    FOLDER: folder.fetched,
    MAILBOX: mailbox.fetched,
    HTTP: http.fetched,
}

__all__ = ["FETCHERS", "Fetched", "OfferedFile", "SourceFailedError"]
