"""Words of statements as numbers. `manage.py reindex` fills them."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
import psqlextra.manager.manager
from django.db import migrations, models

load = import_module("corpus.migrations.0002_arabic_search").load


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0014_proposals"),
    ]

    operations = [
        migrations.CreateModel(
            name="WordingDue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wordings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
            managers=[
                ("objects", psqlextra.manager.manager.PostgresManager()),
            ],
        ),
        migrations.CreateModel(
            name="WordingKin",
            fields=[
                ("wording", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kin", models.BigIntegerField(db_index=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
            managers=[
                ("objects", psqlextra.manager.manager.PostgresManager()),
            ],
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "statement",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="corpus.statement",
                    ),
                ),
                ("wording", models.BigIntegerField(db_index=True)),
                (
                    "bands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="corpus.article",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
            },
            managers=[
                ("objects", psqlextra.manager.manager.PostgresManager()),
            ],
        ),
        load("0015_wordings"),
    ]
