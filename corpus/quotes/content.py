"""Where reported content ends within its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.quotes.cues import Cue, Shape
from corpus.quotes.lexicon import words_of
from corpus.quotes.openings import CLAUSE_OPENERS, Opening, find_opening
from corpus.quotes.words import Passage, Word

# After a comma these return to the reporter's own story.
_NARRATIVE: Final = words_of("narrative")


# After a comma these add what happened around a demand or announcement.
_CIRCUMSTANCE: Final = words_of("circumstance")
_IN_IT: Final = frozenset(("فيه", "فيها", "خلاله", "خلالها"))
_AFTER: Final = frozenset(("بعد", "اثر", "عقب", "غداه", "رغم", "قبل", "وسط", "منذ"))
_BUT: Final = words_of("but")


def content_end(
    passage: Passage, first: int, cues: list[Cue], position: int, *, clause: bool = True
) -> int:
    """Word after the reported content that opens at word `first`.

    It ends with its sentence, or where the reporter's own voice returns: before a participle
    of the speaker (، مؤكدا), a coordinated reporting verb (، وأضاف), another speaker
    (، بينما قال) or an attribution (، بحسب). Without `clause` (a demand, an announced act)
    circumstances after a comma are the reporter's as well.
    """
    words = passage.words
    limit = passage.sentence_end(first)
    for cue in cues[position + 1 :]:
        if cue.first >= limit:
            break
        if cue.first <= first + 1:
            continue
        before = words[cue.first - 1]
        shape = cue.form.shape
        cut = -1
        if shape is Shape.PARTICIPLE:
            opening, _ = find_opening(passage, cue)
            if cue.form.strength != "mind" and (opening is not Opening.NONE or before.form == "،"):
                cut = cue.first
        elif (
            shape is Shape.VERB
            and cue.form.joined
            and (cue.form.past or before.form in ("،", ".", ")", "»", '"', ","))
        ):
            opening, _ = find_opening(passage, cue)
            if opening is not Opening.NONE:
                cut = cue.first
        elif shape is Shape.VERB and cue.form.joined and cue.form.strength == "say":
            opening, at = find_opening(passage, cue)
            if opening is Opening.COLON and at - cue.after <= 5:
                cut = cue.first  # «… ويقول: سأحتاج»
        elif shape is Shape.VERB and before.form == "،" and not cue.form.joined:
            opening, _ = find_opening(passage, cue)
            if opening is Opening.CLAUSE and cue.form.strength == "say":
                cut = cue.first
        elif shape is Shape.VERB and before.form in (
            "بينما",
            "فيما",
            "لكن",
            "ولكن",
            "حيث",
            "كما",
            "حين",
            "ثم",
            "لكنه",
            "لكنها",
            "وقد",
        ):
            opening, _ = find_opening(passage, cue)
            if opening is not Opening.NONE:
                cut = cue.first - 1
                if before.form == "حين":
                    cut -= 1
        elif shape is Shape.NAMED and not clause and before.form in _AFTER:
            cut = cue.first - 1  # «على التحقيق | بعد إعلان الحكومة»
        elif (
            shape is Shape.VERB
            and cue.form.past
            and cue.after < limit
            and words[cue.after].form in _IN_IT
        ):
            # «…، بعد اتصال أكد فيه الرئيس»: the reporter's, from the comma on.
            cut = next((i for i in range(cue.first, first + 3, -1) if words[i].form == "،"), -1)
        elif shape in (Shape.BESIDE, Shape.BESIDE_CLAUSE, Shape.OWN) and (
            before.form == "،" or shape is Shape.BESIDE_CLAUSE
        ):
            cut = cue.first
        if cut > first:
            limit = min(limit, cut)
            break
    for at in range(first + 3, limit - 1):
        if words[at].mark < 0 and words[at].form == "،" and words[at + 1].form in _NARRATIVE:
            limit = at
            break
        if words[at].mark < 0 and _explains(words, at):
            limit = at  # «تبنت الهجوم | في إشارة إلى …»: the reporter tells what is meant
            break
        if (
            not clause
            and words[at].form == "،"
            and words[at].mark < 0
            and (words[at + 1].form in _CIRCUMSTANCE)
        ):
            limit = at
            break
        if words[at].mark < 0 and words[at].form in _BUT:
            limit = at
            break
        if words[at].mark < 0 and (
            (not clause or words[at - 1].form == "،")
            and words[at].form in ("بعد", "بعدما")
            and (words[at].form == "بعدما" or words[at + 1].form == "ان")
        ):
            limit = at  # «نفى تنازله | بعد أن …»: when it was announced, not what
            break
        if (
            words[at].form == "الا"
            and at + 2 < limit
            and words[at + 1].form in CLAUSE_OPENERS
            and (any(cue.first in (at + 2, at + 3) for cue in cues))
        ):
            limit = at
            break
    return trim_end(passage, first, limit)


def _explains(words: Sequence[Word], at: int) -> bool:
    """«في إشارة إلى», «في إشارة منه», «، ردا على سؤال»."""
    form, following = words[at].form, words[at + 1].form
    if form == "في" and following == "اشاره":
        return at + 2 < len(words) and words[at + 2].form in ("الي", "منه", "منها", "واضحه")
    return form == "،" and following in ("ردا", "تعليقا")


def trim_end(passage: Passage, first: int, after: int) -> int:
    """Leave out the stops, commas and blanks that close the content."""
    words = passage.words
    while after > first:
        word = words[after - 1]
        if word.is_word or word.form in ')]»”"%':
            break
        if word.mark >= 0:
            break
        after -= 1
    return after
