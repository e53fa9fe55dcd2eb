"""An index of the corpus's words by their consonants."""

from importlib import import_module

from django.db import migrations

load = import_module("corpus.migrations.0002_arabic_search").load


class Migration(migrations.Migration):
    dependencies = [("corpus", "0011_pairs")]

    operations = [load("0012_skeletons")]
