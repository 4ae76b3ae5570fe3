"""Addresses of the project room."""

from django.urls import path

from wenpan.district.projects.pages import keys, pool, project, speech

app_name = "projects"
urlpatterns = [
    path("", pool.pool, name="pool"),
    path("views/", pool.save_view, name="save_view"),
    path("views/<int:pk>/forget/", pool.forget_view, name="forget_view"),
    path("return-form/", pool.return_form, name="return_form"),
    path("table/", speech.speech, name="speech"),
    path("outlook/", speech.outlook, name="outlook"),
    path("<int:pk>/", project.project, name="project"),
    path("<int:pk>/documents/", project.document, name="document"),
    path("<int:pk>/photos/", project.add_photo, name="add_photo"),
    path("photos/<int:pk>/", project.photo, name="photo"),
    path("key/", keys.listing, name="keys"),
    path("key/map/", keys.year_map, name="map"),
    path("key/<int:pk>/", keys.key_project, name="key_project"),
    path("links/", keys.links, name="links"),
    path("links/confirm/", keys.confirm, name="confirm"),
    path("links/<int:pk>/remove/", keys.remove, name="remove_link"),
    path("problems/", keys.problems, name="problems"),
    path("problems/<int:pk>/close/", project.close, name="close"),
    path("milestones/<int:pk>/done/", project.milestone, name="milestone"),
    path("<str:which>/<int:pk>/state/", project.state, name="state"),
    path("<str:which>/<int:pk>/excuse/", project.excuse, name="excuse"),
    path("<str:which>/<int:pk>/problem/", project.problem, name="problem"),
    path("<str:which>/<int:pk>/visit/", project.visit, name="visit"),
]
