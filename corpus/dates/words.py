"""Month, weekday and unit names as data. Keys are written as `fold` leaves them."""

from __future__ import annotations

import re

# Arabic-Indic and Persian digits to ASCII; Arabic comma and slash-like marks to plain ones.
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
        "ـ": "",
        "،": ",",
    }
)
# Harakat and the superscript alef; bidi marks and zero-width characters.
INVISIBLE = re.compile("[\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Text as the tables of this package spell it: plain letters, ASCII digits, one space."""
    text = INVISIBLE.sub("", text).translate(DIGITS).translate(LETTERS)
    return SPACES.sub(" ", text).strip().lower()


def _months(*names: str) -> dict[str, int]:
    return {
        fold(name): n for n, alternatives in enumerate(names, 1) for name in alternatives.split("|")
    }


# Egypt and the Gulf, the Levant and Iraq, the Maghreb (French and Moroccan forms).
GREGORIAN = _months(
    "يناير|ينائر|كانون الثاني|كانون ثاني|كانون ثان|جانفي|january|jan|janvier",
    "فبراير|شباط|فيفري|febuary|february|feb|février|fevrier",
    "مارس|آذار|اذار|مارت|march|mar|mars",
    "أبريل|إبريل|ابريل|نيسان|أفريل|april|apr|avril",
    "مايو|أيار|ايار|ماي|may|mai",
    "يونيو|يونيه|حزيران|جوان|june|jun|juin",
    "يوليو|يوليه|تموز|جويلية|يوليوز|july|jul|juillet",
    "أغسطس|اغسطس|آب|أوت|غشت|august|aug|août|aout",
    "سبتمبر|أيلول|ايلول|شتنبر|september|sept|sep|septembre",
    "أكتوبر|اكتوبر|تشرين الأول|تشرين أول|تشرين اول|october|oct|octobre",
    "نوفمبر|تشرين الثاني|تشرين ثاني|تشرين ثان|نونبر|november|nov|novembre",
    "ديسمبر|كانون الأول|كانون أول|كانون اول|دجنبر|december|dec|décembre|decembre",
)

HIJRI = _months(
    "محرم|المحرم|محرم الحرام",
    "صفر",
    "ربيع الأول|ربيع أول|ربيع الاول",
    "ربيع الآخر|ربيع الثاني|ربيع آخر|ربيع ثاني|ربيع ثان",
    "جمادى الأولى|جمادى الأول|جمادى أولى|جمادى الاولى",
    "جمادى الآخرة|جمادى الثانية|جمادى الثاني|جمادى الآخر|جمادى الاخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة|ذي القعدة|ذوالقعدة|ذي قعدة",
    "ذو الحجة|ذي الحجة|ذوالحجة|ذي حجة",
)

_WEEKDAYS = """
السبت الأحد الاثنين الإثنين الثلاثاء الثلاثا الأربعاء الاربعا الخميس الجمعة saturday
sunday monday tuesday wednesday thursday friday sat sun mon tue tues wed thu thur thurs
fri
"""
WEEKDAYS = frozenset(fold(day) for day in _WEEKDAYS.split())

# Unit name → (unit, how many the word itself says): «يومين» is two days in one word.
UNITS: dict[str, tuple[str, int]] = {}
for _unit, _one, _two, _many in (
    ("seconds", "ثانية", "ثانيتين|ثانيتان", "ثوان|ثواني"),
    ("minutes", "دقيقة", "دقيقتين|دقيقتان", "دقائق"),
    ("hours", "ساعة", "ساعتين|ساعتان", "ساعات"),
    ("days", "يوم|يوما", "يومين|يومان", "أيام"),
    ("weeks", "أسبوع|أسبوعا", "أسبوعين|أسبوعان", "أسابيع"),
    ("months", "شهر|شهرا", "شهرين|شهران", "أشهر|شهور"),
    ("years", "سنة|عام|عاما", "سنتين|سنتان|عامين|عامان", "سنوات|أعوام"),
):
    UNITS |= {fold(w): (_unit, 1) for w in _one.split("|")}
    UNITS |= {fold(w): (_unit, 2) for w in _two.split("|")}
    # 0: the plural names no number itself and needs one before it.
    UNITS |= {fold(w): (_unit, 0) for w in _many.split("|")}

_NUMBERS = "ثلاثة|ثلاث أربعة|أربع خمسة|خمس ستة|ست سبعة|سبع ثمانية|ثماني|ثمان تسعة|تسع عشرة|عشر"
NUMBERS = {
    fold(word): n for n, words in enumerate(_NUMBERS.split(), 3) for word in words.split("|")
}


def alternatives(names: dict[str, int]) -> str:
    """A regular expression for any of the names, longest first («كانون الثاني» before «كانون»)."""
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
