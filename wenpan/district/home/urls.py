from django.urls import path

from wenpan.district.home import pages, sheet, today

app_name = "home"
urlpatterns = [
    path("", pages.entry, name="entry"),
    path("today/", today.today, name="today"),
    path("today/<slug:code>/do/", today.act, name="act"),
    path("today/<slug:code>/undo/", today.undo, name="undo"),
    path("sheet/", sheet.sheet, name="sheet"),
    path("help/", pages.help_page, name="help"),
    path("help/month/", pages.month_of_work, name="how_to"),
    path("healthz", pages.health, name="health"),
]
