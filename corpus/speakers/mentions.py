"""What a mention is: a person with a name, an organisation, a post, or nobody in particular."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from corpus.quotes.lexicon import BODIES, PLACES, common
from corpus.quotes.types import SpeakerType
from corpus.quotes.word_classes import is_object_start
from corpus.speakers.lexicon import (
    DOCUMENTS,
    GENERIC,
    NAMED_BODIES,
    NATIONALITIES,
    NO_NAME,
    PORTFOLIOS,
    PREPOSITIONS,
    ROLES,
    TITLES,
    UNNAMED,
    without_article,
)
from corpus.speakers.names import (
    body_key,
    folded_words,
    name_parts,
    person_key,
    shown_body,
    shown_name,
)

_FIXED = frozenset({"الامم", "البيت"})  # الأمم المتحدة, البيت الأبيض: two common words
_MOST_PARTS = 7  # longer "names" are misread text


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention as resolution sees it.

    `key` is "" where the mention stands for nobody outside its article; `why` then says
    which sort of nobody. `parts` are a person's.
    """

    type: SpeakerType
    key: str
    name: str
    parts: tuple[str, ...] = ()
    why: str = ""

    @property
    def is_surname(self) -> bool:
        """A person of whom the article gives one name only."""
        return len(self.parts) == 1


def nobody(why: str, kind: SpeakerType = SpeakerType.UNKNOWN) -> Reading:
    """A mention that no speaker is made of."""
    return Reading(kind, "", "", (), why)


@lru_cache(maxsize=50_000)
def read_mention(name: str, kind: SpeakerType) -> Reading:
    """What the fullest name of an article, with the extractor's type, stands for.

    Anonymous sources, posts and bodies that only their article tells (الوزير, الشركة)
    are nobody: as a speaker each would own the words of thousands of strangers.
    """
    words = folded_words(name)
    if not words:
        return nobody("no-mention")
    head = without_article(words[0])
    if kind is SpeakerType.UNNAMED or words[0] in UNNAMED or head in UNNAMED:
        return nobody("unnamed", SpeakerType.UNNAMED)
    if kind is not SpeakerType.PERSON and head in DOCUMENTS:
        return nobody("document")
    if words[0] in NO_NAME and not _is_ali(name, words, kind):
        return nobody("no-name")
    if kind is SpeakerType.ROLE:
        return _post(name, words)
    if kind is SpeakerType.ORGANISATION or all(word in NAMED_BODIES for word in words):
        return _body(name, words)
    if kind is SpeakerType.UNKNOWN:
        if words[0] in BODIES or head in BODIES or words[0] in PLACES:
            return _body(name, words)
        if all(w in TITLES or w in ROLES or w in NATIONALITIES for w in words):
            return _post(name, words) if words[0] in ROLES else nobody("description")
        if len(words) > 1 and all(w.startswith("ال") for w in words):
            # النجم البرازيلي, الصحافة الإيطالية: a description, not a name.
            return nobody("description")
        if (
            common(words[0])
            or (words[0].endswith("ون") and common(words[0][:-2]))  # مشرعون مشككون
            or any(word in PREPOSITIONS for word in words)
        ):
            return nobody("description")
        if words[0].startswith("ال") and _everyday(head) and (len(words) > 1 or _thing(head)):
            # الجمعيات والنشطاء, القنصلية العامة للمملكة, الجانبان: people and things, not a name.
            return nobody("description")
    return _person(name)


def _everyday(word: str) -> bool:
    """Whether a folded word without its article is an everyday noun, or its dual or plural."""
    if word in TITLES or word in ROLES:
        return False
    if common(word):
        return True
    stem = word[:-2]
    return len(word) > 4 and (
        (word.endswith("ات") and (common(stem) or common(stem + "ه")))
        or (word.endswith(("ان", "ين", "ون")) and common(stem))
    )


def _thing(word: str) -> bool:
    """Whether an everyday noun is of a form that no surname has: feminine, dual or plural, or a
    verbal noun. الأسد and العبادي are everyday words too."""
    return word.endswith(("ه", "ات", "ان", "ين", "ون")) or is_object_start(word)


def _is_ali(name: str, words: list[str], kind: SpeakerType) -> bool:
    """The preposition على folds to the name علي: told apart by its dots, or by being a person's."""
    dotless = name.split()[0].endswith("ى")
    return words[0] == "علي" and (not dotless or kind is SpeakerType.PERSON)


def _person(name: str) -> Reading:
    parts = name_parts(name)
    if not parts or len(parts) > _MOST_PARTS or all(len(part) < 2 for part in parts):
        return nobody("no-name", SpeakerType.PERSON)
    return Reading(SpeakerType.PERSON, person_key(parts), shown_name(name), parts)


def _body(name: str, words: list[str]) -> Reading:
    if not _tells_which(words):
        return nobody("generic", SpeakerType.ORGANISATION)
    return Reading(SpeakerType.ORGANISATION, body_key(name), shown_body(name))


def _tells_which(words: list[str]) -> bool:
    """الخارجية الروسية tells which one; الخارجية and الشركة الجديدة do not."""
    if len(words) > 2 or any(w in NATIONALITIES or w in PLACES for w in words):
        return True
    if len(words) == 2 and words[0] in _FIXED:
        return True
    told = [w for w in words if without_article(w) not in GENERIC]
    return any(not common(without_article(w)) and w not in PORTFOLIOS for w in told)


def _post(name: str, words: list[str]) -> Reading:
    """A post is a speaker where it says whose post: وزير الأمن البريطاني, not الوزير."""
    telling = [w for w in words if w not in TITLES and w not in ROLES and w not in PORTFOLIOS]
    if len(words) < 2 or not telling:
        return nobody("generic", SpeakerType.ROLE)
    return Reading(SpeakerType.ROLE, body_key(name), shown_body(name))
