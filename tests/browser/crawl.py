"""Every page that a link leads to, as each role, with the words on it, as lines of JSON.

Run in a copy of a demonstration (WENPAN_HOME), without a server: `python -m tests.browser.crawl zh-hans 1`.
Of pages alike (one name of an address) as many are read as the last argument says, with and without a query.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from lxml import html

ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "data-wp-confirm")


def words(document: html.HtmlElement) -> Iterator[str]:
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in {"script", "style"}:
            yield element.text or ""
            yield from (element.get(name, "") for name in ATTRIBUTES)
        yield element.tail or ""


def plain_rows(document: html.HtmlElement) -> int:
    """Rows of the longest table of a page on which no table is a sorted list (`data-column`)."""
    if document.xpath("//main//th//*[@data-column]"):
        return 0
    return max((len(table.xpath("./tbody/tr")) for table in document.xpath("//main//table")), default=0)


def pages(user, language: str, most: int) -> Iterator[dict]:
    from django.test import Client
    from django.urls import Resolver404, resolve

    client = Client(headers={"accept-language": language})
    client.raise_request_exception = False
    client.force_login(user)
    client.cookies["django_language"] = language
    waiting, seen, alike = deque([("/today/", ""), ("/help/", "")]), set(), Counter()
    while waiting:
        url, source = waiting.popleft()
        if url in seen:
            continue
        seen.add(url)
        try:
            name = resolve(urlsplit(url).path).view_name
        except Resolver404:
            yield {"user": user.username, "url": url, "from": source, "status": 404, "words": []}
            continue
        alike[name, "?" in url] += 1
        if alike[name, "?" in url] > most or name == "accounts:sign_out":
            continue
        answer = client.get(url)
        if answer.status_code in {301, 302}:
            waiting.append((urljoin(url, answer["Location"]), source))
            continue
        found = {
            "user": user.username,
            "url": url,
            "name": name,
            "from": source,
            "status": answer.status_code,
        }
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            yield found | {"words": []}
            continue
        document = html.fromstring(answer.content.decode())
        said = [" ".join(text.split()) for text in words(document)]
        lit = len(document.xpath("//nav[@class='wp-nav']//a[@aria-current]"))
        plain = plain_rows(document)
        yield found | {"words": [text for text in said if text], "lit": lit, "plain_rows": plain}
        for link in document.xpath("//a/@href"):
            there = urljoin(url, link).split("#")[0]
            if not urlsplit(there).netloc:
                waiting.append((there, url))


def main(language: str, most: int) -> None:
    from wenpan.commands._start import start_django

    start_django()  # on the day of the demonstration
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from wenpan.district.accounts.models import User

    roles: set[str] = set()
    for user in User.objects.exclude(role="").order_by("pk"):
        if user.role not in roles:
            roles.add(user.role)
            for page in pages(user, language, most):
                print(json.dumps(page, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
