"""Cue forms are generated from the table: every way the news writes a verb."""

from __future__ import annotations

import pytest

from corpus.quotes.cues import Shape, cue_forms, find_cues
from corpus.quotes.words import fold, read_passage

# reason, form as written, lemma, shape
FORMS = [
    ("he", "قال", "قال", Shape.VERB),
    ("she", "قالت", "قال", Shape.VERB),
    ("they", "أعلنوا", "اعلن", Shape.VERB),
    ("the two", "أعلنا", "اعلن", Shape.VERB),
    ("present", "يؤكد", "اكد", Shape.VERB),
    ("present, she", "تؤكد", "اكد", Shape.VERB),
    ("present, they", "يؤكدون", "اكد", Shape.VERB),
    ("future", "سيعلن", "اعلن", Shape.VERB),
    ("with waw", "وأضاف", "اضاف", Shape.VERB),
    ("with fa", "فقال", "قال", Shape.VERB),
    ("weak ending, she", "دعت", "دعا", Shape.VERB),
    ("weak ending, they", "ينفون", "نفي", Shape.VERB),
    ("hamza on another seat", "يوكد", "اكد", Shape.VERB),
    ("vowelled", "أكَّدَ", "اكد", Shape.VERB),
    ("participle, he", "مؤكدا", "اكد", Shape.PARTICIPLE),
    ("participle with tanwin", "مشدداً", "شدد", Shape.PARTICIPLE),
    ("participle, she", "مشيرة", "اشار", Shape.PARTICIPLE),
    ("participle, they", "مطالبين", "طالب", Shape.PARTICIPLE),
    ("weak participle", "داعيا", "دعا", Shape.PARTICIPLE),
    ("verbal noun with its speaker", "قوله", "قال", Shape.MASDAR),
    ("verbal noun, she", "تأكيدها", "اكد", Shape.MASDAR),
]


@pytest.mark.parametrize(("reason", "form", "lemma", "shape"), FORMS, ids=[r[0] for r in FORMS])
def test_it_knows(reason: str, form: str, lemma: str, shape: Shape) -> None:
    known = cue_forms()[fold(form)]
    assert (known.lemma, known.shape) == (lemma, shape), reason


# reason, text: the cue's spelling is there, the cue is not
NO_CUES = [
    ("a noun in taa marbuta, not a pronoun", "إضافة جديدة"),
    ("read, not acknowledged", "اقرأ أيضا"),
    ("between", "مسافة طويلة بين المدينتين"),
    ("inside a quotation", 'كتاب "قال الراوي"'),
]


@pytest.mark.parametrize(("reason", "text"), NO_CUES, ids=[row[0] for row in NO_CUES])
def test_it_does_not_mistake(reason: str, text: str) -> None:
    found = [cue for cue in find_cues(read_passage(text)) if cue.form.lemma not in ("بين", "ابان")]
    assert found == [], reason


# reason, text, shape of the phrase found
PHRASES = [
    ("according to", "بحسب الوزارة", Shape.BESIDE),
    ("according to, with the preposition written on", "وفقا للوزارة", Shape.BESIDE),
    ("as somebody reported", "وفق ما ذكرت الصحيفة", Shape.BESIDE_CLAUSE),
    ("in his words", "على حد قوله", Shape.OWN),
    ("it says in", "وجاء في البيان", Shape.REPORT),
]


@pytest.mark.parametrize(("reason", "text", "shape"), PHRASES, ids=[row[0] for row in PHRASES])
def test_it_finds_phrases(reason: str, text: str, shape: Shape) -> None:
    assert find_cues(read_passage(text))[0].form.shape is shape, reason


def test_the_table_is_wide() -> None:
    assert len({form.lemma for form in cue_forms().values()}) > 150
