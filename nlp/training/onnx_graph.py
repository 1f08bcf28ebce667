"""Write a BERT body as one ONNX file that ends in the sentence vector: mean over the tokens of the mask, length 1.

The graph is written by hand instead of traced, so it needs no torch, is the same bytes for the same weights, and has what a traced graph
lacks: one product for query, key and value, the fused nodes of onnxruntime, and 8-bit weights whose activations are quantised row by row, so
that the vector of a text does not depend on the texts that share its batch.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nlp.training.e5_wheel import BertShape, Checkpoint, FloatArray

OPSET = 21
CONTRIB = "com.microsoft"
INPUT_IDS, MASK, OUTPUT = "input_ids", "attention_mask", "sentence_embedding"
STATES, STATES_OUT = "states", "last_states"
# Processors without VNNI add two products of a byte in 16 bits: 255 * 63 * 2 still fits, 255 * 127 * 2 would be cut off.
WEIGHT_RANGE = 63
BYTE_RANGE, BYTE_MIDDLE = 127, 128  # activations: unsigned bytes around 128
WORDS = "embeddings.word_embeddings.weight"
TINY = 1e-9  # keeps an all-zero row from dividing by zero
PRODUCER = "rasoat"


class Precision(StrEnum):
    """How weights are stored: exact, or 8-bit a column (products) and a row (embeddings)."""

    FLOAT32 = "fp32"
    INT8 = "int8"


@dataclass(slots=True)
class _Graph:
    """Nodes and constants gathered so far."""

    precision: Precision
    nodes: list[onnx.NodeProto]
    constants: list[onnx.TensorProto]

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def product(self, name: str, value: str, weight: FloatArray, bias: FloatArray | None) -> str:
        """`value` @ weight.T (+ bias); `weight` is (out, in) as torch keeps it."""
        if self.precision is Precision.FLOAT32:
            product = self.node("MatMul", [value, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
        else:
            product = self.small_product(name, value, weight)
        if bias is None:
            return product
        return self.node("Add", [product, self.constant(f"{name}.bias", bias)], f"{name}.biased")

    def small_product(self, name: str, value: str, weight: FloatArray) -> str:
        """`value` @ weight.T with 8-bit integers: each row of `value` is scaled by its own largest number."""
        largest = self.node("ReduceMax", [self.node("Abs", [value], f"{name}.abs"), "last"], f"{name}.max", keepdims=1)
        largest = self.node("Add", [largest, "tiny"], f"{name}.largest")
        scaled = self.node("Mul", [value, self.node("Div", ["byte", largest], f"{name}.grow")], f"{name}.grown")
        small = self.node("QuantizeLinear", [scaled, "unit", "middle"], f"{name}.small")
        packed, scales = quantise_columns(weight)
        constants = [
            self.constant(f"{name}.packed", packed.T),
            "unit",
            self.constant(f"{name}.scales", scales),
            "middle",
        ]
        product = self.node("MatMulIntegerToFloat", [small, *constants], f"{name}.whole", CONTRIB)
        return self.node("Mul", [product, self.node("Div", [largest, "byte"], f"{name}.shrink")], f"{name}.product")

    def embedding(self, name: str, ids: str, table: FloatArray) -> str:
        """The rows `ids` of `table`."""
        if self.precision is Precision.FLOAT32:
            return self.node("Gather", [self.constant(f"{name}.table", table), ids], f"{name}.rows")
        small, scales = quantise_rows(table)
        rows = self.node("Gather", [self.constant(f"{name}.table", small), ids], f"{name}.rows")
        wide = self.node("Cast", [rows], f"{name}.wide", to=TensorProto.FLOAT)
        scale = self.node("Gather", [self.constant(f"{name}.scales", scales), ids], f"{name}.scale")
        return self.node("Mul", [wide, scale], f"{name}.scaled")


def quantise_columns(weight: FloatArray) -> tuple[NDArray[np.int8], FloatArray]:
    """The 8-bit form of a matrix (out, in) and the scale of each of its outputs: int8 (out, in) within +-WEIGHT_RANGE, float32 (out,)."""
    scales = np.maximum(np.abs(weight).max(axis=1) / WEIGHT_RANGE, TINY).astype(np.float32)
    return np.clip(np.rint(weight / scales[:, None]), -WEIGHT_RANGE, WEIGHT_RANGE).astype(np.int8), scales


def quantise_rows(table: FloatArray) -> tuple[NDArray[np.int8], FloatArray]:
    """The 8-bit form of a table (rows, width) and the scale of each row: int8 (rows, width), float32 (rows, 1)."""
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-8).astype(np.float32)
    return np.clip(np.rint(table / scales), -127, 127).astype(np.int8), scales


def quantised(weights: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """The weights as the 8-bit form holds them, float32 under the same names."""
    rounded = dict(weights)
    for name, value in weights.items():
        if name == WORDS:
            small, scales = quantise_rows(value)
            rounded[name] = small * scales
        elif name.startswith("encoder.") and value.ndim == 2:
            packed, scales = quantise_columns(value)
            rounded[name] = packed * scales[:, None]
    return rounded


def build_onnx(checkpoint: Checkpoint, precision: Precision) -> bytes:
    """The bytes of the ONNX model: int64 `input_ids`, `attention_mask` (batch, tokens) -> float32 `sentence_embedding` (batch, hidden).

    Rows have length 1. The mask must have at least one token a row; tokens at most `shape.positions`.
    """
    weights, shape = checkpoint.weights, checkpoint.shape
    graph = _started(precision)
    state = _layers(graph, checkpoint, _embed(graph, weights, shape), range(shape.layers))
    _pool(graph, state, checkpoint.projection)
    return _model(graph, (INPUT_IDS, MASK), (OUTPUT, ["batch", shape.hidden]), shape)


def build_part(checkpoint: Checkpoint, layers: range, precision: Precision) -> bytes:
    """The bytes of an ONNX model of some consecutive layers, without pooling: float32 `last_states` (batch, tokens, hidden).

    From layer 0 it reads int64 `input_ids`, later parts read float32 `states` (batch, tokens, hidden); both an int64 `attention_mask`.
    """
    weights, shape = checkpoint.weights, checkpoint.shape
    graph = _started(precision)
    first = _embed(graph, weights, shape) if layers.start == 0 else STATES
    state = _layers(graph, checkpoint, first, layers)
    graph.node("Identity", [state], STATES_OUT)
    inputs = (INPUT_IDS if layers.start == 0 else STATES, MASK)
    return _model(graph, inputs, (STATES_OUT, ["batch", "tokens", shape.hidden]), shape)


def _started(precision: Precision) -> _Graph:
    graph = _Graph(precision, [], [])
    if precision is Precision.INT8:
        for name, value in (("byte", np.float32(BYTE_RANGE)), ("unit", np.float32(1)), ("tiny", np.float32(TINY))):
            graph.constant(name, np.array(value))
        graph.constant("middle", np.array(BYTE_MIDDLE, dtype=np.uint8))
        graph.constant("last", np.array([-1]))
    return graph


def _layers(graph: _Graph, checkpoint: Checkpoint, state: str, layers: range) -> str:
    padding = graph.node("Cast", [MASK], "padding", to=TensorProto.INT32)
    for layer in layers:
        state = _layer(graph, checkpoint.weights, checkpoint.shape, f"encoder.layer.{layer}.", state, padding)
    return state


def _embed(graph: _Graph, weights: Mapping[str, FloatArray], shape: BertShape) -> str:
    words = graph.embedding("words", INPUT_IDS, weights[WORDS])
    # every token has type 0, so that row is added to the positions once and for all
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    sizes = graph.node("Shape", [INPUT_IDS], "length", start=1, end=2)
    zero, one = graph.constant("zero", np.array([0])), graph.constant("one", np.array([1]))
    table = graph.constant("positions", places.astype(np.float32))
    positions = graph.node("Slice", [table, zero, sizes, zero, one], "positions.used")
    total = graph.node("Add", [words, positions], "embeddings.sum")
    scale = graph.constant("embeddings.scale", weights["embeddings.LayerNorm.weight"])
    shift = graph.constant("embeddings.shift", weights["embeddings.LayerNorm.bias"])
    return graph.node("LayerNormalization", [total, scale, shift], "embeddings", axis=-1, epsilon=shape.epsilon)


def _layer(
    graph: _Graph, weights: Mapping[str, FloatArray], shape: BertShape, name: str, state: str, padding: str
) -> str:
    def packed(kind: str) -> FloatArray:
        parts = [weights[f"{name}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
        return np.concatenate(parts, axis=0)

    together = graph.product(f"{name}qkv", state, packed("weight"), packed("bias"))
    parts = [f"{name}query", f"{name}key", f"{name}value"]
    graph.nodes.append(helper.make_node("Split", [together], parts, name=f"{name}split", axis=-1, num_outputs=3))
    context = graph.node("MultiHeadAttention", [*parts, "", padding], f"{name}context", CONTRIB, num_heads=shape.heads)
    attended = graph.product(f"{name}out", context, weights[f"{name}attention.output.dense.weight"], None)
    state = _add_norm(graph, weights, shape, f"{name}attention.output", attended, state)
    inner = graph.product(f"{name}inner", state, weights[f"{name}intermediate.dense.weight"], None)
    bias = graph.constant(f"{name}inner.bias", weights[f"{name}intermediate.dense.bias"])
    active = graph.node("BiasGelu", [inner, bias], f"{name}gelu", CONTRIB)
    outer = graph.product(f"{name}outer", active, weights[f"{name}output.dense.weight"], None)
    return _add_norm(graph, weights, shape, f"{name}output", outer, state)


def _add_norm(
    graph: _Graph, weights: Mapping[str, FloatArray], shape: BertShape, name: str, value: str, skip: str
) -> str:
    scale = graph.constant(f"{name}.scale", weights[f"{name}.LayerNorm.weight"])
    shift = graph.constant(f"{name}.shift", weights[f"{name}.LayerNorm.bias"])
    bias = graph.constant(f"{name}.bias", weights[f"{name}.dense.bias"])
    inputs = [value, skip, scale, shift, bias]
    return graph.node("SkipLayerNormalization", inputs, f"{name}.normal", CONTRIB, epsilon=shape.epsilon)


def _pool(graph: _Graph, state: str, projection: FloatArray | None) -> None:
    mask = graph.node("Cast", [MASK], "pool.mask", to=TensorProto.FLOAT)
    row = graph.node("Unsqueeze", [mask, graph.constant("pool.axis", np.array([1]))], "pool.row")
    total = graph.node("MatMul", [row, state], "pool.total")  # (batch, 1, tokens) x (batch, tokens, hidden)
    flat = graph.node("Squeeze", [total, "pool.axis"], "pool.sum")
    if projection is not None:
        flat = graph.node("MatMul", [flat, graph.constant("projection.weight", projection.T)], "projection")
    # the length of the sum equals that of the mean but for a factor, which the division takes out
    length = graph.node("ReduceL2", [flat, "pool.axis"], "pool.length", keepdims=1)
    graph.node("Div", [flat, length], OUTPUT)


def _model(graph: _Graph, inputs: tuple[str, ...], output: tuple[str, list[str | int]], shape: BertShape) -> bytes:
    whole = ["batch", "tokens"]
    infos = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [*whole, shape.hidden])
        if name == STATES
        else helper.make_tensor_value_info(name, TensorProto.INT64, whole)
        for name in inputs
    ]
    result = helper.make_tensor_value_info(output[0], TensorProto.FLOAT, output[1])
    body = helper.make_graph(graph.nodes, "encoder", infos, [result], graph.constants)
    imports = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    model = helper.make_model(body, opset_imports=imports, producer_name=PRODUCER, ir_version=10)
    return bytes(model.SerializeToString())
