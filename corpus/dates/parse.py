"""One strict parser: every form is matched whole or not at all, and nothing is guessed.

A date that could mean two days, or lies outside 1800 … next year, comes back empty with
the reason; it never becomes today. Times without a zone are taken as UTC, and so are
the UTC midnights that stand for a day, month or year.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Literal

from hijridate import Hijri

from corpus.dates.words import GREGORIAN, HIJRI, NUMBERS, UNITS, WEEKDAYS, alternatives, fold
from corpus.documents import Precision

Order = Literal["dmy", "mdy"]

FIRST_YEAR = 1800

# Longer strings are prose, not dates; the bound also keeps the patterns' time small.
MAX_LENGTH = 120


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A publication time as read.

    `published` is in UTC, or None with the `reason` slug why: "" for an empty string,
    else date-unknown-form, date-impossible, date-out-of-range, date-needs-reference.
    `raw` is the string as found.
    """

    raw: str
    published: datetime | None = None
    precision: Precision = Precision.UNKNOWN
    reason: str = ""


class _UncertainError(Exception):
    """The form is known but its value is not to be believed; the argument is the slug."""


_Found = tuple[datetime, Precision]

_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?"
    r"(?: ?(?P<half>am|pm|ص|م|صباحا|مساء)\b)?"
    r"(?: ?(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-]\d{1,2}:?(?:\d{2})?|بتوقيت غرينتش|غرينتش|جرينتش))?"
)
_AT = r"(?:(?: ?[,|–-] ?| ?t|,? (?:علي )?الساعه |,? at | )" + _TIME + r")?"
_GREG = alternatives(GREGORIAN)
_HIJRI = alternatives(HIJRI)
# «شباط/فبراير», «شباط (فبراير)»: the second name must agree with the first.
_DUAL = rf"(?P<month>{_GREG})(?: ?[/(-] ?(?P<other>{_GREG})\)?)?\.?"

_ISO = re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})" + _AT)
_ISO_MONTH = re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})")
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:t?(?P<H>\d{2})(?P<M>\d{2})(?P<S>\d{2})z?)?"
)
_NUMERIC = re.compile(r"(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>\d{4})" + _AT)
_TIME_FIRST = re.compile(_TIME + r" ?[,|–-]? ?(?P<rest>.+)")
_ORDINAL = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_GAP = r"(?: |-|/|, ?| من )"
_OF_YEAR = r"(?:عام |سنه )?"
_NAMED = re.compile(rf"(?:{_ORDINAL}{_GAP}?)?{_DUAL}{_GAP}?{_OF_YEAR}(?P<y>\d{{4}}) ?م?{_AT}")
_NAMED_MDY = re.compile(rf"(?P<month>{_GREG})\.? {_ORDINAL},? (?P<y>\d{{4}}){_AT}")
_HIJRI_MARK = r"(?: ?(?:هـ|ه|للهجره|هجري|هجريه))"
_HIJRI_YEAR = r"1[2-4]\d\d"
_HIJRI_NAMED = re.compile(
    rf"(?P<d>\d{{1,2}}){_GAP}(?:شهر )?(?P<month>{_HIJRI}){_GAP}{_OF_YEAR}"
    rf"(?P<y>{_HIJRI_YEAR}){_HIJRI_MARK}?{_AT}"
)
_HIJRI_MONTH = re.compile(rf"(?P<month>{_HIJRI}){_GAP}{_OF_YEAR}(?P<y>{_HIJRI_YEAR}){_HIJRI_MARK}?")
_HIJRI_NUMERIC = re.compile(
    rf"(?:(?P<d>\d{{1,2}})[-/](?P<m>\d{{1,2}})[-/](?P<y>{_HIJRI_YEAR})"
    rf"|(?P<y2>{_HIJRI_YEAR})[-/](?P<m2>\d{{1,2}})[-/](?P<d2>\d{{1,2}})){_HIJRI_MARK}"
)
_YEAR = re.compile(r"(?:عام |سنه )?(?P<y>\d{4})(?: ?م)?")
_UNITS = "|".join(sorted(UNITS, key=len, reverse=True))
_NUMBER = rf"\d{{1,4}}|{alternatives(NUMBERS)}"
_AGO = re.compile(
    rf"(?:منذ|قبل)(?: حوالي| نحو)? (?:(?P<n>{_NUMBER}) )?(?P<unit>{_UNITS})(?: واحده?)?"
)
_AGO_LATIN = re.compile(
    r"(?P<n>\d{1,4}|an?) (?P<unit>second|minute|hour|day|week|month|year)s? ago"
)
_EDGES = re.compile(
    r"^(?:(?:نشر(?:ت)?|تاريخ|التاريخ|بتاريخ|في|يوم|اخر تحديث|published|date|on)\b ?:? ?)+|[ .,]+$"
)
_SPLIT_HIJRI = re.compile(r" ?(?:[|–/=-]|الموافق(?: ل)?|,) ?")


def parse_date(
    raw: str,
    *,
    reference: datetime | None = None,
    order: Order = "dmy",
    now: datetime | None = None,
) -> ParsedDate:
    """Read a publication date.

    `reference` (aware) is what «منذ يومين» counts from; without it such a string stays
    empty. `order` decides 03/04/2015; where it gives a month above 12 the date is refused
    as impossible, not turned round: a source that breaks its own order is in doubt.
    `now` (aware) bounds the years believed.
    """
    return _parse(raw, reference, order, (now or _now()).year + 1)


def _now() -> datetime:
    return datetime.now(UTC)


@lru_cache(maxsize=4096)
def _parse(raw: str, reference: datetime | None, order: Order, last_year: int) -> ParsedDate:
    text = fold(raw[: MAX_LENGTH + 1])
    if not text:
        return ParsedDate(raw)
    if len(text) > MAX_LENGTH:
        return ParsedDate(raw, reason="date-unknown-form")
    try:
        found = _rfc822(raw) or _forms(text, reference, order)
    except _UncertainError as error:
        return ParsedDate(raw, reason=str(error))
    except (ValueError, OverflowError):
        return ParsedDate(raw, reason="date-impossible")
    if found is None:
        return ParsedDate(raw, reason="date-unknown-form")
    moment, precision = found
    try:
        moment = moment.astimezone(UTC)
    except OverflowError:
        return ParsedDate(raw, reason="date-out-of-range")
    if not FIRST_YEAR <= moment.year <= last_year:
        return ParsedDate(raw, reason="date-out-of-range")
    return ParsedDate(raw, moment, precision)


_RFC822 = re.compile(
    r"(?:[A-Za-z]{3}, *)?\d{1,2} [A-Za-z]{3} \d{4} \d{1,2}:\d{2}(?::\d{2})?"
    r" (?:[A-Z]{1,5}|[+-]\d{4})",
)


def _rfc822(raw: str) -> _Found | None:
    raw = raw.strip()
    if not _RFC822.fullmatch(raw):
        return None
    moment = parsedate_to_datetime(raw)
    # A zone name the standard library does not know leaves the time naive.
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment, Precision.TIME


def _forms(text: str, reference: datetime | None, order: Order) -> _Found | None:
    text = _without_weekday(_EDGES.sub("", text))
    for pattern, build in _BUILDERS:
        if match := pattern.fullmatch(text):
            return build(match, order)
    if match := _AGO.fullmatch(text) or _AGO_LATIN.fullmatch(text):
        return _ago(match, reference)
    if text in _DAYS_BACK:
        return _days_back(_DAYS_BACK[text], reference)
    if match := _TIME_FIRST.fullmatch(text):
        return _time_before(match, reference, order)
    return _either_calendar(text, reference, order)


def _without_weekday(text: str) -> str:
    first, _, rest = text.partition(" ")
    if first.rstrip(",:") in WEEKDAYS and rest:
        return rest.lstrip(" ,-")
    return text


def _clock(match: re.Match[str], day: datetime) -> _Found:
    """The day with the match's time and zone, if it has one."""
    if match["hour"] is None:
        return day, Precision.DAY
    hour = int(match["hour"])
    half = match["half"]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half in ("pm", "م", "مساء") else 0)
    moment = day.replace(hour=hour, minute=int(match["minute"]), second=int(match["second"] or 0))
    return moment.replace(tzinfo=_zone(match["zone"])), Precision.TIME


def _zone(zone: str | None) -> timezone:
    match = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone or "")
    if not match:
        return UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset)


def _iso(match: re.Match[str], _order: Order) -> _Found:
    return _clock(match, _day(int(match["y"]), int(match["m"]), int(match["d"])))


def _day(year: int, month: int, day: int) -> datetime:
    if 1200 <= year < 1500:
        # Without a mark a Hijri year is likely meant, but not certainly.
        raise _UncertainError("date-out-of-range")
    return datetime(year, month, day, tzinfo=UTC)


def _iso_month(match: re.Match[str], _order: Order) -> _Found:
    return _day(int(match["y"]), int(match["m"]), 1), Precision.MONTH


def _compact(match: re.Match[str], _order: Order) -> _Found:
    day = _day(int(match["y"]), int(match["m"]), int(match["d"]))
    if match["H"] is None:
        return day, Precision.DAY
    moment = day.replace(hour=int(match["H"]), minute=int(match["M"]), second=int(match["S"]))
    return moment, Precision.TIME


def _numeric(match: re.Match[str], order: Order) -> _Found:
    day, month = int(match["a"]), int(match["b"])
    if order == "mdy":
        day, month = month, day
    return _clock(match, _day(int(match["y"]), month, day))


def _named(match: re.Match[str], _order: Order) -> _Found:
    month = GREGORIAN[match["month"]]
    other = match.groupdict().get("other")
    if other and GREGORIAN[other] != month:
        raise _UncertainError("date-impossible")
    if match["d"] is None:
        return _day(int(match["y"]), month, 1), Precision.MONTH
    return _clock(match, _day(int(match["y"]), month, int(match["d"])))


def _hijri(match: re.Match[str], _order: Order) -> _Found:
    day = Hijri(int(match["y"]), HIJRI[match["month"]], int(match["d"])).to_gregorian()
    return _clock(match, datetime(day.year, day.month, day.day, tzinfo=UTC))


def _hijri_month(match: re.Match[str], _order: Order) -> _Found:
    # A Hijri month spans two Gregorian ones: only the year is sure, and only if both
    # of its ends fall into it.
    first = Hijri(int(match["y"]), HIJRI[match["month"]], 1)
    begin = first.to_gregorian()
    end = begin + timedelta(days=first.month_length() - 1)
    if begin.year != end.year:
        raise _UncertainError("date-impossible")
    if begin.month == end.month:
        return datetime(begin.year, begin.month, 1, tzinfo=UTC), Precision.MONTH
    return datetime(begin.year, 1, 1, tzinfo=UTC), Precision.YEAR


def _hijri_numeric(match: re.Match[str], _order: Order) -> _Found:
    year, month, day = (match[k] or match[f"{k}2"] for k in "ymd")
    found = Hijri(int(year), int(month), int(day)).to_gregorian()
    return datetime(found.year, found.month, found.day, tzinfo=UTC), Precision.DAY


def _year(match: re.Match[str], _order: Order) -> _Found:
    return _day(int(match["y"]), 1, 1), Precision.YEAR


_BUILDERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Order], _Found]], ...] = (
    (_ISO, _iso),
    (_NUMERIC, _numeric),
    (_NAMED, _named),
    (_NAMED_MDY, _named),
    (_HIJRI_NUMERIC, _hijri_numeric),
    (_HIJRI_NAMED, _hijri),
    (_HIJRI_MONTH, _hijri_month),
    (_COMPACT, _compact),
    (_ISO_MONTH, _iso_month),
    (_YEAR, _year),
)

_DAYS_BACK = {fold(w): n for w, n in {"اليوم": 0, "أمس": 1, "البارحة": 1, "أول أمس": 2}.items()}


def _days_back(days: int, reference: datetime | None) -> _Found:
    if reference is None:
        raise _UncertainError("date-needs-reference")
    day = reference.astimezone(UTC) - timedelta(days=days)
    return day.replace(hour=0, minute=0, second=0, microsecond=0), Precision.DAY


def _ago(match: re.Match[str], reference: datetime | None) -> _Found | None:
    if reference is None:
        raise _UncertainError("date-needs-reference")
    word = match["unit"]
    unit, said = UNITS.get(word) or (word + "s", 1)
    number = match["n"]
    if number is None and said == 0:
        return None
    amount = (
        said if number is None else NUMBERS.get(number) or (int(number) if number.isdigit() else 1)
    )
    moment = reference.astimezone(UTC).replace(microsecond=0)
    if unit in ("seconds", "minutes", "hours"):
        return moment - timedelta(**{unit: amount}), Precision.TIME
    moment = moment.replace(hour=0, minute=0, second=0)
    if unit in ("days", "weeks"):
        # «منذ أسبوعين» is said of thirteen days too, but no day names it better.
        return moment - timedelta(**{unit: amount}), Precision.DAY
    months = amount if unit == "months" else amount * 12
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    precision = Precision.MONTH if unit == "months" else Precision.YEAR
    return datetime(year, month + 1 if unit == "months" else 1, 1, tzinfo=UTC), precision


def _time_before(match: re.Match[str], reference: datetime | None, order: Order) -> _Found | None:
    """«14:30 - 18 فبراير 2018»: the clock stands before the day."""
    found = _forms(match["rest"], reference, order)
    if found is None or found[1] is not Precision.DAY:
        return None
    return _clock(match, found[0])


def _either_calendar(text: str, reference: datetime | None, order: Order) -> _Found | None:
    """«5 رمضان 1436 هـ - 22 يونيو 2015 م»: two calendars, believed if they agree to a day."""
    for split in _SPLIT_HIJRI.finditer(text):
        left, right = text[: split.start()], text[split.end() :]
        if not left or not right:
            continue
        try:
            one, two = (_single(part, reference, order) for part in (left, right))
        except ValueError:
            continue
        if one and two:
            # Sighting of the moon moves the Hijri date by a day: the Gregorian one counts.
            if abs(one[0] - two[0]) > timedelta(days=2):
                raise _UncertainError("date-impossible")
            return two if _is_hijri(left) else one
    return None


def _is_hijri(text: str) -> bool:
    return bool(re.search(r"(?<!\d)1[2-4]\d\d(?!\d)", text))


def _single(text: str, _reference: datetime | None, order: Order) -> _Found | None:
    text = _without_weekday(_EDGES.sub("", text))
    for pattern, build in _BUILDERS:
        if pattern in (_YEAR, _ISO_MONTH, _HIJRI_MONTH):
            continue
        if match := pattern.fullmatch(text):
            return build(match, order)
    return None
