"""Dates as Arabic news writes them; each row with what makes it a case of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import parse_date
from corpus.dates.words import GREGORIAN, fold
from corpus.documents import Precision

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
REFERENCE = datetime(2020, 5, 10, 12, 30, tzinfo=UTC)

READ = [
    # as found, UTC, precision
    ("2018-02-18", "2018-02-18T00:00", "day"),
    ("2018/2/8", "2018-02-08T00:00", "day"),
    ("2018-02-18T17:21:49Z", "2018-02-18T17:21:49", "time"),
    ("2018-02-18T17:21:49.123+03:00", "2018-02-18T14:21:49", "time"),  # zone and fraction
    ("2015-07-21 02:51:32", "2015-07-21T02:51:32", "time"),
    ("20180218", "2018-02-18T00:00", "day"),
    ("20180218T101500Z", "2018-02-18T10:15", "time"),
    ("Sun, 18 Feb 2018 17:21:49 GMT", "2018-02-18T17:21:49", "time"),  # RFC 822
    ("18 Feb 2018 17:21 +0200", "2018-02-18T15:21", "time"),
    ("18/02/2018", "2018-02-18T00:00", "day"),
    ("03/04/2015", "2015-04-03T00:00", "day"),  # day first unless the source says otherwise
    ("3.4.2015", "2015-04-03T00:00", "day"),
    ("١٥/٠٣/٢٠١٥ ٠٣:٢٠ م", "2015-03-15T15:20", "time"),  # Arabic digits, afternoon
    ("۱۵/۰۳/۲۰۱۵", "2015-03-15T00:00", "day"),  # Persian digits
    ("12:15 ص - 15/03/2015", "2015-03-15T00:15", "time"),  # after midnight, clock first
    ("1 آب 2013", "2013-08-01T00:00", "day"),  # dateparser made it today
    ("١ آب ٢٠١٣", "2013-08-01T00:00", "day"),
    ("الأحد، 3 كانون الثاني 2016", "2016-01-03T00:00", "day"),  # Levant, weekday
    ("31 كانون الأول 2016", "2016-12-31T00:00", "day"),
    ("3 كانون الثاني/يناير 2016 - 14:30", "2016-01-03T14:30", "time"),  # dual
    ("18 شباط (فبراير) 2018", "2018-02-18T00:00", "day"),
    ("5 آذار/ مارس 2011", "2011-03-05T00:00", "day"),
    ("7 يونيه 2012", "2012-06-07T00:00", "day"),  # Egypt's spelling
    ("14 جانفي 2011", "2011-01-14T00:00", "day"),  # Tunisia
    ("5 جويلية 1962", "1962-07-05T00:00", "day"),  # Algeria
    ("20 غشت 1953", "1953-08-20T00:00", "day"),  # Morocco
    ("6 يوليوز 2019 على الساعة 10:00", "2019-07-06T10:00", "time"),
    ("نُشر في: 9 دجنبر 2015", "2015-12-09T00:00", "day"),  # label and harakat
    ("18-فبراير-2018", "2018-02-18T00:00", "day"),
    ("فبراير 2014", "2014-02-01T00:00", "month"),  # dateparser gave it today's day
    ("2014-02", "2014-02-01T00:00", "month"),
    ("2014", "2014-01-01T00:00", "year"),
    ("عام 1967", "1967-01-01T00:00", "year"),
    ("February 18, 2018", "2018-02-18T00:00", "day"),
    ("18th Feb 2018, 10:30 AM", "2018-02-18T10:30", "time"),
    ("12 août 2014", "2014-08-12T00:00", "day"),  # French, in Maghreb exports
    ("5 رمضان 1436 هـ", "2015-06-22T00:00", "day"),  # Hijri
    ("12-09-1436هـ", "2015-06-29T00:00", "day"),
    ("1436/9/12 هـ", "2015-06-29T00:00", "day"),
    ("5 رمضان 1436هـ - 22 يونيو 2015م", "2015-06-22T00:00", "day"),  # both calendars
    ("الثلاثاء 6 رمضان 1436هـ الموافق 23 يونيو 2015م", "2015-06-23T00:00", "day"),
    ("4 رمضان 1436هـ الموافق 22 يونيو 2015م", "2015-06-22T00:00", "day"),  # sighted a day off
    ("رمضان 1436", "2015-01-01T00:00", "year"),  # spans two months: only the year is sure
    ("\u200f18 فبراير\u00a02018\u200f", "2018-02-18T00:00", "day"),  # bidi marks, nbsp
]


@pytest.mark.parametrize(("raw", "expected", "precision"), READ)
def test_it_reads(raw: str, expected: str, precision: str) -> None:
    found = parse_date(raw, now=NOW)
    assert found.reason == ""
    assert found.published == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert found.precision == Precision(precision)
    assert found.raw == raw


RELATIVE = [
    ("منذ يومين", "2020-05-08T00:00", "day"),
    ("منذ 3 ساعات", "2020-05-10T09:30", "time"),
    ("منذ ٣ ساعات", "2020-05-10T09:30", "time"),
    ("منذ ساعة", "2020-05-10T11:30", "time"),
    ("قبل خمسة أيام", "2020-05-05T00:00", "day"),
    ("منذ أسبوعين", "2020-04-26T00:00", "day"),
    ("منذ 11 يوماً", "2020-04-29T00:00", "day"),
    ("قبل شهرين", "2020-03-01T00:00", "month"),
    ("منذ سنة", "2019-01-01T00:00", "year"),
    ("أمس", "2020-05-09T00:00", "day"),
    ("3 hours ago", "2020-05-10T09:30", "time"),
]


@pytest.mark.parametrize(("raw", "expected", "precision"), RELATIVE)
def test_it_counts_back_from_the_reference_and_only_from_it(
    raw: str, expected: str, precision: str
) -> None:
    found = parse_date(raw, reference=REFERENCE, now=NOW)
    assert found.published == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert found.precision == Precision(precision)
    assert parse_date(raw, now=NOW).reason == "date-needs-reference"


UNCERTAIN = [
    ("", ""),
    ("   ", ""),
    ("31/02/2015", "date-impossible"),
    ("02/18/2018", "date-impossible"),  # month first, but the source is day first
    ("18 شباط/مارس 2018", "date-impossible"),  # the two names disagree
    ("5 رمضان 1436هـ - 22 يونيو 2016م", "date-impossible"),  # the calendars disagree
    ("25:00 2018-02-18", "date-impossible"),
    ("0000-01-01", "date-impossible"),
    ("0001-01-01T00:00:00Z", "date-out-of-range"),
    ("1799-12-31", "date-out-of-range"),
    ("3000-01-01", "date-out-of-range"),
    ("1436-09-12", "date-out-of-range"),  # Hijri without a mark: likely, not certain
    ("18/02/18", "date-unknown-form"),  # the century is not said
    ("18 فبراير", "date-unknown-form"),  # no year
    ("12:15 م", "date-unknown-form"),
    ("منذ أيام", "date-unknown-form"),  # how many is not said
    ("الشهر الماضي", "date-unknown-form"),
    ("غير معروف", "date-unknown-form"),
    ("قال الوزير يوم 18 فبراير 2018 إن الحكومة", "date-unknown-form"),  # prose
    ("1" * 100_000, "date-unknown-form"),
]


@pytest.mark.parametrize(("raw", "reason"), UNCERTAIN, ids=range(len(UNCERTAIN)))
def test_it_leaves_empty_what_is_uncertain(raw: str, reason: str) -> None:
    found = parse_date(raw, reference=REFERENCE, now=NOW)
    assert (found.published, found.precision) == (None, Precision.UNKNOWN)
    assert found.reason == reason
    assert found.raw == raw


def test_it_takes_the_sources_order() -> None:
    assert parse_date("03/04/2015", order="mdy").published == datetime(2015, 3, 4, tzinfo=UTC)
    assert parse_date("18/02/2018", order="mdy").reason == "date-impossible"


def test_it_knows_next_year_and_not_the_one_after() -> None:
    assert parse_date("2027-01-01", now=NOW).published
    assert parse_date("2028-01-01", now=NOW).reason == "date-out-of-range"


def test_it_knows_every_month_name_with_every_digit_set() -> None:
    for name, month in GREGORIAN.items():
        for digits in ("7 {} 2011", "٧ {} ٢٠١١", "۷ {} ۲۰۱۱"):
            found = parse_date(digits.format(name), now=NOW)
            assert found.published == datetime(2011, month, 7, tzinfo=UTC), name


def test_it_folds_what_it_compares() -> None:
    assert fold(" كانونُ  الأوّل ") == "كانون الاول"


@given(st.text(max_size=60))
def test_it_never_raises_and_never_answers_today_unasked(raw: str) -> None:
    found = parse_date(raw, now=NOW)
    if found.published is not None:
        assert any(character.isdigit() for character in raw)
