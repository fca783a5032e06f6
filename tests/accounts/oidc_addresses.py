"""The portal's addresses as they are with OIDC_SERVER_URL."""

from django.urls import include, path

from cors.urls import urlpatterns as ours

urlpatterns = [path("admin/account/", include("allauth.socialaccount.providers.openid_connect.urls")), *ours]
