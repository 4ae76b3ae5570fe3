from django.urls import path

from wenpan.district.accounts import pages, personal
from wenpan.district.accounts.outside import pages as outside
from wenpan.district.accounts.second import pages as second

app_name = "accounts"
urlpatterns = [
    path("sign-in/", pages.SignIn.as_view(), name="sign_in"),
    path("sign-out/", pages.sign_out, name="sign_out"),
    path("password/", pages.password, name="password"),
    path("profile/", personal.profile, name="profile"),
    path("text-size/", personal.text_size, name="text_size"),
    path("reset/", pages.finish_reset, name="finish_reset"),
    path("resets/", pages.hand_overs, name="hand_overs"),
    path("resets/<int:pk>/", pages.hand_over, name="hand_over"),
    path("people/", pages.people, name="people"),
    path("people/new/", pages.new_person, name="new_person"),
    path("people/<int:pk>/", pages.person, name="person"),
    path("people/<int:pk>/role/", pages.grant, name="grant"),
    path("people/<int:pk>/activity/", pages.activity, name="activity"),
    path("people/<int:pk>/password/", pages.reset, name="reset"),
    *second.routes,
    *outside.routes,
]
