"""Names: their parts, the key under which all spellings of one name meet, and comparison.

الرئيس الإيراني حسن روحاني  ->  parts ("حسن", "روحاني"), key "حسن روحاني"
روحانی                      ->  parts ("روحاني",), a surname alone
"""

from __future__ import annotations

import re

from corpus.quotes.lexicon import BODIES, GIVEN_NAMES, PLACES, common
from corpus.speakers.lexicon import (
    NATIONALITIES,
    PORTFOLIOS,
    PREPOSITIONS,
    ROLES,
    TAILS,
    TITLES,
    fold_name,
    without_article,
)
from corpus.text.folding import drop_marks

MAX_KEY = 300  # what the database's column holds

# Joined to the word after them: عبد الله and عبدالله are one name, as are أبو زيد and ابوزيد.
_JOINED = frozenset({"عبد", "ابو", "ابي", "ام", "بو", "ال"})
_SON = frozenset({"بن", "ابن", "بنت"})  # between two names; left out of the key
# Endings of names whose parts stand apart or together: سيف الدين, سيفالدين.
_SUFFIXED = frozenset({"الله", "الدين"})

_WORD = re.compile(r"\S+")
_MARKS = re.compile('[«»“”„"]+')


def folded_words(name: str) -> list[str]:
    """The folded words of a name; marks and brackets between them are left out."""
    words = []
    for raw in re.split(r"[\s\-–—/.،,:()«»\"“”'’]+", name):
        word = fold_name(raw)
        if word:
            words.append(word)
    return words


def strip_titles(words: list[str]) -> list[str]:
    """Without the titles, posts and nationalities in front; never without the name itself.

    A nationality or a portfolio is stripped only after a title or post: in عربي بلعيد or
    تركي الفيصل it is somebody's name.
    """
    index, titled = 0, False
    while index < len(words) - 1:
        word = words[index]
        if word in TITLES or word in ROLES:
            titled = True
        elif not (titled and (word in PORTFOLIOS or word in NATIONALITIES)) and not (
            # اللاعبة الدنماركية; الإيراني روحاني: with the article it is an adjective.
            word.startswith("ال") and word in NATIONALITIES
        ):
            break
        index += 1
    return words[index:]


def name_length(words: list[str]) -> int:
    """How many of a name's folded words are the name, where extraction read past its end.

    فلاديمير بوتين ورئيس: two; سلمان بن عبدالعزيز حفظه الله: three; حسن روحاني في: two, for
    no name has a preposition in it.
    """
    for index, word in enumerate(words):
        if index and (word in TAILS or word in PREPOSITIONS or begins_another(word)):
            return index
    return len(words)


def begins_another(word: str) -> bool:
    """Whether a folded word within a name is "and" with somebody or something else: وبوتين,
    ونظيره, والسلطات. Names begin with و too (وليد, والتر), so what follows it must be known.
    """
    rest = word[1:]
    if word[:1] != "و" or len(rest) < 3 or word in GIVEN_NAMES:
        return False
    bare = without_article(rest)
    return (
        rest in GIVEN_NAMES
        or rest in PLACES
        or any(w in TITLES or w in ROLES or w in BODIES or common(w) for w in (rest, bare))
        or bare != rest
        and bare in NATIONALITIES
    )


def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a person's name, folded, without titles, بن and the article.

    >>> name_parts("الرئيس الإيراني حسن روحاني")
    ('حسن', 'روحاني')
    """
    words = strip_titles(folded_words(name))
    words = words[: name_length(words)]
    parts: list[str] = []
    index = 0
    while index < len(words):
        word = words[index]
        following = words[index + 1] if index + 1 < len(words) else ""
        if (word in _JOINED and following) or following in _SUFFIXED:
            word += following
            index += 1
        elif word in _SON and parts and following:
            index += 1
            continue
        parts.append(word if word.startswith("عبد") else without_article(word))
        index += 1
    return tuple(parts)


def person_key(parts: tuple[str, ...]) -> str:
    """The key of a person's name."""
    return " ".join(parts)[:MAX_KEY]


def body_key(name: str) -> str:
    """The key of an organisation's or a post's name: its folded words, nothing left out."""
    return " ".join(folded_words(name))[:MAX_KEY]


# What readers' keyboards have: a speaker is shown in it whoever's letters came first.
_ORDINARY = str.maketrans({"ی": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "ھ": "ه"})


def shown_name(name: str) -> str:
    """The name as readers write it: no titles in front, no marks on or around it."""
    name = drop_marks(name).translate(_ORDINARY)
    words = _WORD.findall(name.replace("«", " ").replace("»", " "))
    kept = strip_titles([" ".join(folded_words(w)) for w in words])
    first = len(words) - len(kept)
    return " ".join(words[first : first + name_length(kept)])[:MAX_KEY]


def shown_surname(name: str) -> str:
    """The surname in a shown name, which may be of two words.

    >>> shown_surname("سامر عبد الله")
    'عبد الله'
    """
    words = name.split()
    surname = name_parts(name)[-1:]
    for size in (1, 2):
        if name_parts(" ".join(words[-size:])) == surname:
            return " ".join(words[-size:])
    return words[-1] if words else ""


def shown_body(name: str) -> str:
    """An organisation's or a post's name as readers write it, without marks on or around it."""
    return " ".join(_MARKS.sub(" ", drop_marks(name).translate(_ORDINARY)).split())[:MAX_KEY]


def compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names can be one person's: one's parts stand in the other, in order,
    ending in the same surname.

    >>> compatible(("روحاني",), ("حسن", "روحاني"))
    True
    >>> compatible(("محمد", "روحاني"), ("حسن", "روحاني"))
    False
    """
    short, long = sorted((one, other), key=len)
    if not short or short[-1] != long[-1]:
        return False
    rest = iter(long)
    return all(part in rest for part in short)
