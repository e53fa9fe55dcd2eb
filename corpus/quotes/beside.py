"""Attributions beside what was said: «بحسب X، …», «…، وفقا لـX», «… على حد قوله»."""

from __future__ import annotations

from typing import Final

from corpus.quotes.content import content_end, trim_end
from corpus.quotes.cues import Cue, Shape
from corpus.quotes.drafts import Draft
from corpus.quotes.lexicon import RELATIVES, VERBS, words_of
from corpus.quotes.mentions import Discourse
from corpus.quotes.openings import Opening, find_opening
from corpus.quotes.readings import Reading
from corpus.quotes.speakers import sentence_subject, subject_after
from corpus.quotes.types import Kind
from corpus.quotes.words import Passage

_SO_THAT: Final = frozenset("فان" + ending for ending in ("", "ه", "ها", "هم"))
_TELLING: Final = frozenset(("حيث", "وهو", "وهي", "في", "خلال", "نشر", "نشرته", "نشرت", "نشرها"))
_RULEBOOK: Final = words_of("rulebook")


def _past_relative(passage: Passage, first: int, end: int) -> int:
    """«وبحسب الشرطة، حيث توفيت …، فإن»: the words open at فإن, past what tells of the source."""
    words = passage.words
    if first < end and (words[first].form in RELATIVES or words[first].form in _TELLING):
        for at in range(first, end):
            if words[at].form in _SO_THAT:
                return at
    return first


def _aside(passage: Passage, cue: Cue) -> bool:
    """Whether the cue stands in a clause that only adds to the sentence: «، حيث يطالب …»."""
    before = passage.words[cue.first - 1].form if cue.first else ""
    return before in RELATIVES or before in ("حيث", "اذ")


def _is_rulebook(head: str) -> bool:
    bare = "ال" + head[2:] if head.startswith("لل") else head
    return bare in _RULEBOOK or bare.removeprefix("ال") in _RULEBOOK


def beside_draft(
    passage: Passage,
    cues: list[Cue],
    position: int,
    readings: list[Reading],
    discourse: Discourse,
) -> Draft | None:
    """An attribution beside what was said: before it (بحسب X، …) or after it (…، بحسب X)."""
    cue = cues[position]
    words = passage.words
    start = passage.sentence_start(cue.first)
    end = passage.sentence_end(cue.first)
    if any(
        start <= reading.cue.first < cue.first
        and reading.content_after >= cue.first - 2
        and reading.content < cue.first
        and not _aside(passage, reading.cue)
        for reading in readings
    ):
        return None
    if any(
        start <= other.first < cue.first
        and other.form.shape is Shape.VERB
        and other.form.strength != "mind"
        and find_opening(passage, other)[0] is Opening.CLAUSE
        and find_opening(passage, other)[1] > cue.first
        for other in cues[max(0, position - 3) : position]
    ):
        return None  # «وقال علماء، وفق الصحيفة، إن»: a parenthesis before the words
    if cue.form.shape is Shape.OWN:
        mention = sentence_subject(passage, cue.first) or discourse.carried(passage, cue)
    else:
        mention = subject_after(passage, cue, end, greedy=True)
    if mention is None or mention.vague:
        return None
    if cue.form.lemma == "علي ذمه" and mention.head.startswith(("التحقيق", "القضي", "المحاكم")):
        return None  # «على ذمة التحقيق»: in custody
    if cue.form.shape is Shape.BESIDE and _is_rulebook(mention.head):
        return None  # «وفقا لنظام المجالس»: accordance, nobody's words
    leading = cue.first - start <= 1 or words[cue.first].form[:2] in ("وب", "وو", "وح", "وط", "ون")
    if leading:
        first = mention.after
        while (
            first < end
            and words[first].form != "،"
            and first - mention.after < 7
            and (words[first].form not in VERBS or words[first - 1].form in RELATIVES)
        ):
            first += 1
        if first >= end or words[first].form != "،":
            first = mention.after
        while first < end and not words[first].is_word and words[first].mark < 0:
            first += 1
        first = _past_relative(passage, first, end)
        if any(
            c.first == first and c.form.shape is Shape.VERB and c.form.strength == "say"
            for c in cues[position + 1 : position + 3]
        ):
            return None  # «وبحسب الصحيفة، قال سامر إن …»: Samir's words
        after = content_end(passage, first, cues, position) if first < end else first
        rule = "beside-before"
    else:
        first = start
        after = trim_end(passage, first, cue.first)
        rule = "beside-after"
    discourse.said(mention)
    if after - first < 3:
        return None
    if words[first].mark >= 0 and words[first].mark == words[after - 1].mark:
        return None
    return Draft(Kind.INDIRECT, words[first].start, words[after - 1].end, rule, cue, mention)
