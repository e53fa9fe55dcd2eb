"""Who speaks: the subject of a cue, before it or after it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from corpus.quotes.constructs import MANNER
from corpus.quotes.cues import Cue, Shape, cue_forms
from corpus.quotes.lexicon import (
    BODIES,
    CONJUNCTIONS,
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
    words_of,
)
from corpus.quotes.mentions import Mention, agrees, make_mention, oblique_phrase
from corpus.quotes.name_shapes import WEEKS, von
from corpus.quotes.noun_phrases import NounPhrase, read_noun_phrase
from corpus.quotes.word_classes import (
    ADDRESSEES,
    DEMONSTRATIVES,
    adverbial,
    is_preposition,
    name_like,
    with_preposition,
)
from corpus.quotes.words import Passage

# What opens reported words right after a subject.
OPENERS: Final = frozenset(
    opener + ending
    for opener in ("ان", "بان")
    for ending in ("", "ه", "ها", "هم", "هما", "نا", "ني")
)
_SKIPPED: Final = words_of("skipped")


# Between verb and subject: «أكد فيه الرئيس», «قال عنه زميله».
_BEFORE_TIMES: Final = frozenset(("قبل", "بعد", "منذ", "خلال"))
_SPANS: Final = words_of("span")
_CALLED: Final = words_of("called")
_TO_SOMEBODY: Final = words_of("tosomebody")
TEXTS: Final = words_of("text")


ISSUED: Final = words_of("issued")


def subject_after(passage: Passage, cue: Cue, limit: int, *, greedy: bool) -> Mention | None:
    """The subject between the cue and word `limit`, past adverbs and prepositional phrases."""
    words = passage.words
    at = cue.after
    if cue.form.shape is Shape.BESIDE and _prefixed(passage, cue):
        phrase = _prefixed_phrase(passage, at, limit)
        return _bare(passage, make_mention(passage, phrase, "")) if phrase else None
    gender = cue.form.gender if cue.form.shape is not Shape.MASDAR else ""
    while at < limit:
        word = words[at]
        form = word.form
        if not word.is_word and word.mark < 0:
            if form in "(":
                while at < limit and words[at].form != ")":
                    at += 1
            at += 1
            continue
        if form in _TO_SOMEBODY:
            at += 1
            continue
        if form in RELATIVES or (
            form in CONJUNCTIONS and form != "حيث" and not (form == "فان" and von(passage, at))
        ):
            return None
        if form == "-":
            return None
        if at + 1 < limit and words[at + 1].form in ("مرات", "مره") and words[at + 1].is_word:
            at += 2  # «رددت عدة مرات»
            continue
        if form in DEMONSTRATIVES and at + 1 < limit and words[at + 1].form in SPEAKING:
            at += 1
            continue  # «وكشفت هذه المصادر»
        if form in _BEFORE_TIMES and at + 1 < limit and words[at + 1].form in _SPANS:
            at += 2
            continue  # «قالت قبل يومين»
        if form in _SKIPPED or form in TIMES or form in WEEKS or form[0].isdigit():
            at += 1
            continue
        if adverbial(form):
            if not form.endswith("يا") and form not in MANNER:
                return None  # the verb's object: its subject is hidden or stands before it
            at += 1
            continue
        if is_preposition(words, at) or form in ADDRESSEES or with_preposition(form):
            if at + 1 < limit and words[at + 1].mark >= 0:
                at = passage.word_at(passage.marks[words[at + 1].mark].outer_end)
                continue
            inner = read_noun_phrase(passage, at + 1, limit)
            at = max(inner.after if inner else 0, at + 1)
            continue
        known = cue_forms().get(form)
        if known is not None and known.shape is Shape.MASDAR and word.tail != "ة":
            return None  # «وتابع قوله»: what he goes on with
        phrase = read_noun_phrase(passage, at, limit, greedy=greedy)
        if phrase is None and at == cue.after and cue.form.shape is Shape.VERB and form in VERBS:
            # «وأوضح غرانت ميلر، وهو مسؤول»: a name spelled like a verb, alone before a comma.
            phrase = _set_apart(passage, at, limit, sure=True)
            if phrase is not None and (phrase.after >= limit or words[phrase.after].form != "،"):
                phrase = None
            elif phrase is not None:
                phrase = replace(phrase, head=words[phrase.after - 1].form)
        if phrase is None or oblique_phrase(passage, phrase):
            return None
        if phrase.head in TEXTS and not definite(phrase.head) and phrase.after < limit:
            # «بيان أصدره المكتب»: who issued the text speaks.
            issued = next(
                (
                    i
                    for i in range(phrase.first + 1, min(phrase.after + 2, limit))
                    if words[i].form in ISSUED
                ),
                -1,
            )
            inner = read_noun_phrase(passage, issued + 1, limit) if 0 < issued < limit - 1 else None
            if inner is not None:
                return make_mention(passage, inner, "")
        return with_apposition(passage, phrase, gender, limit)
    return None


def _closed_by_club(passage: Passage, phrase: NounPhrase) -> bool:
    """«مدرب مانشستر يونايتد، جوزيه مورينيو»: what looks like a name closes the post instead."""
    words = passage.words
    at = phrase.name_first
    return (
        phrase.head in ROLES
        and at > phrase.first + 1
        and words[at - 1].form not in TITLES
        and name_like(words[at - 1].form)
        and phrase.after < len(words)
        and words[phrase.after].form == "،"
    )


def with_apposition(passage: Passage, phrase: NounPhrase, gender: str, limit: int) -> Mention:
    """The phrase as a mention, under the name that a comma sets beside it."""
    mention = make_mention(passage, phrase, gender)
    other = None
    if not mention.named or _closed_by_club(passage, phrase):
        other = apposition(passage, phrase, limit)
    if other is None:
        return mention
    return Mention(
        mention.first,
        other.after,
        passage.words[other.name_first].start,
        passage.words[other.name_after - 1].end,
        True,
        mention.head,
        mention.gender,
        "s",
        passage.text[mention.start : mention.end],
    )


def apposition(passage: Passage, phrase: NounPhrase, limit: int) -> NounPhrase | None:
    """«الرئيس الكوبي، ميغيل دياز كانيل،»: the name that a comma sets beside a post, at most
    three commas away."""
    words = passage.words
    at = phrase.after
    if phrase.head not in SPEAKING or phrase.head in BODIES or phrase.head in PLACES:
        return None
    if at + 1 < limit and words[at].form in _CALLED:
        called = read_noun_phrase(passage, at + 1, limit)
        if called is None or not called.named:
            called = _set_apart(passage, at + 1, limit, sure=True)
        if called is not None:
            return called  # «شاهد يدعى سامر العلي»
    for _ in range(3):
        while at < limit and words[at].form not in ("،", "-", "–", ":"):
            if words[at].form in RELATIVES or at - phrase.after > 14 or words[at].form in VERBS:
                return None
            at += 1
        at += 1
        if at >= limit:
            return None
        other = read_noun_phrase(passage, at, limit)
        if other is not None and other.named and other.name_first <= other.first + 2:
            return other
        other = _set_apart(passage, at, limit)
        if other is not None:
            return other
    return None


def _set_apart(passage: Passage, at: int, limit: int, *, sure: bool = False) -> NounPhrase | None:
    """«المدرب، بيرت فان مارفيك، إن»: what stands alone between a post's comma and the next
    comma or the reported words is the name, whatever its words are otherwise."""
    words = passage.words
    if words[at].form in SPEAKING or words[at].form in TIMES or words[at].form in MANNER:
        return None
    after = at
    while after < limit and after - at < 5:
        form = words[after].form
        if not words[after].is_word or form in OPENERS:
            break
        cue = cue_forms().get(form)
        if (
            is_preposition(words, after)
            or (form in CONJUNCTIONS and form != "فان")
            or form in RELATIVES
            or adverbial(form)
            or with_preposition(form)
            or form[0].isdigit()
            or (form.startswith("ب") and form.endswith(("ه", "ها", "هم")))
            or (after == at and not sure and (definite(form) or common(form)))
            or (cue is not None and (cue.joined or cue.shape is not Shape.VERB))
        ):
            return None
        after += 1
    ends = after >= limit or words[after].form in ("،", "-", "–", ":") or words[after].mark >= 0
    if not ends and words[after].form not in OPENERS:
        return None
    return NounPhrase(at, after, at, after, words[at].form) if 2 <= after - at < 5 else None


def _prefixed(passage: Passage, cue: Cue) -> bool:
    """«وفقا لوزارة»: the speaker's first word carries the preposition."""
    parts = cue.form.lemma.split()
    return parts[-1] == "ل"


def _bare(passage: Passage, mention: Mention) -> Mention:
    """The mention without the preposition ل that its first word carries."""
    text = passage.text[mention.start : mention.end]
    if passage.words[mention.first].start != mention.start or not text.startswith("ل"):
        return mention
    if text.startswith("لل"):
        return replace(mention, start=mention.start + 2, name="ال" + text[2:])
    return replace(mention, start=mention.start + 1)


def _prefixed_phrase(passage: Passage, at: int, limit: int) -> NounPhrase | None:
    words = passage.words
    form = words[at].form
    if form == "ل":
        return read_noun_phrase(passage, at + 1, limit)
    phrase = read_noun_phrase(passage, at + 1, limit) if at + 1 < limit else None
    after = phrase.after if phrase else at + 1
    bare = form[1:] if not form.startswith("لل") else "ال" + form[2:]
    if (
        phrase is not None
        and phrase.named
        and phrase.name_first == at + 1
        and not (bare in ROLES or definite(bare) or bare in BODIES)
    ):
        return NounPhrase(at, after, at, phrase.name_after, bare)
    return NounPhrase(
        at, after, phrase.name_first if phrase else -1, phrase.name_after if phrase else -1, bare
    )


def subject_before(passage: Passage, cue: Cue) -> Mention | None:
    """The subject that precedes its verb: «لكن فينجر نفى», «الحركة التي أعلنت»."""
    words = passage.words
    end = cue.first
    floor = max(passage.sentence_start(cue.first), cue.first - 25)
    while end > floor and (
        words[end - 1].form in ("قد", "وقد", "ايضا", "كذلك", "كان", "كانت", "بدوره", "بدورها")
        or words[end - 1].form in TIMES
        or words[end - 1].form in WEEKS
    ):
        end -= 1
    if end > floor and words[end - 1].form in RELATIVES:
        end -= 1
    if end > floor and words[end - 1].form in ("،", "-", "–") and end - floor > 3:
        # «نادي بروج، الذي …، قال»: a parenthesis between subject and verb.
        opening = next(
            (i for i in range(end - 2, floor, -1) if words[i].form == words[end - 1].form), -1
        )
        if opening > floor and words[end - 1].form != "،":
            end = opening
        elif words[end - 1].form == "،" and end == cue.first - 1:
            end -= 1
    for start in range(floor, end):
        if start > floor:
            before = words[start - 1].form
            if before in PREPOSITIONS and is_preposition(words, start - 1):
                continue
            # An adjective or second half of a construct begins no phrase: «على حل | سلمي يقضي».
            second = words[start].form.startswith("ال") or common(before)
            if second and not _breaks(passage, start - 1):
                continue
        phrase = read_noun_phrase(passage, start, end)
        if phrase is not None and phrase.after == end and words[start].form not in VERBS:
            mention = make_mention(passage, phrase, "")
            if mention.can_speak and agrees(mention, cue.form.gender, ""):
                return mention
    return None


def _breaks(passage: Passage, index: int) -> bool:
    word = passage.words[index]
    return (
        not word.is_word
        or word.form in CONJUNCTIONS
        or word.form in PREPOSITIONS
        or word.form in VERBS
        or word.form in ("ان", "بان", "وان")
    )


def sentence_subject(passage: Passage, index: int) -> Mention | None:
    """The subject of the first verb of the sentence that word `index` stands in."""
    words = passage.words
    start = passage.sentence_start(index)
    for at in range(start, min(start + 6, index)):
        form = words[at].form
        cue = cue_forms().get(form)
        if (
            form in VERBS
            or form.removeprefix("و") in VERBS
            or (cue is not None and cue.shape is Shape.VERB and not cue.suffixed)
        ):
            feminine = form.endswith("ت") or form.removeprefix("و").startswith("ت")
            limit = min(index, at + 20)
            step = at + 1
            while step < limit:
                if words[step].form in PREPOSITIONS or words[step].form in TIMES:
                    inner = read_noun_phrase(passage, step + 1, limit)
                    step = max(step + 1, inner.after if inner else 0)
                    continue
                if words[step].form in ("قد", "،") or words[step].form in _SKIPPED:
                    step += 1
                    continue
                break
            phrase = read_noun_phrase(passage, step, limit) if step < limit else None
            if phrase is None:
                return None
            mention = with_apposition(passage, phrase, "f" if feminine else "m", limit)
            return mention if mention.can_speak else None
    if start < index:
        phrase = read_noun_phrase(passage, start, index)
        if phrase is not None:
            mention = with_apposition(passage, phrase, "", index)
            return mention if mention.can_speak else None
    return None
