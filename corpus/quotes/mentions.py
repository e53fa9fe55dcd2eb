"""Mentions of those who can speak, their gender and number, and who spoke before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Final

from corpus.quotes.cues import Cue, Shape, cue_forms
from corpus.quotes.lexicon import (
    BODIES,
    COMMON,
    CONJUNCTIONS,
    FEMININE,
    GIVEN_NAMES,
    PLACES,
    PREPOSITIONS,
    RELATIVES,
    ROLES,
    SPEAKING,
    TIMES,
    UNNAMED,
    VAGUE,
    VERBS,
    definite,
    words_of,
)
from corpus.quotes.noun_phrases import NounPhrase, read_noun_phrase
from corpus.quotes.types import SpeakerType
from corpus.quotes.word_classes import surname_like
from corpus.quotes.words import Passage
from corpus.text.remembered import MOST_WORDS, remembered

# «بعض الأخطاء» is somebody only if what is counted is.
_SOME: Final = frozenset(("بعض", "عدد", "احد", "احدي", "العديد", "الكثير", "كثير", "عده"))
# Verbal nouns of form III, which are nobody: مكافحة.
_DOING: Final = re.compile("^م[^ا]ا[^ا][^ا]ه$")
# Endings of verbs with a pronoun, which the list of verbs cannot hold all of.
_VERBAL: Final = ("ته", "تها", "وه", "ناه", "وا", "تهم")


# Verbs that go on with what somebody was saying.
_GOING_ON: Final = words_of("goingon")


_PLURAL_ENDINGS: Final = ("ون", "ين", "وا")


MANY: Final = words_of("many")


_COLLECTIVE: Final = words_of("collective")


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in the passage: words `first` up to `after`; the name's or, without a
    name, the trimmed phrase's offsets are `start`/`end`."""

    first: int
    after: int
    start: int
    end: int
    named: bool
    head: str
    gender: str
    number: str
    role: str = ""
    name: str = ""  # how the name reads without its clitics: للصحيفة names الصحيفة

    @property
    def can_speak(self) -> bool:
        """Whether this is a person or body, so that it may carry over to a hidden subject."""
        return _can_speak(self.head, self.named)

    @property
    def vague(self) -> bool:
        return self.head in VAGUE and not self.named


@lru_cache(maxsize=MOST_WORDS)
def _can_speak(head: str, named: bool) -> bool:
    if head in VAGUE:
        return False
    if head in SPEAKING or _nominative(head) in SPEAKING or _somebodys(head):
        return True
    return named and head not in VERBS and not head.endswith(_VERBAL) and not _DOING.match(head)


class Subjects:
    """The explicit subjects of the passage's verbs, outside quotations, that can speak.

    Read when they are asked for: most articles ask for few of them.
    """

    def __init__(self, passage: Passage) -> None:
        self._passage = passage
        self._verbs: list[int] | None = None
        self._read: dict[int, Mention | None] = {}

    def before(self, index: int) -> Iterator[Mention]:
        """Those that begin before word `index`, the nearest first."""
        if self._verbs is None:
            forms = self._passage.forms
            self._verbs = sorted(
                chain.from_iterable(at for form, at in forms.items() if _has_subject(form))
            )
        for place in range(bisect_left(self._verbs, index) - 1, -1, -1):
            at = self._verbs[place]
            if at not in self._read:
                self._read[at] = _subject_of(self._passage, at)
            mention = self._read[at]
            if mention is not None and mention.first < index:
                yield mention


def _subject_of(passage: Passage, at: int) -> Mention | None:
    words = passage.words
    word = words[at]
    if word.mark >= 0:
        return None
    if at and words[at - 1].form in RELATIVES:
        return None  # «الأزمة التي تشهدها البلاد»: a subject in passing
    limit = min(passage.sentence_end(at), at + 18)
    step = at + 1
    if step < limit and words[step].form in ("قد", "ايضا"):
        step += 1
    phrase = read_noun_phrase(passage, step, limit) if step < limit else None
    if phrase is None or oblique_phrase(passage, phrase):
        return None
    bare = _without_and(word.form)
    feminine = bare.endswith("ت") or bare.startswith("ت")
    mention = make_mention(passage, phrase, "f" if feminine else "m")
    return mention if mention.can_speak and _surely_somebody(passage, mention, phrase) else None


@dataclass(slots=True)
class Discourse:
    """Who has spoken so far, the latest last."""

    subjects: Subjects
    speakers: list[Mention] = field(default_factory=list)
    told: list[tuple[int, int]] = field(default_factory=list)  # what was reported, as words

    def said(self, mention: Mention) -> None:
        if mention.can_speak:
            self.speakers.append(mention)

    def carried(self, passage: Passage, cue: Cue) -> Mention | None:
        """The nearest earlier speaker or subject that agrees in gender and number.

        Verbs that go on (أضاف، تابع) want the last speaker; others take the subject of the
        verb before them in the sentence, then of the sentence before, when it comes later in
        the text than the last speaker.
        """
        gender, number = cue.form.gender, cue.form.number
        speaker = next((m for m in reversed(self.speakers[-6:]) if agrees(m, gender, number)), None)
        if speaker is not None and cue.form.lemma in _GOING_ON:
            return speaker
        told = self.told[-12:]
        sentence = passage.words[cue.first].sentence
        for topic in self.subjects.before(cue.first):
            distance = sentence - passage.words[topic.first].sentence
            if speaker is not None and (topic.first <= speaker.first or distance > 1):
                return speaker
            if not agrees(topic, gender, number):
                continue
            if any(first <= topic.first < after for first, after in told):
                continue
            return topic if speaker is not None or distance <= 2 else None
        if speaker is not None:
            return speaker
        # A plural verb may go on from a subject that grammar counts singular.
        nearest = next(self.subjects.before(cue.first), None)
        same = nearest is not None and passage.words[nearest.first].sentence == sentence
        return nearest if same else None


@remembered
def _has_subject(form: str) -> bool:
    """Whether a word can be a verb, whose subject may follow."""
    if form in ("بين", "عبر"):
        return False
    bare = _without_and(form)
    if form in CONJUNCTIONS and bare not in ("كان", "كانت"):
        return False
    return form in VERBS or bare in VERBS or _cue_verb(form)


def _without_and(form: str) -> str:
    return form.removeprefix("و") if len(form) > 3 else form


def _surely_somebody(passage: Passage, mention: Mention, phrase: NounPhrase) -> bool:
    """A subject that never spoke must be more than one unknown word to be a name."""
    if mention.head in _SOME:
        at = min(phrase.first + 1, phrase.after - 1)
        if passage.words[at].form == "من":
            at = min(at + 1, phrase.after - 1)
        counted = passage.words[at].form.removeprefix("ال")
        return counted in SPEAKING or counted.endswith(("ون", "ين")) or counted in MANY
    if mention.head in SPEAKING or not phrase.named:
        return True
    words = passage.words[phrase.name_first : phrase.name_after]
    form = words[0].form
    if len(words) == 2 and words[1].form.startswith("ال") and not surname_like(words[1].form):
        return form in GIVEN_NAMES or passage.count(form) > 1  # «صدور النتائج»
    return len(words) > 1 or form in GIVEN_NAMES or passage.count(form) > 1


def _somebodys(head: str) -> bool:
    """«حزبه», «محاميها», «وزارتهم»: a speaker with a pronoun."""
    for suffix in ("ها", "هم", "ه"):
        if head.endswith(suffix) and len(head) >= len(suffix) + 3:
            stem = head[: -len(suffix)]
            return stem in SPEAKING or (stem.endswith("ت") and stem[:-1] + "ه" in SPEAKING)
    return False


def _nominative(head: str) -> str:
    """«محللين» after لكن or إن is «محللون»."""
    return head[:-2] + "ون" if head.endswith("ين") else head


def _cue_verb(form: str) -> bool:
    known = cue_forms().get(form)
    return known is not None and known.shape is Shape.VERB and not known.suffixed


def agrees(mention: Mention, gender: str, number: str) -> bool:
    """Whether a verb or participle of this gender and number can be the mention's.

    Groups of people take masculine plural verbs, groups of things feminine singular ones;
    bodies may be continued in the plural (قالت الشرطة … وأضافوا).
    """
    if number == "p":
        return mention.number in ("p", "") or mention.head in BODIES
    if number == "d":
        return True
    if mention.number == "p" and mention.head not in _COLLECTIVE:
        return False
    return not (gender and mention.gender and gender != mention.gender)


def oblique(head: str) -> bool:
    """«أبلغ لاعبي فريقه»: an accusative plural is the verb's object, not its subject."""
    if head in SPEAKING:
        return False
    return (
        head.endswith("ي")
        and len(head) > 4
        and (head[:-1] + "و" in SPEAKING or head[:-1] in ROLES)
        and not definite(head)
    ) or (head.endswith("ين") and head[:-2] + "ون" in SPEAKING)


def oblique_phrase(passage: Passage, phrase: NounPhrase) -> bool:
    """«طالب سائقي السيارات», «أبلغ لاعبي فريقه»: the oblique plural that heads the phrase is the
    verb's object. An indefinite adjective in ي never stands before a definite noun."""
    head = phrase.head
    if oblique(head):
        return True
    if phrase.named or head in SPEAKING or not head.endswith("ي") or len(head) < 5:
        return False
    return (
        head[:-1] in COMMON
        and not definite(head)
        and phrase.first + 1 < phrase.after
        and definite(passage.words[phrase.first + 1].form)
    )


def make_mention(passage: Passage, phrase: NounPhrase, gender: str) -> Mention:
    """Turn a phrase into a mention; `gender` is that of the verb that precedes it, if any."""
    words = passage.words
    after = phrase.after
    while after > phrase.first + 1 and (
        words[after - 1].form in PREPOSITIONS or words[after - 1].form in TIMES
    ):
        after -= 1
    role = ""
    if phrase.named:
        start = words[phrase.name_first].start
        first_form = words[phrase.name_first].form
        if (
            first_form.startswith("و")
            and len(first_form) > 3
            and (
                first_form[1:] in passage.forms and words[phrase.name_first].form not in GIVEN_NAMES
            )
        ):
            start += 1  # «وزيهوفر عضو …»: and Seehofer
        end = words[phrase.name_after - 1].end
        if phrase.name_first > phrase.first:
            role = passage.text[words[phrase.first].start : words[phrase.name_first - 1].end]
    else:
        start, end = words[phrase.first].start, words[after - 1].end
        role = passage.text[start:end] if phrase.head in ROLES else ""
    mark = words[phrase.first].mark
    if mark >= 0:
        outer = passage.marks[mark]
        if (start, end) == (outer.outer_start, outer.outer_end):
            start, end = outer.start, outer.end  # «وتعهدت "جبهة التحرير"»: the name alone
    head = phrase.head
    number = "s"
    if head in MANY or (head.endswith(_PLURAL_ENDINGS) and not phrase.named and head not in PLACES):
        number = "p"
    if not gender:
        gender = _guess_gender(head, phrase.named and phrase.name_first == phrase.first)
    return Mention(phrase.first, after, start, end, phrase.named, head, gender, number, role)


def _guess_gender(head: str, is_name: bool) -> str:
    if head in FEMININE or head in PLACES:
        return "f"
    if is_name:
        return "m" if head in GIVEN_NAMES and not head.endswith("ه") else ""
    if head.endswith(("ه", "ات")):
        return "f"
    return "m"


def speaker_type(mention: Mention) -> SpeakerType:
    """What sort of speaker a mention is, by its head noun."""
    if mention.named and (mention.head not in BODIES or mention.head in ROLES):
        return SpeakerType.PERSON
    if mention.head in UNNAMED:
        return SpeakerType.UNNAMED
    if mention.head in ROLES:
        return SpeakerType.ROLE
    if mention.head in BODIES or mention.head in PLACES:
        return SpeakerType.ORGANISATION
    return SpeakerType.UNKNOWN
