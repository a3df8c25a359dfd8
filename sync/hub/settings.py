"""Django's settings for every hub. What differs from hub to hub comes from :class:`~sync.hub.config.HubConfig`.

Nobody sets DJANGO_SETTINGS_MODULE: :func:`sync.hub.start.set_up` hands these names and the config's to Django.
"""

from sync.hub.config import HubConfig, databases, secret_key

DEBUG = False
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "sync.hub",
]
DATABASES: dict[str, dict[str, object]] = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "sync.hub.urls"
MIDDLEWARE = [
    "sync.hub.guard.Guard",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",  # Content-Length, so that connections can stay open
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
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
STATIC_URL = "/static/"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
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
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "hub": {"handlers": ["stderr"], "level": "INFO"},
        # Django's own error log would print an exception's message, and that may quote an answer: sync.hub.guard logs instead.
        "django": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "waitress": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}


def settings_for(config: HubConfig) -> dict[str, object]:
    """Every setting of this hub, by name. Raises HubError."""
    plain = {name: value for name, value in globals().items() if name.isupper()}
    return plain | {
        "SECRET_KEY": secret_key(config),
        "DATABASES": databases(config),
        "ALLOWED_HOSTS": _allowed_hosts(config),
        "HUB_PUBLIC_URL": config.public_url.rstrip("/"),
        "CSRF_TRUSTED_ORIGINS": [config.public_url.rstrip("/")] if config.public_url else [],
        "SESSION_COOKIE_SECURE": config.behind_https,
        "CSRF_COOKIE_SECURE": config.behind_https,
        "SECURE_HSTS_SECONDS": 31_536_000 if config.behind_https else 0,
    }


def _allowed_hosts(config: HubConfig) -> list[str]:
    if config.host in {"0.0.0.0", "::", ""} and not config.public_url:  # noqa: S104 - compared, not bound
        return ["*"]
    public = config.public_url.partition("://")[2].partition("/")[0].rpartition("@")[2]
    named = [public.rpartition(":")[0] if ":" in public and not public.endswith("]") else public] if public else []
    return [config.host, "localhost", "127.0.0.1", "[::1]", *named]
