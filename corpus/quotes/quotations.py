"""Which marked words are somebody's speech, and whose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.quotes.cues import Cue, Shape
from corpus.quotes.drafts import Draft
from corpus.quotes.lexicon import CONJUNCTIONS, SPEAKING
from corpus.quotes.mentions import Discourse, Mention
from corpus.quotes.openings import CLAUSE_OPENERS, Opening, names_a_work
from corpus.quotes.readings import Reading
from corpus.quotes.speakers import subject_after
from corpus.quotes.types import Kind
from corpus.quotes.words import Passage, Word

_OPENERS: Final = CLAUSE_OPENERS | frozenset("بان" + ending for ending in ("", "ه", "ها", "هم"))

_SAYS: Final = frozenset(("قال", "يقول", "قوله", "بقوله", "لقوله", "لقول", "قول", "وقال"))
_GOD: Final = frozenset(("تعالي", "سبحانه", "عز"))


def quotation_drafts(
    passage: Passage,
    readings: list[Reading],
    reported: list[Draft],
    cues: list[Cue],
    discourse: Discourse,
) -> list[Draft]:
    """A draft for every quotation; the model tells speech from names and irony."""
    drafts: list[Draft] = []
    for number, mark in enumerate(passage.marks):
        outer = passage.word_at(mark.outer_start)
        if not any("ء" <= char <= "ي" for char in passage.text[mark.start : mark.end]):
            continue  # a number or a foreign name set in marks
        if _scripture(passage.words[max(0, outer - 14) : outer]):
            continue
        if names_a_work(passage.words[max(0, outer - 3) : outer]):
            continue
        draft = _governed(passage, number, outer, readings)
        if draft is None or draft.mention is None:
            # «أكد X أن التحقيق كشف عن "…"»: the finding cannot speak, X can.
            draft = _inside(passage, number, outer, reported, cues) or draft
        draft = (
            draft or _cue_after(passage, number, cues) or _continued(passage, number, outer, drafts)
        )
        if draft is None:
            draft = _lone(passage, number, outer)
        if draft is None:
            continue
        if not mark.closed and draft.rule not in ("mark-cue", "mark-clause", "mark-colon"):
            continue
        drafts.append(draft)
    return drafts


def _scripture(before: Sequence[Word]) -> bool:
    """«قال تعالى: "…"»: a verse that the speaker recites is nobody's statement."""
    forms = [word.form for word in before if word.is_word]
    return any(
        form in _SAYS and not _GOD.isdisjoint(forms[at + 1 : at + 3])
        for at, form in enumerate(forms)
    )


def _draft(
    passage: Passage,
    number: int,
    rule: str,
    cue: Cue | None,
    mention: Mention | None,
    carried: bool,
    inside: bool = False,
    parent: Draft | None = None,
) -> Draft:
    mark = passage.marks[number]
    return Draft(
        Kind.DIRECT, mark.start, mark.end, rule, cue, mention, carried, inside, parent=parent
    )


def _governed(passage: Passage, number: int, outer: int, readings: list[Reading]) -> Draft | None:
    """The quotation a cue opens: «قال X: "…"», «قال X إن "…"», «قال X "…"»."""
    words = passage.words
    for reading in readings:
        if not outer - 2 <= reading.content <= outer:
            continue
        if reading.opening is Opening.MARK and reading.content == outer:
            return _draft(
                passage, number, "mark-cue", reading.cue, reading.mention, reading.carried
            )
        if reading.opening is Opening.COLON and (
            reading.content == outer
            or (reading.content + 1 == outer and words[reading.content].form in _OPENERS)
        ):
            return _draft(
                passage, number, "mark-colon", reading.cue, reading.mention, reading.carried
            )
        if reading.opening in (Opening.CLAUSE, Opening.PREPOSITION, Opening.NOUN):
            between = words[reading.content : outer]
            if all(
                w.form in _OPENERS
                or w.form in ("الي", "علي", "عن", "من", "ب", "،", ":")
                or not w.is_word
                for w in between
            ):
                whole = outer + 1 and reading.content_after <= passage.word_at(
                    passage.marks[number].outer_end
                )
                return _draft(
                    passage,
                    number,
                    "mark-clause",
                    reading.cue,
                    reading.mention,
                    reading.carried,
                    not whole,
                )
    return None


def _inside(
    passage: Passage, number: int, outer: int, reported: list[Draft], cues: list[Cue]
) -> Draft | None:
    mark = passage.marks[number]
    around = [d for d in reversed(reported) if d.start <= mark.start and mark.end <= d.end]
    if not around:
        return None
    # «أوضح الصور أن التحقيقات كشفت عن وجود "…"»: the innermost that has somebody speak.
    spoken = [d for d in around if d.mention is not None]
    draft = next((d for d in spoken if d.mention and d.mention.can_speak), (spoken or around)[0])
    act = _act_before(passage, outer, passage.word_at(draft.start), cues)
    if act is not None:
        return _draft(passage, number, "mark-inside", act[0], act[1], False, True, draft)
    return _draft(
        passage, number, "mark-inside", draft.cue, draft.mention, draft.carried, True, draft
    )


def _act_before(
    passage: Passage, outer: int, first: int, cues: list[Cue]
) -> tuple[Cue, Mention] | None:
    """«بعد إقرار الحكومة بتورط "…"»: the verbal noun right before names its own speaker."""
    for cue in reversed(cues):
        if cue.first >= outer or cue.form.shape not in (Shape.MASDAR, Shape.NAMED):
            continue
        if cue.first < first or outer - cue.first > 6:
            return None
        mention = subject_after(passage, cue, outer, greedy=False)
        speaks = mention is not None and mention.first == cue.after and mention.head in SPEAKING
        return (cue, mention) if mention is not None and speaks else None
    return None


def _cue_after(passage: Passage, number: int, cues: list[Cue]) -> Draft | None:
    """«"…"، قال X», «"…" بحسب X»: the cue follows its words."""
    words = passage.words
    after = passage.word_at(passage.marks[number].outer_end)
    for cue in cues:
        if cue.first < after:
            continue
        if cue.first - after > 1 or words[cue.first].sentence != words[max(after - 1, 0)].sentence:
            break
        if cue.form.shape not in (Shape.VERB, Shape.BESIDE, Shape.BESIDE_CLAUSE):
            break
        if cue.form.joined or cue.form.strength == "mind" or cue.form.lemma == "عقب":
            break
        mention = subject_after(passage, cue, passage.sentence_end(cue.first), greedy=True)
        if mention is None or mention.vague:
            break
        return _draft(passage, number, "mark-before-cue", cue, mention, False)
    return None


def _continued(passage: Passage, number: int, outer: int, drafts: list[Draft]) -> Draft | None:
    """A further quotation in the sentence of one that has its speaker, or a paragraph that is
    one quotation after such a sentence."""
    if not drafts or drafts[-1].mention is None:
        return None
    words = passage.words
    last = drafts[-1]
    previous = words[passage.word_at(last.start)]
    here = words[outer]
    if previous.sentence == here.sentence or _goes_on(passage, last, outer):
        return _draft(
            passage, number, "mark-same-sentence", last.cue, last.mention, True, last.inside, last
        )
    starts = passage.sentence_start(outer) == outer
    if starts and here.sentence - previous.sentence <= 1:
        return _draft(passage, number, "mark-carried", last.cue, last.mention, True, parent=last)
    return None


def _goes_on(passage: Passage, last: Draft, outer: int) -> bool:
    """«"…"؛ ولكن "…"»: only a connective stands between two quotations."""
    words = passage.words
    after = passage.word_at(last.end)
    between = words[after:outer]
    return (
        len(between) <= 5
        and sum(1 for word in between if word.is_word) <= 2
        and words[outer].paragraph == words[max(after - 1, 0)].paragraph
        and all(word.form in CONJUNCTIONS for word in between if word.is_word)
    )


def _lone(passage: Passage, number: int, outer: int) -> Draft | None:
    """Speech whose speaker the text does not tell: never guessed."""
    return _draft(passage, number, "mark-alone", None, None, False)
