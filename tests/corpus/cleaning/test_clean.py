"""What is taken out of a text, and above all what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import apply_removals, clean

LONG = "أعلن المتحدث باسم الوزارة أن المشروع سيبدأ في الشهر المقبل بعد انتهاء الدراسات اللازمة له."
OTHER = "وأضاف أن التمويل متوفر، وأن الشركات المحلية ستشارك في التنفيذ وفق عقود تمتد ثلاث سنوات."

# text, body, rules in order: headline already known, all rules
CASES = [
    # The comment form at the end, with Persian letters and harakat in it.
    (f"{LONG}\n\nاترك رد\n\nلن يتم نشر عنوان بريدك الإلكتروني.", LONG,
     ["comment-form", "comment-form"]),
    (f"{LONG}\nاترك تعليقاً\nلن يتمّ نشر عنوان بريدک الإلکتروني. الحقول الإلزامية مشار إليها بـ *"
     "\nالاسم *\nالبريد الإلكتروني *\nإرسال التعليق", LONG, ["comment-form"] * 5),
    # The same words within the text are the author's.
    (f"اترك رد\n{LONG}", f"اترك رد\n{LONG}", []),
    (f"{LONG}\nالتعليق\n{OTHER}", f"{LONG}\nالتعليق\n{OTHER}", []),
    # Two captions in a row: one is kept.
    (f"{LONG}\n\nالوزير في المؤتمر\n\nالوزير في المؤتمر\n\n{OTHER}",
     f"{LONG}\n\nالوزير في المؤتمر\n\n{OTHER}", ["repeated-caption"]),
    # Apart, but each between paragraphs.
    (f"{LONG}\nالوزير في المؤتمر\n{OTHER}\nالوزير في المؤتمر\n{LONG}",
     f"{LONG}\nالوزير في المؤتمر\n{OTHER}\n{LONG}", ["repeated-caption"]),
    # A refrain stands among short lines.
    ("يا ليل\nطال السهر\nيا ليل\nغاب القمر", "يا ليل\nطال السهر\nيا ليل\nغاب القمر", []),
    # A repeated sentence or statement is no caption.
    (f"{LONG}\nلن نتراجع!\nلن نتراجع!\n{OTHER}", f"{LONG}\nلن نتراجع!\nلن نتراجع!\n{OTHER}", []),
    # A sub-headline that is a statement stays.
    (f"{LONG}\nالوزير: لن نتراجع عن المشروع\n{OTHER}",
     f"{LONG}\nالوزير: لن نتراجع عن المشروع\n{OTHER}", []),
    (f"{LONG}\nصورة: الوزير في المؤتمر\n{OTHER}", f"{LONG}\n{OTHER}", ["caption"]),
    # Read also: a line with its link, and a heading with its bullets.
    (f"{LONG}\nاقرأ أيضاً: افتتاح الجسر الجديد\n{OTHER}", f"{LONG}\n{OTHER}", ["read-also"]),
    (f"{LONG}\nإقرأ ايضا\n• افتتاح الجسر\n• موسم القمح\n{OTHER}", f"{LONG}\n{OTHER}",
     ["read-also"] * 3),
    ("اقرأ أيضا هذا الكتاب فهو مهم لكل من يريد أن يعرف تاريخ المنطقة.\n" + LONG,
     "اقرأ أيضا هذا الكتاب فهو مهم لكل من يريد أن يعرف تاريخ المنطقة.\n" + LONG, []),
    # Share bars.
    (f"{LONG}\nشارك هذا الخبر على فيسبوك\nفيسبوك | تويتر | واتساب\n{OTHER}", f"{LONG}\n{OTHER}",
     ["share-bar"] * 2),
    ("شارك في المؤتمر عشرون خبيرا.\n" + LONG, "شارك في المؤتمر عشرون خبيرا.\n" + LONG, []),
    ("فيسبوك\n" + LONG, "فيسبوك\n" + LONG, []),
    # Furniture only at the end.
    (f"{LONG}\nجميع الحقوق محفوظة © 2018", LONG, ["page-furniture"]),
    # Residue alone is an article about it.
    ("اترك رد", "اترك رد", []),
    # Bidi controls go, joiners are spelling.
    (f"\u200f{LONG}\u202c مي\u200cخواهم", f"{LONG} مي\u200cخواهم",
     ["blank", "bidi-control"]),
    (f"\n\n {LONG} \n", LONG, ["blank", "blank"]),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "body", "rules"), CASES, ids=range(len(CASES)))
def test_it_takes_out_residue_and_nothing_else(raw: str, body: str, rules: list[str]) -> None:
    cleaned = clean(raw, title="عنوان")
    assert cleaned.body == body
    assert [removal.rule for removal in cleaned.removals] == rules
    assert apply_removals(raw, cleaned.removals) == body


BYLINES = [
    # text, body, byline
    (f"القاهرة (رويترز) - {LONG}\n{OTHER}", f"{LONG}\n{OTHER}", "رويترز"),
    (f"(أ ف ب) – {LONG}", LONG, "أ ف ب"),
    (f"سلمى حداد – النهار: {LONG}", LONG, "سلمى حداد – النهار"),
    (f"لندن: «الشرق الأوسط»\n{LONG}", LONG, "لندن: «الشرق الأوسط»"),
    (f"كتب: أحمد سعيد\n{LONG}", LONG, "كتب: أحمد سعيد"),
    # An agency as a speaker, a place in a sentence: text.
    (f"رويترز: {LONG}", f"رويترز: {LONG}", ""),
    (f"قال مصدر لوكالة (رويترز) إن {LONG}", f"قال مصدر لوكالة (رويترز) إن {LONG}", ""),
    (f"القاهرة - {LONG}", f"القاهرة - {LONG}", ""),
    (f"{LONG}\nالقاهرة (رويترز) - {OTHER}", f"{LONG}\nالقاهرة (رويترز) - {OTHER}", ""),
]


@pytest.mark.parametrize(("raw", "body", "byline"), BYLINES, ids=range(len(BYLINES)))
def test_it_moves_a_byline_only_where_it_is_sure(raw: str, body: str, byline: str) -> None:
    cleaned = clean(raw)
    assert (cleaned.body, cleaned.byline) == (body, byline)
    assert apply_removals(raw, cleaned.removals) == body


HEADLINES = [
    # text, title, body
    (f"عنوان الخبر\n\n \n\n{LONG}", "عنوان الخبر", LONG),
    (f"الوزير: لن نتراجع\n{LONG}", "الوزير: لن نتراجع", LONG),
    (f"{LONG}\n{OTHER}", "", f"{LONG}\n{OTHER}"),  # a sentence is no headline
    (f"{'كلمة ' * 60}\n{LONG}", "", f"{'كلمة ' * 60}\n{LONG}"),  # too long for one
    (LONG, "", LONG),
    ("عنوان بلا نص", "", "عنوان بلا نص"),
]


@pytest.mark.parametrize(("raw", "title", "body"), HEADLINES, ids=range(len(HEADLINES)))
def test_it_finds_the_headline(raw: str, title: str, body: str) -> None:
    cleaned = clean(raw, find_title=True)
    assert (cleaned.title, cleaned.body) == (title, body)


def test_it_drops_a_repeated_headline_however_it_is_spelt() -> None:
    cleaned = clean(f"إفتتاح المعرض\n\n{LONG}", title="افتتاح المعرض")
    assert (cleaned.title, cleaned.body) == ("افتتاح المعرض", LONG)
    assert [r.rule for r in cleaned.removals] == ["repeated-headline"]


def test_it_applies_only_safe_rules_to_clean_formats() -> None:
    kept = f"{LONG}\nتصوير: علي\nتصوير: علي\n{OTHER}"
    cleaned = clean(f"كتب: أحمد سعيد\n{kept}\nاترك رد", title="عنوان", safe_only=True)
    assert (cleaned.body, cleaned.byline) == (kept, "كتب: أحمد سعيد")


LINES = st.sampled_from(
    ["اترك رد", "اقرأ أيضا:", "• رابط", "القاهرة (رويترز) - نص", "كتب: أحمد سعيد", "صورة", "صورة",
     "شارك على تويتر", LONG, OTHER, "", " ", "\u200f", "عنوان"]
)  # fmt: skip


@given(st.lists(LINES, max_size=12), st.booleans(), st.booleans())
def test_its_removals_always_give_the_body_and_never_overlap(
    lines: list[str], find_title: bool, safe_only: bool
) -> None:
    raw = "\n".join(lines)
    cleaned = clean(raw, title="عنوان", find_title=find_title, safe_only=safe_only)
    assert apply_removals(raw, cleaned.removals) == cleaned.body
    ends = [0, *(r.end for r in cleaned.removals)]
    assert all(
        r.start >= end and r.end > r.start for r, end in zip(cleaned.removals, ends, strict=False)
    )
    if any(line in (LONG, OTHER) for line in lines):
        assert cleaned.body == cleaned.body.strip()
        assert all(cleaned.body.count(line) == lines.count(line) for line in (LONG, OTHER))


@pytest.mark.parametrize(
    ("raw", "body", "rules"),
    [
        (f"{LONG}\n--------------\nيمكنكم تسلم إشعارات بأهم الموضوعات بعد تحميل التطبيق.",
         LONG, ["app-promotion", "app-promotion"]),
        (f"{LONG} رابط الخبر بصحيفة الضفاف: افتتاح الجسر", LONG, ["page-link"]),
        (f"{LONG}\nرابط الخبر بصحيفة الضفاف: افتتاح الجسر", LONG, ["page-link"]),
        (f"{LONG} سمات الجسر النهر", LONG, ["tags"]),
        (f"شارك من خلال تويتر فيسبوك جوجل بلس اكتب رأيك {LONG}", LONG, ["share-bar"]),
        (f"{LONG}\nللتواصل مع الكاتب ارسل رسالة SMS\nتبدأ بالرمز (7) ثم مسافة\n12345 - Stc",
         LONG, ["contact-the-author"] * 3),
        (f"{LONG}\nاقرأ أيضاً:\nجسر آخر يفتتح في الربيع\nالنهر يفيض\n{OTHER}",
         f"{LONG}\n{OTHER}", ["read-also"] * 3),
        (f"{LONG}\nاقرأ أيضاً:\n{OTHER}", f"{LONG}\n{OTHER}", ["read-also"]),
        # What only looks like it stays.
        (f"{LONG}\n--------------\n{OTHER}", f"{LONG}\n--------------\n{OTHER}", []),
        (f"{LONG} وللقائد سمات كثيرة", f"{LONG} وللقائد سمات كثيرة", []),
        (f"{LONG} سمات القائد كثيرة. {OTHER}", f"{LONG} سمات القائد كثيرة. {OTHER}", []),
    ],
)  # fmt: skip
def test_residue_that_even_clean_formats_have(raw: str, body: str, rules: list[str]) -> None:
    cleaned = clean(raw, title="عنوان", safe_only=True)
    assert cleaned.body == body
    assert [r.rule for r in cleaned.removals] == rules
    assert apply_removals(raw, cleaned.removals) == body


@pytest.mark.parametrize("blank", [" ", "\n"])
def test_a_link_to_the_page_gives_the_headline_that_a_record_lacks(blank: str) -> None:
    raw = f"{LONG}{blank}رابط الخبر بصحيفة الضفاف: افتتاح الجسر"
    assert clean(raw).title == "افتتاح الجسر"
    assert clean(raw, title="عنوان").title == "عنوان"
    assert clean("رابط الخبر بصحيفة الضفاف: افتتاح الجسر").title == ""  # nothing was taken out


@pytest.mark.parametrize(
    ("head", "byline"),
    [
        ("عين اليوم – جدة\n", "عين اليوم – جدة"),
        ("سلمى حداد – عين اليوم\n", "سلمى حداد – عين اليوم"),
        ("سلمى حداد- سبق- جدة: ", "سلمى حداد"),
        ("سبق- مكة المكرمة: ", "سبق"),
        ("القاهرة (رويترز) - ", "رويترز"),
    ],
)
def test_bylines_leave_clean_formats_too(head: str, byline: str) -> None:
    cleaned = clean(head + LONG, title="عنوان", safe_only=True)
    assert (cleaned.body, cleaned.byline) == (LONG, byline)


def test_a_poems_first_verse_is_no_repeated_headline() -> None:
    poem = "يا ليل طال بنا السهر\nوالنجم يرقب والقمر\nوالريح تحمل ما بقي"
    assert clean(poem, title="يا ليل طال بنا السهر").body == poem
