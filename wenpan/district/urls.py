"""Every address of the program, one line a room."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

handler403 = "wenpan.district.home.error_pages.forbidden"
handler404 = "wenpan.district.home.error_pages.not_found"
handler400 = "wenpan.district.home.conditions.bad_request"
handler500 = "wenpan.district.home.conditions.server_error"

urlpatterns = [
    path("", include("wenpan.district.home.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("accounts/", include("wenpan.district.accounts.urls")),
    path("journal/", include("wenpan.district.audit.urls")),
    path("jobs/", include("wenpan.district.ground.jobs.urls")),
    path("outbox/", include("wenpan.district.outbox.urls")),
    path("data/", include("wenpan.district.intake.urls")),
    path("sources/", include("wenpan.district.collecting.urls")),
    path("ledger/", include("wenpan.district.observations.urls")),
    path("", include("wenpan.district.indicators.urls")),
    path("projects/", include("wenpan.district.projects.urls")),
    path("firms/", include("wenpan.district.firms.urls")),
    path("deals/", include("wenpan.district.attraction.urls")),
    path("fiscal/", include("wenpan.district.fiscal.urls")),
    path("supports/", include("wenpan.district.supports.urls")),
    path("entries/", include("wenpan.district.entries.urls")),
    path("quality/", include("wenpan.district.quality.urls")),
    path("upward/", include("wenpan.district.upward.urls")),
    path("supervision/", include("wenpan.district.supervision.urls")),
    path("library/", include("wenpan.district.library.urls")),
    path("exchange/", include("wenpan.district.exchange.urls")),
    path("proofs/", include("wenpan.district.proofs.urls")),
    path("effects/", include("wenpan.district.effects.urls")),
    path("campaigns/", include("wenpan.district.campaigns.urls")),
    path("meetings/", include("wenpan.district.meetings.urls")),
    path("settings/", include("wenpan.district.adjustments.urls")),
    path("documents/", include("wenpan.district.bulletins.urls")),
    path("checkup/", include("wenpan.district.checkup.urls")),
    path("wall/", include("wenpan.district.wall.urls")),
    path("search/", include("wenpan.district.search.urls")),
    path("mine/", include("wenpan.district.personal.urls")),
    path("", include("wenpan.district.sharing.urls")),
]
