from django.urls import path

from wenpan.district.bulletins.pages import archive, bulletin, heads, reasons, returned

app_name = "bulletins"
urlpatterns = [
    path("", archive.documents, name="list"),
    path("make/", archive.make, name="make"),
    path("refused/<str:as_of>/", archive.refused, name="refused"),
    path("draft/", bulletin.draft, name="draft"),
    path("not-drafted/<str:month>/", bulletin.not_drafted, name="not_drafted"),
    path("templates/", heads.templates, name="templates"),
    path("templates/propose/", heads.propose, name="propose_template"),
    path("templates/<int:pk>/preview/", heads.preview, name="template_preview"),
    path("templates/<int:pk>/decide/", heads.decide, name="decide_template"),
    path("templates/<int:pk>/retire/", heads.retire, name="retire_template"),
    path("reasons/", reasons.reasons, name="reasons"),
    path("reasons/<str:month>/<slug:indicator>/write/", reasons.write, name="write_reason"),
    path("reasons/<int:pk>/sign/", reasons.sign, name="sign_reason"),
    path("<int:pk>/", archive.document, name="document"),
    path("<int:pk>/docx/", archive.docx, name="docx"),
    path("<int:pk>/pdf/", archive.pdf_page, name="pdf"),
    path("<int:pk>/pictures/<int:number>/", archive.picture, name="picture"),
    path("<int:pk>/against/<int:other>/", archive.compare, name="compare"),
    path("<int:pk>/behind/", bulletin.behind, name="behind"),
    path("<int:pk>/returned/", returned.take_edited, name="returned"),
    path("<int:pk>/words/", bulletin.words, name="words"),
    path("<int:pk>/review/", bulletin.review, name="review"),
    path("<int:pk>/send-back/", bulletin.send_back, name="send_back"),
    path("<int:pk>/issue/", bulletin.issue, name="issue"),
    path("<int:pk>/verify/", bulletin.verify, name="verify"),
]
