"""Reading jobs: one for its progress page; only the person who started it may look."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from wenpan.district.ground.jobs.models import Job


def own_job(*, pk: int, user: Any) -> Job:
    """The job, if this user started it; Http404 otherwise (another's job does not exist for them)."""
    return get_object_or_404(Job, pk=pk, created_by=user)
