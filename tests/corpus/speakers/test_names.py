"""Names to keys, and which names may be one. Each row says why."""

from __future__ import annotations

import pytest

from corpus.quotes.types import SpeakerType
from corpus.speakers.mentions import read_mention
from corpus.speakers.names import compatible, name_parts, shown_name, strip_titles
from corpus.speakers.variants import may_be_one, proposals


@pytest.mark.parametrize(
    ("name", "parts", "reason"),
    [
        ("روحاني", ("روحاني",), "a surname alone"),
        ("حسن روحانی", ("حسن", "روحاني"), "Persian yeh"),
        ("حَسَن رُوحاني", ("حسن", "روحاني"), "vowel marks"),
        ("الرئيس الإيراني حسن روحاني", ("حسن", "روحاني"), "title and nationality in front"),
        ("وزير الخارجية الروسي سيرغي لافروف", ("سيرغي", "لافروف"), "post with its portfolio"),
        ("اللواء الغامدي", ("غامدي",), "a rank that ends in hamza"),
        ("عبد الله النسور", ("عبدالله", "نسور"), "عبد is joined"),
        ("عبدالله النسور", ("عبدالله", "نسور"), "and may come joined"),
        ("محمود أبو زيد", ("محمود", "ابوزيد"), "أبو is joined"),
        ("زين الدين زيدان", ("زينالدين", "زيدان"), "الدين is joined to the word before"),
        ("محمد بن سلمان", ("محمد", "سلمان"), "بن is left out"),
        ("محمد ابن سلمان", ("محمد", "سلمان"), "in either spelling"),
        ("بن علي", ("بن", "علي"), "but not where it opens the name"),
        ("تركي الفيصل", ("تركي", "فيصل"), "a given name that is a nationality too"),
        ("حسن الشيخ", ("حسن", "شيخ"), "a title at the end is a surname"),
        ("الشيخ", ("شيخ",), "nothing is stripped to nothing"),
        ("«حسن روحاني»", ("حسن", "روحاني"), "marks around it"),
        ("جان-إيف لودريان", ("جان", "ايف", "لودريان"), "hyphens part names"),
        ("فلاديمير بوتين ورئيس", ("فلاديمير", "بوتين"), "another's post read along"),
        ("سامر العلي ونظيره الروسي", ("سامر", "علي"), "and somebody of theirs"),
        ("سامر العلي وكريم منصور", ("سامر", "علي"), "and another man"),
        ("سامر العلي والسلطات", ("سامر", "علي"), "and a body"),
        ("سامر العلي وفرنسا", ("سامر", "علي"), "and a country"),
        ("سامر العلي في بغداد", ("سامر", "علي"), "no name has a preposition in it"),
        ("سامر وليد", ("سامر", "وليد"), "a given name in و"),
        ("كيت وينسلت", ("كيت", "وينسلت"), "a surname in و, with no known word after it"),
        ("دنزل واشنطن", ("دنزل", "واشنطن"), "nor cut from a place in و"),
        ("توم والتر", ("توم", "والتر"), "nor from what only looks like an article"),
        ("سلمان بن عبدالعزيز حفظه الله", ("سلمان", "عبدالعزيز"), "a wish after the name"),
        ("", (), "no name"),
    ],
)
def test_parts_of_a_name(name: str, parts: tuple[str, ...], reason: str) -> None:
    assert name_parts(name) == parts, reason
    assert name_parts(" ".join(parts)) == parts or "بن" in parts, "parts of parts are the parts"


def test_a_name_is_shown_as_written_without_titles() -> None:
    assert shown_name("الرئيس الإيراني حسن روحانی") == "حسن روحاني"
    assert shown_name("فَرِيدُ السَّاعَاتِيُّ") == "فريد الساعاتي"
    assert shown_name("«نيمار»") == "نيمار"
    assert shown_name("الملك سلمان بن عبدالعزيز حفظه الله") == "سلمان بن عبدالعزيز"


def test_titles_alone_keep_their_last_word() -> None:
    assert strip_titles(["الرييس", "الايراني"]) == ["الايراني"]


@pytest.mark.parametrize(
    ("one", "other", "expected", "reason"),
    [
        (("روحاني",), ("حسن", "روحاني"), True, "a surname and its bearer"),
        (("محمد", "روحاني"), ("حسن", "روحاني"), False, "two people of one surname"),
        (("محمد", "سلمان"), ("محمد", "عبدالله", "سلمان"), True, "a middle name"),
        (("حسن",), ("حسن", "روحاني"), False, "a given name is no surname"),
        ((), ("حسن", "روحاني"), False, "nothing is nobody"),
    ],
)
def test_compatible_names(
    one: tuple[str, ...], other: tuple[str, ...], expected: bool, reason: str
) -> None:
    assert compatible(one, other) is expected, reason
    assert compatible(other, one) is expected, reason


@pytest.mark.parametrize(
    ("one", "other", "expected", "reason"),
    [
        ("نتنياهو", "نتانياهو", True, "a vowel more"),
        ("ترامب", "ترمب", True, "a vowel less"),
        ("فلاديمير بوتين", "فلاديمير بوتن", True, "in a full name"),
        ("بيب غوارديولا", "بيب جوارديولا", True, "g is written in four ways"),
        ("حسن روحاني", "حسين روحاني", False, "Arabic given names differ by vowels"),
        ("حسن روحاني", "حسن روحاني", False, "one spelling is no variant"),
        ("علي", "عالي", False, "too short to tell"),
    ],
)
def test_spellings(one: str, other: str, expected: bool, reason: str) -> None:
    assert may_be_one(name_parts(one), name_parts(other)) is expected, reason


def test_proposals_say_why() -> None:
    names = ["بنيامين نتنياهو", "بنيامين نتانياهو", "محمد سلمان", "محمد علي سلمان", "أحمد سلمان"]
    found = set(proposals((n, name_parts(name)) for n, name in enumerate(names)))
    assert {(frozenset((a, b)), why) for a, b, why in found} == {
        (frozenset((0, 1)), "spelling"),
        (frozenset((2, 3)), "middle-name"),
    }


@pytest.mark.parametrize(
    ("name", "kind", "key", "why", "reason"),
    [
        ("الأمم المتحدة", "organisation", "الامم المتحده", "", "two common words, one body"),
        ("البيت الأبيض", "organisation", "البيت الابيض", "", "and another"),
        ("الخارجية الروسية", "organisation", "الخارجيه الروسيه", "", "says whose"),
        ("الشركة", "organisation", "", "generic", "only its article tells which"),
        ("الشركة الجديدة", "organisation", "", "generic", "nor does an adjective"),
        ("الوزير", "role", "", "generic", "a post without a state"),
        ("المبعوث الخاص", "role", "", "generic", "nor by an adjective"),
        ("وزير الأمن البريطاني", "role", "وزير الامن البريطاني", "", "a post of a state"),
        ("مصادر مطلعة", "", "", "unnamed", "unnamed by its word, whatever the type"),
        ("العبادي", "", "عبادي", "", "an unknown definite word is a surname"),
        ("النجم البرازيلي", "", "", "description", "an adjective makes it a description"),
        ("الجمعيات والنشطاء", "", "", "description", "an everyday plural, unknown to be a body"),
        ("القنصلية العامة للمدينة", "", "", "description", "an everyday noun and its adjective"),
        ("الجانبان", "", "", "description", "a dual is no surname"),
        ("الاتفاق", "", "", "description", "nor is a verbal noun"),
        ("مشرعون مشككون", "", "", "description", "nor does a name begin with a plural"),
        ("المكالمة", "", "", "description", "nor a feminine"),
        ("الأسد", "", "اسد", "", "but an everyday noun may be one"),
        ("كيف", "person", "", "no-name", "a question is nobody"),
        ("صلى الله", "person", "", "no-name", "a blessing on whom the text does not name here"),
        ("رويترز", "person", "رويترز", "", "an agency"),
        ("سفير سابق في المدينة", "", "", "description", "no name has a preposition in it"),
        ("الحسن منصور", "", "حسن منصور", "", "a given name with the article"),
        ("  ", "person", "", "no-mention", "nothing"),
        ("أ ب ت ث ج ح خ د ذ ر", "person", "", "no-name", "too long for a name"),
    ],
)
def test_what_a_mention_stands_for(name: str, kind: str, key: str, why: str, reason: str) -> None:
    reading = read_mention(name, SpeakerType(kind))
    assert (reading.key, reading.why) == (key, why), reason


@pytest.mark.parametrize(
    ("written", "kind", "shown", "reason"),
    [
        ("علي شمخاني", SpeakerType.PERSON, "علي شمخاني", "Ali, although على folds to it"),
        ("على جمعة", SpeakerType.PERSON, "على جمعة", "Ali as it is typed in Egypt"),
        ("على الحكومة", SpeakerType.UNKNOWN, "", "the preposition"),
        ("“الكرملين”", SpeakerType.ORGANISATION, "الكرملين", "marks around a body's name"),
    ],
)
def test_a_mention_is_read(written: str, kind: SpeakerType, shown: str, reason: str) -> None:
    assert read_mention(written, kind).name == shown, reason


def test_bodies_whose_names_could_be_peoples() -> None:
    for name in ("رويترز", "بي بي سي", "فيسبوك"):
        assert read_mention(name, SpeakerType.PERSON).type is SpeakerType.ORGANISATION
    assert read_mention("تايمز الحداد", SpeakerType.PERSON).type is SpeakerType.PERSON
