from django.urls import path

from wenpan.district.personal import pages

app_name = "personal"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("views/", pages.save_view, name="save_view"),
    path("views/<int:pk>/", pages.change_view, name="change_view"),
    path("views/<int:pk>/forget/", pages.forget_view, name="forget_view"),
    path("columns/", pages.columns, name="columns"),
    path("stars/", pages.star, name="star"),
]
