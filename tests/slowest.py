"""A pytest plugin (`-p tests.slowest`): which files of tests took longest, all their phases together."""

from __future__ import annotations

from collections import Counter

MOST = 30
_seconds: Counter[str] = Counter()


def pytest_runtest_logreport(report):
    _seconds[report.nodeid.partition("::")[0]] += report.duration


def pytest_terminal_summary(terminalreporter, config):
    if hasattr(config, "workerinput"):  # a worker of xdist: the controller has all reports
        return
    terminalreporter.section("slowest files")
    for name, seconds in _seconds.most_common(MOST):
        terminalreporter.write_line(f"{seconds:7.1f} s  {name}")
