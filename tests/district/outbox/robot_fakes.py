"""Robots of DingTalk and WeCom, played from their documents (docs/how-to/reminders.md lists the addresses):
20 messages a minute; DingTalk wants `timestamp` within an hour and its signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class FakeRobot:
    """`said`: texts that reached the group. `clock`: seconds, moved by the test."""

    def __init__(self, form: str, secret: str = "SECfake") -> None:
        self.form, self.secret = form, secret
        self.said: list[str] = []
        self.taken: list[float] = []
        self.clock = 0.0
        robot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                answer = robot.answer(self.path, body)
                data = json.dumps(answer).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        path = "/robot/send?access_token=T" if form == "dingtalk" else "/cgi-bin/webhook/send?key=K"
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}{path}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path: str, body: dict) -> dict:
        query = parse_qs(urlsplit(path).query)
        if self.form == "dingtalk":
            if query.get("access_token") != ["T"]:
                return {"errcode": 300001, "errmsg": "token is not exist"}
            stamp = query.get("timestamp", ["0"])[0]
            wanted = hmac.new(self.secret.encode(), f"{stamp}\n{self.secret}".encode(), hashlib.sha256)
            if query.get("sign") != [base64.b64encode(wanted.digest()).decode()]:
                return {"errcode": 310000, "errmsg": "sign not match"}
            if abs(int(stamp) / 1000 - self.clock) > 3600:
                return {"errcode": 310000, "errmsg": "invalid timestamp"}
        elif query.get("key") != ["K"]:
            return {"errcode": 93000, "errmsg": "invalid webhook url"}
        if body.get("msgtype") != "text" or not 0 < len(body["text"]["content"].encode()) <= 2048:
            return {"errcode": 40058, "errmsg": "invalid Request Parameter"}
        if sum(one > self.clock - 60 for one in self.taken) >= 20:
            return {"errcode": 130101 if self.form == "dingtalk" else 45009, "errmsg": "send too fast"}
        self.taken.append(self.clock)
        self.said.append(body["text"]["content"])
        return {"errcode": 0, "errmsg": "ok"}
