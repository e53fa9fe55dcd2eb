"""Filters and tags of every page. No queries here, and nothing imported is marked safe."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from corpus.models import Article, Statement
from corpus.quotes.types import Kind
from search import display

register = template.Library()


def _names() -> str:
    return str(getattr(settings, "AQWAL_MONTH_NAMES", "gulf"))


def _digits(text: str) -> str:
    style = str(getattr(settings, "AQWAL_DIGITS", "ascii"))
    return display.digits(text, style, get_language() or "ar")


@register.filter
def number(value: int) -> str:
    """A count as readers write it."""
    return _digits(display.format_number(int(value)))


@register.filter
def figures(value: object) -> str:
    """Digits inside any text (a year, a page number) by the site's setting."""
    return _digits(str(value))


@register.filter
def level(value: float) -> str:
    """A round value beside a drawing, with no more decimals than it has: 7.5 and 1,500."""
    return _digits(f"{value:,.2f}".rstrip("0").rstrip("."))


@register.filter
def month_label(value: str) -> str:
    """`2018-03` as «مارس 2018»; anything else as it is."""
    if len(value) != 7:
        return value
    try:
        first = date.fromisoformat(f"{value}-01")
    except ValueError:
        return value
    return _digits(display.format_date(first, "month", get_language() or "ar", _names()))


@register.filter
def month_short(value: str) -> str:
    """`2018-03` as «مارس», for a bar among the months of one year; anything else as it is."""
    try:
        month = date.fromisoformat(f"{value}-01").month if len(value) == 7 else 0
    except ValueError:
        month = 0
    return display.month_name(month, get_language() or "ar", _names()) if month else value


@register.simple_tag
def article_date(article: Article) -> SafeString:
    """When the article appeared, as far as that is known."""
    if article.published is None:
        return format_html('<span class="undated">{}</span>', _("undated"))
    return _time(article.published, article.precision)


@register.simple_tag
def day(moment: datetime) -> SafeString:
    """The day of a moment, where the site is."""
    return _time(moment, "time")


def _time(moment: date | datetime, precision: str) -> SafeString:
    local = moment
    if isinstance(moment, datetime) and timezone.is_aware(moment) and precision == "time":
        # A day without a time is the same day everywhere; only a moment has a zone.
        local = timezone.localtime(moment)
    shown = _digits(display.format_date(local, precision, get_language() or "ar", _names()))
    hijri = ""
    if getattr(settings, "AQWAL_HIJRI_DATES", False) and precision in ("day", "time"):
        hijri = _digits(display.hijri_date(local))
    return format_html(
        '<time datetime="{}" dir="auto">{}</time>{}',
        display.iso_date(local, precision),
        shown,
        format_html(" <span>({})</span>", hijri) if hijri else "",
    )


@register.filter
def kind_name(kind: str) -> str:
    """What a kind of statement is called."""
    return {
        Kind.DIRECT.value: _("direct quotation"),
        Kind.COLON.value: _("stated"),
        Kind.INDIRECT.value: _("reported speech"),
    }.get(str(kind), str(kind))


@register.filter
def speaker_type_name(kind: str) -> str:
    """What a type of speaker is called."""
    return {
        "person": _("person"),
        "organisation": _("organisation"),
        "role": _("post"),
        "unnamed": _("unnamed source"),
    }.get(kind, "")


@register.filter
def role(statement: Statement) -> str:
    """The speaker's role as the article gives it, where the name does not say it already."""
    name = statement.speaker.name if statement.speaker else statement.mention
    return "" if statement.mention_role in name else statement.mention_role


@register.filter
def unsure(statement: Statement) -> bool:
    """Whether the page should say that the program is not sure of words or speaker."""
    return statement.curation == "auto" and statement.confidence < display.UNSURE_BELOW


@register.filter
def bare(text: str) -> str:
    """A quotation without marks around the whole of it: the page puts its own «»."""
    stripped = text.strip()
    pairs = {"«": "»", '"': '"', "“": "”", "”": "“", "‹": "›"}
    if len(stripped) > 1 and pairs.get(stripped[0]) == stripped[-1]:
        inner = stripped[1:-1]
        if not set(inner) & {stripped[0], stripped[-1]}:
            return inner.strip()
    return stripped


@register.filter
def is_web(address: str) -> bool:
    """Whether an imported address may be linked: `javascript:` and its like may not."""
    return address.startswith(("http://", "https://"))


@register.simple_tag
def linked_data(value: dict[str, Any]) -> SafeString:
    """schema.org data as a data block; escaped by Django's own json_script."""
    block = json_script(value)
    # Only the type is ours, and it stands before anything of the value.
    return mark_safe(block.replace("application/json", "application/ld+json", 1))


NOTES: dict[str, Callable[[], str]] = {
    "no-words": lambda: _("There is no word in this query, so everything is listed."),
    "unclosed-quote": lambda: _("A quotation mark was not closed, so it was ignored."),
    "unbalanced-parenthesis": lambda: _("A parenthesis had no partner, so it was ignored."),
    "bad-date": lambda: _("A date could not be read, so it was ignored."),
    "unknown-source": lambda: _("No source has the name that the query asks for."),
    "unknown-section": lambda: _("No section has the name that the query asks for."),
    "unknown-speaker": lambda: _("No speaker has the name that the query asks for."),
    "nothing-to-exclude-from": lambda: _("Only words to leave out were given."),
    "marks-in-sentence": lambda: _(
        "The marks were read as part of the sentence, not as an exact phrase or a group."
    ),
}

STEPS: dict[str, Callable[[], str]] = {
    "transliteration": lambda: _("with its Latin names in Arabic letters"),
    "operators": lambda: _("without the exact phrases and exclusions"),
    "restrictions": lambda: _("without the restrictions typed into the query"),
    "filters": lambda: _("without the filters"),
}

FIELDS: dict[str, Callable[[], str]] = {
    "title": lambda: _("headline"),
    "speaker": lambda: _("speaker"),
    "source": lambda: _("source"),
    "section": lambda: _("section"),
    "from": lambda: _("from"),
    "to": lambda: _("to"),
}

FACET_TITLES: dict[str, Callable[[], str]] = {
    "sources": lambda: _("Source"),
    "sections": lambda: _("Section"),
    "years": lambda: _("Year"),
    "months": lambda: _("Month"),
    "speakers": lambda: _("Speaker"),
    "kinds": lambda: _("Kind of statement"),
}


def _said(sentences: dict[str, Callable[[], str]], slug: str) -> str:
    return sentences[slug]() if slug in sentences else slug


@register.filter
def note_text(note: str) -> str:
    """A note of the engine as a sentence; one without a sentence here as it is."""
    return _said(NOTES, note)


@register.filter
def step_text(step: str) -> str:
    """How a query was loosened, in words."""
    return _said(STEPS, step)


@register.filter
def field_name(name: str) -> str:
    """A field of the query language, for people."""
    return _said(FIELDS, name)


@register.filter
def facet_title(name: str) -> str:
    """The heading of a facet."""
    return _said(FACET_TITLES, name)
