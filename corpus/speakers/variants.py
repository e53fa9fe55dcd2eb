"""Spellings that may be one name: نتنياهو/نتانياهو, ترامب/ترمب. For proposals only.

Foreign names are written by ear, so vowels come and go and ج/غ/ك/ق stand for one sound.
Arabic names differ by just those vowels (حسن, حسين), so two known given names that are
spelled differently are never the same name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from corpus.quotes.lexicon import words_of

_VOWELS = re.compile("[اويءئؤى]")
_SOUNDS = str.maketrans({"غ": "ج", "ك": "ج", "ق": "ج", "ه": "", "ث": "ت", "ذ": "د", "ظ": "ض"})
_SHORTEST = 3  # consonants; with fewer, anything resembles anything
_GIVEN = words_of("givenname")  # Arabic given names; the longer list has foreign surnames too


def skeleton(part: str) -> str:
    """The consonants of a folded name part, sounds that news confuse made one.

    >>> skeleton("نتنياهو") == skeleton("نتانياهو")
    True
    """
    bare = _VOWELS.sub("", part[1:]).translate(_SOUNDS)
    return re.sub(r"(.)\1+", r"\1", part[:1].translate(_SOUNDS) + bare)


def may_be_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names, as parts, sound alike part by part."""
    if one == other or len(one) != len(other):
        return False
    if len("".join(map(skeleton, one))) < _SHORTEST:
        return False
    for a, b in zip(one, other, strict=True):
        if a != b and (skeleton(a) != skeleton(b) or (a in _GIVEN and b in _GIVEN)):
            return False
    return True


def proposals(names: Iterable[tuple[int, tuple[str, ...]]]) -> Iterator[tuple[int, int, str]]:
    """(id, id, reason) of speakers that may be one, in the order of their names.

    Reasons: "spelling"; "middle-name", first name and surname the same and one has more
    between; "surname-spelling", a surname alone that sounds like just one full name's.
    """
    ordered = sorted(names, key=lambda n: (n[1], n[0]))
    by_sound: dict[tuple[str, ...], list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    by_ends: dict[tuple[str, str], list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    by_surname: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for pk, parts in ordered:
        by_sound[tuple(map(skeleton, parts))].append((pk, parts))
        if len(parts) > 1:
            by_ends[parts[0], parts[-1]].append((pk, parts))
            by_surname[skeleton(parts[-1])].append((pk, parts))
    for alike in by_sound.values():
        for index, (pk, parts) in enumerate(alike):
            for other, other_parts in alike[index + 1 :]:
                if may_be_one(parts, other_parts):
                    yield pk, other, "spelling"
    for same in by_ends.values():
        for index, (pk, parts) in enumerate(same):
            for other, other_parts in same[index + 1 :]:
                if len(parts) != len(other_parts) and _within(parts, other_parts):
                    yield pk, other, "middle-name"
    for pk, parts in ordered:
        if len(parts) == 1:
            bearers = [b for b in by_surname[skeleton(parts[0])] if b[1][-1] != parts[0]]
            exact = any(b[1][-1] == parts[0] for b in by_surname[skeleton(parts[0])])
            if len(bearers) == 1 and not exact and may_be_one(parts, bearers[0][1][-1:]):
                yield pk, bearers[0][0], "surname-spelling"


def _within(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(part in rest for part in short)
