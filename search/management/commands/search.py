"""`manage.py search`: one query for people or programs, or a file of them as a TREC run."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from corpus.models import Article, Statement
from search.engine import SearchTimeout, search
from search.evaluation.runs import BadLine, read_queries, write_run
from search.request import Scope, SearchRequest
from search.results import ArticleHit, StatementHit


class Command(BaseCommand):
    help = "Search the corpus: one query, or a file of queries as a TREC run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", help="what to search for")
        parser.add_argument("--limit", type=int, default=10, help="results a query (default 10)")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--statements", action="store_true", help="search statements, not articles"
        )
        parser.add_argument(
            "--batch", type=Path, metavar="QUERIES.tsv", help="query id, tab, query; TREC run out"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["query"] is None) == (options["batch"] is None):
            raise CommandError("Give either a query or --batch QUERIES.tsv.", returncode=2)
        if not 1 <= options["limit"] <= 1000:
            raise CommandError("--limit takes 1 to 1000.", returncode=2)
        try:
            if options["batch"] is not None:
                queries = read_queries(options["batch"])
                write_run(queries, options["limit"], sys.stdout)
                return
            scope = Scope.STATEMENTS if options["statements"] else Scope.ARTICLES
            request = SearchRequest.from_parameters({"q": options["query"], "scope": scope})
            page = search(request.with_(page_size=options["limit"]))
        except (OSError, BadLine) as error:
            raise CommandError(str(error), returncode=2) from error
        except SearchTimeout as error:
            raise CommandError(
                "The search took too long: add a rarer word, a source or a date.", returncode=1
            ) from error
        results = [
            article_object(hit) if isinstance(hit, ArticleHit) else statement_object(hit)
            for hit in page.hits
        ]
        if options["json"]:
            found = {"query": request.query, "count": page.count, "results": results}
            self.stdout.write(json.dumps(found, ensure_ascii=False))
            return
        for number, result in enumerate(results, 1):
            when = (result["published_at"] or "")[:10]
            self.stdout.write(f"{number}. {result['title']}  [{result['source']} {when}]")
            if result.get("snippet"):
                self.stdout.write(f"   {result['snippet']}")
            for statement in result["statements"]:
                self.stdout.write(f"   «{statement['text']}» {statement['speaker']}".rstrip())
        noun = "result" if page.count == 1 else "results"
        self.stdout.write(f"{page.count}{'' if page.exact else '+'} {noun}")


def article_object(hit: ArticleHit) -> dict[str, Any]:
    """An article hit as the command's JSON has it."""
    return {
        **_facts(hit.article, hit.score),
        "snippet": hit.snippet.text,
        "statements": [statement_part(s.statement) for s in hit.statements],
    }


def statement_object(hit: StatementHit) -> dict[str, Any]:
    """A statement hit: its article's facts, and itself as the only statement."""
    return {
        **_facts(hit.statement.article, hit.score),
        "snippet": "",
        "statements": [statement_part(hit.statement)],
    }


def _facts(article: Article, score: float) -> dict[str, Any]:
    return {
        "external_id": article.external_id,
        "title": article.headline,
        "source": article.source.name,
        "published_at": article.published.isoformat() if article.published else None,
        "url": article.url,
        "score": round(score, 4),
    }


def statement_part(statement: Statement) -> dict[str, str]:
    """Kind, words and speaker; the speaker as resolved, else as the article names them."""
    speaker = statement.speaker.name if statement.speaker else statement.mention
    return {"kind": statement.kind, "text": statement.text, "speaker": speaker}
