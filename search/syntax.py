"""What a reader typed, read as a query (docs/search-syntax.md). Pure: no Django.

Nothing typed raises: what cannot be parsed is searched as words, and `notes` says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

# Opening mark to the marks that may close it. A straight mark closes itself.
QUOTES = {
    '"': '"”“',
    "“": '”“"',
    "”": '”“"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "‹": "›",
    "＂": "＂",
}

FIELD_NAMES = {
    "عنوان": "title",
    "العنوان": "title",
    "title": "title",
    "متحدث": "speaker",
    "المتحدث": "speaker",
    "speaker": "speaker",
    "مصدر": "source",
    "المصدر": "source",
    "source": "source",
    "قسم": "section",
    "القسم": "section",
    "section": "section",
    "من": "from",
    "from": "from",
    "إلى": "to",
    "الى": "to",
    "to": "to",
}

OR_WORDS = {"OR", "or", "أو", "او", "|"}
NOT_WORDS = {"NOT", "ليس"}
AND_WORDS = {"AND", "&", "+"}

# «ليس» is also the everyday word for "is not": in a sentence it is a word like others.
LONGEST_WITH_LAYSA = 8
# So are quotation marks and parentheses in a headline or a sentence that was pasted whole:
# with this many plain words and no operator they are read as part of the text. `AND` keeps
# a phrase strict.
PASTED_WORDS = 4
MAX_DEPTH = 5
MAX_NEAR = 30  # words; farther apart is hardly one sentence


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed. `exact`: as written (after folding); `prefix`: its beginning."""

    text: str
    exact: bool = False
    prefix: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, as written; with `near`, in any form and order near each other.

    `near` is the greatest distance in words from each word to the next; 0 asks for a phrase.
    """

    text: str
    title: bool = False
    near: int = 0


@dataclass(frozen=True, slots=True)
class And:
    """Everything in `parts` must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One of `parts` must hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`part` must not hold."""

    part: Node


Node = Word | Phrase | And | Or | Not


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedQuery:
    """A query in its parts.

    `wanted` are plain words that rank and relax: each entry is a tuple of alternatives,
    any of which counts as the word. `required` must hold, `excluded` must not.
    `restrictions` are (name, value) pairs with names of `FIELD_NAMES`' values.
    `notes` are slugs of what was not read as typed: unclosed-quote, unbalanced-parenthesis,
    bad-date, nothing-to-exclude-from,
    marks-in-sentence (quotation marks or parentheses of a pasted sentence, read as part of it).
    """

    wanted: tuple[tuple[str, ...], ...] = ()
    required: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    restrictions: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str  # word, phrase, open, close, or, and, not, field
    text: str = ""
    name: str = ""  # the field before a word or phrase
    exact: bool = False
    prefix: bool = False
    near: int = 0


NEAR = re.compile(r"~(\d{1,3})(?!\w)")
FIELD = re.compile(r"([^\W\d_]+):(?=\S)", re.UNICODE)
WORD_END = re.compile(r"[\s()" + re.escape("".join(QUOTES)) + "]")


def parse(text: str) -> ParsedQuery:
    """Read a query. Never raises."""
    notes: list[str] = []
    query = _Reader(_pasted(_tokens(text, notes), notes), notes).query()
    if query.wanted or query.required or query.excluded or query.restrictions:
        return query
    # Operators alone ("أو", "NOT"): then they are the words searched for.
    words = tuple((word,) for word in re.findall(r"\w+", text))
    return ParsedQuery(wanted=words, notes=query.notes)


def _pasted(tokens: list[_Token], notes: list[str]) -> list[_Token]:
    """Phrases and parentheses as their words where the whole query reads as a pasted sentence."""
    plain = sum(t.kind == "word" and not (t.exact or t.prefix) for t in tokens)
    kinds = {t.kind for t in tokens}
    operators = {"and", "not", "or", "field"} if "open" in kinds else {"and", "not"}
    if any(t.near for t in tokens):  # nobody's sentence has «…»~8 in it
        return tokens
    if plain < PASTED_WORDS or not kinds & {"phrase", "open"} or kinds & operators:
        return tokens
    notes.append("marks-in-sentence")
    pieces: list[_Token] = []
    for token in tokens:
        if token.kind == "phrase":
            pieces += [_Token("word", word) for word in token.text.split()]
        elif token.kind not in ("open", "close"):
            pieces.append(token)
    return pieces


def _tokens(text: str, notes: list[str]) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    words = len(text.split())
    while at < len(text):
        c = text[at]
        if c.isspace():
            at += 1
        elif c == "(":
            tokens.append(_Token("open"))
            at += 1
        elif c == ")":
            tokens.append(_Token("close"))
            at += 1
        elif c in QUOTES:
            inner, at = _quoted(text, at, notes)
            near = NEAR.match(text, at)
            at = near.end() if near else at
            if inner:
                distance = min(int(near[1]), MAX_NEAR) if near else 0
                tokens.append(_Token("phrase", inner, near=distance))
        elif (
            c in "-−–"
            and at + 1 < len(text)
            and not text[at + 1].isspace()
            and (at == 0 or text[at - 1].isspace() or text[at - 1] == "(")
        ):
            tokens.append(_Token("not"))
            at += 1
        else:
            token, at = _word(text, at, words, bool(tokens), notes)
            if token:
                tokens.append(token)
    return tokens


def _quoted(text: str, at: int, notes: list[str]) -> tuple[str, int]:
    """The words between marks, and where to go on; "" and past the mark where none closes."""
    closers = QUOTES[text[at]]
    for end in range(at + 1, len(text)):
        if text[end] in closers:
            return text[at + 1 : end].strip(), end + 1
    notes.append("unclosed-quote")
    return "", at + 1


def _word(
    text: str, at: int, words: int, preceded: bool, notes: list[str]
) -> tuple[_Token | None, int]:
    name = ""
    if (match := FIELD.match(text, at)) and match[1].lower() in FIELD_NAMES:
        candidate = FIELD_NAMES[match[1].lower()]
        after = match.end()
        if text[after] in QUOTES:
            inner, end = _quoted(text, after, notes)
            if inner:
                return _Token("field", inner, candidate, exact=True), end
            return None, end
        end = _end(text, after)
        value = text[after:end]
        if candidate not in ("from", "to") or read_date(value):
            return _Token("field", value, candidate), end
        notes.append("bad-date")
    end = _end(text, at)
    raw = text[at:end]
    if raw in OR_WORDS:
        return _Token("or", raw), end
    if raw in AND_WORDS:
        return _Token("and", raw), end
    if raw in NOT_WORDS and (raw != "ليس" or (preceded and words <= LONGEST_WITH_LAYSA)):
        return _Token("not", raw), end
    exact = raw.startswith("=") and len(raw) > 1
    prefix = raw.endswith("*") and len(raw) > 2
    return _Token("word", raw.lstrip("=").rstrip("*"), name, exact, prefix), end


def _end(text: str, at: int) -> int:
    match = WORD_END.search(text, at + 1)
    return match.start() if match else len(text)


@dataclass(slots=True)
class _Reader:
    tokens: list[_Token]
    notes: list[str]
    at: int = 0
    wanted: list[tuple[str, ...]] = field(default_factory=list)
    required: list[Node] = field(default_factory=list)
    excluded: list[Node] = field(default_factory=list)
    restrictions: list[tuple[str, str]] = field(default_factory=list)

    def query(self) -> ParsedQuery:
        while self.at < len(self.tokens):
            if self.tokens[self.at].kind == "close":
                self._note("unbalanced-parenthesis")
                self.at += 1
                continue
            self._clause()
        if self.excluded and not (self.wanted or self.required or self.restrictions):
            self._note("nothing-to-exclude-from")
        return ParsedQuery(
            wanted=tuple(self.wanted),
            required=tuple(self.required),
            excluded=tuple(self.excluded),
            restrictions=tuple(self.restrictions),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _note(self, slug: str) -> None:
        self.notes.append(slug)

    def _clause(self) -> None:
        """One thing at the top level, with whatever أو joins to it."""
        token = self.tokens[self.at]
        if token.kind == "field" and token.name != "title":
            self.at += 1
            self.restrictions.append((token.name, token.text))
            return
        joined = self._at_and(-1)
        node = self._alternatives(0)
        if node is None:
            return
        if isinstance(node, Not):
            self.excluded.append(node.part)
        elif joined or self._at_and(0):
            self.required.append(node)
        elif _plain(node):
            self.wanted.append((node.text,))  # type: ignore[union-attr]
        elif isinstance(node, Or) and all(_plain(part) for part in node.parts):
            self.wanted.append(tuple(part.text for part in node.parts))  # type: ignore[union-attr]
        else:
            self.required.append(node)

    def _at_and(self, offset: int) -> bool:
        place = self.at + offset
        return 0 <= place < len(self.tokens) and self.tokens[place].kind == "and"

    def _alternatives(self, depth: int) -> Node | None:
        """A unit, or units joined by أو, which binds tighter than standing side by side."""
        first = self._unit(depth)
        parts = [first] if first is not None else []
        while self.at < len(self.tokens) and self.tokens[self.at].kind == "or":
            self.at += 1
            if self.at < len(self.tokens) and self.tokens[self.at].kind not in ("or", "close"):
                following = self._unit(depth)
                if following is not None:
                    parts.append(following)
        if not parts:
            return None
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _unit(self, depth: int) -> Node | None:
        token = self.tokens[self.at]
        if token.kind == "or":  # one with nothing before it: left to the caller's loop
            return None
        self.at += 1
        match token.kind:
            case "not":
                if self.at >= len(self.tokens) or self.tokens[self.at].kind == "close":
                    return Word(token.text) if token.text else None
                inner = self._unit(depth)
                if isinstance(inner, Not):
                    return inner.part
                return Not(inner) if inner is not None else None
            case "and":
                return None
            case "open":
                return self._group(depth + 1)
            case "phrase":
                return Phrase(token.text, near=token.near)
            case "field":
                return (
                    Phrase(token.text, title=True)
                    if token.exact
                    else Word(token.text.lstrip("=").rstrip("*"), title=True)
                )
            case _:
                return Word(token.text, exact=token.exact, prefix=token.prefix)

    def _group(self, depth: int) -> Node | None:
        """What stands between parentheses: all of it must hold."""
        parts: list[Node] = []
        while self.at < len(self.tokens) and self.tokens[self.at].kind != "close":
            token = self.tokens[self.at]
            if token.kind == "field" and token.name != "title":
                # A restriction holds for the whole query wherever it was typed.
                self.at += 1
                self.restrictions.append((token.name, token.text))
                continue
            if depth > MAX_DEPTH and token.kind == "open":
                self.at += 1  # deeper nesting adds nothing a reader could mean
                continue
            node = self._alternatives(depth)
            if node is not None:
                parts.append(node)
        if self.at < len(self.tokens):
            self.at += 1
        else:
            self._note("unbalanced-parenthesis")
        if not parts:
            return None
        # And also around one part: what stands in parentheses is required, not `wanted`.
        return And(tuple(parts))


def _plain(node: Node) -> bool:
    return isinstance(node, Word) and not (node.exact or node.prefix or node.title)


DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


def read_date(text: str) -> tuple[date, date] | None:
    """The first and last day of a year, a month or a day; None for anything else.

    Takes 2018, 2018-03, 2018-03-08, 8/3/2018 (day first), in all three digit sets.
    """
    plain = text.translate(DIGITS).replace("/", "-").replace(".", "-")
    if match := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", plain):
        plain = f"{match[3]}-{match[2]}-{match[1]}"
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", plain)
    if not match:
        return None
    year, month, day = (int(g) if g else None for g in match.groups())
    try:
        if month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is None:
            following = date((year or 0) + month // 12, month % 12 + 1, 1)
            return date(year or 0, month, 1), following - timedelta(days=1)
        return (found := date(year or 0, month, day)), found
    except (ValueError, OverflowError):
        return None
