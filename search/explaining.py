"""Why something is a result: its words, their frequencies, and the score's parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.indexing.rows import speaker_words
from corpus.indexing.texts import STEM, WORD
from corpus.models import Article, Statement
from corpus.text.analysis import analyse
from search import ranking, scoring
from search.engine import make_ready
from search.request import Scope, SearchRequest


@dataclass(frozen=True, slots=True)
class TermReason:
    """One word of the query and what it did: frequencies are numbers of articles, or of
    statements where one is explained."""

    typed: tuple[str, ...]
    stem: str
    stem_frequency: int
    word_frequency: int
    found: tuple[str, ...]  # its spellings there, as written
    score: ranking.TermScore


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole account of one article's or statement's score; `doubt` is what a statement
    lost by not being certain, 0 or less."""

    found: Article | Statement
    terms: tuple[TermReason, ...]
    pairs: float
    passage: float
    likeness: float
    doubt: float
    total: float
    documents: int

    @property
    def words_total(self) -> float:
        """What the words bring, each by itself."""
        return sum(t.score.in_text + t.score.as_written + t.score.in_lead for t in self.terms)


def explain(request: SearchRequest, pk: int) -> Explanation | None:
    """The account of an article, or of a statement where the request is for those; None where
    there is no such thing."""
    scope = request.scope
    document = _document(scope, pk)
    if document is None:
        return None
    text = _searched_text(document)
    ready = make_ready(request)
    looked = scoring.look_at(ready.prepared, scope, [pk])
    if not looked or not ready.prepared.terms:
        return Explanation(document, (), 0.0, 0.0, 0.0, 0.0, 0.0, ready.stats.documents)
    _pk, length, stems, words, leads, pairs = looked[0]
    terms = scoring.scored_terms(ready.prepared, ready.stats)
    score = ranking.score(
        terms,
        ready.prepared.pairs,
        length=ranking.statement_length(length) if scope == Scope.STATEMENTS else length,
        average=ready.stats.average_length,
        stem_ranks=stems,
        word_ranks=words,
        lead_ranks=leads,
        pair_found=pairs,
    )
    doubt = 0.0
    if scope == Scope.STATEMENTS:
        doubt = ranking.less_doubt(score.total, scoring.confidence([pk])[pk]) - score.total
    if len(terms) > 1:
        passage, likeness = scoring.look_closer(ready.prepared, terms, scope, [pk])[pk]
        score = replace(score, passage=passage, likeness=likeness)
    spellings: dict[str, dict[str, None]] = {}
    for term in analyse(text):
        if term.stem in ready.prepared.stems:
            spellings.setdefault(term.stem, {})[text[term.start : term.end]] = None
    frequency = ready.stats.frequency
    return Explanation(
        found=document,
        terms=tuple(
            TermReason(
                typed=term.words,
                stem=term.stem,
                stem_frequency=frequency.get(STEM + term.stem, 0),
                word_frequency=max(frequency.get(WORD + w, 0) for w in term.words),
                found=tuple(spellings.get(term.stem, {})),
                score=part,
            )
            for term, part in zip(ready.prepared.terms, score.terms, strict=True)
        ),
        pairs=score.pairs,
        passage=score.passage,
        likeness=score.likeness,
        doubt=doubt,
        total=score.total + doubt,
        documents=ready.stats.documents,
    )


def _document(scope: Scope, pk: int) -> Article | Statement | None:
    if scope == Scope.STATEMENTS:
        return Statement.objects.select_related("article__source").filter(pk=pk).first()
    return Article.objects.select_related("source").filter(pk=pk).first()


def _searched_text(document: Article | Statement) -> str:
    if isinstance(document, Statement):
        return f"{speaker_words(document)}\n{document.text}"
    return f"{document.title}\n{document.body}"
