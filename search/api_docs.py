"""The API's page for people, made from its OpenAPI document: no script, no other site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.api import RATE, api

# What a reader can click, for the paths that need more than their defaults.
EXAMPLES = {
    "/api/v1/search/articles": "?q=سوريا",
    "/api/v1/search/statements": "?q=سوريا",
    "/api/v1/facets": "?q=سوريا",
    "/api/v1/trends": "?q=سوريا",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter of an operation or a property of a schema. `link` names a schema."""

    name: str
    type: str
    link: str = ""
    required: bool = False
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an operation answers with a status."""

    status: str
    description: str
    type: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method of one path."""

    identifier: str
    method: str
    path: str
    description: str
    parameters: tuple[Field, ...]
    answers: tuple[Answer, ...]
    example: str


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """The operations of an OpenAPI document, in its order."""
    for path, methods in document["paths"].items():
        for method, found in methods.items():
            yield Operation(
                identifier=found["operationId"],
                method=method.upper(),
                path=path,
                description=found.get("description") or found.get("summary", ""),
                parameters=tuple(_parameter(p) for p in found.get("parameters", ())),
                answers=tuple(
                    _answer(str(status), answer)
                    for status, answer in found.get("responses", {}).items()
                ),
                example=path + EXAMPLES[path] if path in EXAMPLES else "",
            )


def schemas(document: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[Field, ...]]]:
    """(name, description, fields) of the document's object schemas, by name."""
    for name, schema in sorted(document["components"]["schemas"].items()):
        required = schema.get("required", ())
        fields = []
        for key, value in schema.get("properties", {}).items():
            kind, link = _type(value)
            fields.append(
                Field(
                    name=key,
                    type=kind,
                    link=link,
                    required=key in required,
                    description=value.get("description", ""),
                )
            )
        yield name, schema.get("description", ""), tuple(fields)


def _parameter(found: Mapping[str, Any]) -> Field:
    kind, link = _type(found["schema"])
    return Field(
        name=found["name"],
        type=kind,
        link=link,
        required=bool(found.get("required")),
        description=found["schema"].get("description", "") or found.get("description", ""),
    )


def _answer(status: str, found: Mapping[str, Any]) -> Answer:
    content: Mapping[str, Any] = next(iter(found.get("content", {}).values()), {})
    kind, link = _type(content["schema"]) if "schema" in content else ("", "")
    return Answer(status=status, description=found.get("description", ""), type=kind, link=link)


def _type(schema: Mapping[str, Any]) -> tuple[str, str]:
    """A schema's type in words, and the named schema that it leads to."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return name, name
    if alternatives := schema.get("anyOf") or schema.get("oneOf"):
        kinds = [_type(s) for s in alternatives]
        return " | ".join(k for k, _link in kinds), next((link for _k, link in kinds if link), "")
    if schema.get("type") == "array":
        kind, link = _type(schema.get("items", {}))
        return f"[{kind}]", link
    if "enum" in schema:
        return " | ".join(str(v) for v in schema["enum"]), ""
    kind = schema.get("format") or schema.get("type", "any")
    return str(kind), ""


@require_safe
def api_docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, answers and an example to follow."""
    document = api.get_openapi_schema()
    return render(
        request,
        "search/api_docs.html",
        {
            "operations": list(operations(document)),
            "schemas": list(schemas(document)),
            "rate": RATE.partition("/")[0],
        },
    )
