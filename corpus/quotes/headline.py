"""Lines of the form «speaker: statement», as titles and sub-headlines."""

from __future__ import annotations

from typing import Final

from corpus.quotes.content import trim_end
from corpus.quotes.cues import Cue, cue_forms
from corpus.quotes.drafts import Draft
from corpus.quotes.lexicon import BODIES, PLACES, ROLES, VAGUE
from corpus.quotes.mentions import make_mention
from corpus.quotes.noun_phrases import read_noun_phrase
from corpus.quotes.types import Kind
from corpus.quotes.word_classes import name_like
from corpus.quotes.words import Passage

_LONGEST_SPEAKER: Final = 7


def headline_draft(passage: Passage, first: int, after: int, names: set[str]) -> Draft | None:
    """The colon statement of one line (words `first` up to `after`), or None.

    In a title any phrase that can speak will do; in a body line pass in `names` the folded
    words of the article's speakers, one of which must stand before the colon.
    """
    words = passage.words
    colon = next(
        (i for i in range(first, min(after, first + _LONGEST_SPEAKER)) if words[i].form == ":"), -1
    )
    if colon <= first or colon + 2 >= after:
        return None
    phrase = read_noun_phrase(passage, first, colon)
    if phrase is None or phrase.after != colon or phrase.head in VAGUE:
        return None
    head = phrase.head
    if names:
        if not any(words[i].form in names for i in range(first, colon)):
            return None
    elif not (phrase.named or head in ROLES or head in BODIES or head in PLACES or name_like(head)):
        return None
    mention = make_mention(passage, phrase, "")
    cue = Cue(colon, colon + 1, cue_forms()["قال"])
    content = colon + 1
    if words[content].mark >= 0:
        mark = passage.marks[words[content].mark]
        return Draft(Kind.DIRECT, mark.start, mark.end, "headline-mark", cue, mention)
    end = trim_end(passage, content, after)
    if end - content < 2:
        return None
    return Draft(Kind.COLON, words[content].start, words[end - 1].end, "headline", cue, mention)
