"""/meetings/…"""

from django.urls import path

from wenpan.district.meetings import capture_pages, pages

app_name = "meetings"
_DECISION = "<int:pk>/decisions/<int:proposal>"
urlpatterns = [
    path("", pages.meetings, name="list"),
    path("new/", pages.new, name="new"),
    path("<int:pk>/", pages.meeting, name="meeting"),
    path("<int:pk>/change/", pages.change, name="change"),
    path("<int:pk>/cancel/", pages.cancel, name="cancel"),
    path("<int:pk>/put/", pages.put, name="put"),
    path("<int:pk>/seen/", pages.seen, name="seen"),
    path("<int:pk>/close/", pages.close, name="close"),
    path("<int:pk>/line/", capture_pages.take_down, name="take_down"),
    path(f"{_DECISION}/confirm/", capture_pages.confirm, name="confirm"),
    path(f"{_DECISION}/mend/", capture_pages.mend, name="mend"),
    path(f"{_DECISION}/drop/", capture_pages.drop, name="drop"),
    path(f"{_DECISION}/undo/", capture_pages.undo, name="undo"),
    path(f"{_DECISION}/each/", capture_pages.each, name="each"),
    path("<int:pk>/memo.docx", pages.memo_docx, name="memo_docx"),
    path("<int:pk>/follow-up.docx", pages.follow_up_docx, name="follow_up_docx"),
    path("<int:pk>/minutes.docx", pages.minutes_docx, name="minutes_docx"),
    path("questions/<int:pk>/", pages.question, name="question"),
    path("questions/<int:pk>/answer/", pages.answer, name="answer"),
]
