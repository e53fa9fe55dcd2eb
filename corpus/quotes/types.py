"""What extraction finds. Offsets are character offsets into the untouched text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the article reports the words."""

    DIRECT = "direct"  # between quotation marks
    COLON = "colon"  # after "speaker:" or "he added:", without marks
    INDIRECT = "indirect"  # reported speech


class Field(StrEnum):
    """Which of the article's texts the offsets point into."""

    TITLE = "title"
    BODY = "body"


class SpeakerType(StrEnum):
    """What sort of speaker a mention names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ROLE = "role"  # المتحدث باسم الوزارة: a post, no name given
    UNNAMED = "unnamed"  # مصدر أمني
    UNKNOWN = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundStatement:
    """One statement in one article.

    `start`/`end` point into the title or the body (`field`), as do the cue's and the
    speaker mention's offsets; -1 where there is none. `speaker` is the mention as
    written nearest to the statement ("" when unattributed), `speaker_name` the fullest
    name of the same speaker anywhere in the article, without titles; `speaker_role` the
    title or post as the article gives it. `inside` marks direct words that stand within
    an indirect statement of the same speaker. `rule` names the rule that made it, and
    `confidence` is the calibrated probability that span and speaker are both right.
    """

    kind: Kind
    field: Field
    start: int
    end: int
    text: str
    cue: str = ""
    cue_start: int = -1
    cue_end: int = -1
    speaker: str = ""
    speaker_start: int = -1
    speaker_end: int = -1
    speaker_name: str = ""
    speaker_role: str = ""
    speaker_type: SpeakerType = SpeakerType.UNKNOWN
    inside: bool = False
    rule: str = ""
    confidence: float = 0.0
