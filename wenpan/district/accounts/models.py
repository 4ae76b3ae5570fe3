"""People and units: who works here, for which unit, in which role, and what they prove a sign-in with.

Units are data of the place (`place.yaml`), never code: the unit that leads monitoring is called
经发局 in one district and 发改局 in another. A unit that was merged keeps its row and its dates.
Roles are small classes in `roles.py`; a user has one role.
"""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import PermissionDenied
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
    parent = models.ForeignKey(
        "self", verbose_name=_("上级单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
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
    password_set_at = models.DateTimeField(null=True, blank=True)
    was_administrator = models.BooleanField(default=False)  # such an account never gets a data role
    opened_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    telephone = models.CharField(_("办公电话"), max_length=24, blank=True)
    post = models.CharField(_("职务"), max_length=30, blank=True)
    large_text = models.BooleanField(_("大字版"), default=False)
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
    def unit_code(self) -> str:
        """ "" for who belongs to no unit."""
        return self.unit.code if self.unit else ""

    @property
    def own_unit(self) -> Unit:
        """For what only somebody of a unit may do."""
        if self.unit is None:
            raise PermissionDenied(_("您不属于任何单位。"))
        return self.unit

    @property
    def role_label(self) -> str:
        role = ROLES.get(self.role)
        return str(role.label) if role else str(_("尚未授权"))


class PastPassword(models.Model):
    """Hashes of what a person's password was; the newest is the present one."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    password = models.CharField(max_length=128)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d}"


class FailedTries(models.Model):
    """Failed sign-ins in a row for one name from one source (see attempts.py)."""

    person = models.CharField(max_length=64)  # SHA-256 of the name that was tried
    source = models.CharField(max_length=80)  # address:… · device:… · strangers
    failures = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "source"], name="one_count_a_source")]

    def __str__(self) -> str:
        return f"{self.source} {self.failures}"


class PasswordReset(models.Model):
    """A password that its owner will set with a one-time code of two halves. One administrator starts it and
    holds the first half, another hands over the second: neither has a code that works."""

    class State(models.TextChoices):
        OPEN = "open", _("待本人设密码")
        DONE = "done", _("已完成")
        VOID = "void", _("已作废")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="resets")
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    second_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    nonce = models.CharField(max_length=32)  # the halves are made of it and the place's key, and not kept
    state = models.CharField(max_length=4, choices=State, default=State.OPEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state="open"), name="one_open_reset_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.state}"


class RoleRequest(models.Model):
    """The role that a list of accounts asks for. It gives nothing: the security administrator grants it by
    the rule that stands, or does not."""

    class State(models.TextChoices):
        OPEN = "open", _("待授予")
        GRANTED = "granted", _("已授予")
        DECLINED = "declined", _("不授予")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_requests")
    role = models.CharField(_("角色"), max_length=24)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state="open"), name="one_open_role_request_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role}"


class SecondFactor(models.Model):
    """One way of proving. A factor that ended keeps its row; `counter` is the last step of a one-time code,
    or what a security key counted itself: neither may come twice."""

    class Kind(models.TextChoices):
        TOTP = "totp", _("动态口令")
        KEY = "key", _("安全密钥")

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factors")
    kind = models.CharField(_("种类"), max_length=4, choices=Kind)
    label = models.CharField(_("名称"), max_length=40)
    secret = models.TextField(default="", editable=False)  # of a one-time code; locked with the place's key
    credential = models.TextField(default="", editable=False)  # of a security key: its id, base64url
    public_key = models.TextField(default="", editable=False)
    counter = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["credential"], condition=~models.Q(credential=""), name="one_row_a_security_key"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="totp", credential="") & ~models.Q(secret="")
                | models.Q(kind="key", secret="") & ~models.Q(credential="") & ~models.Q(public_key=""),
                name="a_factor_is_a_code_or_a_key",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.label}"


class RecoveryCode(models.Model):
    """For the day on which the phone is lost: each works once. Kept as a keyed digest."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # used, or replaced by newer ones

    def __str__(self) -> str:
        return f"{self.user_id} {self.made_at:%Y-%m-%d}"


class OutsidePerson(models.Model):
    """One staff number and the account that it opens, if any. Made at the first sign-in; nothing follows
    from it until the system administrator says yes and, where the account stood before, the security
    administrator too: alone, who links could come in as another. What it says of roles is not kept."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待确认")
        PROPOSED = "proposed", _("待复核")  # an account that stood before: a second administrator looks
        LINKED = "linked", _("已对应")
        REFUSED = "refused", _("已拒绝")

    number = models.CharField(_("工号"), max_length=80, unique=True)
    name = models.CharField(_("姓名"), max_length=40, blank=True)
    source = models.CharField(_("来源"), max_length=8)  # oidc · ldap
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="outside")
    first_at = models.DateTimeField(_("首次登录"))
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(user__isnull=False), name="one_staff_number_an_account"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("proposed", "linked"), user__isnull=False)
                | models.Q(state__in=("waiting", "refused"), user__isnull=True),
                name="linked_people_have_an_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"
