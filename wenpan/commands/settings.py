"""`wenpan settings`: every setting of the environment, what it is for, its default, its value now."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str
    secret: bool = False


SETTINGS = (
    Setting(
        "WENPAN_HOME",
        "var/ beside the code",
        "the place's folder: database, originals, rules, keys, backups 数据文件夹",
    ),
    Setting(
        "DATABASE_URL",
        "SQLite in WENPAN_HOME",
        "postgresql://user:password@host/name to use PostgreSQL 数据库",
        secret=True,
    ),
    Setting(
        "WENPAN_HOSTS",
        "127.0.0.1,localhost,[::1],testserver",
        "host names that the server answers to, comma separated 允许的主机名",
    ),
    Setting(
        "WENPAN_ORIGINS",
        "none",
        "addresses trusted with forms behind a proxy, e.g. https://wenpan.example 可信来源",
    ),
    Setting("WENPAN_HTTPS", "0", "1: cookies only over https, behind a proxy that sets X-Forwarded-Proto"),
    Setting(
        "WENPAN_PROXIES",
        "none",
        "addresses or networks of the proxies in front, e.g. 127.0.0.1,10.0.0.0/8; only their "
        "X-Forwarded-For "
        "is believed 可信代理",
    ),
    Setting(
        "WENPAN_IDLE_MINUTES",
        "as rules/access.yaml",
        "minutes without use after which a person is signed out 空闲退出",
    ),
    Setting(
        "WENPAN_DOOR_ORIGIN",
        "none: links are shown without it",
        "where firms reach their own door (wenpan serve --door), e.g. https://fw.example 企业自助的对外地址",
    ),
    Setting("WENPAN_UPLOAD_MB", "50", "largest file that may be sent in, MB 上传上限"),
    Setting(
        "WENPAN_ANTIVIRUS",
        "none: files are shown as 未扫描",
        "a command that is asked for every file that is sent in, e.g. clamdscan --no-summary --fdpass {}; "
        "it ends with 0 for clean, 1 for a virus; any other end refuses the file 病毒扫描命令",
    ),
    Setting(
        "WENPAN_SECRET_KEY", "made in WENPAN_HOME/keys", "signs sessions and forms 会话密钥", secret=True
    ),
    Setting(
        "WENPAN_JOURNAL_KEY",
        "made in WENPAN_HOME/keys",
        "keys the journal's chain; back it up 日志密钥",
        secret=True,
    ),
    Setting(
        "WENPAN_BACKUP_PASSPHRASE",
        "none: the keys are not in the backup",
        "locks the keys into `wenpan backup` and opens them for `wenpan restore`; at least 12 characters "
        "备份口令",
        secret=True,
    ),
    Setting(
        "WENPAN_OUTBOX_…",
        "files keys/outbox-… in WENPAN_HOME",
        "secrets of mail and robots, e.g. WENPAN_OUTBOX_MAIL_PASSWORD (docs/how-to/reminders.md) 渠道密钥",
        secret=True,
    ),
    Setting(
        "WENPAN_SOURCE_…_PASSWORD",
        "files keys/source-…-password in WENPAN_HOME",
        "passwords of the sources of files, by code (docs/how-to/collecting.md) 来源口令",
        secret=True,
    ),
    Setting(
        "WENPAN_JOBS",
        "queue",
        "inline: long work runs at once instead of in `wenpan work` (tests, demo) 后台任务",
    ),
    Setting(
        "WENPAN_LOG", "INFO", "how much is logged to standard error: DEBUG, INFO, WARNING, ERROR 日志级别"
    ),
    Setting(
        "WENPAN_LOG_FORMAT",
        "line",
        "json: one JSON object a line, and a line for each request with its id, user number, path, status "
        "and milliseconds (docs/how-to/administrator.md) 日志格式",
    ),
    Setting(
        "WENPAN_SANDBOX",
        "process",
        "inline: read files in this process instead of a limited child (debugger only; never on a server)",
    ),
    Setting(
        "WENPAN_MODEL_URL",
        "none: no model is ever asked",
        "an OpenAI-compatible endpoint that may propose further matters from a paper when a person clicks; "
        "the paper's text is sent there, so use one inside your own network 模型服务地址",
    ),
    Setting("WENPAN_MODEL_KEY", "none", "its key, sent as a bearer token 模型服务密钥", secret=True),
    Setting("WENPAN_MODEL_NAME", "default", "the model's name as the endpoint knows it 模型名称"),
    Setting("WENPAN_DASK_SCHEDULER", "a local cluster", "address for `wenpan judge --engine dask`"),
    Setting("WENPAN_RAY_ADDRESS", "a local cluster", "address for `wenpan judge --engine ray`"),
    Setting(
        "WENPAN_DAY_SHIFT",
        "0; a demonstration sets its own",
        "days by which the program's clock is moved; for demonstrations and training only 演示日期",
    ),
    Setting("WENPAN_DEBUG", "0", "1: developer's error pages; never on a server 调试"),
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser(
        "settings", help="every setting of the environment with its default 设置", description=__doc__
    )
    parser.set_defaults(func=run)


def run(_arguments: argparse.Namespace) -> int:
    for setting in SETTINGS:
        value = os.environ.get(setting.name)
        now = "" if value is None else "   now: " + ("(set)" if setting.secret else value)
        print(f"{setting.name}\n    {setting.meaning}\n    default: {setting.default}{now}")
    return 0


def unlisted() -> list[str]:
    """Names in the environment that look like ours and that nothing reads: mostly misspelt."""
    known = {setting.name for setting in SETTINGS} | {"WENPAN_SHARED"}
    ours = [name for name in os.environ if name.startswith("WENPAN_") and name not in known]
    return sorted(name for name in ours if not name.startswith(("WENPAN_OUTBOX_", "WENPAN_SOURCE_")))
