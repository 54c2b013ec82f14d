"""Canonical JSON as a file: strict reading with every fault by its path, and writing with the same bytes each time.

Numbers are ``Decimal`` from the first character on. Repeated keys, NaN and Infinity, numbers that no
form holds and needless depth are refused before the schema is asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from xltool import budgets, canonical, schema
from xltool.filing import Filing
from xltool.form import Form
from xltool.problems import Problem, ProblemError, problem
from xltool.values import NUMBER_DIGITS, plain

SHOWN_LIMIT = 60
"""How much of a value stands in a message."""
_MARKS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]|,', re.S)
_HALF = re.compile("[\ud800-\udfff]")
Path = tuple[str | int, ...]


def read(data: bytes, forms: Mapping[str, Form], name: str) -> Filing:
    """The filing of a JSON file.

    Raises:
        ProblemError: every fault, by path.
    """
    return canonical.from_json(load(data, forms, name), forms, name)


def load(data: bytes, forms: Mapping[str, Form], name: str) -> dict[str, Any]:
    """The document of a JSON file, accepted by the schema of the forms; its numbers are int or Decimal.

    Raises:
        ProblemError: every fault, by path.
    """
    return _accepted(data, lambda: _validator(forms), name)


def load_by(data: bytes, rules: dict[str, Any], name: str) -> dict[str, Any]:
    """The document of a JSON file that is no filing, accepted by the JSON Schema ``rules``.

    Raises:
        ProblemError: every fault, by path.
    """
    return _accepted(data, lambda: _made(rules), name)


def from_json(document: Mapping[str, Any], forms: Mapping[str, Form], name: str = "") -> Filing:
    """The filing of a document as ``json.loads`` or ``to_json`` gives it; a float counts as the shortest decimal that it is.

    Raises:
        ProblemError: every fault, by path, as in a JSON file.
    """
    exact = _exact(document)
    if faults := [*_odd_numbers(exact, name), *_half_characters(exact, name)]:
        raise ProblemError(faults)
    return canonical.from_json(_by_schema(exact, _validator(forms), name), forms, name)


def _exact(found: Any) -> Any:
    """The same nested values without floats: what a program computed is written as Python prints it."""
    match found:
        case float():
            return Decimal(repr(found))
        case Mapping():
            return {key: _exact(value) for key, value in found.items()}
        case list() | tuple():
            return [_exact(value) for value in found]
    return found


def _accepted(data: bytes, validator: Callable[[], Any], name: str) -> dict[str, Any]:
    if len(data) > budgets.limit("json_size"):
        raise budgets.over("file-text", name, "json_size", found=budgets.megabytes(len(data)))
    document = _parse(_text(data, name), name)
    return _by_schema(document, validator(), name)


def _by_schema(document: Any, validator: Any, name: str) -> dict[str, Any]:
    faults = [one for error in validator.iter_errors(document) for one in _in_words(error, name)]
    if faults:
        raise ProblemError(faults)
    assert isinstance(document, dict)
    return document


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode(json.detect_encoding(data))
    except UnicodeDecodeError:
        raise ProblemError(problem("text-encoding", name)) from None


def _parse(text: str, name: str) -> Any:
    """The document with every number a Decimal or int; what JSON itself forbids is refused here."""
    depth, values = _extent(text)
    if depth > budgets.limit("json_depth"):
        raise budgets.over("json-depth", name, "json_depth")
    if values > budgets.limit("json_values"):
        raise budgets.over("json-values", name, "json_values", found=values)
    repeated: list[tuple[dict[str, Any], list[str]]] = []

    def table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            repeated.append((found, sorted({key for key in keys if keys.count(key) > 1})))
        return found

    try:
        document = json.loads(text, parse_float=Decimal, parse_int=_whole, parse_constant=Decimal, object_pairs_hook=table)
    except json.JSONDecodeError as error:
        raise ProblemError(problem("json-syntax", f"{name}:{error.lineno}", what=error.msg)) from None
    faults = [*_repeated(document, repeated, name), *_odd_numbers(document, name), *_half_characters(document, name)]
    if faults:
        raise ProblemError(faults)
    return document


def _extent(text: str) -> tuple[int, int]:
    """How deep the document is, and how many values and containers it holds."""
    depth = deepest = values = 0
    for found in _MARKS.finditer(text):
        mark = found.group()
        depth += (mark in "[{") - (mark in "]}")
        deepest = max(deepest, depth)
        values += mark in "[{,"
    return deepest, values


def _whole(digits: str) -> int | Decimal:
    """A whole number; one of too many digits stays a Decimal and is refused with its path."""
    return int(digits) if len(digits) <= NUMBER_DIGITS else Decimal(digits)


def _walk(found: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, found
    if isinstance(found, dict):
        for key, value in found.items():
            yield from _walk(value, (*path, key))
    elif isinstance(found, list):
        for at, value in enumerate(found):
            yield from _walk(value, (*path, at))


def _repeated(document: Any, repeated: list[tuple[dict[str, Any], list[str]]], name: str) -> Iterator[Problem]:
    keys = {id(table): keys for table, keys in repeated}
    if keys:
        for path, found in _walk(document):
            for key in keys.get(id(found), ()):
                yield problem("json-repeated-key", name, key=shown_path((*path, key)))


def _odd_numbers(document: Any, name: str) -> Iterator[Problem]:
    """NaN, Infinity, and numbers of more places than any amount has (1e999999999 would fill the memory)."""
    for path, found in _walk(document):
        if isinstance(found, Decimal) and not (found.is_finite() and _places(found) <= NUMBER_DIGITS):
            yield problem("json-number", name, path=shown_path(path), found=_cut(str(found)), limit=NUMBER_DIGITS)


def _half_characters(document: Any, name: str) -> Iterator[Problem]:
    """Half of a UTF-16 pair (\\ud800) is no character: no file could hold it."""
    for path, found in _walk(document):
        words = found if isinstance(found, dict) else [found]
        for word in words:
            if isinstance(word, str) and _HALF.search(word):
                yield problem("json-character", name, path=shown_path(path), found=_cut(word.encode("ascii", "backslashreplace").decode()))


def _places(number: Decimal) -> int:
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    return max(len(digits) + exponent, 1) + max(-exponent, 0)


def shown_path(path: Path) -> str:
    """The path as people write it: ``sections[0].forms[2].year``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "$"


_validators: list[tuple[Mapping[str, Form], Any]] = []


def _validator(forms: Mapping[str, Form]) -> Any:
    """The validator of these forms; the last one is kept, since a run asks for the same forms every time."""
    if not (_validators and _validators[0][0] is forms):
        _validators[:] = [(forms, _made(schema.of_forms(forms)))]
    return _validators[0][1]


def _made(rules: dict[str, Any]) -> Any:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(rules)


def _in_words(error: Any, name: str) -> Iterator[Problem]:
    """One fault of the schema in the words of the catalogue."""
    path, kind = tuple(error.instance_path), error.kind
    said = shown_path(path)
    match kind.name:
        case "required":
            yield problem("json-missing-key", name, path=said, key=kind.property)
        case "additionalProperties":
            for key in kind.unexpected:
                yield problem("json-unknown-key", name, path=said, key=key)
        case "type":
            wanted = next((one for one in kind.types if one != "null"), "object")
            code = f"json-wants-{wanted}" if "null" in kind.types or wanted in ("object", "array") else f"json-needs-{wanted}"
            yield problem(code, name, path=said, found=_shown(error.instance))
        case "enum" | "const":
            known = kind.options if kind.name == "enum" else [kind.expected_value]
            yield problem("json-wants-one-of", name, path=said, known=", ".join("null" if one is None else str(one) for one in known), found=_shown(error.instance))
        case "anyOf":
            # A target is null or a VALUE; what is no null is told as the VALUE that it should be.
            for inner in kind.context[-1]:
                yield from _in_words(inner, name)
        case _:
            yield problem("json-schema", name, path=said, what=error.message)


def _shown(found: Any) -> str:
    """A value in a message, cut short; the validator hands numbers on as float, those inside lists and objects too."""
    return _cut(json.dumps(found, ensure_ascii=False))


def _cut(said: str) -> str:
    return said if len(said) <= SHOWN_LIMIT else said[:SHOWN_LIMIT] + "…"


def write(filing: Filing, forms: Mapping[str, Form]) -> bytes:
    """The bytes of a filing: UTF-8, indent of two blanks, shortest decimals, LF, a line end at the end."""
    return (encode(canonical.to_json(filing, forms)) + "\n").encode("utf-8")


def encode(found: Any, indent: str = "\n") -> str:
    """A document as text; ``indent`` is the line end and blanks before the next key."""
    match found:
        case str():
            return encode_basestring(found)
        case None | bool():
            return json.dumps(found)
        case int() | Decimal():
            return plain(found)
        case Mapping():
            inner = indent + "  "
            rows = [f"{inner}{encode_basestring(key)}: {encode(value, inner)}" for key, value in found.items()]
            return "{" + ",".join(rows) + indent + "}" if rows else "{}"
        case list() | tuple():
            inner = indent + "  "
            rows = [inner + encode(value, inner) for value in found]
            return "[" + ",".join(rows) + indent + "]" if rows else "[]"
    raise TypeError(type(found).__name__)
