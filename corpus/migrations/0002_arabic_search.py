"""The text search configuration, and what Django has no word for in the search rows' storage."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"


def load(name: str) -> migrations.RunSQL:
    """The forward file and its reverse. A used file is never edited: write the next one."""
    return migrations.RunSQL(
        (SQL / f"{name}.sql").read_text(encoding="utf-8"),
        (SQL / f"{name}_reverse.sql").read_text(encoding="utf-8"),
    )


class Migration(migrations.Migration):
    dependencies = [("corpus", "0001_initial")]

    operations = [load("0001_arabic_news"), load("0002_search_rows")]
