"""A search's results as a file: CSV, JSON lines, RIS; streamed, up to a stated number."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from corpus.citations import Citation, as_ris
from corpus.models import Article, Statement
from search.display import iso_date
from search.engine import SearchTimeout
from search.engine import search as run_search
from search.request import SearchRequest
from search.results import ArticleHit, Hit

CAP = 1000  # results in one file; told on the help page

COLUMNS = (
    "id", "kind", "speaker", "words", "headline", "source", "published", "section", "author",
    "url", "permalink",
)  # fmt: skip


def row(hit: Hit, base: str) -> dict[str, str]:
    """One result in the columns every format shares."""
    statement: Statement | None = None if isinstance(hit, ArticleHit) else hit.statement
    article: Article = hit.article if isinstance(hit, ArticleHit) else hit.statement.article
    shown = statement or article
    speaker = ""
    if statement:
        speaker = statement.speaker.name if statement.speaker else statement.mention
    return {
        "id": statement.key if statement else article.external_id,
        "kind": statement.kind if statement else "article",
        "speaker": speaker,
        "words": statement.text if statement else "",
        "headline": article.headline,
        "source": article.source.name,
        "published": iso_date(article.published, article.precision) if article.published else "",
        "section": article.section,
        "author": article.author,
        "url": article.url,
        "permalink": base + shown.get_absolute_url(),
    }


def harmless(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def as_csv(rows: Iterator[dict[str, str]]) -> Iterator[str]:
    """CSV with a byte order mark, without which Excel takes Arabic for another charset."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(COLUMNS)
    yield "\ufeff" + line.getvalue()
    for found in rows:
        line.seek(0)
        line.truncate()
        writer.writerow([harmless(found[name]) for name in COLUMNS])
        yield line.getvalue()


def as_jsonl(rows: Iterator[dict[str, str]]) -> Iterator[str]:
    """One JSON object a line."""
    for found in rows:
        yield json.dumps(found, ensure_ascii=False) + "\n"


def as_ris_records(rows: Iterator[dict[str, str]]) -> Iterator[str]:
    """RIS, for reference managers."""
    for found in rows:
        yield as_ris(
            Citation(
                key=found["id"],
                headline=found["headline"],
                source=found["source"],
                date=found["published"],
                author=found["author"],
                url=found["url"],
                permalink=found["permalink"],
                words=found["words"],
                speaker=found["speaker"],
                kind=found["kind"],
            )
        )


WRITERS: dict[str, tuple[str, Callable[[Iterator[dict[str, str]]], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "jsonl": ("application/x-ndjson; charset=utf-8", as_jsonl),
    "ris": ("application/x-research-info-systems; charset=utf-8", as_ris_records),
}
EXPORT_FORMATS = tuple(WRITERS)


@require_safe
def export(request: HttpRequest, form: str) -> HttpResponse | StreamingHttpResponse:
    """The results of a search as a file."""
    asked = SearchRequest.from_parameters(request.GET)
    if asked.empty:
        return redirect("search:search")
    try:
        page = run_search(asked.with_(page=1, page_size=CAP, fold_similar=False, outline=True))
    except SearchTimeout:
        return render(request, "search/timeout.html", {"asked": asked}, status=503)
    base = request.build_absolute_uri("/")[:-1]
    content_type, writer = WRITERS[form]
    # Loosened, the hits are not the results of what was asked.
    rows = (row(hit, base) for hit in (() if page.steps else page.hits))
    response = StreamingHttpResponse(writer(rows), content_type=content_type)
    name = f"aqwal-{date.today().isoformat()}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
