"""Imports made cheaper: counts wait by batch instead of by lexeme, what no query needs is not
indexed, and tables that only grow are vacuumed less often."""

import django.contrib.postgres.fields
import django.db.models.deletion
import psqlextra.manager.manager
from django.db import migrations, models

# What waits in the old shape is added first.
MERGE = """
INSERT INTO corpus_lexemefrequency AS f (lexeme, articles, statements)
SELECT lexeme, sum(articles), sum(statements) FROM corpus_frequencydelta GROUP BY lexeme
ON CONFLICT (lexeme) DO UPDATE SET
    articles = f.articles + excluded.articles, statements = f.statements + excluded.statements;
DELETE FROM corpus_frequencydelta;
"""

# For rows that are only added a vacuum goes through all of their GIN indexes to find nothing,
# every minute of an import. Deleted rows are seen to as ever. Statistics of vectors, of which
# each sample is read from out of line, took 30 s of the first eight minutes of a bulk load.
GROWING = (
    *("corpus_articlesearchrow", "corpus_statementsearchrow"),
    *("corpus_fingerprint", "corpus_wording"),
)
SELDOM = """
ALTER TABLE {} SET (
    autovacuum_vacuum_insert_threshold = 200000, autovacuum_vacuum_insert_scale_factor = 1,
    autovacuum_analyze_scale_factor = 0.5
)
"""
AS_USUAL = """
ALTER TABLE {} RESET (
    autovacuum_vacuum_insert_threshold, autovacuum_vacuum_insert_scale_factor,
    autovacuum_analyze_scale_factor
)
"""


class Migration(migrations.Migration):
    dependencies = [("corpus", "0016_stories_stand_in_articles_alone")]

    operations = [
        migrations.RunSQL(MERGE, migrations.RunSQL.noop),
        migrations.DeleteModel(name="FrequencyDelta"),
        migrations.CreateModel(
            name="FrequencyDelta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "lexemes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
                ),
                (
                    "articles",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField()),
                ),
                (
                    "statements",
                    django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField()),
                ),
            ],
            options={"abstract": False, "base_manager_name": "objects"},
            managers=[("objects", psqlextra.manager.manager.PostgresManager())],
        ),
        # Room on each page for what is counted anew: the index then has nothing to note.
        migrations.RunSQL(
            "ALTER TABLE corpus_lexemefrequency SET (fillfactor = 50)",
            "ALTER TABLE corpus_lexemefrequency RESET (fillfactor)",
        ),
        *(migrations.RunSQL(SELDOM.format(t), AS_USUAL.format(t)) for t in GROWING),
        migrations.AlterField(
            model_name="statement",
            name="key",
            field=models.CharField(max_length=20, verbose_name="permalink"),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.UniqueConstraint(fields=("key",), name="statement_key"),
        ),
        migrations.AlterField(
            model_name="statement",
            name="article",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="statements",
                to="corpus.article",
                verbose_name="article",
            ),
        ),
        migrations.AlterField(
            model_name="statement",
            name="speaker",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statements",
                to="corpus.speaker",
                verbose_name="speaker",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="source",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="articles",
                to="corpus.source",
                verbose_name="source",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="story",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="articles",
                to="corpus.story",
                verbose_name="story",
            ),
        ),
    ]
