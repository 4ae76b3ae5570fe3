"""The progress of one job: a page, and the part of it that renews itself until the work is over."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET
from django_htmx.http import HttpResponseClientRedirect

from wenpan.district.ground.jobs import queries


def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Whole page for a browser, part for htmx; when the work is done both go on to `next_url`."""
    job = queries.own_job(pk=pk, user=request.user)
    part = bool(getattr(request, "htmx", False))
    if job.state == job.State.DONE and job.next_url:
        return HttpResponseClientRedirect(job.next_url) if part else redirect(job.next_url)
    return render(request, _template(part), {"job": job, "before": queries.before(job)})


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """What this person started: which queue, how far."""
    return render(request, "jobs/list.html", {"rows": queries.own_jobs(user=request.user)})


def _template(part: bool) -> str:
    return "jobs/part.html" if part else "jobs/progress.html"
