"""Addresses of the indicators room."""

from django.urls import path

from wenpan.district.indicators.pages import board, indicator, plan, rules, scorecard, targets, what_if

app_name = "indicators"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("indicators/", indicator.catalogue, name="catalogue"),
    path("indicators/<slug:code>/", indicator.indicator, name="indicator"),
    path("indicators/<slug:code>/if/", what_if.answer, name="what_if"),
    path("scorecard/", scorecard.scorecard, name="scorecard"),
    path("plan/", plan.backward, name="plan"),
    path("targets/", targets.targets, name="targets"),
    path("targets/set/", targets.set_target, name="set_target"),
    path("targets/<int:pk>/", targets.target, name="target"),
    path("rules/", rules.rules, name="rules"),
    path("rules/worth/", rules.worth, name="say_worth"),
    path("rules/adopt/", rules.adopt, name="adopt_rules"),
]
