"""Which speaker each statement's mention means: the database side of `corpus.speakers`.

Imports resolve their batches with what is known by then. What depends on the order are the
surnames alone: `settling` resolves those again that an import may have changed, at its end,
and `resolve_speakers` all statements of the corpus, with the same result.
How an ambiguous surname is dealt with: docs/decisions/0005-speakers.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q
from psqlextra.query import ConflictAction

from corpus.models import Curation, Speaker, SpeakerAlias, Statement
from corpus.models.speakers import Origin
from corpus.quotes.types import SpeakerType
from corpus.resolution.evidence import EvidenceOf, Roles, role_words, stored_evidence
from corpus.speakers.mentions import Reading, read_mention
from corpus.speakers.names import shown_surname

# A surname alone means its best-known bearer only where that one is beyond doubt.
DOMINANT_ARTICLES = 20
DOMINANT_SHARE = 0.95
_MAX_RESOLUTION = 200


def resolve_statements(
    statements: Iterable[Statement], evidence_of: EvidenceOf | None = None
) -> None:
    """Set `speaker_id` and `resolution`; saving them is the caller's.

    Runs in the caller's transaction and writes new speakers, in the order of their keys.
    Statements a curator touched are left alone.
    """
    Resolver(settled=False, evidence_of=evidence_of).resolve(statements)


def read(statement: Statement) -> Reading:
    """What the mention of a statement stands for."""
    name = statement.mention_name or statement.mention
    return read_mention(name, SpeakerType(statement.mention_type))


@dataclass(slots=True)
class Known:
    """The speakers that a batch's keys lead to. Ids are those merges lead to."""

    curated: dict[str, int] = field(default_factory=dict)
    program: dict[tuple[str, str], int] = field(default_factory=dict)
    merged: set[tuple[str, str]] = field(default_factory=set)
    bearers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def find(self, reading: Reading) -> tuple[int | None, str]:
        """(id, slug) by the very key; (None, "") where there is none."""
        if reading.key in self.curated:
            return self.curated[reading.key], "curator-alias"
        place = reading.key, reading.type.value
        if place not in self.program:
            return None, ""
        return self.program[place], "curator-merge" if place in self.merged else "name"


class Resolver:
    """Resolves batches. `settled` where all full names of the corpus are resolved already:
    then only what is stored counts, so that the make-up of a batch changes nothing."""

    def __init__(
        self, *, settled: bool, surnames: bool = True, evidence_of: EvidenceOf | None = None
    ) -> None:
        self.settled = settled
        self.surnames = surnames
        self.evidence_of = evidence_of or stored_evidence

    def resolve(self, statements: Iterable[Statement]) -> None:
        """Set `speaker_id` and `resolution` of those that no curator touched."""
        named: list[tuple[Statement, Reading]] = []
        surnames: list[tuple[Statement, Reading]] = []
        in_article: dict[int, set[int]] = defaultdict(set)
        for statement in statements:
            reading = read(statement)
            if statement.curation != Curation.AUTO:
                if statement.speaker_id is not None and _names_in_full(statement, reading):
                    in_article[statement.article_id].add(statement.speaker_id)
            elif not reading.key:
                statement.speaker_id = None
                statement.resolution = reading.why
            elif reading.is_surname:
                surnames.append((statement, reading))
            else:
                named.append((statement, reading))
        if not self.surnames:
            surnames = []
        known = load({r.key for _, r in (*named, *surnames)})
        missing = [r for _, r in named if known.find(r)[0] is None]
        if missing:
            _create(missing)
            known = load({r.key for _, r in (*named, *surnames)})
        evidence: dict[int, Roles] = defaultdict(lambda: defaultdict(int))
        for statement, reading in named:
            speaker, slug = known.find(reading)
            if speaker is None:  # two curators' speakers of one name, and none of ours
                statement.resolution = f"ambiguous: {reading.key}"[:_MAX_RESOLUTION]
                continue
            statement.speaker_id = speaker
            if reading.type is not SpeakerType.PERSON and slug == "name":
                slug = reading.type.value
            statement.resolution = f"{slug}: {reading.key}"[:_MAX_RESOLUTION]
            if reading.type is SpeakerType.PERSON:
                in_article[statement.article_id].add(speaker)
                evidence[speaker][role_words(statement.mention_role)] += 1
        if surnames:
            self.resolve_surnames(surnames, known, in_article, evidence)

    def resolve_surnames(
        self,
        surnames: Sequence[tuple[Statement, Reading]],
        known: Known,
        in_article: Mapping[int, set[int]],
        evidence: dict[int, Roles],
    ) -> None:
        """Set the speakers of surnames alone, given who is named in full where."""
        if self.settled:
            evidence = defaultdict(lambda: defaultdict(int))
        candidates = set().union(*(known.bearers.get(r.key, set()) for _, r in surnames))
        for speaker, roles in self.evidence_of(candidates).items():
            for words, articles in roles.items():
                evidence[speaker][words] += articles
        own: list[tuple[Statement, Reading, str]] = []
        for statement, reading in surnames:
            found, slug = known.find(reading)
            if found is not None and slug != "name":
                statement.speaker_id = found
                statement.resolution = f"{slug}: {reading.key}"
                continue
            bearers = {s for s in known.bearers.get(reading.key, ()) if evidence.get(s)}
            chosen, why = choose(
                bearers,
                in_article.get(statement.article_id, set()),
                role_words(statement.mention_role),
                evidence,
            )
            if chosen is None:
                own.append((statement, reading, why))
            else:
                statement.speaker_id = chosen
                statement.resolution = why
        missing = [r for _, r, _ in own if known.find(r)[0] is None]
        if missing:
            _create(missing)
            known = load({r.key for _, r, _ in own})
        for statement, reading, why in own:
            statement.speaker_id = known.find(reading)[0]
            statement.resolution = why


def _names_in_full(statement: Statement, reading: Reading) -> bool:
    """Whether a statement that a curator decided about names its person in full."""
    if statement.curation == Curation.REJECTED or reading.is_surname:
        return False
    return bool(reading.key) and reading.type is SpeakerType.PERSON


def settle_surnames(
    statements: Sequence[Statement], known: Known, evidence: Mapping[int, Roles]
) -> list[tuple[Statement, int | None, str]]:
    """Resolve these surnames alone on what is stored; those that changed, each with the
    speaker and the reason it had. Saving them is the caller's. Sees no other statements.

    `known` is what is stored about their keys, `evidence` about all who bear these.
    """
    surnames = [(s, read(s)) for s in statements]
    before = [(s, s.speaker_id, s.resolution) for s in statements]
    bearers = set().union(*(known.bearers.get(r.key, set()) for _, r in surnames))
    in_article = _stored_in_full({s.article_id for s in statements}, bearers)

    def evidence_of(speakers: Collection[int]) -> dict[int, Roles]:
        return {speaker: evidence[speaker] for speaker in speakers if speaker in evidence}

    resolver = Resolver(settled=True, evidence_of=evidence_of)
    resolver.resolve_surnames(surnames, known, in_article, {})
    return [b for b in before if b[1:] != (b[0].speaker_id, b[0].resolution)]


def _stored_in_full(articles: Collection[int], speakers: Collection[int]) -> dict[int, set[int]]:
    """Which of these people each article names in full, as `Resolver.resolve` sees it."""
    found: dict[int, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT article_id, speaker_id FROM corpus_statement
            WHERE article_id = ANY(%s) AND speaker_id = ANY(%s) AND curation = 'auto'
                AND resolution ~ '^(name|curator-alias|curator-merge): [^ ]+ '
            """,
            [list(articles), list(speakers)],
        )
        for article, speaker in cursor.fetchall():
            found[article].add(speaker)
    curated = Statement.objects.filter(article__in=articles, speaker__in=speakers)
    for statement in curated.exclude(curation=Curation.AUTO).order_by("pk"):
        if statement.speaker_id is not None and _names_in_full(statement, read(statement)):
            found[statement.article_id].add(statement.speaker_id)
    return found


def mark_due(speakers: Iterable[int | None]) -> None:
    """These won or lost statements: what their surnames stand for is to be settled again."""
    due = sorted({speaker for speaker in speakers if speaker is not None})
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO corpus_speakerdue (speaker) SELECT unnest(%s::bigint[])", [due])


def choose(
    bearers: set[int],
    in_article: set[int],
    role: frozenset[str],
    evidence: Mapping[int, Roles],
) -> tuple[int | None, str]:
    """The bearer of a surname that a mention of it alone means, and why; None for nobody's.

    In this order: the one whom the article names in full, the only one there is, the
    only one who is known by the mention's role, the one who has nearly all articles.
    """
    if not bearers:
        return None, "surname-own: no full name is known"
    here = bearers & in_article
    if len(here) == 1:
        return next(iter(here)), "surname-article: named in full in this article"
    if len(bearers) == 1:
        return next(iter(bearers)), "surname: one bearer known"
    if len(role) > 1:
        fitting = [s for s in bearers if any(role <= words for words in evidence[s])]
        if len(fitting) == 1:
            return fitting[0], f"surname-role: one of {len(bearers)} bearers has this role"
    articles = {s: sum(evidence[s].values()) for s in bearers}
    best = max(bearers, key=lambda s: (articles[s], -s))
    total = sum(articles.values())
    if articles[best] >= DOMINANT_ARTICLES and articles[best] >= DOMINANT_SHARE * total:
        share = 100 * articles[best] // total
        # No totals: every new article would change the words for all of them.
        return best, f"surname-dominant: {share}% of mentions; {len(bearers)} bearers known"
    return None, f"surname-ambiguous: {len(bearers)} bearers known"


def load(keys: Collection[str]) -> Known:
    """What is stored about these keys, in three queries and one for each step of merges."""
    known = Known()
    wanted = sorted(keys)
    # Arrays, for Django's IN with thousands of values takes longer to write than to answer.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT key, origin, speaker_id FROM corpus_speakeralias
            WHERE key = ANY(%s) ORDER BY id
            """,
            [wanted],
        )
        aliases = cursor.fetchall()
        cursor.execute(
            """
            SELECT id, key, type, origin, merged_into_id FROM corpus_speaker
            WHERE key = ANY(%s) OR id = ANY(%s) ORDER BY id
            """,
            [wanted, sorted({speaker for _, _, speaker in aliases})],
        )
        rows = cursor.fetchall()
    roots = roots_of({pk: into for pk, _, _, _, into in rows})
    asked = set(wanted)
    # Two speakers of one name by a curator's hand: neither can be told by the name.
    by_curator: dict[str, set[int]] = defaultdict(set)
    for pk, key, kind, origin, into in rows:
        if key not in asked:
            continue
        if origin == Origin.CURATOR:
            by_curator[key].add(roots[pk])
        else:
            known.program[key, kind] = roots[pk]
            if into is not None:
                known.merged.add((key, kind))
    for key, origin, speaker in aliases:
        if origin == Origin.CURATOR:
            by_curator[key].add(roots[speaker])
        else:
            known.bearers[key].add(roots[speaker])
    known.curated = {key: next(iter(ids)) for key, ids in by_curator.items() if len(ids) == 1}
    return known


def roots_of(into: dict[int, int | None]) -> dict[int, int]:
    """The id at the end of each speaker's merges, given what each is merged into."""
    steps = dict(into)
    while unknown := {pk for pk in steps.values() if pk is not None} - steps.keys():
        steps |= dict(Speaker.objects.filter(pk__in=unknown).values_list("pk", "merged_into_id"))
    roots = {}
    for pk in into:
        root, seen = pk, {pk}
        while (following := steps[root]) is not None and following not in seen:
            seen.add(following)
            root = following
        roots[pk] = root
    return roots


def _create(readings: Iterable[Reading]) -> None:
    """Write program speakers, and their surnames as aliases, unless another import has."""
    new = {(r.key, r.type.value): r for r in sorted(readings, key=lambda r: (r.key, r.name))}
    rows = [
        {
            "name": r.name,
            "key": key,
            "type": kind,
            "description": "",
            "origin": Origin.PROGRAM.value,
        }
        for (key, kind), r in sorted(new.items())
    ]
    Speaker.objects.on_conflict(  # type: ignore[attr-defined]
        ["key", "type"],
        ConflictAction.NOTHING,
        index_predicate=Q(origin=Origin.PROGRAM.value),
    ).bulk_insert(rows)
    full = {key: r for (key, _), r in new.items() if len(r.parts) > 1}
    if not full:
        return
    ids = Speaker.objects.filter(
        key__in=sorted(full), type=SpeakerType.PERSON.value, origin=Origin.PROGRAM
    )
    SpeakerAlias.objects.on_conflict(  # type: ignore[attr-defined]
        ["speaker", "key"], ConflictAction.NOTHING
    ).bulk_insert(
        [
            {
                "speaker_id": pk,
                "name": shown_surname(full[key].name),
                "key": full[key].parts[-1][:300],
                "origin": Origin.PROGRAM.value,
            }
            for pk, key in sorted(ids.values_list("pk", "key"))
        ]
    )


def bearers_of(speaker: Speaker) -> list[Speaker]:
    """The full-named speakers of whom a bare surname may be; empty for any other speaker.

    A surname's own speaker with two or more of them is ambiguous: its page should say so.
    """
    if " " in speaker.key or speaker.type != SpeakerType.PERSON.value:
        return []
    ids: Iterator[int] = (
        SpeakerAlias.objects.filter(key=speaker.key, origin=Origin.PROGRAM)
        .exclude(speaker=speaker)
        .values_list("speaker_id", flat=True)
        .iterator()
    )
    found = Speaker.objects.filter(pk__in=list(ids), merged_into=None).order_by("name", "pk")
    return list(found)
