"""Floor-0 nouns to plain JSON and back, by their type hints: what is stored is lossless and readable without our code.

A dataclass becomes an object of the fields that differ from their defaults, an enum its value, a tuple or frozenset a list, a date its ISO form,
a Fraction "n/d". Nothing is pickled: stored bytes can never run.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
import pkgutil
import types
import zlib
from collections.abc import Callable, Hashable
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import TypeVar, Union, cast, get_args, get_origin, get_type_hints

import nlp.law

T = TypeVar("T")
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
_Decode = Callable[[Json], object]


def pack(value: object) -> bytes:
    """The compressed JSON form of a noun."""
    return zlib.compress(json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(kind: type[T], data: bytes) -> T:
    """The noun of type `kind` that was packed; `unpack(type(x), pack(x)) == x`."""
    return from_json(kind, json.loads(zlib.decompress(data)))


def to_json(value: object) -> Json:
    """The plain form of a noun; TypeError for a type that is no noun."""
    if isinstance(value, Enum):
        return cast("Json", value.value)
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, frozenset):
        return [to_json(item) for item in sorted(value)]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if is_dataclass(value) and not isinstance(value, type):
        return {
            name: to_json(content)
            for name, default in _defaults(type(value))
            if (content := getattr(value, name)) is not default and content != default
        }
    raise TypeError(f"no noun of the law: {type(value).__name__}")


def from_json(kind: type[T], data: Json) -> T:
    """The noun of type `kind` with this plain form."""
    return cast("T", _decoder(cast("Hashable", kind))(data))


@cache
def _defaults(kind: type[object]) -> tuple[tuple[str, object], ...]:
    return tuple((item.name, _default(item)) for item in fields(kind))  # type: ignore[arg-type]


def _default(item: Field[object]) -> object:
    if item.default is not MISSING:
        return item.default
    return MISSING if item.default_factory is MISSING else item.default_factory()


@cache
def _names() -> dict[str, object]:
    """Every public name of floor 0: the nouns import each other for type checkers only, so their hints are resolved here."""
    found: dict[str, object] = {"dt": dt, "Fraction": Fraction}
    for module in pkgutil.iter_modules(nlp.law.__path__, "nlp.law."):
        loaded = importlib.import_module(module.name)
        found.update({name: item for name, item in vars(loaded).items() if isinstance(item, type)})
    return found


@cache
def _decoder(kind: Hashable) -> _Decode:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind)
    if origin in (tuple, frozenset):
        return _collection(kind, origin)
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind is dt.date:
        return lambda data: dt.date.fromisoformat(cast("str", data))
    if kind is Fraction:
        return lambda data: Fraction(cast("str", data))
    if kind is float:
        return lambda data: float(cast("float", data))
    if kind in (int, str, bool, type(None)):
        return lambda data: data
    raise TypeError(f"no decoder for {kind!r}")


def _optional(kind: object) -> _Decode:
    inner = [member for member in get_args(kind) if member is not type(None)]
    assert len(inner) == 1, kind  # floor 0 has no other unions
    decode = _decoder(inner[0])
    return lambda data: None if data is None else decode(data)


def _collection(kind: object, origin: Callable[[list[object]], object]) -> _Decode:
    members = get_args(kind)
    if origin is frozenset or members[-1] is Ellipsis:
        decode = _decoder(members[0])
        return lambda data: origin([decode(item) for item in cast("list[Json]", data)])
    decoders = [_decoder(member) for member in members]
    return lambda data: tuple(each(item) for each, item in zip(decoders, cast("list[Json]", data), strict=True))


def _record(kind: type[object]) -> _Decode:
    hints = get_type_hints(kind, localns=_names())
    # decoders are looked up on first use: a noun may contain itself
    names = [item.name for item in fields(kind)]  # type: ignore[arg-type]

    def decode(data: Json) -> object:
        given = cast("dict[str, Json]", data)
        return kind(**{name: _decoder(hints[name])(given[name]) for name in names if name in given})

    return decode
