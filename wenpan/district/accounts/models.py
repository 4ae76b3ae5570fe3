"""People and units: who works here, for which unit, in which role.

Units are data of the place (`place.yaml`), never code: the unit that leads monitoring is called
经发局 in one district and 发改局 in another. A unit that was merged keeps its row and its dates.
Roles are small classes in `roles.py`; a user has one role.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from wenpan.district.accounts import permissions
from wenpan.district.accounts.roles import ROLES


class Unit(models.Model):
    class Kind(models.TextChoices):
        DISTRICT = "district", _("区（县）")
        DEPARTMENT = "department", _("部门")
        TOWN = "town", _("镇街")
        PARK = "park", _("园区")

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60, unique=True)
    short_name = models.CharField(_("简称"), max_length=30)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    order = models.PositiveIntegerField(_("排序"), default=0)
    pinyin = models.CharField(max_length=200, editable=False, db_index=True)
    active_from = models.DateField(_("设立日期"), null=True, blank=True)
    active_to = models.DateField(_("撤并日期"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name=_("承接单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["order", "pinyin"]

    def __str__(self) -> str:
        return self.short_name


class User(AbstractUser):
    name = models.CharField(_("姓名"), max_length=40)
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), null=True, blank=True, on_delete=models.PROTECT)
    role = models.CharField(_("角色"), max_length=24, blank=True)  # a code in roles.py; empty: may do nothing
    temporary_password = models.BooleanField(
        _("须改密码"), default=False
    )  # set by another: change at sign-in
    first_name = None  # type: ignore[assignment]  # a Chinese name is one field
    last_name = None  # type: ignore[assignment]

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    def may(self, *wanted: str) -> bool:
        """For templates and the frame of every page; see permissions.can."""
        return permissions.can(self, *wanted)

    @property
    def role_label(self) -> str:
        role = ROLES.get(self.role)
        return str(role.label) if role else str(_("尚未授权"))
