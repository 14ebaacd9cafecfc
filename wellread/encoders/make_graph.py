"""Makes `minilm.onnx`, the network of the built-in model without its weights: `python -m wellread.encoders.make_graph`.

Needs the package `onnx`, which nothing needs at run time: what this writes is data of the package, and `MiniLM` hands
the weights to it. Names of weights are those of the model's safetensors file.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper

from wellread.encoders.minilm import EPSILON, HEADS, LAYERS, NETWORK, WIDTH

INTERMEDIATE = 1536
"""The width of what stands between the two halves of a layer: intermediate_size in the model's config.json."""

IR_VERSION = 8
OPSETS = {"": 17, "com.microsoft": 1}
"""The oldest versions with all that is needed: of the format, of ONNX's operators, and of ONNX Runtime's own."""

_ONNX_OPERATORS = ("LayerNormalization", "MatMul")


def make_graph() -> ModelProto:
    """Build the network: from embedded tokens, shape (texts, tokens, 384), to what every layer makes of them.

    Most of its operators are ONNX Runtime's own, each of which takes several steps of BERT at once.
    """
    nodes: list[NodeProto] = []
    constants: list[TensorProto] = []

    def add(output: str, operator: str, *inputs: str, **attributes: Any) -> str:
        domain = "" if operator in _ONNX_OPERATORS else "com.microsoft"
        nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def constant(name: str, *shape: int) -> str:
        constants.append(_constant(name, shape))
        return name

    def norm(part: str) -> tuple[str, str]:
        return constant(f"{part}.LayerNorm.weight", WIDTH), constant(f"{part}.LayerNorm.bias", WIDTH)

    def normalized(output: str, part: str, before: str, change: str) -> str:
        """Add up what went into a part, what came out of its last matrix and that one's bias, and normalize."""
        inputs = change, before, *norm(part), constant(f"{part}.dense.bias", WIDTH)
        return add(output, "SkipLayerNormalization", *inputs, epsilon=EPSILON)

    hidden = add("layer 0", "LayerNormalization", "embedded", *norm("embeddings"), epsilon=EPSILON)
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        attention = f"{layer}.attention"
        three = constant(f"{attention}.self.weight", WIDTH, 3 * WIDTH), constant(f"{attention}.self.bias", 3 * WIDTH)
        heads = add(f"{layer} heads", "Attention", hidden, *three, num_heads=HEADS)
        joined = add(f"{layer} joined", "MatMul", heads, constant(f"{attention}.output.dense.weight", WIDTH, WIDTH))
        attended = normalized(f"{layer} attended", f"{attention}.output", hidden, joined)
        up = constant(f"{layer}.intermediate.dense.weight", WIDTH, INTERMEDIATE)
        wide = add(f"{layer} wide", "MatMul", attended, up)
        active = add(f"{layer} active", "BiasGelu", wide, constant(f"{layer}.intermediate.dense.bias", INTERMEDIATE))
        down = constant(f"{layer}.output.dense.weight", INTERMEDIATE, WIDTH)
        narrow = add(f"{layer} narrow", "MatMul", active, down)
        hidden = normalized(f"layer {number + 1}", f"{layer}.output", attended, narrow)
    graph = helper.make_graph(
        nodes,
        "all-MiniLM-L6-v2",
        [_tokens("embedded")],
        [_tokens(f"layer {number}") for number in range(1, LAYERS + 1)],
        constants,
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in OPSETS.items()]
    return helper.make_model(graph, ir_version=IR_VERSION, opset_imports=opsets)


def _constant(name: str, shape: Sequence[int]) -> TensorProto:
    """A tensor that lies elsewhere: what is handed to the session takes its place."""
    tensor = TensorProto(name=name, dims=shape, data_type=TensorProto.FLOAT, data_location=TensorProto.EXTERNAL)
    tensor.external_data.add(key="location", value="handed in")
    return tensor


def _tokens(name: str) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ("texts", "tokens", WIDTH))


if __name__ == "__main__":
    NETWORK.write_bytes(make_graph().SerializeToString(deterministic=True))
