"""What a word's shape and its neighbours say about names: where they begin and where they end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.quotes.cues import OWN_WORDS, Shape, cue_forms
from corpus.quotes.lexicon import (
    BODIES,
    COMMON,
    CONJUNCTIONS,
    GIVEN_NAMES,
    PLACES,
    PREPOSITIONS,
    RELATIVES,
    ROLES,
    SPEAKING,
    TIMES,
    TITLES,
    VERBS,
    common,
    definite,
    without_pronoun,
    words_of,
)
from corpus.quotes.word_classes import (
    ARABIC_NAMES,
    DEMONSTRATIVES,
    NAME_LINKS,
    is_preposition,
    name_like,
    surname_like,
)
from corpus.quotes.words import Passage, Word
from corpus.text.remembered import remembered

_INITIALS: Final = words_of("initial")
# Times that no list of adverbs holds: «ميركل | الأسبوع الماضي».
WEEKS: Final = frozenset(("الاسبوع", "الشهر", "العام", "السنه", "الليله"))
_ADVERBS: Final = words_of("skipped")
SON_OF: Final = frozenset(("بن", "بنت"))
_PERSON_TITLES: Final = words_of("persontitle")


def initials(passage: Passage, at: int) -> bool:
    """«بي كي باتناي»: initials spelled out, one after another."""
    words = passage.words
    return (
        at + 1 < len(words)
        and words[at].form in _INITIALS
        and words[at + 1].is_word
        and words[at + 1].form in _INITIALS
    )


def von(passage: Passage, at: int) -> bool:
    """Whether «فان» is the Dutch "van" and not فإن: no hamza, and a name follows."""
    word = passage.words[at]
    if passage.text[word.start : word.end] != "فان" or at + 1 >= len(passage.words):
        return False
    following = passage.words[at + 1].form
    return name_like(following) and not following.startswith(("ال", "ت", "ي"))


def mauritanian(passage: Passage, at: int) -> bool:
    """Whether «ولد» is "son of", as in «محمد ولد الشيخ»: between a given name and another name."""
    words = passage.words
    return (
        words[at - 1].form in ARABIC_NAMES
        and at + 1 < len(words)
        and words[at + 1].is_word
        and (name_like(words[at + 1].form) or surname_like(words[at + 1].form))
    )


def dated(words: Sequence[Word], at: int, limit: int) -> bool:
    """Whether «العام» and the like are a date, not «المدير العام»."""
    if words[at].form != "العام":
        return True
    return at + 1 < limit and (words[at + 1].form in TIMES or words[at + 1].form[0].isdigit())


def accusative(passage: Passage, at: int) -> bool:
    """Whether the word is an indefinite accusative: by its ending sign, or a participle of the
    forms in مت and مست with alif."""
    word = passage.words[at]
    if word.form in GIVEN_NAMES or word.form in PLACES:
        return False
    if "\u064b" in passage.text[word.end - 2 : word.end]:
        return True
    return word.form.startswith(("مت", "مست")) and word.form.endswith("ا") and len(word.form) > 5


@remembered
def joined_particle(form: str) -> bool:
    """«ولكي», «وكذلك», «فحين»: a particle behind و or ف goes on with something else."""
    rest = form[1:]
    return (
        form[0] in "وف"
        and (rest in RELATIVES or rest in CONJUNCTIONS or rest in PREPOSITIONS)
        and form not in GIVEN_NAMES
    )


@remembered
def joined_cue(form: str) -> bool:
    """«واستطرد»: a reporting verb behind و is nobody's name."""
    cue = cue_forms().get(form)
    return cue is not None and cue.joined and cue.shape is Shape.VERB and not common(form)


@remembered
def _surname_shape(form: str) -> bool:
    """Whether a definite word can be a surname where it stands after a given name."""
    return (
        form.startswith("ال")
        and len(form) > 4
        and not (
            form in ROLES
            or form in BODIES
            or form in TITLES
            or form in PLACES
            or form in TIMES
            or form in WEEKS
            or form.endswith(("ه", "ات"))
        )
    )


def surnames(passage: Passage) -> frozenset[str]:
    """Definite words that stand right after a given name somewhere in the text: «حمدان العمري»
    makes «العمري» a name, whatever else the word can mean."""
    if passage.names is None:
        words = passage.words
        # «على الاتفاق» is folded like a man called Ali.
        after = [at + 1 for at in passage.find(ARABIC_NAMES) if not is_preposition(words, at)]
        after += [at + 2 for at in passage.find(SON_OF)]
        passage.names = frozenset(
            words[at].form for at in after if at < len(words) and _surname_shape(words[at].form)
        )
    return passage.names


def ends_name(passage: Passage, first: int, at: int) -> bool:
    """Whether the word after a person's name is no part of it: «نادية الحمدان | التجربة»,
    «قطان | الأهالي», «سامي رشدي | والوزير», «سالم | هذه», «رشدي | سيحضر», «رشدي | قوله»."""
    words = passage.words
    form = words[at].form
    if accusative(passage, at):
        return True  # «لويس انريكي | متذمرا»
    if form in DEMONSTRATIVES or form in WEEKS or form in _ADVERBS:
        return True
    if form in GIVEN_NAMES:
        return False
    if form.startswith(("سي", "ست")) and form[1:] in VERBS:
        return True
    cue = cue_forms().get(form)
    if cue is not None and (cue.suffixed or not cue.past) and words[at].tail != "ة":
        return True
    if words[at].tail != "ة" and without_pronoun(form) is not None:
        return True
    if form.startswith("و") and len(form) > 3:
        return joins(passage, at)
    known = words[first].form in GIVEN_NAMES or words[first].form in NAME_LINKS
    if not definite(form):
        return common(form) and not known and form.endswith("ه")
    bare = form[2:]
    before = words[at - 1].form
    if bare not in COMMON or before in NAME_LINKS:
        return False
    if form.endswith("ه"):
        return True  # an everyday feminine is no surname
    if form.endswith("ي"):
        return not known
    # «محمد الشريف», but «دونالد ترامب | الدول»: only an Arabic name has such a surname.
    return not (before in ARABIC_NAMES or before.startswith("عبد"))


def titled_surname(passage: Passage, at: int, limit: int) -> bool:
    """«الدكتور الشهري»: an adjective in shape, but no name follows it."""
    words = passage.words
    form = words[at].form
    before = words[at - 1].form
    if not definite(form) or form.endswith("ه"):
        return False
    if (
        before not in _PERSON_TITLES
        and not (
            definite(before)
            and before in ROLES
            and surname_like(form)
            # «الرئيس التركي», «المفوض السامي»: adjectives, although Turki and Sami are names.
            and not (form.endswith("ي") and form[2:] in GIVEN_NAMES)
        )
    ):
        return False
    if form in ROLES or form in BODIES or form in TITLES or form in WEEKS:
        return False
    following = words[at + 1] if at + 1 < limit else None
    return following is None or not (following.is_word and name_like(following.form))


def post_as_surname(passage: Passage, first: int, at: int, limit: int) -> bool:
    """Whether a post is a surname: «قالت ليلى القاضي إن», after a given name alone and with
    nothing of the post's own behind it."""
    words = passage.words
    form = words[at].form
    if at != first + 1 or words[first].form not in ARABIC_NAMES:
        return False
    if form in BODIES or form.endswith(("ه", "ات", "ون", "ين")):
        return False
    following = words[at + 1] if at + 1 < limit else None
    return following is None or not following.is_word or following.form in OWN_WORDS


def marked_preposition(passage: Passage, at: int) -> bool:
    """«لأرسنال», «بإسبانيا»: before a hamza on alif ل and ب are prepositions."""
    start = passage.words[at].start
    return passage.text[start : start + 2] in ("لأ", "لإ", "بإ")


def joins(passage: Passage, at: int) -> bool:
    """Whether the و of «ونظيره», «وبرشلونة», «وأبناء» is "and" rather than part of a name."""
    word = passage.words[at]
    rest = word.form[1:]
    if word.form in GIVEN_NAMES:
        return False
    return (
        definite(rest)
        or common(rest)
        or rest in SPEAKING
        or rest in GIVEN_NAMES
        or rest in VERBS
        or rest in passage.forms
        or passage.text[word.start : word.start + 2] in ("وأ", "وإ")
    )


def plural(form: str) -> bool:
    """Whether the definite word is the plural of an everyday noun: الشركات، المتظاهرين."""
    return form[2:] in COMMON or form[2:-2] in COMMON or form[2:-2] + "ه" in COMMON
