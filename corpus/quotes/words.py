"""The article's text as words and punctuation with offsets, sentences and quoted stretches."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Final, NamedTuple

from corpus.quotes.marks import Mark, find_marks
from corpus.text.characters import CONTROLS, MARKS, TATWEEL
from corpus.text.folding import fold as fold_word
from corpus.text.remembered import Remembered

_STRIPPED: Final = f"[{MARKS}{TATWEEL}{CONTROLS}]"
_INVISIBLE: Final = re.compile(_STRIPPED)
# Newspapers write hamza on its seats or leave it out, so that no rule may depend on it.
_SEATS: Final = str.maketrans("ؤئ", "وي")
# A number keeps its inner point ("14.5"), so that a point always ends a sentence elsewhere.
# Line breaks are tokens too, so that nobody has to look for them between the others.
_TOKEN: Final = re.compile(
    r"\d+(?:[.,٫٬/:]\d+)+|''|(?:[^\W_]|" + _STRIPPED + r")+|[^\w\s]|_|\n", re.UNICODE
)
# The points of «سي.إن.إن» end no sentence: letters of at most three on both sides.
_ABBREVIATED: Final = re.compile(r".*?(?<!\w)\w{1,3}\.\w{1,3}(?!\w)", re.DOTALL)
_SENTENCE_END: Final = frozenset(".!?؟؛…")


def _fold(text: str) -> str:
    return fold_word(text).translate(_SEATS)


# Whole quotations are asked for too, which would fill a memory of words.
_FORMS: Final = Remembered(_fold, most=100_000, longest=40)


def fold(word: str) -> str:
    """The spelling all comparisons use: the archive's folding, and no seats of hamza."""
    return _FORMS[word]


class Word(NamedTuple):
    """One word or one punctuation character; `start`/`end` are offsets into the text."""

    start: int
    end: int
    form: str
    tail: str  # last letter as written: ة and ه, ى and ي fold alike but differ in grammar
    is_word: bool
    sentence: int
    paragraph: int
    mark: int  # index of the outermost quotation around it, -1 outside quotations


# What `Word(…)` does, without a call of Python for each word of every article.
_word: Final[Callable[[tuple[int, int, str, str, bool, int, int, int]], Word]] = partial(
    tuple.__new__, Word
)


@dataclass(slots=True)
class Passage:
    """One text taken apart once, for all rules to look at."""

    text: str
    words: Sequence[Word]
    marks: Sequence[Mark]  # outermost quotations, in order
    nested: Sequence[Mark]
    sentence_ends: Sequence[int]  # index of the word after each sentence's last word
    starts: Sequence[int] = field(repr=False, default=())
    names: frozenset[str] | None = field(repr=False, default=None)  # see name_shapes.surnames
    _places: dict[str, list[int]] | None = field(repr=False, default=None)
    _folded: str | None = field(repr=False, default=None)
    _quoted: Counter[str] | None = field(repr=False, default=None)

    @property
    def forms(self) -> dict[str, list[int]]:
        """All folded words and signs of the text, each with the indices where it stands."""
        if self._places is None:
            places: dict[str, list[int]] = {}
            for index, word in enumerate(self.words):
                form = word[2]
                if form in places:
                    places[form].append(index)
                else:
                    places[form] = [index]
            self._places = places
        return self._places

    def find(self, forms: AbstractSet[str]) -> list[int]:
        """Indices of all words whose folded form is one of `forms`, in text order."""
        known = self.forms
        chosen = [at for form, at in known.items() if form in forms]
        return sorted(chain.from_iterable(chosen))

    def count(self, form: str) -> int:
        """How often a folded word stands in the text."""
        return len(self.forms.get(form, ()))

    @property
    def folded(self) -> str:
        """The letters and digits of the whole text, folded."""
        if self._folded is None:
            self._folded = self._spelled(0, len(self.words))
        return self._folded

    @property
    def quoted(self) -> Counter[str]:
        """How often each folded text stands between outermost marks."""
        if self._quoted is None:
            self._quoted = Counter(self.within(mark) for mark in self.marks)
        return self._quoted

    def within(self, mark: Mark) -> str:
        """The letters and digits between two quotation marks, folded."""
        return self._spelled(self.word_at(mark.start), self.word_at(mark.end))

    def _spelled(self, first: int, after: int) -> str:
        return "".join([word.form for word in self.words[first:after] if word.is_word])

    def word_at(self, offset: int) -> int:
        """Index of the first word that starts at or after `offset`."""
        return bisect_left(self.starts, offset)

    def sentence_end(self, index: int) -> int:
        """Index after the last word of the sentence that word `index` stands in."""
        return self.sentence_ends[self.words[index].sentence]

    def sentence_start(self, index: int) -> int:
        """Index of the first word of the sentence that word `index` stands in."""
        sentence = self.words[index].sentence
        return self.sentence_ends[sentence - 1] if sentence else 0

    def slice(self, first: int, after: int) -> str:
        """The untouched text from word `first` up to, not including, word `after`."""
        if first >= after:
            return ""
        return self.text[self.words[first].start : self.words[after - 1].end]


def read_passage(text: str) -> Passage:
    """Split `text` into words, sentences and quotations. Never raises.

    A sentence ends at . ! ? ؟ ؛ or a line break outside quotation marks; inside them only
    the closing mark lets it end, because a quotation belongs to the sentence that opens it.
    """
    all_marks = find_marks(text)
    outer = [mark for mark in all_marks if not mark.nested]
    words: list[Word] = []
    ends: list[int] = []
    sentence = paragraph = 0
    current = 0
    starts: list[int] = []
    new_line = pending_break = False
    left = len(outer)  # quotations that have not ended before the word
    end = 0
    for token in _TOKEN.findall(text):
        if token == "\n":
            new_line = True
            continue
        # Only blanks are between tokens, so this finds the token itself; asking the expression
        # for its matches with their places costs a third more.
        start = text.find(token, end)
        end = start + len(token)
        inside = -1
        if left:
            while left and outer[current].outer_end <= start:
                current += 1
                left -= 1
            if left and outer[current].outer_start <= start:
                inside = current
        if new_line:
            new_line = False
            paragraph += 1
            if inside < 0 or outer[inside].outer_start == start:
                pending_break = True
        form, tail, is_word = _TOKENS[token]
        closes = (
            not is_word
            and inside < 0
            and form in _SENTENCE_END
            and not (form == "." and _inner_point(text, start, end))
        )
        if pending_break and not (closes or (not is_word and form in ")»”")):
            if words and len(words) > (ends[-1] if ends else 0):
                ends.append(len(words))
                sentence += 1
            pending_break = False
        starts.append(start)
        words.append(_word((start, end, form, tail, is_word, sentence, paragraph, inside)))
        if closes:
            pending_break = True
        elif (
            inside >= 0
            and end == outer[inside].outer_end
            and _ends_sentence_inside(text, outer[inside])
        ):
            # «… .» followed by a new paragraph or a sentence that starts afresh.
            pending_break = True
    ends.append(len(words))
    return Passage(
        text,
        words,
        outer,
        [mark for mark in all_marks if mark.nested],
        ends,
        starts,
    )


def _read_token(token: str) -> tuple[str, str, bool]:
    """Its form, its last letter, and whether it is a word."""
    form = _fold(token) or token
    return form, _tail(token), form[0].isalnum()


_TOKENS: Final = Remembered(_read_token, most=100_000)


def _tail(word: str) -> str:
    last = word[-1]
    return last if last.isalnum() and last != TATWEEL else _INVISIBLE.sub("", word)[-1:]


def _inner_point(text: str, start: int, end: int) -> bool:
    """The points of «سي.إن.إن» and of the number in «بـ202.028» end no sentence."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isdigit() and after.isdigit():
        return True
    if before.isascii() and before.isalnum() and after.isascii() and after.isalnum():
        return True  # an address: www.example.org
    if before.isalpha() and not text[max(start - 2, 0) : start - 1].strip():
        return before in "دمأا"  # «د. سامر», «م. سعيد»: a title cut short
    return _ABBREVIATED.match(text, max(start - 4, 0), end + 4) is not None


def _ends_sentence_inside(text: str, mark: Mark) -> bool:
    return text[mark.start : mark.end].rstrip().endswith((".", "!", "؟", "?"))
