"""亮灯提出的拟办: what red and yellow lights ask for; a button looks at the lights anew."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from wenpan.district.accounts.permissions import requires
from wenpan.district.ground.jobs.actions import start
from wenpan.district.ground.jobs.models import Job
from wenpan.district.supervision.lights.policy import light_matters
from wenpan.district.supervision.sources.pages.parts import list_context


@require_GET
@requires("matter.draft")
def lights(request: HttpRequest) -> HttpResponse:
    context = list_context(request, None) | {"policy": light_matters()}
    return render(request, "supervision/lights.html", context)


@require_POST
@requires("matter.draft")
def run(request: HttpRequest) -> HttpResponse:
    job = start(
        kind="supervision.lights",
        args={"by": request.user.pk},
        key=f"supervision.lights:{secrets.token_hex(6)}",
        by=request.user,
    )
    job.refresh_from_db()
    if job.state == Job.State.DONE:
        return redirect("supervision:lights")
    return redirect("jobs:progress", pk=job.pk)


routes: list[URLPattern] = [
    path("lights/", lights, name="lights"),
    path("lights/run/", run, name="run_lights"),
]
