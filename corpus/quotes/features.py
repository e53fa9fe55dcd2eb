"""What can be seen of a draft: the features its acceptance and confidence are judged by."""

from __future__ import annotations

from typing import Final

from corpus.quotes.cues import Shape
from corpus.quotes.drafts import Draft
from corpus.quotes.lexicon import (
    BODIES,
    COMMON,
    CONJUNCTIONS,
    OBJECT_NOUNS,
    PLACES,
    PREPOSITIONS,
    RELATIVES,
    SPEAKING,
    TITLES,
    UNNAMED,
    VERBS,
    common,
    definite,
    without_pronoun,
    words_of,
)
from corpus.quotes.types import Kind
from corpus.quotes.word_classes import name_like
from corpus.quotes.words import Passage

# Nouns whose quoted neighbour is a name: عملية "درع الفرات", فيلم "…".
NAMERS: Final = words_of("namer")


def features(passage: Passage, draft: Draft, before_in_sentence: int) -> list[str]:
    """Names of the features that hold for the draft.

    `before_in_sentence` counts the drafts that start earlier in the same sentence.
    """
    found = ["bias", f"rule={draft.rule}", *_of_cue(passage, draft), *_of_speaker(passage, draft)]
    if draft.kind is Kind.DIRECT:
        found += _of_mark(passage, draft)
    else:
        found += _of_content(passage, draft)
        found.append(f"earlier={min(before_in_sentence, 2)}")
    if draft.cue is not None and draft.mention is not None:
        form = draft.cue.form
        tense = "past" if form.past else "present"
        speaks = "speaks" if draft.mention.can_speak else "mute"
        state = "carried" if draft.carried else "explicit"
        found.append(f"frame={draft.rule}|{form.strength}|{form.shape.value}|{tense}")
        found.append(f"subject={draft.rule}|{form.strength}|{speaks}|{state}")
        found.append(f"frame-subject={draft.rule}|{tense}|{speaks}|{state}")
    return found


def _bucket(value: int, bounds: tuple[int, ...]) -> int:
    return sum(1 for bound in bounds if value >= bound)


def _of_cue(passage: Passage, draft: Draft) -> list[str]:
    cue = draft.cue
    if cue is None:
        return ["cue=none"]
    form = cue.form
    words = passage.words
    before = words[cue.first - 1].form if cue.first else ""
    tense = "past" if form.past else "present"
    opening = words[passage.word_at(draft.start)].form
    found = [
        f"lemma={form.lemma}",
        f"strength={form.strength}|{draft.rule}",
        f"shape={form.shape.value}|{draft.rule}",
        f"tense={tense}|{form.shape.value}",
        f"joined={form.joined}",
    ]
    if form.suffixed:
        found.append("suffixed")
    if draft.kind is Kind.INDIRECT:
        found.append(f"lemma-rule={form.lemma}|{draft.rule}")
        if draft.rule == "indirect-preposition":
            found.append(f"opening={opening[:1] if len(opening) > 3 else opening}|{form.strength}")
    if cue.first == passage.sentence_start(cue.first):
        found.append("cue-opens-sentence")
    if before in RELATIVES:
        found.append("before=relative")
    elif before in ("ان", "بان", "وان"):
        found.append(f"before=that|{tense}")
    elif before in CONJUNCTIONS:
        found.append("before=conjunction")
    elif before in PREPOSITIONS:
        found.append("before=preposition")
    elif before == "،":
        found.append(f"before=comma|{form.shape.value}")
    if not form.joined and form.shape is Shape.VERB and not form.past:
        found.append(f"present-verb|{draft.mention is not None and not draft.carried}")
    return found


def _of_speaker(passage: Passage, draft: Draft) -> list[str]:
    mention = draft.mention
    if mention is None:
        return [f"speaker=none|{draft.rule}"]
    state = "carried" if draft.carried else "explicit"
    found = [f"speaker={state}", f"speaks={mention.can_speak}|{state}"]
    if mention.named:
        found.append(f"named|{state}")
    if mention.head in BODIES or mention.head in PLACES:
        found.append("body")
    elif mention.head in UNNAMED:
        found.append("unnamed")
    elif mention.head in TITLES or mention.head in SPEAKING:
        found.append("post")
    elif not mention.named:
        found.append("other-noun")
    if draft.cue is not None and not draft.carried:
        gap = mention.first - draft.cue.after
        if mention.first < draft.cue.first:
            found.append("subject-before")
        else:
            found.append(f"subject-gap={_bucket(gap, (1, 4, 9))}")
    length = mention.after - mention.first
    found.append(f"subject-length={_bucket(length, (2, 4, 8))}")
    return found


def _of_content(passage: Passage, draft: Draft) -> list[str]:
    words = passage.words
    first = passage.word_at(draft.start)
    after = passage.word_at(draft.end)
    length = after - first
    found = [f"length={_bucket(length, (3, 5, 8, 14, 30, 60))}"]
    if draft.cue is not None and first >= draft.cue.after:
        found.append(f"distance={_bucket(first - draft.cue.after, (1, 3, 7, 14, 25))}")
    form = words[first].form
    if form in OBJECT_NOUNS:
        found.append("opens-object-noun")
    if draft.rule == "indirect-noun":
        if definite(form):
            found.append("noun=definite")
        elif name_like(form):
            found.append("noun=name")
        elif form.endswith("ا"):
            found.append("noun=accusative")
        elif common(form):
            found.append("noun=common")
    if any(word.mark >= 0 for word in words[first:after]):
        found.append("has-mark")
    if any(word.form in VERBS for word in words[first:after]):
        found.append("has-verb")
    return found


_NEGATIONS: Final = frozenset(
    (
        "لا",
        "لم",
        "لن",
        "ليس",
        "ليست",
        "غير",
        "ما",
        "اي",
        "كل",
        "اكثر",
        "هو",
        "هي",
        "به",
        "بها",
        "بهم",
        "له",
        "لها",
        "لهم",
        "لنا",
        "بنا",
        "علينا",
        "الينا",
        "الا",
    )
)
_FUNCTION: Final = PREPOSITIONS | CONJUNCTIONS | _NEGATIONS | RELATIVES


def _with_pronoun(form: str) -> bool:
    return without_pronoun(form) is not None


def _word_class(form: str) -> str:
    """A rough part of speech."""
    if form in _FUNCTION:
        return "particle"
    if definite(form):
        return "definite" if common(form[2:]) else "definite-rare"
    if form in COMMON and form.endswith("ا"):
        return "accusative"
    if common(form):
        return "common"
    if form in VERBS:
        return "verb"
    if name_like(form):
        return "name"
    return "other"


def _of_mark(passage: Passage, draft: Draft) -> list[str]:
    words = passage.words
    first = passage.word_at(draft.start)
    after = passage.word_at(draft.end)
    number = words[first].mark
    mark = passage.marks[number]
    outer = passage.word_at(mark.outer_start)
    inner = [word for word in words[first:after] if word.is_word]
    length = len(inner)
    forms = [word.form for word in inner]
    verb = any(form in VERBS or form.removeprefix("و") in VERBS for form in forms)
    size = _bucket(length, (2, 3, 4, 6, 9, 14))
    found = [
        f"size={size}",
        f"size={size}|{draft.rule}",
        f"verb={verb}|{min(size, 4)}",
        f"closed={mark.closed}|{draft.rule}",
    ]
    before = words[outer - 1].form if outer else ""
    bare = before.removeprefix("و").removeprefix("ب").removeprefix("ل")
    bare = bare.removeprefix("ال") if len(bare) > 4 else bare
    called = words[outer - 2].form if outer > 1 else ""
    if before in ("ب", "اسم", "باسم"):
        named = called in NAMERS
    else:
        named = before in NAMERS or bare in NAMERS or before.rstrip("ها") in NAMERS
    if not named and definite(before) and common(before[2:]):
        # «هاتفها الذكي "…"», «المركز الطبي "…"»
        named = called.removeprefix("ال").removesuffix("ها").removesuffix("ه") in NAMERS
    if named:
        found.append(f"after-namer|{size > 3}")
    elif before in (":", "؛"):
        found.append("after-colon")
    elif before in ("،", ".", ""):
        found.append("after-stop")
    elif before == "ب":
        found.append("after-b")
    elif before in TITLES:
        found.append(f"after-title|{size > 3}")
    elif before in PREPOSITIONS:
        found.append(f"after-preposition|{size > 3}")
    elif before.startswith(("ان", "بان")) and len(before) <= 6:
        found.append("after-that")
    elif definite(before):
        found.append(f"after-definite|{size > 3}")
    elif common(before):
        found.append(f"after-common|{size > 3}")
    elif name_like(before):
        found.append(f"after-name|{size > 3}")
    if forms:
        names = sum(1 for form in forms if name_like(form))
        found.append(f"name-share={_bucket(int(10 * names / length), (1, 4, 7, 10))}|{size > 3}")
        if definite(forms[0]):
            found.append(f"first-definite|{size > 3}")
        if forms[0] in VERBS or forms[0].removeprefix("و") in VERBS:
            found.append("first-verb")
        if forms[0] in CONJUNCTIONS or forms[0] in PREPOSITIONS:
            found.append("first-particle")
        if any(form.isascii() for form in forms):
            found.append("latin-or-digits")
        if forms[0].endswith("ا") and size <= 3:
            found.append("first-accusative")
        where = "inside" if draft.rule == "mark-inside" else "open"
        if size <= 3:
            found.append(f"first={_word_class(forms[0])}|{min(size, 2)}")
            found.append(f"first={_word_class(forms[0])}|{where}")
            if any(form in _FUNCTION or _with_pronoun(form) for form in forms):
                found.append("function-word")
            if length > 1:
                found.append(f"last={_word_class(forms[-1])}")
                if definite(forms[-1]) and not definite(forms[0]):
                    found.append("construct")
                if not any(definite(form) for form in forms):
                    found.append("indefinite")
    said = passage.within(mark)
    same = passage.quoted[said]
    if same > 1:
        found.append(f"repeated|{min(size, 2)}")
    if size <= 3 and passage.folded.count(said) > same:
        found.append("also-without-marks")
    inside_end = passage.text[mark.end - 1 : mark.end]
    if inside_end in ".!؟":
        found.append("ends-sentence")
    if draft.cue is not None:
        start = (
            draft.mention.after
            if draft.mention is not None
            and (draft.mention.first >= draft.cue.after and draft.mention.after <= outer)
            else draft.cue.after
        )
        gap = outer - start
        found.append(f"gap={_bucket(gap, (1, 3, 6, 12))}|{draft.rule}")
    return found
