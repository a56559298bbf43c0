"""Activations over ordinary numbers, over what float32 has at its ends, and softmax over rows."""

from functools import partial

import torch.nn.functional as F

from topic import Topic

# Signed zeros, where an exponential overflows or vanishes, subnormals.
SPECIALS = [
    float("nan"), 0.0, -0.0, 1.0, -1.0, 6.0, -6.0, 10.0, -10.0, 17.0, -17.0, 40.0, -40.0, 89.0, -89.0, 104.0, -104.0,
    1e4, -1e4, 1e-30, -1e-30, 1e-40, -1e-40]
ENDS = [3.4028234663852886e38, -3.4028234663852886e38]
INFINITIES = [float("inf"), float("-inf")]
KINKS = [3.0, -3.0]

# Where FastConv's gradient is another multiple of that of the output, the slopes.
DIFFERENCES = {
    ("GELU, tanh", "infinities"): dict(slopes=[1, 0], differs="torch's gradient at an infinity is NaN; FastConv's is the limit's"),
    ("HardSwish", "kinks"): dict(slopes=[1, 0], differs="torch's gradient at -3 is -1/2 of that of the output; FastConv's is 0, as it is below"),
}

ACTIVATIONS = {
    "ReLU": F.relu,
    "LeakyReLU": lambda x: F.leaky_relu(x, 0.25),
    "Sigmoid": lambda x: x.sigmoid(),
    "Tanh": lambda x: x.tanh(),
    "SiLU": F.silu,
    "HardSigmoid": F.hardsigmoid,
    "HardSwish": F.hardswish,
    "GELU": F.gelu,
    "GELU, tanh": lambda x: F.gelu(x, approximate="tanh"),
    "Softmax": lambda x: F.softmax(x, 1),
    "LogSoftmax": lambda x: F.log_softmax(x, 1),
}


def drawn(draws, activation, shape, scale=1):
    x = draws.leaf("input", shape, bits=16, scale=scale)
    return passes(draws, activation, x)


def given(draws, activation, values):
    """Inputs that are not drawn are kept beside the results."""
    x = draws.tensor(values).requires_grad_()
    return {"input": x, **passes(draws, activation, x)}


def passes(draws, activation, x):
    y = ACTIVATIONS[activation](x)
    y.backward(draws("gradOutput", y.shape))
    return {"output": y, "gradInput": x.grad}


def make():
    topic = Topic("activations", "activations.py", "output and gradient of the input")
    for name in ACTIVATIONS:
        if name.endswith("oftmax"):
            for rows, classes in [(1, 1), (3, 2), (5, 10), (2, 17), (3, 33)]:
                topic.add(f"{name}, {rows} x {classes}", drawn, activation=name, shape=(rows, classes), scale=4)
            extremes = [[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [1e4, 1e4, 9999.0], [float("-inf"), 0.0, 1.0], [88.0, -88.0, 0.5]]
            topic.add(f"{name}, extremes", partial(given, values=extremes), activation=name)
            infinite = [[float("nan"), 0.0, 1.0], [float("inf"), 0.0, 1.0], [float("-inf")] * 3]
            topic.add(f"{name}, NaN and infinities", partial(given, values=infinite), activation=name)
        else:
            topic.add(name, drawn, activation=name, shape=(70,), scale=8)
            topic.add(f"{name}, specials", partial(given, values=SPECIALS), activation=name)
            # In float32 an intermediate result may overflow where the gradient does not.
            topic.add(f"{name}, ends of float32", partial(given, values=ENDS), activation=name, rounding=None)
            for what, values in [("infinities", INFINITIES), ("kinks", KINKS)]:
                topic.add(f"{name}, {what}", partial(given, values=values), activation=name, **DIFFERENCES.get((name, what), {}))
    return topic
