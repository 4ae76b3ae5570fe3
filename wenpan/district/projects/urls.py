"""Addresses of the project room."""

from django.urls import path

from wenpan.district.projects.key_projects import pages as keys
from wenpan.district.projects.page import acting, analysis_pages
from wenpan.district.projects.page import pages as project
from wenpan.district.projects.pairs import pages as pairs
from wenpan.district.projects.pool import pages as pool
from wenpan.district.projects.ratings import pages as foreign
from wenpan.district.projects.returns import pages as returns
from wenpan.district.projects.site import plan_pages, problem_pages

app_name = "projects"
urlpatterns = [
    path("", pool.pool, name="pool"),
    path("return-form/", pool.return_form, name="return_form"),
    path("returns/", returns.collection, name="collection"),
    path("returns/remind/", returns.remind, name="remind"),
    path("returns/own/", returns.own_returns, name="own_returns"),
    path("returns/own/hand-in/", returns.hand_in, name="hand_in"),
    path("returns/own/<int:pk>/", returns.own_return, name="own_return"),
    path("returns/own/<int:pk>/explain/", returns.explain, name="explain_own"),
    path("returns/own/<int:pk>/withdraw/", returns.withdraw, name="withdraw_own"),
    path("returns/own/<int:pk>/original/", returns.original, name="own_original"),
    path("returns/own/<int:pk>/marked/", returns.marked, name="own_marked"),
    path("table/", analysis_pages.speech, name="speech"),
    path("outlook/", analysis_pages.outlook, name="outlook"),
    path("outlook/curves/", foreign.curves, name="curves"),
    path("ratings/", foreign.ratings, name="ratings"),
    path("<int:pk>/", project.project, name="project"),
    path("<int:pk>/documents/", acting.document, name="document"),
    path("photos/<int:pk>/", project.photo, name="photo"),
    path("key/", keys.listing, name="keys"),
    path("key/map/", keys.year_map, name="map"),
    path("key/<int:pk>/", keys.key_project, name="key_project"),
    path("links/", pairs.links, name="links"),
    path("links/confirm/", pairs.confirm, name="confirm"),
    path("links/apart/<int:pk>/back/", pairs.propose_again, name="propose_again"),
    path("links/<int:pk>/remove/", pairs.remove, name="remove_link"),
    path("successions/", pairs.successions, name="successions"),
    path("successions/settle/", pairs.settle, name="settle"),
    path("successions/<slug:case>/back/", pairs.unsettle, name="unsettle"),
    path("sites/", plan_pages.my_sites, name="my_sites"),
    path("sites/plan/", plan_pages.site_plan, name="site_plan"),
    path("sites/plan/<int:pk>/end/", plan_pages.end_site, name="end_site"),
    path("problems/", problem_pages.problems, name="problems"),
    path("problems/<int:pk>/report/", acting.report, name="report"),
    path("problems/<int:pk>/close/", acting.close, name="close"),
    path("milestones/<int:pk>/done/", acting.milestone, name="milestone"),
    path("<str:which>/<int:pk>/photos/", acting.add_photo, name="add_photo"),
    path("<str:which>/<int:pk>/state/", acting.state, name="state"),
    path("<str:which>/<int:pk>/excuse/", acting.excuse, name="excuse"),
    path("<str:which>/<int:pk>/problem/", acting.problem, name="problem"),
    path("<str:which>/<int:pk>/site/", plan_pages.plan_site, name="plan_site"),
    path("<str:which>/<int:pk>/visit/", acting.visit, name="visit"),
]
