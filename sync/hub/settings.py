"""Django's settings for every hub. What differs from hub to hub comes from :class:`~sync.hub.config.HubConfig`.

Nobody sets DJANGO_SETTINGS_MODULE: :func:`sync.hub.start.set_up` hands these names and the config's to Django.
"""

from typing import Any

from sync.hub.config import HubConfig, databases, secret_key
from sync.hub.people.oidc import SERVICE_ID, SignInService, read_service
from sync.hub.running.mail import settings_for_mail

DEBUG = False
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "sync.hub",
]
DATABASES: dict[str, dict[str, object]] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "sync.hub.urls"
MIDDLEWARE = [
    "sync.hub.running.observed.Observed",
    "sync.hub.guard.Guard",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",  # Content-Length, so that connections can stay open
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sync.hub.pages.second_step.SecondStepFirst",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sync.hub.pages.menu.menu",
            ],
        },
    },
]
APPEND_SLASH = False
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True
HUB_PUBLIC_URL = ""
HUB_DATA = ""
STATIC_URL = "/static/"
AUTHENTICATION_BACKENDS = ["sync.hub.people.access.PasswordBackend", "sync.hub.people.access.RoleBackend"]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 3600
HUB_SECOND_STEP = "not-viewers"
HUB_SIGN_IN_SERVICE = ""
HUB_SERVICE_HAS_SECOND_STEP = False
ACCOUNT_ADAPTER = "sync.hub.people.sign_in.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # wrong tries are counted in sync.hub.people.tries
MFA_ADAPTER = "sync.hub.people.second_factor.Vault"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "sync.hub.people.sign_in.ServiceAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: the policy for forms (CSP) knows no other host
SOCIALACCOUNT_PROVIDERS: dict[str, object] = {}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4_000_000
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 20_000}}}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "sync.hub.running.logs.Plain"}, "json": {"()": "sync.hub.running.logs.AsJson"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "hub": {"handlers": ["stderr"], "level": "INFO"},
        "hub.requests": {"level": "WARNING"},
        # Django's own error log would print an exception's message, and that may quote an answer: sync.hub.guard logs instead.
        "django": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "waitress": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}


def logging_as(form: str) -> dict[str, Any]:
    """LOGGING: `plain` without a line for each request, or `json` with one (S161)."""
    if form == "plain":
        return LOGGING
    stderr = {"class": "logging.StreamHandler", "formatter": form}
    loggers = LOGGING["loggers"] | {"hub.requests": {"level": "INFO"}}
    return LOGGING | {"handlers": {"stderr": stderr}, "loggers": loggers}


def settings_for(config: HubConfig) -> dict[str, object]:
    """Every setting of this hub, by name. Raises HubError."""
    plain = {name: value for name, value in globals().items() if name.isupper()}
    return plain | {
        "SECRET_KEY": secret_key(config),
        "DATABASES": databases(config),
        "LOGGING": logging_as(config.log),
        "ALLOWED_HOSTS": _allowed_hosts(config),
        "HUB_DATA": str(config.data),
        "HUB_PUBLIC_URL": config.public_url.rstrip("/"),
        "CSRF_TRUSTED_ORIGINS": [config.public_url.rstrip("/")] if config.public_url else [],
        "SESSION_COOKIE_SECURE": config.behind_https,
        "CSRF_COOKIE_SECURE": config.behind_https,
        "SECURE_HSTS_SECONDS": 31_536_000 if config.behind_https else 0,
        "HUB_SECOND_STEP": config.second_step,
        **settings_for_mail(config.mail, config.mail_from),
        **(sign_in_service(read_service(config.oidc)) if config.oidc else {}),
    }


def sign_in_service(service: SignInService) -> dict[str, object]:
    """The settings that tell the library about the service."""
    known = {
        "provider_id": SERVICE_ID,
        "name": service.name,
        "client_id": service.client_id,
        "secret": service.client_secret,
        "settings": {"server_url": service.issuer, "oauth_pkce_enabled": True},
    }
    return {
        "SOCIALACCOUNT_PROVIDERS": {"openid_connect": {"APPS": [known]}},
        "HUB_SIGN_IN_SERVICE": service.name,
        "HUB_SERVICE_HAS_SECOND_STEP": service.second_step == "there",
    }


def _allowed_hosts(config: HubConfig) -> list[str]:
    if config.host in {"0.0.0.0", "::", ""} and not config.public_url:  # noqa: S104 - compared, not bound
        return ["*"]
    public = config.public_url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    named = [public.rpartition(":")[0] if ":" in public and not public.endswith("]") else public] if public else []
    return [config.host, "localhost", "127.0.0.1", "[::1]", *named]
