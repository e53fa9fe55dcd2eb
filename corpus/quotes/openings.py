"""How the words that a cue reports open: أن، a preposition, a colon, a quotation."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from corpus.quotes.cues import Cue
from corpus.quotes.lexicon import (
    BODIES,
    NOT_PREFIXED,
    PLACES,
    RELATIVES,
    VERBS,
    common,
    definite,
    words_of,
)
from corpus.quotes.objects import with_pronoun
from corpus.quotes.word_classes import action_like, is_object_start
from corpus.quotes.words import Passage, Word

TEXTS: Final = words_of("text")
# Works that have titles: a quotation right after them is the title.
WORKS: Final = words_of("work")
_SUFFIXES: Final = ("", "ه", "ها", "هم", "هما", "هن", "ي", "ني", "نا", "ننا", "ك", "كم", "ما")


CLAUSE_OPENERS: Final = frozenset("ان" + suffix for suffix in _SUFFIXES)


_B_OPENERS: Final = frozenset("بان" + suffix for suffix in _SUFFIXES)


_SEPARATE: Final = frozenset(("الي", "علي", "عن", "من", "في"))


# «بعد أن», «دون أن», «يمكن أن»: this أن opens no reported words.
_NOT_BEFORE_CLAUSE: Final = words_of("notbeforeclause")


# «إضافة إلى أن», «فضلا عن أن»: these, not the cue, govern the أن.
_BESIDES: Final = words_of("besides")
# Administrative parts that officials are "in": بمنطقة مكة، بمحافظة جدة.
_ASKING: Final = frozenset(("قال", "سال", "تساءل", "استفسر"))
_CIRCUMSTANCED: Final = words_of("circumstanced")
_SEATS: Final = words_of("seat")


_FARTHEST: Final = 45  # words between a cue and its أن, relative clauses included


_FARTHEST_PREPOSITION: Final = 22


# The clause of somebody else or of the reporter: the cue took nothing before it.
_ELSEWHERE: Final = words_of("elsewhere")


class Opening(StrEnum):
    """What opens the reported words."""

    CLAUSE = "clause"
    PREPOSITION = "preposition"
    NOUN = "noun"
    MARK = "mark"
    COLON = "colon"
    NONE = "none"


def find_opening(passage: Passage, cue: Cue) -> tuple[Opening, int]:
    """How and at which word the complement opens; (NONE, limit) when the cue takes nothing."""
    words = passage.words
    limit = passage.sentence_end(cue.after - 1)
    takes = cue.form.takes
    relative = False
    at = cue.after
    while at < limit:
        word = words[at]
        form = word.form
        distance = at - cue.after
        if word.mark >= 0:
            mark = passage.marks[word.mark]
            mark_after = passage.word_at(mark.outer_end)
            if _name_in_marks(passage, at, mark_after, limit) or (
                at == cue.after and _subject_in_marks(passage, cue, at, mark_after, limit)
            ):
                at = mark_after
                continue
            return Opening.MARK, at
        if not word.is_word:
            if form == ":":
                return (Opening.COLON if at + 1 < limit else Opening.NONE), at + 1
            if form in "-–":
                close = next(
                    (i for i in range(at + 1, min(at + 30, limit)) if words[i].form == form), 0
                )
                at = close + 1 if close else at + 1
                continue
            if form == "(":
                close = next((i for i in range(at, min(at + 9, limit)) if words[i].form == ")"), 0)
                at = close + 1 if close else at + 1
                continue
            at += 1
            continue
        if distance > _FARTHEST:
            break
        if form in CLAUSE_OPENERS and at > cue.after and words[at - 1].form in _NOT_BEFORE_CLAUSE:
            if words[at - 1].form == "الا" and not relative:
                break
            at += 1
            continue
        if form == "ان" and cue.form.lemma not in _ASKING and _whether(passage, at, limit):
            at += 1
            continue  # «يبحث الادعاء إن كان سيوجه»: whether
        if (
            form in CLAUSE_OPENERS
            and at > cue.after + 1
            and words[at - 1].form in ("له", "لها", "لهم", "لنا")
            and words[at - 2].form in ("سبق", "كان", "يمكن", "يجوز", "ينبغي", "يحق")
        ):
            at += 1
            continue  # «سبق له أن»
        if form in CLAUSE_OPENERS or form in _B_OPENERS:
            if form in _B_OPENERS or "ان" in takes or takes & _SEPARATE:
                return Opening.CLAUSE, at
            return Opening.NONE, at
        if form in _SEPARATE:
            following = words[at + 1] if at + 1 < limit else None
            if (
                following is not None
                and following.form in CLAUSE_OPENERS
                and words[at - 1].form in _BESIDES
            ):
                at += 2  # «إضافة إلى أن»
                continue
            if (
                following is not None
                and following.form in CLAUSE_OPENERS
                and (form in takes or form in ("عن", "من", "علي", "الي"))
            ):
                return Opening.CLAUSE, at
            if form in takes and distance <= _FARTHEST_PREPOSITION and not relative:
                return Opening.PREPOSITION, at
        if (
            "ب" in takes
            and form.startswith("ب")
            and len(form) > 1
            and form not in NOT_PREFIXED
            and not relative
            and _prefixed_noun(form)
            and not _seat(form)
        ):
            return Opening.PREPOSITION, at
        if form == "ب" and ("ب" in takes or "ان" in takes):
            return Opening.PREPOSITION, at
        if (
            "ل" in takes
            and form.startswith("ل")
            and not relative
            and form not in ("لدي", "له", "لها", "لهم")
            and (form[1:] in VERBS or _prefixed_noun(form))
            and not common(form)
        ):
            return Opening.PREPOSITION, at
        if form.startswith("و") and form[1:] in CLAUSE_OPENERS and not relative:
            break  # «… وأنه»: goes on with what an earlier cue reports
        if form in RELATIVES:
            relative = True
        if (
            form in ("لكن", "ولكن", "فيما", "بينما", "لكنه", "لكنها", "مما", "عندما")
            and not relative
        ):
            break
        at += 1
    return Opening.NONE, at


def _whether(passage: Passage, at: int, limit: int) -> bool:
    return (
        at + 1 < limit
        and passage.words[at + 1].form in ("كان", "كانت", "كانوا")
        and passage.text[passage.words[at].start] == "إ"
    )


def _seat(form: str) -> bool:
    """«المتحدث بوزارة الداخلية»: where somebody sits is not what a verb takes."""
    rest = form[1:].removeprefix("ال")
    return (
        (rest in BODIES and rest not in TEXTS)
        or rest in _SEATS
        or form[1:] in PLACES
        or form in _CIRCUMSTANCED
    )


def _prefixed_noun(form: str) -> bool:
    rest = form[1:]
    if rest.startswith("ال") and len(rest) > 4:
        return True
    if form.startswith("لل"):
        return True
    if rest in ("ما", "من"):
        return True
    return len(rest) >= 3 and (common(rest) or is_object_start(rest) or action_like(rest))


def names_a_work(before: Sequence[Word]) -> bool:
    """«بعنوان "بيت على الماء"», «روايته الأخيرة "…"»: a title follows the word for what it
    names, at most an adjective and a pronoun between."""
    for word in reversed(before):
        form = word.form.removeprefix("ال")
        if form in WORKS or form.removesuffix("ها").removesuffix("ه") in WORKS:
            return True
        if form.removesuffix("ته") + "ه" in WORKS or form.removesuffix("تها") + "ه" in WORKS:
            return True
        if not (definite(word.form) and common(word.form[2:])):
            return False
    return False


def _subject_in_marks(passage: Passage, cue: Cue, at: int, after: int, limit: int) -> bool:
    """«وتعهدت "جبهة التحرير" في بيان "بمواصلة الكفاح"», «وأعرب "العمري" عن شكره»: a name in
    marks right after the verb, whose words open later."""
    words = passage.words
    first = words[at + 1].form
    if after - at > 6 or first in VERBS or first in CLAUSE_OPENERS or first.startswith("ب"):
        return False
    if after - at <= 4 and definite(first) and after < limit:
        form = words[after].form
        if form in _SEPARATE and form in cue.form.takes:
            return True
    for index in range(after, min(limit, after + 12)):
        word = words[index]
        if word.mark >= 0:
            mark = passage.marks[word.mark]
            return passage.word_at(mark.outer_end) - index > after - at
        if word.form == "،" or word.form in ("و", "او"):
            return False
        if word.form in CLAUSE_OPENERS or word.form in _B_OPENERS or word.form == ":":
            return True
    return False


def _name_in_marks(passage: Passage, at: int, after: int, limit: int) -> bool:
    """A short quoted name within the subject: وكالة «رويترز»، تحالف «فجر ليبيا»."""
    words = passage.words
    if after < limit and names_a_work(words[max(0, at - 3) : at]):
        return True
    if after >= limit or after - at > 9:
        return False
    previous = words[at - 1]
    if not previous.is_word or previous.form in CLAUSE_OPENERS or previous.form in _B_OPENERS:
        return False
    following = words[after].form
    if previous.form == "ل":
        return True
    if not any(words[i].is_word or words[i].mark >= 0 for i in range(after, limit)):
        return False  # «في بيان "سنرد".»: nothing else is left that could have been said
    if (previous.form in BODIES and previous.form not in TEXTS) or previous.form in (
        "حركه",
        "تحالف",
        "صحيفه",
        "موقع",
        "قناه",
    ):
        return True
    if (
        after - at <= 4
        and common(previous.form)
        and (is_object_start(following) or (words[after].is_word and with_pronoun(words[after])))
    ):
        return True  # «خلال مؤتمر صحفي "مفاجئ" استقالته»: an adjective in marks
    later = any(
        words[i].form in CLAUSE_OPENERS or words[i].form == ":"
        for i in range(after, min(limit, after + 15))
        if words[i].mark < 0
    )
    if after - at > 3 and words[at + 1].form in VERBS and not definite(previous.form):
        return False  # «بموقع تويتر "كنت مريضا"»: a clause
    return later and after - at <= 8 and following not in (".", "؛")
