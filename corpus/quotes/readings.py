"""What a cue governs: its complement's opening, its content's extent and its speaker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
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
)
from corpus.quotes.noun_phrases import (
    action_like,
    adverbial,
    is_object_start,
    is_preposition,
    read_noun_phrase,
)
from corpus.quotes.speakers import (
    Discourse,
    Mention,
    agrees,
    sentence_subject,
    subject_after,
    subject_before,
)
from corpus.quotes.words import Passage, Word

_SUFFIXES: Final = ("", "ه", "ها", "هم", "هما", "هن", "ي", "ني", "نا", "ننا", "ك", "كم", "ما")
CLAUSE_OPENERS: Final = frozenset("ان" + suffix for suffix in _SUFFIXES)
_B_OPENERS: Final = frozenset("بان" + suffix for suffix in _SUFFIXES)
_F_OPENERS: Final = frozenset("فان" + suffix for suffix in _SUFFIXES)
_SEPARATE: Final = frozenset(("الي", "علي", "عن", "من", "في"))
# «بعد أن», «دون أن», «يمكن أن»: this أن opens no reported words.
_NOT_BEFORE_CLAUSE: Final = frozenset(
    "بعد قبل دون بدون منذ غير الا حتي يمكن يجب كما رغم بيد لابد بد المتوقع المفترض الممكن المقرر "
    "المحتمل ينبغي يفترض ينتظر المنتظر كان كانت مع لولا بمجرد فور شرط بشرط بعدما اجل قبيل حين".split()
)
# After a comma these return to the reporter's own story.
_NARRATIVE: Final = frozenset("وقد وكان وكانت وكانوا علما يذكر ويذكر يشار ويشار".split())
_BUT: Final = frozenset("لكن ولكن لكنه لكنها لكنهم ولكنه ولكنها ولكنهم".split())
_FARTHEST: Final = 45  # words between a cue and its أن, relative clauses included
_FARTHEST_PREPOSITION: Final = 22


# Verbs that report only with a complement of the right sort, being everyday words otherwise.
ONLY_WITH: Final = {
    "قدم": ("الشكر", "شكره", "اعتذاره", "اعتذارا", "شكرا", "التعازي", "تعازيه", "التهاني", "تهانيه"),
    "وجه": ("الشكر", "شكره", "الاتهام", "اتهامات", "اتهاما", "نداء", "انتقادات", "انتقادا", "الاتهامات",
            "دعوه", "تحذيرا", "رساله", "التحيه", "شكرا", "كلمه"),
    "حمل": ("مسووليه", "المسووليه", "مسووليتها"),
    "سلط": ("الضوء",),
    "القي": ("الضوء", "اللوم"),
    "ابدي": ("استعداده", "استعدادها", "رغبته", "قلقه", "قلقها", "اسفه", "اسفها", "سعادته", "ارتياحه",
             "دهشته", "استغرابه", "تفاوله", "ثقته", "اعجابه", "تخوفه", "موافقته", "استعدادهم"),
}


class Opening(StrEnum):
    """What opens the reported words."""

    CLAUSE = "clause"
    PREPOSITION = "preposition"
    NOUN = "noun"
    MARK = "mark"
    COLON = "colon"
    NONE = "none"


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
            if _name_in_marks(passage, at, mark_after, limit):
                at = mark_after
                continue
            return Opening.MARK, at
        if not word.is_word:
            if form == ":":
                return Opening.COLON, at + 1
            if form in "-–":
                close = next((i for i in range(at + 1, min(at + 30, limit)) if words[i].form == form), 0)
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
        if form in CLAUSE_OPENERS or form in _B_OPENERS:
            if form in _B_OPENERS or "ان" in takes or takes & _SEPARATE:
                return Opening.CLAUSE, at
            return Opening.NONE, at
        if form in _SEPARATE:
            following = words[at + 1] if at + 1 < limit else None
            if following is not None and following.form in CLAUSE_OPENERS and (
                form in takes or form in ("عن", "من", "علي", "الي")
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
        if form in RELATIVES:
            relative = True
        if form in ("لكن", "ولكن", "فيما", "بينما", "لكنه", "لكنها", "مما", "عندما") and not relative:
            break
        at += 1
    return Opening.NONE, at


def _prefixed_noun(form: str) -> bool:
    rest = form[1:]
    if rest.startswith("ال") and len(rest) > 4:
        return True
    if form.startswith("لل"):
        return True
    if rest in ("ما", "من"):
        return True
    return len(rest) >= 3 and (common(rest) or is_object_start(rest) or action_like(rest))


def _name_in_marks(passage: Passage, at: int, after: int, limit: int) -> bool:
    """A short quoted name within the subject: وكالة «رويترز»، تحالف «فجر ليبيا»."""
    words = passage.words
    if after >= limit or after - at > 9:
        return False
    previous = words[at - 1]
    if not previous.is_word or previous.form in CLAUSE_OPENERS or previous.form in _B_OPENERS:
        return False
    following = words[after].form
    if previous.form == "ل":
        return True
    if previous.form in BODIES or previous.form in ("حركه", "تحالف", "صحيفه", "موقع", "قناه"):
        return True
    if after - at <= 4 and common(previous.form) and (
        is_object_start(following) or (words[after].is_word and _with_pronoun(words[after]))
    ):
        return True  # «خلال مؤتمر صحفي "مفاجئ" استقالته»: an adjective in marks
    later = any(
        words[i].form in CLAUSE_OPENERS or words[i].form == ":"
        for i in range(after, min(limit, after + 15))
        if words[i].mark < 0
    )
    return later and after - at <= 8 and following not in (".", "؛")


def find_object(passage: Passage, cue: Cue, limit: int, *, any_noun: bool) -> int:
    """The word that opens a bare object (أعلنت لندن | إبعاد), or -1.

    The noun directly after the verb is the object when it carries the speaker's pronoun or is
    a noun of action, otherwise the subject; after the subject phrase the next noun is it,
    with `any_noun` even an everyday one.
    """
    words = passage.words
    at = cue.after
    if cue.form.shape is Shape.PARTICIPLE:
        # Its subject is the sentence's, so that the next noun is what it reports.
        noun = at < limit and words[at].is_word and words[at].form not in PREPOSITIONS and (
            words[at].form not in CONJUNCTIONS and words[at].form not in RELATIVES
        )
        return at if noun else -1
    while at < limit and (
        words[at].form in TIMES or words[at].form in ("،", "ايضا", "/") or words[at].form.isdigit()
        or (adverbial(words[at].form) and words[at].form.endswith("يا"))
    ):
        at += 1
    if at < limit and words[at].is_word and (
        is_object_start(words[at].form)
        or _with_pronoun(words[at])
        or words[at].form in ONLY_WITH.get(cue.form.lemma, ())
    ):
        return at
    if at < limit and adverbial(words[at].form) and words[at].mark < 0:
        return at
    phrase = read_noun_phrase(passage, at, limit, greedy=False) if at < limit else None
    if phrase is None:
        return -1
    at = phrase.after
    steps = 0
    while at < limit and steps < 14:
        word = words[at]
        if word.mark >= 0:
            at = passage.word_at(passage.marks[word.mark].outer_end)
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
        if word.form in ONLY_WITH.get(cue.form.lemma, ()):
            return at
        if word.is_word and adverbial(word.form) and not word.form.endswith("يا"):
            return at
        if word.is_word and (is_object_start(word.form) or _with_pronoun(word)) and (
            words[at - 1].form not in ("في", "من", "الي", "علي", "عن", "بعد", "قبل", "خلال")
        ):
            return at
        if word.form in RELATIVES or word.form in CONJUNCTIONS:
            return -1
        if any_noun and is_preposition(words, at) and word.mark < 0:
            inner = read_noun_phrase(passage, at + 1, limit, greedy=False)
            at = max(inner.after if inner else 0, at + 1)
            continue
        if any_noun and word.is_word and common(word.form) and word.form not in ROLES and (
            word.form not in BODIES
        ) and not definite(word.form) and (
            not is_preposition(words, at - 1)
        ):
            return at
        at += 1
        steps += 1
    return -1


def _with_pronoun(word: Word) -> bool:
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


def content_end(passage: Passage, first: int, cues: list[Cue], position: int) -> int:
    """Word after the reported content that opens at word `first`.

    It ends with its sentence, or where the reporter's own voice returns: before a participle
    of the speaker (، مؤكدا), a coordinated reporting verb (، وأضاف), another speaker
    (، بينما قال) or an attribution (، بحسب).
    """
    words = passage.words
    limit = passage.sentence_end(first)
    for cue in cues[position + 1 :]:
        if cue.first >= limit:
            break
        if cue.first <= first + 1:
            continue
        before = words[cue.first - 1]
        shape = cue.form.shape
        cut = -1
        if shape is Shape.PARTICIPLE:
            opening, _ = find_opening(passage, cue)
            if cue.form.strength != "mind" and (
                opening is not Opening.NONE or before.form == "،"
            ):
                cut = cue.first
        elif shape is Shape.VERB and cue.form.joined and (
            cue.form.past or before.form in ("،", ".", ")", "»", '"', ",")
        ):
            opening, _ = find_opening(passage, cue)
            if opening is not Opening.NONE:
                cut = cue.first
        elif shape is Shape.VERB and before.form == "،" and not cue.form.joined:
            opening, _ = find_opening(passage, cue)
            if opening is Opening.CLAUSE and cue.form.strength == "say":
                cut = cue.first
        elif shape is Shape.VERB and before.form in (
            "بينما", "فيما", "لكن", "ولكن", "حيث", "كما", "حين", "ثم", "لكنه", "لكنها", "وقد",
        ):
            opening, _ = find_opening(passage, cue)
            if opening is not Opening.NONE:
                cut = cue.first - 1
                if before.form == "حين":
                    cut -= 1
        elif shape in (Shape.BESIDE, Shape.BESIDE_CLAUSE, Shape.OWN) and (
            before.form == "،" or shape is Shape.BESIDE_CLAUSE
        ):
            cut = cue.first
        if cut > first:
            limit = min(limit, cut)
            break
    for at in range(first + 3, limit - 1):
        if words[at].mark < 0 and words[at].form == "،" and words[at + 1].form in _NARRATIVE:
            limit = at
            break
        if words[at].mark < 0 and words[at].form in _BUT:
            limit = at
            break
        if words[at].form == "الا" and at + 2 < limit and words[at + 1].form in CLAUSE_OPENERS and (
            any(cue.first in (at + 2, at + 3) for cue in cues)
        ):
            limit = at
            break
    return trim_end(passage, first, limit)


def trim_end(passage: Passage, first: int, after: int) -> int:
    """Leave out the stops, commas and blanks that close the content."""
    words = passage.words
    while after > first:
        word = words[after - 1]
        if word.is_word or word.form in ")]»”\"%":
            break
        if word.mark >= 0:
            break
        after -= 1
    return after


def _after_was(passage: Passage, cue: Cue) -> bool:
    """«وكانت لندن اتهمت …»: after كان the subject stands before the verb."""
    words = passage.words
    start = passage.sentence_start(cue.first)
    return any(
        words[at].form in ("كان", "كانت", "وكان", "وكانت", "كانوا", "وكانوا")
        for at in range(max(start, cue.first - 12), cue.first)
    )


def find_speaker(
    passage: Passage, cue: Cue, opening: Opening, at: int, discourse: Discourse, same: Mention | None
) -> tuple[Mention | None, bool]:
    """The cue's subject and whether it was carried over from earlier words.

    `same` is the speaker of the nearest earlier cue in the same sentence.
    """
    form = cue.form
    if form.shape in (Shape.PARTICIPLE, Shape.MASDAR):
        if same is not None and agrees(same, form.gender, form.number):
            return same, True
        subject = sentence_subject(passage, cue.first)
        if subject is not None and not subject.vague and agrees(
            subject, form.gender, form.number
        ):
            return subject, True
        return discourse.carried(passage, cue), True
    greedy = opening is not Opening.NOUN
    before = passage.words[cue.first - 1].form if cue.first else ""
    if form.shape is Shape.VERB and not form.joined and not form.suffixed and (
        _after_was(passage, cue) or (before in RELATIVES and opening is not Opening.CLAUSE)
    ):
        mention = subject_before(passage, cue)
        if mention is not None:
            return mention, False
    mention = subject_after(passage, cue, at, greedy=greedy)
    if mention is not None:
        return mention, False
    if not form.joined and form.shape is Shape.VERB:
        mention = subject_before(passage, cue)
        if mention is not None:
            return mention, False
    return discourse.carried(passage, cue), True
