"""Linear layers, with conv.py's numbers: exact sums for 9 bits, the bound of a sum for 24."""

import torch.nn.functional as F

from draws import COARSE, FULL
from topic import Topic


def linear(draws, rows, features, bias, bits):
    x = draws.leaf("input", (rows, features[0]), bits=bits)
    w = draws.leaf("weight", (features[1], features[0]), bits=bits)
    b = draws.leaf("bias", (features[1],), bits=bits) if bias else None
    y = F.linear(x, w, b)
    y.backward(draws("gradOutput", y.shape, bits=bits))
    gradients = {"gradBias": b.grad} if bias else {}
    return {"output": y, "gradInput": x.grad, "gradWeight": w.grad, **gradients}


def make():
    topic = Topic("linear", "linear.py", "forward, and the gradients of input, weight and bias")
    for rows, features in [(1, (1, 1)), (1, (33, 7)), (2, (17, 20)), (5, (9, 4)), (16, (31, 33)), (33, (12, 1))]:
        for bias in (True, False):
            for bits in (COARSE, FULL):
                topic.add(
                    f"{rows} x {features[0]} to {features[1]}, {'with' if bias else 'without'} bias, {bits} bits",
                    linear, rows=rows, features=features, bias=bias, bits=bits)
    return topic
