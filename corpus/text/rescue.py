"""What a reader may have meant who typed on the wrong keyboard or in Latin letters.

Two ways out, both giving candidates for a caller to look up in a vocabulary: the same keys
on the other layout (`f,jdk` is بوتين), and a skeleton of consonants that a name has in either
script (`Putin` and بوتين are both "btn").
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from itertools import islice, product
from typing import Final

from corpus.text.characters import ARABIC_LETTERS, LATIN_LETTERS
from corpus.text.folding import fold
from corpus.text.segmentation import strip_article

# Keys of the US layout and what the standard Arabic (101) layout has on them, row by row.
_KEYS: Final = {
    **dict(zip("`qwertyuiop[]", "ذضصثقفغعهخحجد", strict=True)),
    **dict(zip("asdfghjkl;'", "شسيبلاتنمكط", strict=True)),
    **dict(zip("zxcvnm,./", "ئءؤرىةوزظ", strict=True)),
    **dict(zip("QWERUOPASD", "ًٌَُ‘×؛ٍِ]", strict=True)),
    **dict(zip("FHJKLZXCVNM?", "[أـ،/~ْ}{آ’؟", strict=True)),
    "b": "لا",
    "B": "لآ",
    "G": "لأ",
    "T": "لإ",
    "Y": "إ",
    "I": "÷",
    "~": "ّ",
}
_TO_ARABIC: Final = str.maketrans(_KEYS)
_TO_LATIN: Final = str.maketrans(
    {letter: key for key, letter in _KEYS.items() if len(letter) == 1 and key.islower()}
    | {letter: key for key, letter in _KEYS.items() if key in "`;',./[]"}
    | {letter: key.lower() for key, letter in _KEYS.items() if letter in "أآإ"}
)
_ARABIC: Final = re.compile(f"[{ARABIC_LETTERS}]")
_LATIN: Final = re.compile(f"[{LATIN_LETTERS}]")


def arabic_keys(text: str) -> str:
    """What the keys that typed `text` on a US layout would type on the Arabic one.

    >>> arabic_keys("f,jdk")
    'بوتين'
    """
    return text.translate(_TO_ARABIC)


def latin_keys(text: str) -> tuple[str, ...]:
    """What the keys that typed `text` on the Arabic layout would type on the US one.

    Two readings where لا may be the one key `b` or the two keys `gh`.

    >>> latin_keys("حعفهى")
    ('putin',)
    """
    readings = (text.replace("لا", "b"), text)
    return tuple(dict.fromkeys(reading.translate(_TO_LATIN) for reading in readings))


def other_layout(text: str) -> tuple[str, ...]:
    """`text` as the other layout would have it, likeliest first; empty where it is in both
    scripts or in neither."""
    has_arabic, has_latin = bool(_ARABIC.search(text)), bool(_LATIN.search(text))
    if has_arabic == has_latin:
        return ()
    if has_arabic:
        return latin_keys(text)
    # Capitals are another layer of the Arabic layout; more often they are Caps Lock.
    return tuple(dict.fromkeys((arabic_keys(text.lower()), arabic_keys(text))))


# Consonants by how other scripts write them. A class is a letter: g also for j (ج), b also
# for p, f also for v, h for ح and ه; S is sh, X is kh. Long vowels have none.
_ARABIC_CLASSES: Final = {
    **dict.fromkeys("ب", "b"),
    **dict.fromkeys("تطث", "t"),
    **dict.fromkeys("جغژ", "g"),
    **dict.fromkeys("حه", "h"),
    **dict.fromkeys("دضذ", "d"),
    **dict.fromkeys("زظ", "z"),
    **dict.fromkeys("سص", "s"),
    **dict.fromkeys("قك", "k"),
    "خ": "X",
    "ر": "r",
    "ش": "S",
    "ف": "f",
    "ل": "l",
    "م": "m",
    "ن": "n",
}
_VOWEL: Final = "a"  # any vowel, where a word begins with one: أوباما, عراق
_GLIDES: Final = {"و": "w", "ي": "y"}  # consonants where a word begins with one: وليد, يوسف

# Latin spellings of consonants, longest first, with the classes they may stand for, likeliest
# first. "" is no consonant.
_LATIN_CLASSES: Final[dict[str, tuple[str, ...]]] = {
    "sch": ("S",),
    "tch": ("tS",),
    "tsch": ("tS",),
    "sh": ("S",),
    "ch": ("tS", "S", "X", "k"),
    "kh": ("X",),
    "gh": ("g",),
    "dh": ("d", "z"),
    "th": ("t", "d"),
    "ph": ("f",),
    "zh": ("g", "z"),
    "ck": ("k",),
    "ng": ("ng", "n"),
    "mb": ("mb", "nb"),
    "mp": ("mb", "nb"),
    "dj": ("g",),
    "b": ("b",),
    "c": ("k", "s"),
    "d": ("d",),
    "f": ("f",),
    "g": ("g", "k"),
    "h": ("h", "X", ""),
    "j": ("g", ""),
    "k": ("k", "X"),
    "l": ("l",),
    "m": ("m",),
    "n": ("n",),
    "p": ("b",),
    "q": ("k",),
    "r": ("r",),
    "s": ("s", "S", "z"),
    "t": ("t",),
    "v": ("f",),
    "x": ("ks", "S"),
    "z": ("z", "ts", "s"),
}
_LATIN_PART: Final = re.compile(
    "|".join(sorted(_LATIN_CLASSES, key=len, reverse=True)) + "|[aeiouyw]+"
)
# Spelt at the end of Sarah (سارة, where skeletons have none) and of Saleh (صالح).
_FINAL_H: Final = ("", "h", "X")
_LATIN_ARTICLE: Final = re.compile(r"(?:al|el|as|ash|ad|an|ar|at|az)[-'’]")
_SOFT_C: Final = re.compile("c(?=[eiy])")
_DOUBLED: Final = re.compile(r"([^aeiouyw])\1+")
# Letters that do not come apart into a letter and a mark.
_UNMARKED: Final = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "e", "œ": "e", "ð": "d", "þ": "th"}
    | {"ç": "s", "ş": "sh", "š": "sh", "ž": "zh", "č": "tch", "ć": "tch"}
)
MOST_SKELETONS: Final = 24
LONGEST_NAME: Final = 40  # characters; whatever is longer is no name


def skeleton(word: str) -> str:
    """The consonants of an Arabic word, without its article; "" where it has none.

    >>> skeleton("بوتين"), skeleton("روحاني"), skeleton("الأسد")
    ('btn', 'rhn', 'asd')
    """
    word = _without_article(fold(word[:LONGEST_NAME]))
    word = word.replace("لل", "ل")  # نصرالله, but not ممدوح
    # A final ه is mostly a ة, and Latin spellings drop or add an h there.
    word = word[:-1] if len(word) > 2 and word.endswith("ه") else word
    found = "".join(_ARABIC_CLASSES.get(letter, "") for letter in word)
    first = word[:1]
    if first in _ARABIC_CLASSES or not _ARABIC.match(first):
        return found
    return _GLIDES.get(first, _VOWEL) + found


def latin_skeleton(word: str) -> str:
    """The likeliest skeleton of a name in Latin letters: what `skeleton` gives for it in Arabic.

    >>> latin_skeleton("Putin"), latin_skeleton("Rouhani"), latin_skeleton("al-Assad")
    ('btn', 'rhn', 'asd')
    """
    return next(iter(latin_skeletons(word)), "")


def latin_skeletons(word: str) -> tuple[str, ...]:
    """All skeletons a name in Latin letters may have in Arabic, likeliest first, at most
    `MOST_SKELETONS`; empty where it has no Latin letter."""
    plain = _plain_latin(word)
    if not plain:
        return ()
    choices: list[tuple[str, ...]] = []
    for match in _LATIN_PART.finditer(plain):
        part = match.group()
        if part == "h" and match.end() == len(plain) and match.start():
            choices.append(_FINAL_H)
        elif part in _LATIN_CLASSES:
            choices.append(_LATIN_CLASSES[part])
        elif not match.start():
            choices.append(_initial(part, plain[match.end() :]))
        elif "w" in part:
            choices.append(("", "f"))  # Wagner and Lewandowski may be written with ف
    # The likeliest reading of each part but one first, so that a cut keeps the best.
    ranked = sorted(
        islice(product(*(tuple(enumerate(options)) for options in choices)), 4096),
        key=lambda combination: sum(rank for rank, _class in combination),
    )
    keys = dict.fromkeys("".join(kind for _rank, kind in combination) for combination in ranked)
    return tuple(islice(filter(None, keys), MOST_SKELETONS))


def closeness(arabic: str, latin: str) -> float:
    """How alike an Arabic word and a Latin name sound, vowels included, 0 to 1: to choose among
    words of one skeleton."""
    word = _without_article(fold(arabic[:LONGEST_NAME]))
    spelled = "".join(_SOUNDS.get(letter, _ARABIC_CLASSES.get(letter, "")) for letter in word)
    return SequenceMatcher(None, spelled, _sounds(latin), autojunk=False).ratio()


_SOUNDS: Final = {"ا": "a", "و": "u", "ي": "i", "ع": "a", "ى": "a", "ء": "", "ؤ": "u", "ئ": "i"}
_LATIN_VOWELS: Final = str.maketrans("eoyw", "iuiu")


def _sounds(latin: str) -> str:
    spelled = []
    for match in _LATIN_PART.finditer(_plain_latin(latin)):
        part = match.group()
        classes = _LATIN_CLASSES.get(part)
        spelled.append(classes[0] if classes else part.translate(_LATIN_VOWELS)[:1])
    return "".join(spelled)


def _without_article(word: str) -> str:
    # Only the article: ب of بايدن is no preposition, though ايدن is a word.
    return strip_article(word) if word.startswith("ال") else word


def _plain_latin(word: str) -> str:
    """Lower-case ASCII letters, without an article, doubled consonants single."""
    word = unicodedata.normalize("NFC", word[:LONGEST_NAME]).lower().translate(_UNMARKED)
    word = _LATIN_ARTICLE.sub("", word, count=1) if _LATIN_ARTICLE.match(word) else word
    word = "".join(c for c in unicodedata.normalize("NFKD", word) if "a" <= c <= "z")
    return _DOUBLED.sub(r"\1", _SOFT_C.sub("s", word))


def _initial(vowels: str, rest: str) -> tuple[str, ...]:
    """Classes of the vowels or glide a name begins with."""
    if vowels[0] == "w":
        return ("w", "f")
    if vowels[0] == "y" and (len(vowels) > 1 or not rest):
        return ("y", _VOWEL)
    return (_VOWEL, "y", "w") if vowels[0] in "iou" else (_VOWEL,)
