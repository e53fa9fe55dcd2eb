from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CorpusConfig(AppConfig):
    name = "corpus"
    label = "corpus"
    verbose_name = _("corpus")
    default_auto_field = "django.db.models.BigAutoField"
