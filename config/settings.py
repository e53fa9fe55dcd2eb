"""Every setting of the site, read once from the environment; see docs and README for a list.

Without any variable set this is a site for one machine: plain HTTP on localhost, a secret
key made up and kept in the data folder, a private database. AQWAL_HOSTS (the public names)
makes it a public one: HTTPS only, SECRET_KEY required, static files collected beforehand.
"""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import embedded_postgres, env
from config.paths import BASE_DIR, DATA_DIR

DEBUG = env.boolean("DEBUG", False)

PUBLIC_HOSTS = env.words("AQWAL_HOSTS")
PUBLIC = bool(PUBLIC_HOSTS)
if PUBLIC and DEBUG:
    raise env.BadSetting("DEBUG shows secrets to visitors: with AQWAL_HOSTS it must be 0.")

# --- Who may ask, and how ----------------------------------------------------------------

ALLOWED_HOSTS = [*PUBLIC_HOSTS, "localhost", "127.0.0.1", "[::1]"]
SECRET_KEY = env.secret("SECRET_KEY", keep_in=None if PUBLIC else DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS = env.words("AQWAL_OLD_SECRET_KEYS")

SECURE_SSL_REDIRECT = PUBLIC
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if PUBLIC else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PUBLIC
SECURE_HSTS_PRELOAD = PUBLIC
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_SECURE = PUBLIC
CSRF_COOKIE_SECURE = PUBLIC
# ".example.org" stands for every name below it, which is written differently here.
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' if host.startswith('.') else ''}{host}" for host in PUBLIC_HOSTS
]
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
# Behind a proxy that ends HTTPS and sets (never passes on) this header.
if env.boolean("AQWAL_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_CLIENT_IP_CALLABLE = "config.clients.forwarded_address"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- What the site is made of ------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    "search",
    "corpus",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "psqlextra",
    "csp",
    "axes",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Last, as it asks: it turns a locked-out login into its own answer.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "config.theme.theme",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Database ----------------------------------------------------------------------------

# Without DATABASE_URL the data folder's private server. Only its address is asked for here:
# manage.py, `make run` and the tests start it.
_database = env.database(
    "DATABASE_URL", default="" if env.text("DATABASE_URL") else embedded_postgres.url(DATA_DIR)
)

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "psqlextra.backend",
        "NAME": _database.name,
        "USER": _database.user,
        "PASSWORD": _database.password,
        "HOST": _database.host,
        "PORT": _database.port,
        "OPTIONS": _database.options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}

# Our migrations create the extensions we use; psqlextra would otherwise add hstore.
POSTGRES_EXTRA_AUTO_EXTENSION_SET_UP = False

# How long one search may keep the database busy before the visitor is told to try again.
AQWAL_SEARCH_TIMEOUT_MS = env.integer("AQWAL_SEARCH_TIMEOUT_MS", 3000, low=50, high=600_000)

# --- What comes in --------------------------------------------------------------------------

# Files sent through the administration wait here until their import is done.
AQWAL_UPLOADS = DATA_DIR / "uploads"
AQWAL_UPLOAD_MB = env.integer("AQWAL_UPLOAD_MB", 200, low=1, high=100_000)
FILE_UPLOAD_HANDLERS = ["corpus.uploads.BoundedUpload"]
AQWAL_MANAGE = BASE_DIR / "manage.py"  # runs their imports

# A feed with all its redirects may take so long and be so large. Addresses that are not
# public are refused, unless the feeds of one's own network are wanted.
AQWAL_FEED_SECONDS = env.integer("AQWAL_FEED_SECONDS", 60, low=1, high=3600)
AQWAL_FEED_MB = env.integer("AQWAL_FEED_MB", 20, low=1, high=20)
AQWAL_PRIVATE_FEEDS = env.boolean("AQWAL_PRIVATE_FEEDS", False)

# --- Accounts ----------------------------------------------------------------------------

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "search:saved"
LOGOUT_REDIRECT_URL = "search:search"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

AQWAL_ADMIN_PATH = env.url_path("AQWAL_ADMIN_PATH", "admin/")

# Five wrong passwords for one name from one address close the door for an hour.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1  # Hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

# --- Language and time -------------------------------------------------------------------

LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", _("Arabic")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.time_zone("TIME_ZONE", "UTC")

# How dates are written for readers: month names (gulf, levant, maghreb, morocco, dual),
# digits (ascii, arabic), and whether the Hijri date stands beside.
AQWAL_MONTH_NAMES = env.choice(
    "AQWAL_MONTH_NAMES", "gulf", ("gulf", "levant", "maghreb", "morocco", "dual")
)
AQWAL_DIGITS = env.choice("AQWAL_DIGITS", "ascii", ("ascii", "arabic"))
AQWAL_HIJRI_DATES = env.boolean("AQWAL_HIJRI_DATES", False)

# --- Static files ------------------------------------------------------------------------

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static" if PUBLIC else None
# A public site serves collected files under names that change with their content, for
# browsers to keep for ever. On one's own machine they are served from where they lie.
WHITENOISE_USE_FINDERS = not PUBLIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PUBLIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# --- Log ---------------------------------------------------------------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Without this Django sends errors by mail only when DEBUG is off.
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "axes": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
