"""Whether two statements are the same words, and which words of them differ."""

from __future__ import annotations

import pytest

from corpus.text.analysis import stems
from corpus.wordings import Said, alike, differing, fingerprint

PORT = "سنفتح الميناء القديم أمام سفن الصيد ابتداء من مطلع الشهر المقبل"

SAME = (
    (PORT, PORT, "word for word"),
    (
        PORT,
        "سنفتح الميناء القديم، أمام سفن الصيد؛ ابتداءً من مطلع الشهر المقبل!",
        "marks and vowel signs are no words",
    ),
    (
        PORT,
        "سنفتح المیناء القدیم امام سفن الصید ابتداء من مطلع الشهر المقبل",
        "Persian letters and a hamza left out are spelling",
    ),
    (PORT, f"وسنفتح{PORT[5:]}", "a conjunction grown onto the first word"),
    (
        PORT,
        "سنفتح الميناء القديم أمام قوارب الصيد ابتداء من مطلع الشهر المقبل",
        "one word of eleven is another",
    ),
    (
        PORT,
        f"{PORT} بعد أن اكتملت أعمال الصيانة في أرصفته",
        "one outlet quotes on",
    ),
    (
        "ارتفع عدد زوار المتحف إلى 1200 زائر في اليوم الأول من المعرض",
        "ارتفع عدد زوار المتحف إلى ١٢٠٠ زائر في اليوم الأول من المعرض",
        "Arabic and ASCII digits are one number",
    ),
    (
        "ارتفع عدد زوار المتحف الوطني الجديد إلى 1200 في اليوم الأول من المعرض السنوي",
        "ارتفع عدد زوار المتحف الوطني الجديد في اليوم الأول من المعرض السنوي",
        "a number is left out, none contradicts it",
    ),
)

OTHER = (
    ("سنعيد البناء حجرا حجرا", "سنعيد البناء حجرا حجرا", "four words are said by anybody"),
    ("نعم", "نعم", "a single word"),
    (
        PORT,
        "سنغلق الميناء الجديد أمام سفن الشحن حتى نهاية العام الجاري",
        "like in build, other words",
    ),
    (
        "ارتفع عدد زوار المتحف إلى 1200 زائر في اليوم الأول من المعرض",
        "ارتفع عدد زوار المتحف إلى 1350 زائرا في اليوم الأول من المعرض",
        "the same sentence of another day: each has a number of its own",
    ),
    (
        "أمام سفن الصيد ابتداء من مطلع الشهر",
        f"{PORT} بعد أن اكتملت أعمال الصيانة في أرصفته",
        "seven words in a long statement may be chance",
    ),
    (
        PORT,
        f"{PORT} وبعد أن اكتملت أعمال الصيانة في أرصفته سنبدأ بتوسيع السوق المجاورة له "
        "ثم نمد إليه طريقا جديدا يصله بالمدينة وبالمطار الدولي",
        "less than half of the longer one: two of its parts would become one statement",
    ),
    ("", "", "no words at all"),
)


def said(text: str) -> Said:
    return Said.of(stems(text))


@pytest.mark.parametrize(("one", "other", "reason"), SAME)
def test_one_statement(one: str, other: str, reason: str) -> None:
    assert alike(said(one), said(other)), reason
    assert alike(said(other), said(one)), reason


@pytest.mark.parametrize(("one", "other", "reason"), OTHER)
def test_two_statements(one: str, other: str, reason: str) -> None:
    assert not alike(said(one), said(other)), reason
    assert not alike(said(other), said(one)), reason


@pytest.mark.parametrize(("one", "other", "reason"), SAME[:4])
def test_equal_words_have_one_fingerprint(one: str, other: str, reason: str) -> None:
    assert fingerprint(stems(one)) == fingerprint(stems(other)) is not None, reason


def test_other_words_have_another_fingerprint() -> None:
    one, other = fingerprint(stems(PORT)), fingerprint(stems(SAME[4][1]))
    assert one is not None and other is not None
    assert one.wording != other.wording


def test_short_statements_have_none() -> None:
    assert fingerprint(stems("سنعيد البناء حجرا حجرا")) is None
    assert fingerprint([]) is None


def test_fingerprints_fit_their_columns() -> None:
    found = fingerprint(stems(PORT))
    assert found is not None
    assert -(1 << 63) <= found.wording < 1 << 63
    assert len(found.bands) == 6
    assert all(-(1 << 31) <= band < 1 << 31 for band in found.bands)


DIFFERING: tuple[tuple[str, str, list[str], list[str], str], ...] = (
    (PORT, SAME[1][1], [], [], "marks do not differ"),
    (PORT, SAME[2][1], [], [], "spelling does not differ"),
    ("شؤون المسئولين جزء منا", "شئون المسؤولين جزؤ منا", [], [], "nor do seats of the hamza"),
    (PORT, SAME[4][1], ["سفن"], ["قوارب"], "one word for another"),
    ("لن نغادر أرضنا", "نغادر أرضنا", ["لن"], [], "a word left out"),
    (
        "لن نغادر أرضنا",
        "لن نغادر أرضنا مهما طال الزمن",
        [],
        ["مهما طال الزمن"],
        "words side by side are one span",
    ),
    ("", "نعم", [], ["نعم"], "an empty text has nothing in common"),
)


@pytest.mark.parametrize(("one", "other", "left", "right", "reason"), DIFFERING)
def test_what_differs(one: str, other: str, left: list[str], right: list[str], reason: str) -> None:
    spans = differing(one, other)
    assert [one[s:e] for s, e in spans[0]] == left, reason
    assert [other[s:e] for s, e in spans[1]] == right, reason
