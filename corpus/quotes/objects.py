"""Bare objects that verbs report: أعلنت لندن | إبعاد دبلوماسيين، نفى | صحة الخبر."""

from __future__ import annotations

from typing import Final

from corpus.quotes.cues import Cue, Shape
from corpus.quotes.lexicon import (
    BODIES,
    COMMON,
    CONJUNCTIONS,
    NOT_PREFIXED,
    PREPOSITIONS,
    RELATIVES,
    ROLES,
    TIMES,
    VERBS,
    common,
    definite,
    words_of,
)
from corpus.quotes.noun_phrases import read_noun_phrase
from corpus.quotes.word_classes import action_like, adverbial, is_object_start, is_preposition
from corpus.quotes.words import Passage, Word

_SKIPPED: Final = words_of("skipped")
# Verbs that report only with a complement of the right sort, being everyday words otherwise.
ONLY_WITH: Final = {
    "قدم": (
        "الشكر",
        "شكره",
        "اعتذاره",
        "اعتذارا",
        "شكرا",
        "التعازي",
        "تعازيه",
        "التهاني",
        "تهانيه",
    ),
    "وجه": (
        "الشكر",
        "شكره",
        "الاتهام",
        "اتهامات",
        "اتهاما",
        "نداء",
        "انتقادات",
        "انتقادا",
        "الاتهامات",
        "دعوه",
        "تحذيرا",
        "رساله",
        "التحيه",
        "شكرا",
        "كلمه",
    ),
    "حمل": ("مسووليه", "المسووليه", "مسووليتها"),
    "سلط": ("الضوء",),
    "القي": ("الضوء", "اللوم"),
    "ابدي": (
        "استعداده",
        "استعدادها",
        "رغبته",
        "قلقه",
        "قلقها",
        "اسفه",
        "اسفها",
        "سعادته",
        "ارتياحه",
        "دهشته",
        "استغرابه",
        "تفاوله",
        "ثقته",
        "اعجابه",
        "تخوفه",
        "موافقته",
        "استعدادهم",
    ),
}


def find_object(passage: Passage, cue: Cue, limit: int, *, any_noun: bool) -> int:
    """The word that opens a bare object (أعلنت لندن | إبعاد), or -1.

    The noun directly after the verb is the object when it carries the speaker's pronoun or is
    a noun of action, otherwise the subject; after the subject phrase the next noun is it,
    with `any_noun` even an everyday one.
    """
    words = passage.words
    at = cue.after
    if cue.form.shape is Shape.PARTICIPLE:
        # Its subject is the sentence's, so that the next noun is what it reports:
        # «مؤكدا (سماحته) أهمية».
        while at < limit and words[at].form in _SKIPPED:
            at += 1
        noun = (
            at < limit
            and words[at].is_word
            and words[at].form not in PREPOSITIONS
            and (words[at].form not in CONJUNCTIONS and words[at].form not in RELATIVES)
        )
        return at if noun else -1
    while at < limit and (
        words[at].form in TIMES
        or words[at].form in ("،", "ايضا", "/")
        or words[at].form.isdigit()
        or (adverbial(words[at].form) and words[at].form.endswith("يا"))
    ):
        at += 1
    if (
        at < limit
        and words[at].is_word
        and (
            is_object_start(words[at].form)
            or with_pronoun(words[at])
            or words[at].form in ONLY_WITH.get(cue.form.lemma, ())
        )
    ):
        return at
    if (
        at < limit
        and adverbial(words[at].form)
        and words[at].mark < 0
        and words[at].form not in PREPOSITIONS
    ):
        return at
    phrase = read_noun_phrase(passage, at, limit, greedy=False) if at < limit else None
    if phrase is None:
        return -1
    at = phrase.after
    if at < limit and words[at].form in ROLES and not definite(words[at].form) and phrase.named:
        # «أعلنت شركة سامر مالكة المصنع | بيعه»: a post beside the name.
        post = read_noun_phrase(passage, at, limit, greedy=False)
        at = post.after if post is not None else at
    steps = 0
    while at < limit and steps < 14:
        word = words[at]
        if word.mark >= 0:
            at = passage.word_at(passage.marks[word.mark].outer_end)
            if at < limit and words[at].form == "،":
                return -1  # «وصف الوضع "بالكارثة"، …»: the words themselves are reported
            continue
        if word.form in "-–" and not word.is_word:
            close = next((i for i in range(at + 1, limit) if words[i].form == word.form), limit)
            at = close + 1
            continue
        if word.form == "،" and at + 1 < limit and words[at + 1].form in RELATIVES:
            close = next((i for i in range(at + 2, limit) if words[i].form == "،"), limit)
            at = close
            steps = 0
            if close < limit:
                at = close + 1
            continue
        if (
            word.form == "،"
            and steps == 0
            and at + 1 < limit
            and (is_preposition(words, at + 1) or words[at + 1].form in TIMES)
        ):
            # «أكد الوزير، في رسالة بعثها …، أهمية»: a parenthesis.
            close = next((i for i in range(at + 2, min(limit, at + 22)) if words[i].form == "،"), 0)
            if close:
                at = close + 1
                continue
        if word.form in ONLY_WITH.get(cue.form.lemma, ()):
            return at
        if (
            word.is_word
            and adverbial(word.form)
            and word.form not in PREPOSITIONS
            and not word.form.endswith("يا")
            and (not words[at - 1].form[0].isdigit())
        ):
            return at
        if (
            word.is_word
            and (is_object_start(word.form) or with_pronoun(word))
            and words[at - 1].form not in PREPOSITIONS
            and words[at - 1].form != "عبر"
        ):
            return at
        if any_noun and at == phrase.after and _pointed_or_definite_action(word.form):
            return at
        if word.form in RELATIVES or word.form in CONJUNCTIONS:
            return -1
        if any_noun and is_preposition(words, at) and word.mark < 0:
            inner = read_noun_phrase(passage, at + 1, limit, greedy=False)
            at = max(inner.after if inner else 0, at + 1)
            continue
        if (
            any_noun
            and word.is_word
            and common(word.form)
            and word.form not in ROLES
            and (word.form not in BODIES)
            and not definite(word.form)
            and (not is_preposition(words, at - 1))
        ):
            return at
        at += 1
        steps += 1
    return -1


def _pointed_or_definite_action(form: str) -> bool:
    """«نفى الوزير هذه الاتهامات», «أعلن زوما الاستقالة»: right after a full subject."""
    if form in ("هذا", "هذه", "ذلك", "تلك"):
        return True
    return form.startswith("ال") and (is_object_start(form[2:]) or action_like(form[2:]))


def with_pronoun(word: Word) -> bool:
    """مسؤوليتها، جاهزيته: a noun that carries the speaker's pronoun; ة is no pronoun."""
    form = word.form
    if word.tail == "ة" or form in NOT_PREFIXED or form in PREPOSITIONS or form in VERBS:
        return False
    for suffix in ("ها", "هم", "ه"):
        if form.endswith(suffix) and len(form) > len(suffix) + 2:
            stem = form[: -len(suffix)]
            if stem in PREPOSITIONS:
                return False
            if stem.endswith("يت") and len(stem) > 4:
                return True  # جهوزيته: any noun in ـية
            if stem.endswith("ت") and common(stem[:-1] + "ه"):
                return True
            return stem in COMMON or is_object_start(stem)
    return False
