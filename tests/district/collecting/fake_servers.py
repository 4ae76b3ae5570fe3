"""A mailbox that speaks the part of IMAP (RFC 3501) that reading needs, and a web address with an ETag."""

from __future__ import annotations

import re
import socketserver
import threading
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def mail(sender: str, *files: tuple[str, bytes]) -> bytes:
    found = EmailMessage()
    found["From"], found["To"], found["Subject"] = sender, "wenpan@qu.example", "月报"
    found.set_content("见附件")
    for name, data in files:
        found.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return found.as_bytes()


class FakeMailbox:
    """`mails`: number → bytes. `said`: the commands that came. Only EXAMINE opens it: SELECT would mark."""

    def __init__(self, password: str) -> None:
        self.password, self.validity = password, 7
        self.mails: dict[int, bytes] = {}
        self.said: list[str] = []
        box = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"* OK fake\r\n")
                for line in self.rfile:
                    tag, _space, command = line.decode().strip().partition(" ")
                    box.said.append(command.split(" ")[0])
                    for part in box.answer(command):
                        self.wfile.write(part)
                    status = b"NO no" if box.refuses(command) else b"OK done"
                    self.wfile.write(tag.encode() + b" " + status + b"\r\n")
                    if command.startswith("LOGOUT"):
                        return

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def refuses(self, command: str) -> bool:
        return command.startswith("SELECT") or (command.startswith("LOGIN") and self.password not in command)

    def answer(self, command: str) -> list[bytes]:
        if command.startswith("CAPABILITY"):
            return [b"* CAPABILITY IMAP4rev1\r\n"]
        if command.startswith("EXAMINE"):
            return [f"* {len(self.mails)} EXISTS\r\n* OK [UIDVALIDITY {self.validity}] ok\r\n".encode()]
        if found := re.match(r"UID SEARCH UID (\d+):\*", command):
            first = int(found.group(1))
            numbers = [n for n in self.mails if n >= first] or sorted(self.mails)[-1:]  # "*" is the newest
            return [f"* SEARCH {' '.join(map(str, numbers))}\r\n".encode()]
        if found := re.match(r"UID FETCH (\d+)", command):
            raw = self.mails[int(found.group(1))]
            head = f"* 1 FETCH (UID {found.group(1)} BODY[] {{{len(raw)}}}\r\n".encode()
            return [head, raw, b")\r\n"]
        return []


class FakeAddress:
    """One file with an ETag; `status` other than 200 answers that."""

    def __init__(self, data: bytes, name: str = "月报.xlsx") -> None:
        self.data, self.name, self.status, self.asked = data, name, 200, 0
        self.user = ""
        place = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                place.asked += 1
                tag = f'"{hash(place.data)}"'
                if place.user and place.user not in self.headers.get("Authorization", ""):
                    self.send_response(401)
                elif place.status != 200:
                    self.send_response(place.status)
                    self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                elif self.headers.get("If-None-Match") == tag:
                    self.send_response(304)
                else:
                    self.send_response(200)
                    self.send_header("ETag", tag)
                    self.end_headers()
                    self.wfile.write(place.data)
                    return
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/x/month.xlsx"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
