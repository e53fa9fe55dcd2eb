"""Who speaks: the subject of a cue, before it, after it, or carried from earlier sentences."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from corpus.quotes.cues import Cue, Shape, cue_forms
from corpus.quotes.lexicon import (
    BODIES,
    CONJUNCTIONS,
    FEMININE,
    GIVEN_NAMES,
    PLACES,
    PREPOSITIONS,
    RELATIVES,
    ROLES,
    SPEAKING,
    TIMES,
    UNNAMED,
    VAGUE,
    VERBS,
    definite,
)
from corpus.quotes.noun_phrases import (
    ADDRESSEES,
    NounPhrase,
    adverbial,
    is_preposition,
    read_noun_phrase,
    with_preposition,
)
from corpus.quotes.types import SpeakerType
from corpus.quotes.words import Passage

_SKIPPED: Final = frozenset(
    "بدوره بدورها بدورهم ايضا كذلك قاىلا قائلا قايلا بالقول ردا تعليقا اذ بعد بان قد بهذا بشان بحسب "
    "وفق سعادته سعادتها معاليه سموه فضيلته سماحته غبطته نيافته سيادته جلالته فخامته دولته بخصوص بوضوح بصراحه باختصار بالمقابل عقب ساخرا ضاحكا مبتسما حرفيا بشده".split()
)
# Indefinite accusatives that say how or when, not what.
_MANNER: Final = frozenset(
    "مجددا سابقا لاحقا موخرا اخيرا حديثا ايضا صراحه علنا رسميا مرارا تكرارا سريعا مساء صباحا ردا "
    "تعليقا قبيل بعيد فورا لاحقاً مطولا مباشره تحديدا اولا ثانيا طويلا".split()
)
# Endings of verbs with a pronoun, which the list of verbs cannot hold all of.
_VERBAL: Final = ("ته", "تها", "وه", "ناه", "وا", "تهم")
TEXTS: Final = frozenset(
    "بيان البيان تقرير تصريح تصريحات محضر كتاب مذكره رساله تغريده مقال دراسه خبر وثيقه وثايق وثاىق "
    "بيانات ارقام احصاءات احصاء".split()
)
ISSUED: Final = frozenset(
    "اصدره اصدرته اصدرها اصدرتها نشره نشرته نشرها نشرتها بثه بثته بثتها بثها صادر صادره اعده اعدته "
    "اعدتها صدر نقلته نقله نقلتها اذاعته تلقته وزعته وزعه نشر نشرت صدرت لل".split()
)
# Verbs that go on with what somebody was saying.
_GOING_ON: Final = frozenset("اضاف تابع اردف زاد استطرد واصل مضي استدرك اكمل اختتم ختم استرسل".split())
_PLURAL_ENDINGS: Final = ("ون", "ين", "وا")
_MANY: Final = frozenset("خبراء علماء شهود سكان نواب وزراء مسوولو مسئولو محامو محاموه نشطاء رجال اعضاء زعماء قاده "
                         "الخبراء العلماء الشهود السكان النواب الوزراء النشطاء الاعضاء القاده".split())
_COLLECTIVE: Final = frozenset("مصادر المصادر وساىل وسايل السلطات سلطات قوات القوات".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named in the passage: words `first` up to `after`; the name's or, without a
    name, the trimmed phrase's offsets are `start`/`end`."""

    first: int
    after: int
    start: int
    end: int
    named: bool
    head: str
    gender: str
    number: str
    role: str = ""
    name: str = ""  # how the name reads without its clitics: للصحيفة names الصحيفة

    @property
    def can_speak(self) -> bool:
        """Whether this is a person or body, so that it may carry over to a hidden subject."""
        if self.head in VAGUE:
            return False
        if self.head in SPEAKING:
            return True
        return self.named and self.head not in VERBS and not self.head.endswith(_VERBAL)

    @property
    def vague(self) -> bool:
        return self.head in VAGUE and not self.named


@dataclass(slots=True)
class Discourse:
    """Who has spoken so far, the latest last."""

    speakers: list[Mention] = field(default_factory=list)
    topics: list[Mention] = field(default_factory=list)

    def said(self, mention: Mention) -> None:
        if mention.can_speak:
            self.speakers.append(mention)

    def carried(self, passage: Passage, cue: Cue) -> Mention | None:
        """The nearest earlier speaker or subject that agrees in gender and number.

        Verbs that go on (أضاف، تابع) want the last speaker; others take the subject of the
        verb before them in the sentence, then of the sentence before, when it comes later in
        the text than the last speaker.
        """
        gender, number = cue.form.gender, cue.form.number
        speaker = next(
            (m for m in reversed(self.speakers[-6:]) if agrees(m, gender, number)), None
        )
        topic = next(
            (
                m
                for m in reversed(self.topics)
                if m.first < cue.first and agrees(m, gender, number)
            ),
            None,
        )
        if topic is None and speaker is None:
            # A plural verb may go on from a subject that grammar counts singular.
            same = [
                m
                for m in self.topics
                if m.first < cue.first
                and passage.words[m.first].sentence == passage.words[cue.first].sentence
            ]
            return same[-1] if same else None
        if topic is None or (speaker is not None and cue.form.lemma in _GOING_ON):
            return speaker
        distance = passage.words[cue.first].sentence - passage.words[topic.first].sentence
        if speaker is None:
            return topic if distance <= 2 else None
        if topic.first > speaker.first and distance <= 1:
            return topic
        return speaker


def subjects(passage: Passage) -> list[Mention]:
    """The explicit subjects of all verbs outside quotations that can speak, in text order."""
    words = passage.words
    found: list[Mention] = []
    for at, word in enumerate(words):
        if word.mark >= 0 or not word.is_word:
            continue
        form = word.form
        bare = form.removeprefix("و") if len(form) > 3 else form
        if (form in CONJUNCTIONS and bare not in ("كان", "كانت")) or (
            form not in VERBS and bare not in VERBS and not _cue_verb(form)
        ):
            continue
        limit = min(passage.sentence_end(at), at + 18)
        step = at + 1
        if step < limit and words[step].form in ("قد", "ايضا"):
            step += 1
        phrase = read_noun_phrase(passage, step, limit) if step < limit else None
        if phrase is None or _oblique(phrase.head):
            continue
        feminine = bare.endswith("ت") or bare.startswith("ت")
        mention = make_mention(passage, phrase, "f" if feminine else "m")
        if mention.can_speak:
            found.append(mention)
    return found


def _cue_verb(form: str) -> bool:
    known = cue_forms().get(form)
    return known is not None and known.shape is Shape.VERB and not known.suffixed


def agrees(mention: Mention, gender: str, number: str) -> bool:
    """Whether a verb or participle of this gender and number can be the mention's.

    Groups of people take masculine plural verbs, groups of things feminine singular ones;
    bodies may be continued in the plural (قالت الشرطة … وأضافوا).
    """
    if number == "p":
        return mention.number in ("p", "") or mention.head in BODIES
    if number == "d":
        return True
    if mention.number == "p" and mention.head not in _COLLECTIVE:
        return False
    return not (gender and mention.gender and gender != mention.gender)


def make_mention(passage: Passage, phrase: NounPhrase, gender: str) -> Mention:
    """Turn a phrase into a mention; `gender` is that of the verb that precedes it, if any."""
    words = passage.words
    after = phrase.after
    while after > phrase.first + 1 and (
        words[after - 1].form in PREPOSITIONS or words[after - 1].form in TIMES
    ):
        after -= 1
    role = ""
    if phrase.named:
        start = words[phrase.name_first].start
        first_form = words[phrase.name_first].form
        if first_form.startswith("و") and len(first_form) > 3 and (
            first_form[1:] in passage.forms and words[phrase.name_first].form not in GIVEN_NAMES
        ):
            start += 1  # «وزيهوفر عضو …»: and Seehofer
        end = words[phrase.name_after - 1].end
        if phrase.name_first > phrase.first:
            role = passage.text[words[phrase.first].start : words[phrase.name_first - 1].end]
    else:
        start, end = words[phrase.first].start, words[after - 1].end
        role = passage.text[start:end] if phrase.head in ROLES else ""
    head = phrase.head
    number = "s"
    if head in _MANY or (
        head.endswith(_PLURAL_ENDINGS) and not phrase.named and head not in PLACES
    ):
        number = "p"
    if not gender:
        gender = _guess_gender(head, phrase.named and phrase.name_first == phrase.first)
    return Mention(phrase.first, after, start, end, phrase.named, head, gender, number, role)


def _guess_gender(head: str, is_name: bool) -> str:
    if head in FEMININE or head in PLACES:
        return "f"
    if is_name:
        return "m" if head in GIVEN_NAMES and not head.endswith("ه") else ""
    if head.endswith(("ه", "ات")):
        return "f"
    return "m"


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
        if form in RELATIVES or (form in CONJUNCTIONS and form != "حيث"):
            return None
        if form == "-":
            return None
        if form in _SKIPPED or form in TIMES or form[0].isdigit():
            at += 1
            continue
        if adverbial(form):
            if not form.endswith("يا") and form not in _MANNER:
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
        phrase = read_noun_phrase(passage, at, limit, greedy=greedy)
        if phrase is None or _oblique(phrase.head):
            return None
        if phrase.head in TEXTS and phrase.after < limit:
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
        mention = make_mention(passage, phrase, gender)
        if not mention.named:
            other = apposition(passage, phrase, limit)
            if other is not None:
                return Mention(
                    mention.first, other.after,
                    words[other.name_first].start, words[other.name_after - 1].end,
                    True, mention.head, mention.gender, "s",
                    passage.text[mention.start : mention.end],
                )
        return mention
    return None


def _oblique(head: str) -> bool:
    """«أبلغ لاعبي فريقه»: an accusative plural is the verb's object, not its subject."""
    return (head.endswith("ي") and head[:-1] + "و" in SPEAKING) or (
        head.endswith("ين") and head[:-2] + "ون" in SPEAKING
    )


def apposition(passage: Passage, phrase: NounPhrase, limit: int) -> NounPhrase | None:
    """«الرئيس الكوبي، ميغيل دياز كانيل،»: the name that a comma sets beside a post, at most
    three commas away."""
    words = passage.words
    at = phrase.after
    if phrase.head not in SPEAKING or phrase.head in BODIES or phrase.head in PLACES:
        return None
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
    return None


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
    if phrase is not None and phrase.named and phrase.name_first == at + 1 and not (
        bare in ROLES or definite(bare) or bare in BODIES
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
        if start > floor and words[start].form.startswith("ال") and not _breaks(passage, start - 1):
            # An adjective or second half of a construct begins no phrase.
            continue
        if start > floor and is_preposition(words, start - 1):
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
        if form in VERBS or form.removeprefix("و") in VERBS:
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
            mention = make_mention(passage, phrase, "f" if feminine else "m")
            return mention if mention.can_speak else None
    if start < index:
        phrase = read_noun_phrase(passage, start, index)
        if phrase is not None:
            mention = make_mention(passage, phrase, "")
            return mention if mention.can_speak else None
    return None


def speaker_type(mention: Mention) -> SpeakerType:
    """What sort of speaker a mention is, by its head noun."""
    if mention.named and (mention.head not in BODIES or mention.head in ROLES):
        return SpeakerType.PERSON
    if mention.head in UNNAMED:
        return SpeakerType.UNNAMED
    if mention.head in ROLES:
        return SpeakerType.ROLE
    if mention.head in BODIES or mention.head in PLACES:
        return SpeakerType.ORGANISATION
    return SpeakerType.UNKNOWN
