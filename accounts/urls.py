"""The addresses of the log-in, under allauth's names. What is not here does not exist: no sign-up, no log-in by mail.

They stand before the admin's own, whose log-in, log-out and change of password they replace.
"""

from django.urls import path

from accounts import factor_views as factor
from accounts import views

urlpatterns = [
    path("login/", views.LoginPage.as_view(), name="account_login"),
    path("logout/", views.LogoutPage.as_view(), name="account_logout"),
    path("password_change/", views.PasswordPage.as_view(), name="account_change_password"),
    path("account/", factor.IndexPage.as_view(), name="mfa_index"),
    path("account/closed/", views.ClosedPage.as_view(), name="account_closed"),
    path("account/service/cancelled/", views.ClosedPage.as_view(), name="socialaccount_login_cancelled"),
    path("account/service/error/", views.ClosedPage.as_view(), name="socialaccount_login_error"),
    path("account/again/", views.AgainPage.as_view(), name="account_reauthenticate"),
    path("account/again/code/", factor.CodeAgainPage.as_view(), name="mfa_reauthenticate"),
    path("account/again/passkey/", factor.PasskeyAgainPage.as_view(), name="mfa_reauthenticate_webauthn"),
    path("account/forgotten/", views.AskResetPage.as_view(), name="account_reset_password"),
    path("account/forgotten/asked/", views.ResetAskedPage.as_view(), name="account_reset_password_done"),
    path("account/password/", views.ChoosePasswordPage.as_view(), name="account_choose_password"),
    path("account/password/<str:token>/", views.follow_link, name="account_link"),
    path("account/factor/", factor.FactorPage.as_view(), name="mfa_authenticate"),
    path("account/enrol/", factor.EnrolPage.as_view(), name="account_enrol"),
    path("account/app/", factor.AppPage.as_view(), name="mfa_activate_totp"),
    path("account/app/remove/", factor.RemoveAppPage.as_view(), name="mfa_deactivate_totp"),
    path("account/passkey/", factor.AddPasskeyPage.as_view(), name="mfa_add_webauthn"),
    path("account/passkey/<int:pk>/", factor.NamePasskeyPage.as_view(), name="mfa_edit_webauthn"),
    path("account/passkey/<int:pk>/remove/", factor.RemovePasskeyPage.as_view(), name="mfa_remove_webauthn"),
    path("account/codes/", factor.CodesPage.as_view(), name="mfa_view_recovery_codes"),
    path("account/codes/new/", factor.NewCodesPage.as_view(), name="mfa_generate_recovery_codes"),
]
