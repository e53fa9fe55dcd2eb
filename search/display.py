"""How dates and numbers are written for readers: month names and digits by setting. Pure.

The same instant is «8 مارس 2018» in Cairo, «8 آذار 2018» in Beirut and «8 مارس 2018» in
Tunis, where July is «جويلية». Only what is known is shown: a date known to the month has no day.
"""

from __future__ import annotations

from datetime import date, datetime

from hijridate import Gregorian

# Below this the page says so in words; the figure is calibrated by corpus.quotes.confidence.
UNSURE_BELOW = 0.6

ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

_GULF = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
_LEVANT = (
    "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول"
).split("|")
_MAGHREB = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split()
_MOROCCO = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()

MONTH_NAMES: dict[str, tuple[str, ...]] = {
    "gulf": tuple(_GULF),
    "levant": tuple(_LEVANT),
    "maghreb": tuple(_MAGHREB),
    "morocco": tuple(_MOROCCO),
    "dual": tuple(
        f"{levant}/{gulf}" if levant != gulf else gulf
        for levant, gulf in zip(_LEVANT, _GULF, strict=True)
    ),
}
_ENGLISH = (
    "January February March April May June July August September October November December"
).split()
_HIJRI = (
    "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال"
    "|ذو القعدة|ذو الحجة"
).split("|")


def month_name(month: int, language: str, names: str = "gulf") -> str:
    """A month's name; for any language but Arabic in English."""
    if language.startswith("ar"):
        return MONTH_NAMES.get(names, MONTH_NAMES["gulf"])[month - 1]
    return _ENGLISH[month - 1]


def digits(text: str, style: str, language: str) -> str:
    """ASCII digits as Arabic-Indic ones where that is the setting and the page is Arabic."""
    if style == "arabic" and language.startswith("ar"):
        return text.translate(ARABIC_INDIC)
    return text


def format_date(moment: date | datetime, precision: str, language: str, names: str = "gulf") -> str:
    """A date as far as it is known: precision is year, month, day or time.

    >>> format_date(date(2018, 3, 8), "month", "ar", "levant")
    'آذار 2018'
    """
    if precision == "year":
        return f"{moment.year}"
    name = month_name(moment.month, language, names)
    if precision == "month":
        return f"{name} {moment.year}"
    return f"{moment.day} {name} {moment.year}"


def iso_date(moment: date | datetime, precision: str) -> str:
    """For machines (`<time datetime>`), cut to what is known."""
    return moment.strftime("%Y-%m-%d")[: {"year": 4, "month": 7}.get(precision, 10)].zfill(4)


def hijri_date(moment: date | datetime) -> str:
    """The Umm al-Qura date, or nothing outside the years that calendar covers."""
    try:
        found = Gregorian(moment.year, moment.month, moment.day).to_hijri()
    except (OverflowError, ValueError):
        return ""
    return f"{found.day} {_HIJRI[found.month - 1]} {found.year} هـ"


def format_number(number: int) -> str:
    """With separators from a thousand on, so that a column of counts is written in one way."""
    return f"{number:,}"
