"""Addresses of the status page. They hold neither reference nor code."""

from django.urls import path

from reports.status import reply_views, views

app_name = "status"
urlpatterns = [
    path("", views.find, name="find"),
    path("report/", views.show, name="show"),
    path("answer/", reply_views.answer, name="answer"),
    path("add/", reply_views.add, name="add"),
    path("contact/", views.contact, name="contact"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("close/", views.close, name="close"),
]
