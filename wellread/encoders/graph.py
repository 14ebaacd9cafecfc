"""A neural network as ONNX Runtime reads it: an ONNX model in protobuf's wire format, its constants handed in beside.

Field numbers: onnx.proto of ONNX 1.12 (IR version 8); wire format: protobuf.dev/programming-guides/encoding.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence

FLOAT = 1
"""TensorProto.FLOAT."""

OPSETS = {"": 17, "com.microsoft": 1}
"""The operators' versions: ONNX's own, and ONNX Runtime's."""


def node(operator: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: int | float) -> bytes:
    """An operation: its inputs and its output by name, its settings as attributes."""
    return (
        b"".join(_field(1, name) for name in inputs)
        + _field(2, output)
        + _field(4, operator)
        + b"".join(_field(5, _attribute(name, value)) for name, value in attributes.items())
        + _field(7, domain)
    )


def model(
    nodes: Iterable[bytes],
    given: str,
    shape: Sequence[int | str],
    outputs: Iterable[str],
    constants: Mapping[str, Sequence[int]],
) -> bytes:
    """A model of one float input of a shape, its free dimensions by name; `constants` are names and shapes."""
    graph = (
        b"".join(_field(1, one) for one in nodes)
        + _field(2, "graph")
        + b"".join(_field(5, _constant(name, dims)) for name, dims in constants.items())
        + _field(11, _value(given, shape))
        + b"".join(_field(12, _value(name, shape)) for name in outputs)
    )
    opsets = b"".join(_field(8, _field(1, domain) + _field(2, version)) for domain, version in OPSETS.items())
    return _field(1, 8) + _field(7, graph) + opsets


def _attribute(name: str, value: int | float) -> bytes:
    if isinstance(value, int):
        return _field(1, name) + _field(3, value) + _field(20, 2)
    return _field(1, name) + _field(2, value) + _field(20, 1)


def _constant(name: str, dims: Sequence[int]) -> bytes:
    """A tensor that is told to lie elsewhere: what is handed to the session takes its place."""
    place = _field(1, "location") + _field(2, "handed in")
    return (
        b"".join(_field(1, size) for size in dims)
        + _field(2, FLOAT)
        + _field(8, name)
        + _field(13, place)
        + _field(14, 1)
    )


def _value(name: str, shape: Sequence[int | str]) -> bytes:
    dims = b"".join(_field(1, _field(1 if isinstance(size, int) else 2, size)) for size in shape)
    return _field(1, name) + _field(2, _field(1, _field(1, FLOAT) + _field(2, dims)))


def _field(number: int, value: int | float | str | bytes) -> bytes:
    """One field of a message: a varint, a 32-bit float, or text and nested messages with their length before them."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    if isinstance(value, float):
        return _varint(number << 3 | 5) + struct.pack("<f", value)
    content = value.encode() if isinstance(value, str) else value
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    written = bytearray()
    while value > 0x7F:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])
