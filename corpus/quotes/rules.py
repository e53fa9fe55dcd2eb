"""The rules, one after another, over one passage: cues to readings, readings to drafts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.quotes.beside import beside_draft
from corpus.quotes.content import content_end, trim_end
from corpus.quotes.cues import Cue, Shape, cue_forms, find_cues
from corpus.quotes.drafts import Draft
from corpus.quotes.lexicon import RELATIVES, common, definite, without_pronoun, words_of
from corpus.quotes.mentions import Discourse, Mention, Subjects, agrees
from corpus.quotes.noun_phrases import read_noun_phrase
from corpus.quotes.objects import ONLY_WITH, find_object
from corpus.quotes.openings import CLAUSE_OPENERS, Opening, find_opening
from corpus.quotes.quotations import quotation_drafts
from corpus.quotes.readings import Reading, find_speaker
from corpus.quotes.speakers import subject_after, subject_before
from corpus.quotes.types import Kind
from corpus.quotes.word_classes import is_preposition
from corpus.quotes.words import Passage, Word

# «يذكر أن», «يشار إلى أن»: nobody says it.
_IMPERSONAL: Final = words_of("impersonal")
_EYES: Final = frozenset(("انظار", "الانظار", "انتباه", "انتباهه", "انتباهها"))
_COURTS: Final = words_of("court")
# "It turned out that" as much as "she shows that".
_TURNS_OUT: Final = frozenset(("تبين", "وتبين", "يتبين", "ويتبين", "اتضح", "واتضح"))
_NEGATIONS: Final = frozenset(("لم", "لن", "ولم", "ولن", "فلم"))
_SUBORDINATORS: Final = frozenset(("ان", "بان", "اذا", "لو", "ان"))
# Verbs whose object belongs to what is said: whom they blame or thank.
_BLAMES: Final = frozenset(("اتهم",))
# Spelled like everyday words: they do not come between a cue and its words.
_EVERYDAY: Final = words_of("everyday")


_REPORTING: Final = (Shape.VERB, Shape.PARTICIPLE, Shape.MASDAR, Shape.NAMED, Shape.REPORT)
# After these أن is followed by a verb.
_BEFORE_VERBS: Final = frozenset(("بعد", "قبل", "منذ"))
# What stands before a verbal noun that tells of a statement: بعد إعلان، رغم دعوة.
_BEFORE_ACTS: Final = words_of("beforeact")


def passage_drafts(passage: Passage) -> tuple[list[Draft], Discourse]:
    """Every statement of the passage as drafts in text order, and who spoke."""
    cues = find_cues(passage)
    discourse = Discourse(Subjects(passage))
    readings: list[Reading] = []
    drafts: list[Draft] = []
    for position, cue in enumerate(cues):
        shape = cue.form.shape
        if shape in _REPORTING:
            reading = _read(passage, cues, position, readings, discourse)
            if reading is None:
                continue
            if readings and readings[-1].content == reading.content:
                # «نقلت … عن X قوله إن»: two cues, one report, whose subject the first knows.
                continue
            readings.append(reading)
            if reading.opening in (Opening.CLAUSE, Opening.COLON):
                discourse.told.append((reading.content, reading.content_after))
            if reading.mention is not None:
                discourse.said(reading.mention)
            draft = _reported(passage, reading, cues)
            if draft is not None:
                drafts.append(draft)
        else:
            draft = beside_draft(passage, cues, position, readings, discourse)
            if draft is not None:
                drafts.append(draft)
    drafts += quotation_drafts(passage, readings, drafts, cues, discourse)
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    return drafts, discourse


def _read(
    passage: Passage, cues: list[Cue], position: int, readings: list[Reading], discourse: Discourse
) -> Reading | None:
    """Understand one verbal cue; None when it reports nothing here."""
    cue = cues[position]
    form = cue.form
    words = passage.words
    before = words[cue.first - 1].form if cue.first else ""
    if form.strength == "mind" or form.future or before in _NEGATIONS:
        return None
    if form.shape is Shape.PARTICIPLE and before[:1].isdigit():
        return None  # «131 متهما»: counted, not accusing
    if form.shape is Shape.PARTICIPLE and cue.first and is_preposition(words, cue.first - 1):
        return None  # «حول معارضة المجلس»: a noun
    if form.shape is Shape.PARTICIPLE and form.joined and form.number == "p" and before != "،":
        return None  # «متطرفين ومعارضين»: nouns
    if (
        form.shape is Shape.PARTICIPLE
        and form.gender == "f"
        and before.endswith("ه")
        and common(before)
        and not definite(before)
    ):
        return None  # «حراسة مشددة»: an adjective
    if (
        form.lemma in _EVERYDAY
        and before in ("ان", "وان", "بان")
        and not (cue.first > 1 and words[cue.first - 2].form in _BEFORE_VERBS)
    ):
        return None  # «أن طلب الالتماس»: a noun, but «بعد أن طلب الوزير» is a verb
    if form.lemma == "لفت" and cue.after < len(words) and words[cue.after].form in _EYES:
        return None  # «لفت أنظار الناس»: drew their eyes
    if form.shape is Shape.NAMED and before not in _BEFORE_ACTS:
        return None
    if cue.first and words[cue.first].form == "بين" and is_preposition(words, cue.first - 1):
        return None  # «من بين هؤلاء»
    opening, at = find_opening(passage, cue)
    if (
        words[cue.first].form in ("عقب", "وعقب")
        and opening is not Opening.CLAUSE
        and not any(word.form == "علي" for word in words[cue.after : at + 1])
    ):
        return None  # «عقب المباراة "الأخيرة"»: after
    if words[cue.first].form == "بين" and opening is not Opening.CLAUSE:
        return None  # «بين "القديم" و"الجديد"»: between
    if (
        form.shape is Shape.MASDAR
        and opening is not Opening.CLAUSE
        and (opening is not Opening.MARK or form.lemma not in ("قال", "كتب"))
        and not (form.lemma == "قال" and opening is Opening.COLON)
    ):
        return None
    if form.shape is Shape.MASDAR and at - cue.after > 3:
        return None
    if before in ("ان", "بان") and not form.past and form.shape is Shape.VERB:
        return None
    if form.shape is Shape.VERB and words[cue.first].form in _IMPERSONAL and (at - cue.after <= 0):
        return None
    if not _same_stretch(passage, cues, position, at):
        opening = Opening.NONE
    limit = passage.sentence_end(cue.first)
    content = at
    if (
        form.shape is not Shape.MASDAR
        and "اسم" in form.takes
        and (
            opening in (Opening.NONE, Opening.CLAUSE, Opening.PREPOSITION)
            or (opening is Opening.MARK and _short_mark(passage, at))
        )
        and not (opening is Opening.CLAUSE and words[at].form in ("عن", "الي", "علي", "من"))
    ):
        found = find_object(
            passage,
            cue,
            at if opening is not Opening.NONE else limit,
            any_noun=opening is Opening.NONE,
        )
        if found >= 0 and (
            opening is Opening.NONE or found < (at - 1 if opening is Opening.MARK else at)
        ):
            opening, content = Opening.NOUN, found
    if (
        opening is Opening.NOUN
        and words[content].form in ("ذلك", "هذا")
        and not (content + 1 < limit and definite(words[content + 1].form))
    ):
        return None  # «أعلن ذلك»: no words of it are given
    if opening is Opening.PREPOSITION and form.lemma in _BLAMES:
        content = _blamed(passage, cue, at)
    if opening is Opening.NONE:
        return None
    if form.lemma in ONLY_WITH and not any(
        words[i].form in ONLY_WITH[form.lemma] for i in range(cue.after, min(limit, cue.after + 14))
    ):
        return None
    if form.lemma == "عبر" and _across(passage, cue, content, opening):
        return None
    if words[cue.first].form in _TURNS_OUT and not _shows(passage, cue, content):
        return None
    same = _same_sentence(passage, cue, readings)
    mention, carried = find_speaker(passage, cue, opening, content, discourse, same)
    if carried and not form.joined and form.shape is Shape.VERB and position and same is None:
        earlier = cues[position - 1]
        if earlier.first >= passage.sentence_start(cue.first) and (
            earlier.form.shape is Shape.VERB
        ):
            # «وكتبت سارا على صفحتها تقول»: the verb before has the subject.
            subject = subject_after(passage, earlier, cue.first, greedy=True)
            if subject is not None and agrees(subject, form.gender, form.number):
                mention, carried = subject, False
    if carried and form.shape is Shape.VERB and _of_what(words, cue):
        return None  # «صحة ما ذكر في الصحف»: a passive
    if form.lemma == "نقل":
        mention = _quoted_by(passage, cue, content) or mention
    elif form.shape is Shape.MASDAR and form.lemma == "قال":
        mention = _relayed(passage, cues, position) or mention
    if mention is not None and mention.vague and not carried:
        return None
    if (
        words[cue.first].form in ("طالب", "وطالب", "بين", "وبين", "عبر", "وعبر")
        and not carried
        and mention is not None
        and not mention.can_speak
    ):
        return None  # «طالب جامعي», «بين أشجار …»: a student, between
    if form.lemma == "قضي" and (mention is None or mention.head not in _COURTS):
        return None  # «اتفاق يقضي بـ»: stipulates
    if form.shape is Shape.NAMED and (mention is None or carried or not mention.can_speak):
        return None
    marked = (
        opening is Opening.CLAUSE
        and content + 1 < limit
        and words[content + 1].mark >= 0
        and words[content].mark < 0
    )
    after = content_end(passage, content, cues, position, clause=opening is Opening.CLAUSE)
    return Reading(cue, opening, content, after, mention, carried, marked)


def _across(passage: Passage, cue: Cue, content: int, opening: Opening) -> bool:
    """«عبر حسابها»: the preposition, which no «عن» of its own follows or whose noun has a
    pronoun."""
    words = passage.words
    if words[content].form != "عن" and not (
        opening is Opening.MARK and words[content - 1].form in ("عن", "ب")
    ):
        return True
    following = words[cue.after] if cue.after < len(words) else None
    return (
        words[cue.first].form == "عبر"
        and following is not None
        and following.tail != "ة"
        and without_pronoun(following.form) is not None
    )


def _of_what(words: Sequence[Word], cue: Cue) -> bool:
    """«صحة ما ذكر», «مما نشر»: a verb without a subject after what is passive, except after
    «في ما»."""
    at = cue.first - 1
    if at < 1 or words[at].form not in ("ما", "مما", "بما") or cue.form.gender != "m":
        return False
    return cue.form.past and words[at - 1].form != "في"


def _shows(passage: Passage, cue: Cue, content: int) -> bool:
    """Whether «تبين» has a subject that shows something; «وتبين أن» alone is "it turned out"."""
    if content <= cue.after:
        return False
    mention = subject_after(passage, cue, content, greedy=True)
    return mention is not None and mention.can_speak


def _short_mark(passage: Passage, at: int) -> bool:
    """Whether the quotation at word `at` is a name or term rather than what is said."""
    mark = passage.marks[passage.words[at].mark]
    return passage.word_at(mark.outer_end) - at <= 6


def _blamed(passage: Passage, cue: Cue, at: int) -> int:
    """Where «الاستخبارات الروسية بتنفيذ» opens: whom the verb blames is part of the words."""
    words = passage.words
    first = cue.after
    if (
        cue.form.shape is Shape.VERB
        and subject_before(passage, cue) is None
        and (not cue.form.suffixed)
    ):
        phrase = read_noun_phrase(passage, cue.after, at, greedy=False)
        if phrase is None:
            return at
        first = phrase.after
    while first < at and not words[first].is_word:
        first += 1
    return first if first < at and words[first].form not in ("اياه", "اياها", "اياهم") else at


def _same_stretch(passage: Passage, cues: list[Cue], position: int, at: int) -> bool:
    """Whether the complement at word `at` belongs to this cue and not to a later one."""
    words = passage.words
    relative = False
    cue = cues[position]
    for index in range(cue.after, min(at, len(words))):
        if words[index].form in RELATIVES:
            relative = True
        later = next((c for c in cues[position + 1 : position + 6] if c.first == index), None)
        if later is None or later.form.strength == "mind":
            continue
        if later.form.lemma in _EVERYDAY and not later.form.joined:
            continue
        if later.form.shape is Shape.PARTICIPLE:
            return False
        if later.form.shape is Shape.VERB and not relative:
            return False
        if later.form.shape is Shape.VERB and abs(find_opening(passage, later)[1] - at) <= 2:
            return False
    return True


def _same_sentence(passage: Passage, cue: Cue, readings: list[Reading]) -> Mention | None:
    """The speaker of the nearest earlier cue in the cue's sentence."""
    start = passage.sentence_start(cue.first)
    for reading in reversed(readings):
        if reading.cue.first < start:
            return None
        if reading.mention is not None:
            return reading.mention
    return None


def _relayed(passage: Passage, cues: list[Cue], position: int) -> Mention | None:
    """«ونقلت الوكالة عن مسؤول، لم تكشف هويته، قوله»: who said it stands after «عن»."""
    cue = cues[position]
    start = passage.sentence_start(cue.first)
    for earlier in reversed(cues[:position]):
        if earlier.first < start:
            return None
        if earlier.form.lemma == "نقل" and earlier.form.shape is Shape.VERB:
            return _quoted_by(passage, earlier, cue.first)
    return None


def _quoted_by(passage: Passage, cue: Cue, limit: int) -> Mention | None:
    """«نقلت وكالة X عن Y قوله»: Y speaks."""
    words = passage.words
    for index in range(cue.after, min(limit, cue.after + 25)):
        if words[index].form == "عن":
            shifted = Cue(index, index + 1, cue_forms()["قال"])
            return subject_after(passage, shifted, limit, greedy=True)
    return None


def _reported(passage: Passage, reading: Reading, cues: list[Cue]) -> Draft | None:
    """The indirect or colon statement of a reading; None when only marked words follow."""
    words = passage.words
    first, after = reading.content, reading.content_after
    if reading.opening is Opening.MARK or first >= after:
        return None
    if reading.opening is Opening.COLON:
        if words[first].mark >= 0:
            return None
        after = _colon_end(passage, first, cues)
        if first >= after:
            return None
        if (
            words[first].form in CLAUSE_OPENERS
            and first + 1 < after
            and words[first + 1].mark >= 0
            and words[first + 1].mark == words[after - 1].mark
        ):
            return None  # «قال: إن "…"»: the marked words only
        kind, rule = Kind.COLON, "colon"
    else:
        kind, rule = Kind.INDIRECT, f"indirect-{reading.opening.value}"
        step = first + 1
        if (
            words[first].form in ("الي", "علي", "عن", "من")
            and step < after
            and (words[step].form in CLAUSE_OPENERS)
        ):
            step += 1
        if (
            step < after
            and words[step].mark >= 0
            and (
                words[step].mark == words[after - 1].mark
                or not any(
                    word.is_word
                    for word in words[
                        passage.word_at(passage.marks[words[step].mark].outer_end) : after
                    ]
                )
            )
        ):
            return None
        if after - first < (1 if reading.opening is Opening.PREPOSITION else 2):
            return None
    return Draft(
        kind,
        words[first].start,
        words[after - 1].end,
        rule,
        reading.cue,
        reading.mention,
        reading.carried,
    )


def _colon_end(passage: Passage, first: int, cues: list[Cue]) -> int:
    """Words after a colon go on to the sentence's end, or to the reporter's «، مؤكدا أن»."""
    limit = passage.sentence_end(first)
    words = passage.words
    for cue in cues:
        if (
            first + 2 < cue.first < limit
            and cue.form.shape is Shape.PARTICIPLE
            and words[cue.first - 1].form == "،"
            and cue.form.strength == "say"
            and find_opening(passage, cue)[0] is not Opening.NONE
        ):
            return trim_end(passage, first, cue.first)
    return trim_end(passage, first, limit)
