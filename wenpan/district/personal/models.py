"""Views of lists and favourites: a person's own, of no consequence for anybody's rights.

A view is an address's parameters and a choice of columns, so what it shows is decided anew at each reading.
What a person saw last is kept in their browser only (`seen.py`): the place keeps no record of who read what.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_USER = settings.AUTH_USER_MODEL


class ListView(models.Model):
    """Filters, order and columns of one list under a name; without a name the columns that its owner wants
    of that list. `columns`: {"shown": [keys in order], "hidden": [keys]}, {} for the program's own."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("清单"), max_length=60)  # the URL name of the list's page
    name = models.CharField(_("名称"), max_length=30, blank=True)
    query = models.CharField(max_length=1000, blank=True)
    columns = models.JSONField(default=dict)
    shared = models.BooleanField(_("本单位共用"), default=False)
    default = models.BooleanField(_("打开清单时用"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "code", "name"], name="a_list_view_has_one_name"),
            models.UniqueConstraint(
                fields=["user", "code"], condition=Q(default=True), name="one_default_view_a_list"
            ),
            models.CheckConstraint(
                name="what_is_shared_has_a_name",
                condition=~Q(name="") | Q(shared=False, default=False, query=""),
            ),
        ]
        indexes = [models.Index(fields=["code", "shared"], name="list_view_code")]


class Favourite(models.Model):
    """A star on an object's page. `subject`: kind and key, as `matter:12` (search/named.py)."""

    user = models.ForeignKey(_USER, on_delete=models.PROTECT, related_name="favourites")
    subject = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "subject"], name="one_star_a_subject")]
