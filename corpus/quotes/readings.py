"""What a cue governs: its opening, its content and its speaker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.quotes.cues import Cue, Shape
from corpus.quotes.lexicon import (
    CONJUNCTIONS,
    PLACES,
    PREPOSITIONS,
    RELATIVES,
    TIMES,
    TITLES,
    VERBS,
    common,
    definite,
    words_of,
)
from corpus.quotes.mentions import Discourse, Mention, agrees
from corpus.quotes.openings import Opening
from corpus.quotes.speakers import sentence_subject, subject_after, subject_before
from corpus.quotes.word_classes import is_object_start, is_preposition
from corpus.quotes.words import Passage

# Verbs that name whom they speak to as their object, and those that always do.
_SPOKEN_TO: Final = words_of("spokento")
_NEEDS_OBJECT: Final = words_of("needsobject")
# Whom public appeals address.
_AUDIENCES: Final = words_of("audience")
_PRAYED_TO: Final = words_of("prayedto")
_CARRIES: Final = words_of("carries")
_IN_IT: Final = words_of("tosomebody")
_WHEN: Final = PREPOSITIONS | TIMES
# Masculine in spite of their ending: قادة، طلبة.
_MASCULINE: Final = words_of("masculine")


@dataclass(frozen=True, slots=True)
class Reading:
    """One cue understood. Words `content` up to `content_after` are what it reports."""

    cue: Cue
    opening: Opening
    content: int
    content_after: int
    mention: Mention | None
    carried: bool
    opener_is_marked: bool = False  # أن directly before a quotation


def _after_was(passage: Passage, cue: Cue) -> bool:
    """«وكانت لندن اتهمت …»: after كان the subject stands before the verb."""
    words = passage.words
    start = passage.sentence_start(cue.first)
    return any(
        words[at].form in ("كان", "كانت", "وكان", "وكانت", "كانوا", "وكانوا")
        for at in range(max(start, cue.first - 12), cue.first)
    )


def _is_spoken_to(passage: Passage, cue: Cue, mention: Mention, at: int) -> bool:
    """«ودعت الدول الصناعية إلى», «وحث النشء على»: the only noun between a verb that needs an
    object, or one that may have it where the noun is an audience, and its words is the object."""
    head = mention.head
    if not mention.named and head.startswith("ال") and is_object_start(head[2:]):
        return True  # «يصف الاتفاق مع الجيران بأنه»: an act is described, and describes nothing
    if mention.after < at - 1 or mention.named:
        return False
    if cue.form.gender == "m" and head.endswith(("ه", "ات")) and head not in _MASCULINE:
        return head not in TITLES  # «دعا الراغبات إلى»: a feminine noun is no masculine subject
    return cue.form.lemma in _NEEDS_OBJECT or head in _AUDIENCES or head in _PRAYED_TO


def find_speaker(
    passage: Passage,
    cue: Cue,
    opening: Opening,
    at: int,
    discourse: Discourse,
    same: Mention | None,
) -> tuple[Mention | None, bool]:
    """The cue's subject and whether it was carried over from earlier words.

    `same` is the speaker of the nearest earlier cue in the same sentence.
    """
    form = cue.form
    if form.shape in (Shape.PARTICIPLE, Shape.MASDAR):
        if same is not None and agrees(same, form.gender, form.number):
            return same, True
        subject = sentence_subject(passage, cue.first)
        if subject is not None and not subject.vague and agrees(subject, form.gender, form.number):
            return subject, True
        return discourse.carried(passage, cue), True
    greedy = opening is not Opening.NOUN
    if form.shape is Shape.VERB and not form.joined:
        subject = _continues(passage, cue, same, discourse)
        if subject is not None:
            return subject, True
    before = passage.words[cue.first - 1].form if cue.first else ""
    if (
        form.shape is Shape.VERB
        and not form.joined
        and not form.suffixed
        and (_after_was(passage, cue) or (before in RELATIVES and opening is not Opening.CLAUSE))
    ):
        mention = subject_before(passage, cue)
        if mention is not None:
            return mention, False
    mention = subject_after(passage, cue, at, greedy=greedy)
    if (
        mention is not None
        and form.lemma in _SPOKEN_TO
        and form.shape is Shape.VERB
        and opening in (Opening.PREPOSITION, Opening.CLAUSE, Opening.MARK)
        and _is_spoken_to(passage, cue, mention, at)
    ):
        carried = (None if form.joined else subject_before(passage, cue)) or same
        carried = carried or discourse.carried(passage, cue)
        if carried is not None and agrees(carried, form.gender, form.number):
            return carried, True
    if mention is not None:
        return mention, False
    if not form.joined and form.shape is Shape.VERB:
        mention = subject_before(passage, cue)
        if mention is not None:
            return mention, False
    if form.shape is Shape.VERB and not form.joined and _has_subject_before(passage, cue):
        return None, False
    return discourse.carried(passage, cue), True


_HE_HOWEVER: Final = frozenset(
    first + particle + pronoun
    for first in ("", "و")
    for particle in ("لكن", "لان", "فان")
    for pronoun in ("ه", "ها", "هم")
)


def _continues(
    passage: Passage, cue: Cue, same: Mention | None, discourse: Discourse
) -> Mention | None:
    """«لكنه طمأن الجمهور»: the pronoun before the verb is its subject, who was named before."""
    before = passage.words[cue.first - 1].form if cue.first else ""
    if before not in _HE_HOWEVER:
        return None
    for mention in (same, sentence_subject(passage, cue.first)):
        if (
            mention is not None
            and not mention.vague
            and agrees(mention, cue.form.gender, cue.form.number)
        ):
            return mention
    return discourse.carried(passage, cue)


def _has_subject_before(passage: Passage, cue: Cue) -> bool:
    """«رسائل تشير إلى», «التقارير التي تفيد بأن»: the noun before the verb is its subject, and
    where that cannot speak nobody does."""
    words = passage.words
    if cue.first == passage.sentence_start(cue.first):
        return False
    before = words[cue.first - 1]
    form = before.form
    following = words[cue.after].form if cue.after < len(words) else ""
    if form in RELATIVES:
        # «الذين» are people; what else a relative clause is of may be a thing.
        return following not in _IN_IT and form != "الذين"
    if form in PLACES:
        return False
    if cue.form.past and (
        following in _IN_IT or form in _CARRIES or _after_adverbial(passage, cue)
    ):
        return False  # «في كلمة أكد فيها», «وبعد القمة ذكرت»
    return (
        before.is_word
        and before.mark < 0
        and form not in CONJUNCTIONS
        and form not in VERBS
        and (definite(form) or common(form))
    )


def _after_adverbial(passage: Passage, cue: Cue) -> bool:
    """«وخلال عرضه أفاد»: only a time or place stands between the clause's start and its verb."""
    words = passage.words
    first = cue.first
    floor = max(passage.sentence_start(cue.first), cue.first - 12)
    while first > floor and words[first - 1].is_word:
        first -= 1
    form = words[first].form
    return is_preposition(words, first) or form in TIMES or form.removeprefix("و") in _WHEN
