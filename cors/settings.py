"""Settings, read from the environment only (see docs/operations.md for every variable)."""

import re
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cors import environment as env
from cors import languages, sign_on
from cors.databases import *  # noqa: F403
from cors.files import *  # noqa: F403
from cors.files import FILES_STORAGE, VAR_DIR
from cors.look import *  # noqa: F403
from cors.outside import *  # noqa: F403
from cors.retention import *  # noqa: F403
from cors.shipped import AT_HOME, SHIPPED

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG", default=False)
# The demo's logins and its banner. Never with DEBUG off.
DEMO = env.flag("DEMO", default=False)
if DEMO and not DEBUG:
    raise ImproperlyConfigured("DEMO is only for a machine of your own: unset it, or set DEBUG=True.")

SECRET_KEY = env.secret("SECRET_KEY", how="Set it to 50 or more random characters, the same on every server.")
KEYRING = env.printed_secret(
    "KEYRING", how="Make one with `python manage.py make_keyring` and keep it apart from the database."
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", how="Set it to the host names of the portal, separated by commas.")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", default="")
SITE_URL = env.text("SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}").rstrip("/")

# --- The agency -------------------------------------------------------------
AGENCY_NAME = env.text("AGENCY_NAME", default="Los Angeles Police Department")
AGENCY_CITY = env.text("AGENCY_CITY", default="Los Angeles")
# What a report number of the agency looks like, blanks and hyphens aside (a regular expression).
DR_NUMBER_PATTERN = env.text("DR_NUMBER_PATTERN", default=r"\d{9}")
AGENCY_PHONE = env.text("AGENCY_PHONE", default="877-275-5273")
# Where "leave this page" leads: a page that everybody might have open.
QUICK_EXIT_URL = env.text("QUICK_EXIT_URL", default="https://www.weather.gov/")
# Days on which the agency does not work, besides weekends: they are no working days.
HOLIDAYS = env.days("HOLIDAYS")
# Working days until a possible hate crime has to be classified (the practice of Los Angeles County is 10).
CLASSIFICATION_DAYS = env.number("CLASSIFICATION_DAYS", default=10, least=1)
# Days that a resident has to answer a question, and the day on which they are reminded.
ANSWER_DAYS = env.number("ANSWER_DAYS", default=15)
ANSWER_REMINDER_DAYS = env.number("ANSWER_REMINDER_DAYS", default=10)
# Seconds between the first page of a report and its sending below which it is held for a look.
LEAST_FILING_SECONDS = env.number("LEAST_FILING_SECONDS", default=20)
MOST_FROM_ADDRESS = env.number("MOST_FROM_ADDRESS", default=20, least=1)
MOST_BEGUN_FROM_ADDRESS = env.number("MOST_BEGUN_FROM_ADDRESS", default=300, least=1)
EMERGENCY_PHONE = env.text("EMERGENCY_PHONE", default="911")
CATALOGUE_DIR = Path(env.text("CATALOGUE_DIR", default=str(BASE_DIR / "reports" / "catalogue" / "los_angeles")))
# Seconds that a process may go on showing the catalogue as it was before an edit in the admin.
CATALOGUE_CACHE_SECONDS = env.number("CATALOGUE_CACHE_SECONDS", default=5)

# --- Applications -----------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",
    "accounts",
    "reports",
    "cors",
    "accounts.site.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "axes",
    *sign_on.APPS,
]
MIDDLEWARE = [
    "cors.logs.with_request_id",
    "cors.patience.has_an_end",
    "reports.files.upload.drop_unfinished",
    "cors.middleware.closed_by_default",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "cors.middleware.staff_in_english",
    "cors.refused.packed_bodies",
    "cors.outage.KeepWhatWasTyped",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.gate.StaffGate",
    "reports.reading.OwnWrites",
]
ROOT_URLCONF = "cors.urls"
WSGI_APPLICATION = "cors.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SHIPPED / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cors.context.agency",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Celery on Valkey or Redis ----------------------------------------------
REDIS_URL = env.secret("REDIS_URL", how="Set it to redis://host:6379/0, or start the local servers with `make run`.")

# --- Languages and time -----------------------------------------------------
# What the portal speaks of the languages that it knows. The tables keep columns for all of them.
LANGUAGES = languages.chosen(env.words("AGENCY_LANGUAGES", default=""))
languages.make_known()
LANGUAGE_CODE = "en"
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
MODELTRANSLATION_LANGUAGES = tuple(code for code, _name in languages.LANGUAGES)
LOCALE_PATHS = [SHIPPED / "locale"]
# The agency's own words for texts of the pages: <language>/LC_MESSAGES/django.po, English among the languages.
AGENCY_TEXTS_DIR = env.text("AGENCY_TEXTS_DIR", default="")
if AGENCY_TEXTS_DIR:
    LOCALE_PATHS.insert(0, languages.texts_of(Path(AGENCY_TEXTS_DIR)))
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", default="America/Los_Angeles")

# --- Counts -----------------------------------------------------------------
# Whether 29 February is a day of a year to date: "counted" or "left_out".
COUNTS_LEAP_DAY = env.text("COUNTS_LEAP_DAY", default="counted")
if COUNTS_LEAP_DAY not in {"counted", "left_out"}:
    raise ImproperlyConfigured("COUNTS_LEAP_DAY must be counted or left_out.")
# When the week that ended is published: the day of the week (1 is Monday, 7 is Sunday) and the hour.
COUNTS_WEEKDAY = env.number("COUNTS_WEEKDAY", default=1, least=1)
COUNTS_HOUR = env.number("COUNTS_HOUR", default=6)
if COUNTS_WEEKDAY > 7 or COUNTS_HOUR > 23:
    raise ImproperlyConfigured("COUNTS_WEEKDAY must be 1 to 7 and COUNTS_HOUR 0 to 23.")
# How many published weeks are looked at again for later changes.
COUNTS_REVISED_WEEKS = env.number("COUNTS_REVISED_WEEKS", default=13)

# From which number on a figure stands on the public page, and a figure of hate incidents.
COUNTS_LEAST_PUBLIC = env.number("COUNTS_LEAST_PUBLIC", default=5, least=1)
COUNTS_LEAST_PUBLIC_HATE = env.number("COUNTS_LEAST_PUBLIC_HATE", default=11, least=1)

# --- Accounts: the figures are those of the CJIS Security Policy -------------
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
# axes asks first, so that a locked account's password is not even looked at.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGON_BANNER = env.text(
    "LOGON_BANNER",
    default=f"This is a restricted information system of the {AGENCY_NAME}. What is done here may be monitored, "
    "recorded and audited. Use without permission is forbidden and may be punished. Who logs in agrees to this.",
)
# So many failures within so many minutes lock an account until an administrator releases it.
LOGIN_FAILURES = env.number("LOGIN_FAILURES", default=5, least=1)
LOGIN_FAILURE_MINUTES = env.number("LOGIN_FAILURE_MINUTES", default=15, least=1)
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", default=30, least=1)
SESSION_HOURS = env.number("SESSION_HOURS", default=12, least=1)
# How long after a log-in or a re-authentication exports and changes to accounts and keys go without another one.
FRESH_LOGIN_MINUTES = env.number("FRESH_LOGIN_MINUTES", default=15, least=1)
# Days without a log-in after which an account is disabled.
UNUSED_DAYS = env.number("UNUSED_DAYS", default=90, least=1)
INVITATION_HOURS = env.number("INVITATION_HOURS", default=72, least=1)
PASSWORD_RESET_MINUTES = env.number("PASSWORD_RESET_MINUTES", default=60, least=1)
PASSWORD_LEAST_LENGTH = env.number("PASSWORD_LEAST_LENGTH", default=15, least=8)
# Words that a password must not be made of, beside the agency's names and the commonest passwords.
PASSWORD_BLOCKLIST = env.words("PASSWORD_BLOCKLIST", default="")
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LEAST_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.Blocklist"},
]

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# The cookie ends with the browser.
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
ACCOUNT_REAUTHENTICATION_TIMEOUT = FRESH_LOGIN_MINUTES * 60
# Guesses at one account are counted by accounts.lockout; these only slow down a single machine.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip", "reset_password": "20/m/ip,5/m/key"}
BEHIND_TLS_PROXY = env.flag("BEHIND_TLS_PROXY", default=False)
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_TLS_PROXY)
MFA_ADAPTER = "accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = AGENCY_NAME
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
# On a machine of one's own there is no TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_FORMS = sign_on.MFA_FORMS
# The agency's own log-in, OIDC or SAML. Off by default.
SOCIALACCOUNT_ADAPTER = "accounts.sign_on.SignOnAdapter"
SOCIALACCOUNT_PROVIDERS = sign_on.PROVIDERS
SOCIALACCOUNT_AUTO_SIGNUP = False
# By a link: the policy's form-action lets no form lead to another host.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False

AXES_HANDLER = "accounts.lockout.Handler"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # its middleware only words the refusal, which the form does
    "axes.W006",  # an account is locked wherever the guesses come from
]
# Codes that were used and how often a machine tried, shared by all web processes. Nothing that must last.
CACHES = {"default": {"BACKEND": "cors.cache.Cache", "LOCATION": REDIS_URL, "KEY_PREFIX": "cache"}}

# --- Static files -----------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", default=str(AT_HOME / "staticfiles")))
STATICFILES_DIRS = [SHIPPED / "static"]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
# Our files are for our pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "files": FILES_STORAGE,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- Files of residents -----------------------------------------------------
# Sealed as they come in, so that no temporary file ever holds one in the clear.
FILE_UPLOAD_HANDLERS = ["reports.files.upload.SealingHandler"]
# The virus scanner, ClamAV's daemon: tcp://host:3310 or unix:///path. Without one files stay "not scanned".
CLAMD_URL = env.text("CLAMD_URL", default="")
if CLAMD_URL and not CLAMD_URL.startswith(("tcp://", "unix:///")):
    raise ImproperlyConfigured("CLAMD_URL must be tcp://host:port or unix:///path.")
# Without a scanner: whether officers may see the plain copies of pictures, which are made anew from the pixels alone.
VIEW_UNSCANNED_COPIES = env.flag("VIEW_UNSCANNED_COPIES", default=True)

# --- Exports ----------------------------------------------------------------
# Up to so many reports a request makes the file by itself; workers make larger ones. The files go after so many days.
EXPORT_AT_ONCE = env.number("EXPORT_AT_ONCE", default=500)
EXPORT_DAYS = env.number("EXPORT_DAYS", default=7, least=1)

# --- Translation --------------------------------------------------------------
# A service that speaks the LibreTranslate API and drafts translations. Without one no text is sent anywhere.
TRANSLATE_URL = env.address("TRANSLATE_URL").rstrip("/")
TRANSLATE_KEY = env.secret("TRANSLATE_KEY", how="", default="")
TRANSLATE_SECONDS = env.number("TRANSLATE_SECONDS", default=20, least=1)
TRANSLATE_MOST_CHARACTERS = env.number("TRANSLATE_MOST_CHARACTERS", default=2000, least=100)

# --- The audit log ----------------------------------------------------------
# Where its head is printed every night, out of reach of the database's administrators: a file, a syslog, or both.
AUDIT_HEAD_FILE = env.text("AUDIT_HEAD_FILE", default=str(VAR_DIR / "audit" / "heads.log"))
AUDIT_HEAD_SYSLOG = env.text("AUDIT_HEAD_SYSLOG", default="")
if AUDIT_HEAD_SYSLOG and not re.match(r"/|(udp|tcp)://[^/@]+$", AUDIT_HEAD_SYSLOG):
    raise ImproperlyConfigured("AUDIT_HEAD_SYSLOG must be udp://host:514, tcp://host:514 or a socket such as /dev/log.")

# --- E-mail -----------------------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST", default="")
EMAIL_PORT = env.number("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", how="") if EMAIL_HOST_USER else ""
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default=f"no-reply@{ALLOWED_HOSTS[0]}")
# Without a mail server letters are put into a folder: a console would print names into the log.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"

# --- Notices to staff ---------------------------------------------------------
# The hour (0 to 23, in TIME_ZONE) from which on the day's digest goes out, and after how many days notices are deleted.
ALERT_DIGEST_HOUR = env.number("ALERT_DIGEST_HOUR", default=7)
if not 0 <= ALERT_DIGEST_HOUR <= 23:
    raise ImproperlyConfigured("ALERT_DIGEST_HOUR must be an hour of the day, 0 to 23.")
ALERT_DAYS = env.number("ALERT_DAYS", default=90, least=15)

# --- Text messages ----------------------------------------------------------
# How the gateway is asked: "json" or "twilio" (see docs/operations.md). Empty: none are offered and none are sent.
SMS_BACKEND = env.text("SMS_BACKEND", default="")
SMS_URL = env.text("SMS_URL", default="")
SMS_FROM = env.text("SMS_FROM", default="")
SMS_USER = env.text("SMS_USER", default="")
SMS_TOKEN = env.secret("SMS_TOKEN", how="The gateway's key, for SMS_BACKEND.") if SMS_BACKEND else ""
# How a message names its sender; short names leave room for the rest.
SMS_NAME = env.text("SMS_NAME", default=AGENCY_NAME)
if SMS_BACKEND not in {"", "json", "twilio"}:
    raise ImproperlyConfigured("SMS_BACKEND must be json or twilio, or empty.")
if SMS_BACKEND and not (re.match(r"https://|http://(localhost|127\.0\.0\.1)[:/]", SMS_URL) and SMS_FROM):
    raise ImproperlyConfigured("SMS_BACKEND needs SMS_URL, beginning with https://, and SMS_FROM.")

# --- Security ---------------------------------------------------------------
SECURE_COOKIES = env.flag("SECURE_COOKIES", default=not DEBUG)
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
CSRF_COOKIE_HTTPONLY = SESSION_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
# Like every other cookie it goes with the browser: no shared device tells who was here.
CSRF_COOKIE_AGE = None
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "csrf"
SESSION_COOKIE_NAME = "__Host-staff" if SECURE_COOKIES else "staff"
LANGUAGE_COOKIE_NAME = "__Host-language" if SECURE_COOKIES else "language"
SESSION_COOKIE_AGE = SESSION_HOURS * 60 * 60
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=not DEBUG)
# Asked from inside the machine, where there is no TLS.
SECURE_REDIRECT_EXEMPT = [r"^health(/live|/ready)?$", r"^metrics$"]
SECURE_HSTS_SECONDS = env.number("SECURE_HSTS_SECONDS", default=0 if DEBUG else 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
if BEHIND_TLS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Watching: see docs/operations.md, "Watching it" --------------------------
# Who may read /metrics and the lines of /health/ready: networks that reach the portal without a proxy, or a token.
METRICS_NETWORKS = env.networks("METRICS_NETWORKS", default="127.0.0.0/8,::1/128")
METRICS_TOKEN = env.secret("METRICS_TOKEN", how="", default="")
# So often the schedule and the workers write that they live; readiness misses them when three such signs are missing.
HEARTBEAT_SECONDS = env.number("HEARTBEAT_SECONDS", default=10, least=1)

# --- Logs: what happened, never to whom --------------------------------------
LOG_LEVEL = env.text("LOG_LEVEL", default="INFO")
LOG_FORMAT = env.text("LOG_FORMAT", default="text" if DEBUG else "json")
if LOG_FORMAT not in {"text", "json"}:
    raise ImproperlyConfigured("LOG_FORMAT must be text or json.")
# The header in which a proxy of the agency's names each request, such as X-Request-ID; it must set it anew itself.
REQUEST_ID_HEADER = env.text("REQUEST_ID_HEADER", default="")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "cors.logs.Text"}, "json": {"()": "cors.logs.Json"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Their own handlers would print paths and the words of errors.
        "django": {"handlers": [], "level": "INFO"},
        "django.server": {"handlers": [], "propagate": True},
        "gunicorn.error": {"handlers": ["console"], "propagate": False},
        "multiprocessing": {"handlers": ["console"], "propagate": False},
        # On a machine of one's own the terminal is for what is amiss.
        "cors.requests": {"level": "WARNING" if DEBUG else LOG_LEVEL},
    },
}
