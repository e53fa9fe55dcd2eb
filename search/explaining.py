"""Why an article is a result: its words, their frequencies, and the score's parts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.indexing.texts import STEM, WORD
from corpus.models import Article
from corpus.text.analysis import analyse
from search import ranking, scoring
from search.engine import make_ready
from search.request import Scope, SearchRequest


@dataclass(frozen=True, slots=True)
class TermReason:
    """One word of the query and what it did: frequencies are numbers of articles."""

    typed: tuple[str, ...]
    stem: str
    stem_frequency: int
    word_frequency: int
    found: tuple[str, ...]  # its spellings in the article, as written
    score: ranking.TermScore


@dataclass(frozen=True, slots=True)
class Explanation:
    """The whole account of one article's score."""

    article: Article
    terms: tuple[TermReason, ...]
    pairs: float
    passage: float
    likeness: float
    total: float
    documents: int


def explain_article(request: SearchRequest, pk: int) -> Explanation | None:
    """The account, or None where there is no such article."""
    article = Article.objects.select_related("source").filter(pk=pk).first()
    if article is None:
        return None
    ready = make_ready(request)
    looked = scoring.look_at(ready.prepared, Scope.ARTICLES, [pk])
    if not looked or not ready.prepared.terms:
        return Explanation(article, (), 0.0, 0.0, 0.0, 0.0, ready.stats.documents)
    _pk, length, stems, words, leads, pairs = looked[0]
    terms = scoring.scored_terms(ready.prepared, ready.stats)
    score = ranking.score(
        terms,
        ready.prepared.pairs,
        length=length,
        average=ready.stats.average_length,
        stem_ranks=stems,
        word_ranks=words,
        lead_ranks=leads,
        pair_found=pairs,
    )
    if len(terms) > 1:
        passage, likeness = scoring.look_closer(ready.prepared, terms, Scope.ARTICLES, [pk])[pk]
        score = replace(score, passage=passage, likeness=likeness)
    text = f"{article.title}\n{article.body}"
    spellings: dict[str, dict[str, None]] = {}
    for term in analyse(text):
        if term.stem in ready.prepared.stems:
            spellings.setdefault(term.stem, {})[text[term.start : term.end]] = None
    frequency = ready.stats.frequency
    return Explanation(
        article=article,
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
        total=score.total,
        documents=ready.stats.documents,
    )
