from django.urls import path

from wenpan.district.audit import pages

app_name = "journal"
urlpatterns = [
    path("", pages.entries, name="list"),
    path("evidence/", pages.evidence_page, name="evidence"),
    path("verification/", pages.verification, name="verification"),
    path("<int:sequence>/", pages.entry, name="entry"),
]
