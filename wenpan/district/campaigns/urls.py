"""/campaigns/…"""

from django.urls import path

from wenpan.district.campaigns.pages import campaigns, findings, planning

app_name = "campaigns"
urlpatterns = [
    path("", campaigns.campaigns, name="list"),
    path("new/", planning.new, name="new"),
    path("<int:pk>/", campaigns.campaign, name="campaign"),
    path("<int:pk>/change/", planning.change, name="change"),
    path("<int:pk>/choose/", planning.choose, name="choose"),
    path("<int:pk>/teams/", planning.teams, name="teams"),
    path("<int:pk>/teams/<int:team>/", planning.team, name="team"),
    path("<int:pk>/teams/<int:team>/drop/", planning.drop_team, name="drop_team"),
    path("<int:pk>/assign/", planning.assign, name="assign"),
    path("<int:pk>/days/", planning.plan_days, name="plan_days"),
    path("<int:pk>/out/", planning.leave_out, name="leave_out"),
    path("<int:pk>/step/<slug:deed>/", campaigns.step, name="step"),
    path("<int:pk>/findings/", findings.enter_many, name="enter_many"),
    path("<int:pk>/report.docx", campaigns.report, name="report"),
    path("objects/<int:pk>/", findings.enter, name="enter"),
    path("objects/<int:pk>/files/", findings.attach, name="attach"),
    path("objects/<int:pk>/back/", planning.put_back, name="put_back"),
    path("files/<int:pk>/", findings.file, name="file"),
]
