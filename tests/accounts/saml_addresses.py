"""The portal's addresses as they are with SAML_ENTITY_ID."""

from django.urls import include, path

from cors.urls import urlpatterns as ours

urlpatterns = [path("admin/account/", include("allauth.socialaccount.providers.saml.urls")), *ours]
