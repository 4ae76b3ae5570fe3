"""A district whose September 2022 has matters, through the room's own actions; numbers written out.

住建局 has five matters, 桐溪镇 three, 经发局 one. The month ends on Friday 30 September.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

from wenpan.district.accounts.actions import sync_units
from wenpan.district.accounts.models import Unit
from wenpan.district.observations.models import Region
from wenpan.district.supervision import actions
from wenpan.district.supervision.models import Matter, Source

SHANGHAI = timezone(timedelta(hours=8))


def day(text: str, hour: int = 9) -> datetime:
    """day("2022-09-14"): that morning in the place's own time."""
    return datetime.fromisoformat(text).replace(hour=hour, tzinfo=SHANGHAI)


ROLES = {
    "clerk": ("supervisor", "dcb"), "second": ("supervisor", "dcb"), "chief": ("supervision_head", "dcb"),
    "leader": ("leader", None), "analyst": ("analyst", "jfj"), "zjj": ("liaison", "zjj"),
    "zjj_head": ("unit_head", "zjj"), "tongxi": ("liaison", "tongxi"), "tongxi_head": ("unit_head", "tongxi"),
    "jfj": ("liaison", "jfj"),
}  # fmt: skip


class District:
    """People by what they do, and one verb a deed; `at` is a day as text."""

    def __init__(self, make_user: Any) -> None:
        city = Region.objects.create(code="city", name="宁城", order=0, pinyin="ningcheng")
        Region.objects.create(code="jia", name="甲区", parent=city, home=True, order=1, pinyin="jiaqu")
        names = (
            ("dcb", "督查绩效办", "department"), ("jfj", "经发局", "department"),
            ("zjj", "住建局", "department"),
            ("tongxi", "桐溪镇", "town"),
        )  # fmt: skip
        sync_units(units=[{"code": c, "name": n, "short_name": n, "kind": k} for c, n, k in names], by=None)
        self.units = {unit.code: unit for unit in Unit.objects.all()}
        self.people = {
            name: make_user(role, username=name, unit=self.units.get(unit or ""))
            for name, (role, unit) in ROLES.items()
        }
        self.minutes = Source.objects.create(
            kind="minutes", title="区政府第12次常务会议纪要", dated=date(2022, 8, 30),
            created_by=self.people["clerk"], created_at=day("2022-08-30"),
        )  # fmt: skip

    def assigned(self, title: str, lead: str, due: str, at: str, **more: Any) -> Matter:
        clerk, chief = self.people["clerk"], self.people["chief"]
        matter = actions.draft(
            title=title, kind="meeting", by=clerk, at=day(at), source=more.pop("source", self.minutes),
            parent=more.pop("parent", None),
        )  # fmt: skip
        actions.register(matter=matter, by=chief, at=day(at))
        matter.refresh_from_db()
        values = {"due": date.fromisoformat(due)} if due else {}
        coops = [self.units[code] for code in more.pop("coops", ())]
        actions.assign(
            matter=matter, lead=self.units[lead], by=clerk, at=day(at, 10), coops=coops, **values, **more
        )
        return self.fresh(matter)

    def fresh(self, matter: Matter) -> Matter:
        return Matter.objects.get(pk=matter.pk)

    def feedback(self, matter: Matter, at: str, claim: str = "progress", by: str = "") -> Matter:
        matter = self.fresh(matter)
        code = by or (matter.lead.code if matter.lead else "")
        actions.feed_back(
            unchanged=True,
            matter=matter,
            claim=claim,
            process="已完成现场核对",
            by=self.people[code],
            at=day(at, 11),
        )
        return self.fresh(matter)

    def done(self, matter: Matter, at: str) -> Matter:
        return self.feedback(matter, at, "done")

    def checked(self, matter: Matter, at: str, *, passed: bool = True) -> Matter:
        actions.check(
            matter=self.fresh(matter), passed=passed, text="核对现场" if passed else "没有写明落实过程",
            by=self.people["second"], at=day(at, 14),
        )  # fmt: skip
        return self.fresh(matter)

    def closed(self, matter: Matter, answered: str, at: str) -> Matter:
        self.done(matter, answered)
        self.checked(matter, at)
        actions.close(matter=self.fresh(matter), by=self.people["second"], at=day(at, 15))
        return self.fresh(matter)

    def paused(self, matter: Matter, at: str) -> Matter:
        actions.pause(matter=self.fresh(matter), reason="待省里批复", by=self.people["chief"], at=day(at))
        return self.fresh(matter)

    def september(self) -> dict[str, Matter]:
        """Nine matters: three closed (one late), one to be checked, two overdue, two open, one paused."""
        found = {
            "early": self.assigned("完成供地", "zjj", "2022-09-20", "2022-09-01"),
            "late": self.assigned("征拆扫尾", "zjj", "2022-09-14", "2022-09-01"),
            "silent": self.assigned("排查停工项目", "zjj", "2022-09-16", "2022-09-01"),
            "sent_back": self.assigned("兑付奖补", "zjj", "2022-10-20", "2022-09-01", source=None),
            "paused": self.assigned("道路改造", "zjj", "2022-09-10", "2022-09-01"),
            "town_done": self.assigned("清理台账", "tongxi", "2022-09-09", "2022-08-25", coops=("zjj",)),
            "town_late": self.assigned("走访企业", "tongxi", "2022-09-23", "2022-09-05"),
            "town_open": self.assigned("完成入库", "tongxi", "2022-10-12", "2022-09-05"),
            "checking": self.assigned("月度会商", "jfj", "2022-09-28", "2022-09-12"),
        }
        for name, matter in found.items():
            if name not in {"silent", "paused"}:
                actions.sign(
                    matter=matter, by=self.people[matter.lead.code],
                    at=matter.events.order_by("-sequence").first().at + timedelta(hours=2),
                )  # fmt: skip
        self.paused(found["paused"], "2022-09-02")
        self.closed(found["early"], "2022-09-13", "2022-09-15")
        self.closed(found["late"], "2022-09-19", "2022-09-21")
        self.closed(found["town_done"], "2022-09-08", "2022-09-13")
        self.feedback(found["town_late"], "2022-09-26")
        self.done(found["sent_back"], "2022-09-21")
        self.checked(found["sent_back"], "2022-09-22", passed=False)
        self.done(found["checking"], "2022-09-27")
        return {name: self.fresh(matter) for name, matter in found.items()}
