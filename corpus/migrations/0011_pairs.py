"""Neighbouring words in the search rows. `manage.py reindex` fills them."""

from importlib import import_module

import django.contrib.postgres.fields
from django.db import migrations, models

load = import_module("corpus.migrations.0002_arabic_search").load


class Migration(migrations.Migration):
    dependencies = [("corpus", "0009_import_reports")]

    operations = [
        migrations.AddField(
            model_name=model,
            name="pairs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(), default=list, size=None
            ),
        )
        for model in ("articlesearchrow", "statementsearchrow")
    ] + [load("0011_pairs")]
