"""Addresses of the workshop, under /admin/workshop/."""

from django.urls import path

from reports.workshop import compose_views, preview_views, views

app_name = "workshop"
urlpatterns = [
    path("", views.choose, name="choose"),
    path("new/", compose_views.make, name="make"),
    # /<version>/
    path("<int:type_id>/", views.show, name="show"),
    path("<int:type_id>/describe/", compose_views.describe, name="describe"),
    path("<int:type_id>/arrange/", compose_views.arrange, name="arrange"),
    path("<int:type_id>/screen/", compose_views.screen, name="screen"),
    path("<int:type_id>/screen/<int:question_id>/", compose_views.screen, name="screen"),
    path("<int:type_id>/ask/", compose_views.ask, name="ask"),
    path("<int:type_id>/ask/<int:question_id>/", compose_views.ask, name="ask"),
    path("<int:type_id>/<slug:part>/<int:question_id>/reorder/", compose_views.reorder, name="reorder"),
    path("<int:type_id>/submit/", views.submit, name="submit"),
    path("<int:type_id>/send-back/", views.send_back, name="send_back"),
    path("<int:type_id>/approve/", views.approve, name="approve"),
    path("<int:type_id>/publish/", views.publish, name="publish"),
    path("<int:type_id>/retire/", views.retire, name="retire"),
    path("<int:type_id>/copy/", views.copy, name="copy"),
    path("<int:type_id>/discard/", views.discard, name="discard"),
    path("<int:type_id>/preview/<slug:language>/<slug:page>/", preview_views.preview, name="preview"),
]
