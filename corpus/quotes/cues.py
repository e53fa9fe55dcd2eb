"""Reporting cues: loads the tables, generates inflected forms, finds them in a passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from corpus.quotes.lexicon import table, words_of
from corpus.quotes.words import Passage, Word, fold

# Only these are common with ف; with others it makes names of verbs (فالح is not فألحّ).
_AFTER_FA: Final = words_of("afterfa")


# Verbal nouns that report with a speaker named after them: إعلان الوزارة أن، دعوة الرئيس إلى.
_NAMED_ACTS: Final = words_of("namedact")


# What opens a verb's own words.
OWN_WORDS: Final = frozenset(("ان", "انه", "انها", "انهم", "بان", "بانه", "بانها", ":"))


class Shape(StrEnum):
    """What part of speech a cue is."""

    VERB = "verb"
    PARTICIPLE = "participle"  # the حال of the speaker: مؤكدا، مشددة
    MASDAR = "masdar"  # قوله، تأكيدها
    NAMED = "named"  # إعلان الوزارة أن: a verbal noun, its speaker after it
    BESIDE = "beside"  # بحسب X
    BESIDE_CLAUSE = "beside_clause"  # بحسب ما ذكره X، كما قال X
    OWN = "own"  # على حد قوله
    REPORT = "report"  # جاء في البيان


@dataclass(frozen=True, slots=True)
class CueForm:
    """One inflected form. `gender` m or f; `number` s, d or p; "" where the form leaves it open."""

    lemma: str
    takes: frozenset[str]
    strength: str
    shape: Shape
    gender: str = ""
    number: str = ""
    past: bool = False
    future: bool = False
    joined: bool = False  # carries و or ف: its subject follows or is hidden, never precedes
    suffixed: bool = False  # carries an object pronoun: ذكرته، أبلغها


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a passage: words `first` up to, not including, `after`."""

    first: int
    after: int
    form: CueForm


# Verbs that report with a pronoun for whom they speak to or of (وصفه بأنه، أبلغها أن).
_WITH_OBJECT: Final = words_of("withobject")
_OBJECTS: Final = ("ه", "ها", "هم")


def _verb_forms(perfect: str, imperfect: str) -> Iterator[tuple[str, str, str, bool, bool, bool]]:
    """(form, gender, number, past, future, suffixed) of one verb."""
    weak = perfect[-1] in "اي" and len(perfect) > 2
    base = perfect[:-1] if weak else perfect
    yield perfect, "m", "s", True, False, False
    yield base + "ت", "f", "s", True, False, False
    yield base + "وا", "m", "p", True, False, False
    yield perfect + "ا", "m", "d", True, False, False
    yield base + "تا", "f", "d", True, False, False
    for suffix in _OBJECTS:
        yield (
            perfect.removesuffix("ي") + ("ا" if weak and perfect[-1] == "ي" else "") + suffix,
            ("m"),
            "s",
            True,
            False,
            True,
        )
        yield base + "ت" + suffix, "f", "s", True, False, True
    if not imperfect:
        return
    stem = imperfect[1:]
    plural = stem[:-1] if stem[-1] in "ويا" else stem
    for prefix, future in (("", False), ("س", True)):
        yield prefix + "ي" + stem, "m", "s", False, future, False
        yield prefix + "ت" + stem, "f", "s", False, future, False
        yield prefix + "ي" + plural + "ون", "m", "p", False, future, False
        yield prefix + "ي" + stem + "ه", "m", "s", False, future, True
        yield prefix + "ت" + stem + "ه", "f", "s", False, future, True
        yield prefix + "ي" + stem + "ها", "m", "s", False, future, True
        yield prefix + "ت" + stem + "ها", "f", "s", False, future, True
        yield prefix + "ي" + stem + "ان", "m", "d", False, future, False
        yield prefix + "ت" + stem + "ان", "f", "d", False, future, False


def _participle_forms(participle: str, weak: bool) -> Iterator[tuple[str, str, str]]:
    """The accusative forms only: a subject or adjective (المتحدث, مؤكدٌ) is no cue."""
    base = participle + "ي" if weak else participle
    yield base + "ا", "m", "s"
    yield base + "ه", "f", "s"
    yield participle + "ين", "m", "p"
    yield base + "ات", "f", "p"


def _add(forms: dict[str, CueForm], surface: str, form: CueForm) -> None:
    """Two verbs written alike (ذكر, ذكّر) share one entry that takes what either takes."""
    known = forms.get(surface)
    if known is None or (known.shape is not Shape.VERB and form.shape is Shape.VERB):
        forms[surface] = form
    elif known.shape is form.shape:
        forms[surface] = replace(known, takes=known.takes | form.takes)


@lru_cache(maxsize=1)
def cue_forms() -> dict[str, CueForm]:
    """Every single-word cue by its folded spelling."""
    forms: dict[str, CueForm] = {}
    for row in table("cues.tsv"):
        perfect, imperfect, participle, masdar = (fold(cell) for cell in row[:4])
        takes, strength = row[4:6]
        taken = frozenset(fold(part) or part for part in takes.split(","))
        weak = perfect[-1] in "اي" and len(perfect) > 2
        made: list[tuple[str, CueForm]] = []
        for surface, gender, number, past, future, suffixed in _verb_forms(perfect, imperfect):
            if surface == masdar + "ا" and masdar:
                continue  # «طلبا», «شرحا»: the noun, hardly ever "the two asked"
            made.append(
                (
                    surface,
                    CueForm(
                        perfect,
                        taken,
                        strength,
                        Shape.VERB,
                        gender,
                        number,
                        past,
                        future,
                        suffixed=suffixed,
                    ),
                )
            )
        if participle:
            for surface, gender, number in _participle_forms(participle, weak):
                if masdar and surface == masdar + "ا":
                    continue  # «أمرا»
                made.append(
                    (surface, CueForm(perfect, taken, strength, Shape.PARTICIPLE, gender, number))
                )
        if masdar:
            for suffix, gender, number in (("ه", "m", "s"), ("ها", "f", "s"), ("هم", "m", "p")):
                stem = masdar[:-1] + "ت" if masdar.endswith("ه") else masdar
                made.append(
                    (stem + suffix, CueForm(perfect, taken, strength, Shape.MASDAR, gender, number))
                )
            made.append(
                ("ب" + masdar + "ه", CueForm(perfect, taken, strength, Shape.MASDAR, "m", "s"))
            )
            made.append(
                ("ب" + masdar + "ها", CueForm(perfect, taken, strength, Shape.MASDAR, "f", "s"))
            )
            if perfect in _NAMED_ACTS:
                made.append((masdar, CueForm(perfect, taken, strength, Shape.NAMED)))
            if perfect == "قال":
                made.append(("بالقول", CueForm(perfect, taken, strength, Shape.MASDAR)))
        for surface, form in made:
            _add(forms, surface, form)
            joined = replace(form, joined=True)
            _add(forms, "و" + surface, joined)
            if perfect in _AFTER_FA:
                _add(forms, "ف" + surface, joined)
    return forms


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[tuple[tuple[str, ...], Shape, bool]]]:
    """Phrases by their first word, longest first: (words, shape, last word is a prefix)."""
    by_first: dict[str, list[tuple[tuple[str, ...], Shape, bool]]] = {}
    for row in table("phrases.tsv"):
        words = tuple(fold(word) or word for word in row[0].split())
        prefixed = row[0].endswith("-")
        if prefixed:
            words = (*words[:-1], fold(words[-1].rstrip("-")))
        by_first.setdefault(words[0], []).append((words, Shape(row[1]), prefixed))
    for entries in by_first.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return by_first


@lru_cache(maxsize=1)
def _first_words() -> frozenset[str]:
    return frozenset(cue_forms()) | frozenset(phrases())


def find_cues(passage: Passage) -> list[Cue]:
    """All possible cues outside quotations, in order; the rules decide which report."""
    forms, by_first = cue_forms(), phrases()
    found: list[Cue] = []
    after = 0
    words = passage.words
    for index in passage.find(_first_words()):
        word = words[index]
        if index < after or word.mark >= 0:
            continue
        if word.form in by_first:
            phrase = _match_phrase(passage, index, by_first)
            if phrase is not None:
                found.append(phrase)
                after = phrase.after
                continue
        form = forms.get(word.form)
        if form is not None and not _misread(word, form) and not _passive(passage, word):
            found.append(Cue(index, index + 1, form))
    return found


def _passive(passage: Passage, word: Word) -> bool:
    """«ذُكر», «كُشف»: the sign u on the first letter makes it passive, so nobody is named."""
    return "\u064f" in passage.text[word.start : min(word.start + 4, word.end)][1:2] + (
        passage.text[word.start + 2 : word.start + 3] if word.form.startswith("و") else ""
    )


def _misread(word: Word, form: CueForm) -> bool:
    """Folding makes إضافة look like أضافه and اقرأ like أقرّا: the written ending decides."""
    if form.shape is Shape.VERB:
        if form.lemma == "ادعي" and not form.past and word.tail == "ى":
            return True  # «يُدعى»: is called
        if word.form == "هنا" and word.tail != "أ":
            return True  # here
        if form.suffixed and (word.tail == "ة" or form.lemma not in _WITH_OBJECT):
            return True
        if form.number == "d" and word.tail in "أآ":
            return True
        return form.past and not form.suffixed and word.tail == "ة"
    if form.shape is Shape.PARTICIPLE and form.gender == "f" and form.number == "s":
        return word.tail == "ه"  # «مطالبه»: his demands
    return form.shape is Shape.MASDAR and word.tail == "ة"


def _match_phrase(
    passage: Passage,
    index: int,
    by_first: dict[str, list[tuple[tuple[str, ...], Shape, bool]]],
) -> Cue | None:
    words = passage.words
    for parts, shape, prefixed in by_first.get(words[index].form, ()):
        after = index + len(parts)
        if after > len(words):
            continue
        spelled = [word.form for word in words[index:after]]
        if prefixed:
            if spelled[:-1] != list(parts[:-1]) or not spelled[-1].startswith(parts[-1]):
                continue
            after -= 1  # the speaker begins inside the prefixed word
        elif spelled != list(parts):
            continue
        form = CueForm(" ".join(parts), frozenset(("ان",)), "say", shape)
        if shape is Shape.BESIDE_CLAUSE:
            # «كما قال X», «بحسب ما ذكره X»: the verb is part of the cue, its subject speaks.
            verb = cue_forms().get(words[after].form) if after < len(words) else None
            if verb is None or verb.shape is not Shape.VERB or verb.strength == "mind":
                continue
            if parts == ("كما",) and not _looks_back(passage, index, verb):
                continue
            form = replace(form, gender=verb.gender, number=verb.number, past=verb.past)
            after += 1
        return Cue(index, after, form)
    return None


def _looks_back(passage: Passage, index: int, verb: CueForm) -> bool:
    """Whether كما means "as": «… ، كما قال X», «… كما أعلن X». With words of its own after it
    (كما قال إن, كما دعا إلى) or at a sentence's start it means "also"."""
    words = passage.words
    if index == passage.sentence_start(index):
        return False
    if words[index - 1].form == "،" and verb.strength == "say":
        bare = False
    else:
        bare = True
        if verb.strength != "say" or not verb.past:
            return False
    for at in range(index + 2, min(passage.sentence_end(index), index + 14)):
        form = words[at].form
        if form == "،" or (bare and not words[at].is_word):
            break
        if form in OWN_WORDS or words[at].mark >= 0 or form in verb.takes:
            return False
    return True
