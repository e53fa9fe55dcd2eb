"""Coreference within the article: the fullest form of each speaker's name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from corpus.quotes.cues import cue_forms
from corpus.quotes.lexicon import (
    BODIES,
    CONJUNCTIONS,
    GIVEN_NAMES,
    ROLES,
    TITLES,
    UNNAMED,
    common,
    definite,
)
from corpus.quotes.mentions import MANY, Mention
from corpus.quotes.noun_phrases import read_noun_phrase
from corpus.quotes.speakers import TEXTS
from corpus.quotes.word_classes import action_like, is_object_start, is_preposition, name_like
from corpus.quotes.words import Passage, fold

_LONGEST_NAME = 5
_POSTS: Final = ROLES | TITLES


@dataclass(frozen=True, slots=True)
class Known:
    """A name somewhere in the article: its folded words, its text, its role's folded words."""

    words: tuple[str, ...]
    text: str
    role: frozenset[str]


def known_names(passages: list[Passage], mentions: list[Mention]) -> list[Known]:
    """Names after posts and titles anywhere, and the runs of proper words around surnames."""
    found: list[Known] = []
    for passage in passages:
        words = passage.words
        for index in passage.find(_POSTS):
            phrase = read_noun_phrase(passage, index, passage.sentence_end(index))
            if phrase is None or not phrase.named:
                continue
            after = phrase.name_after
            while after > phrase.name_first + 1 and _is_object(words[after - 1].form):
                after -= 1
            name = words[phrase.name_first : after]
            role = frozenset(w.form for w in words[phrase.first : phrase.name_first])
            found.append(
                Known(
                    tuple(w.form for w in name if w.is_word),
                    passage.text[name[0].start : name[-1].end],
                    role,
                )
            )
    return found


def _is_object(form: str) -> bool:
    """«رفض الرئيس سامر العلي | إلغاء الاتفاق»: an everyday verbal noun after a name is the
    verb's object. Of a mention an أن further on tells as much; here nothing does."""
    if form in GIVEN_NAMES:
        return False
    return is_object_start(form) or (action_like(form) and common(form))


def fullest_name(
    mention_text: str, named: bool, head: str, passages: list[Passage], known: list[Known]
) -> str:
    """The longest form of the same name, or the name of the post's holder, else the mention."""
    parts = tuple(fold(part) for part in mention_text.split())
    if not parts:
        return ""
    if named:
        return _longer(parts, mention_text, passages, known)
    if len(parts) == 1 and not (head in ROLES or head in BODIES or head in UNNAMED):
        # A surname that is also an everyday word (حداد): only a known bearer tells.
        bearers = {k.text for k in known if len(k.words) > 1 and k.words[-1] == head}
        if len(bearers) == 1:
            return bearers.pop()
    if (head in ROLES or head in TITLES) and not head.endswith(("ون", "ين")) and head not in MANY:
        wanted = frozenset(parts)
        holders = {k.words: k for k in known if wanted <= k.role}
        surnames = {k.words[-1] for k in holders.values() if k.words}
        if len(surnames) == 1:
            best = max(holders.values(), key=lambda k: len(k.words))
            return _longer(best.words, best.text, passages, known)
    if head in BODIES or head.removeprefix("ال") in BODIES or definite(head):
        return _longer_body(parts, mention_text, passages)
    return mention_text


def _longer(parts: tuple[str, ...], text: str, passages: list[Passage], known: list[Known]) -> str:
    best_words, best = parts, text
    for candidate in known:
        if set(parts) < set(candidate.words) and len(candidate.words) > len(best_words):
            best_words, best = candidate.words, candidate.text
    if len(best_words) > 1:
        return best
    for passage in passages:
        words = passage.words
        for index in passage.forms.get(parts[-1], ()):
            word = words[index]
            first = index
            while first > 0 and index - first < _LONGEST_NAME - 1:
                before = words[first - 1]
                if (
                    not before.is_word
                    or before.sentence != word.sentence
                    or before.form in CONJUNCTIONS  # «إن», spelled like the name Ann
                    or (before.form in cue_forms() and before.form not in GIVEN_NAMES)
                    or _behalf(passage, first - 1)
                    or is_preposition(words, first - 1)
                    or not name_like(before.form)
                ):
                    break
                if (
                    before.form.startswith("و")
                    and before.form not in GIVEN_NAMES
                    and (
                        first - 1 == passage.sentence_start(index) or passage.count(before.form) < 2
                    )
                ):
                    break  # «وتعتصم خديجة»
                if (
                    before.form.startswith(("و", "ل", "ب"))
                    and name_like(before.form[1:])
                    and (len(before.form) > 6)
                ):
                    break
                first -= 1
            if index - first + 1 > len(best_words):
                best_words = tuple(w.form for w in words[first : index + 1])
                best = passage.text[words[first].start : word.end]
    return best


def _behalf(passage: Passage, at: int) -> bool:
    """«المتحدثة باسم الادعاء»: in whose name somebody speaks, not a man called Basim."""
    words = passage.words
    return at > 0 and words[at].form == "باسم" and words[at - 1].form in ROLES


def _longer_body(parts: tuple[str, ...], text: str, passages: list[Passage]) -> str:
    """«الوزارة» is the وزارة … named elsewhere, when one only is named."""
    bare = parts[0].removeprefix("ال")
    if len(parts) > 1 or bare in TEXTS or parts[0] in TEXTS:
        return text  # «البيان» names itself; what was said of it elsewhere is no name
    candidates: dict[tuple[str, ...], str] = {}
    for number, passage in enumerate(passages):
        for index in passage.find({parts[0], bare, "و" + bare, "لل" + bare}):
            form = passage.words[index].form
            if number == 0 and not candidates and form == parts[0]:
                return text  # «الشرطة» before «شرطة الحدود» is not short for it
            if form.removeprefix("و") == bare or form == "لل" + bare:
                phrase = read_noun_phrase(passage, index, passage.sentence_end(index), greedy=False)
                if phrase is not None and phrase.after - phrase.first > 1:
                    forms = tuple(w.form for w in passage.words[phrase.first : phrase.after])
                    candidates.setdefault(forms, passage.slice(phrase.first, phrase.after))
    ordered = sorted(candidates, key=len)
    if ordered and all(ordered[-1][: len(forms)] == forms for forms in ordered):
        full = candidates[ordered[-1]]
        return full if bare.startswith("و") else full.removeprefix("و")
    return text
