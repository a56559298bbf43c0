"""Pooling. The winner under a window shows in the gradient of the input, where torch puts that of the output."""

import torch
import torch.nn.functional as F

from draws import COARSE
from topic import Topic

TIES = 2


def pool(draws, kind, shape, kernel=None, stride=None, padding=(0, 0), dilation=(1, 1), count_include_pad=True, bits=COARSE, places=()):
    """places: [offset, number] pairs that are written over the input; kernel to padding: height, width."""
    x = draws("input", shape, bits=bits)
    for offset, number in places:
        x.view(-1)[offset] = float(number)
    x.requires_grad_()
    if kind == "max":
        y = F.max_pool2d(x, kernel, stride, padding, dilation)
    elif kind == "average":
        y = F.avg_pool2d(x, kernel, stride, padding, count_include_pad=count_include_pad)
    else:
        y = F.adaptive_avg_pool2d(x, 1)
    y.backward(draws("gradOutput", y.shape))
    return {"output": y, "gradInput": x.grad}


WINDOWS = [
    ("2x2, stride 2", (2, 3, 8, 9), (2, 2), (2, 2), (0, 0)),
    ("3x3, stride 2, overlapping, padded", (2, 2, 9, 11), (3, 3), (2, 2), (1, 1)),
    ("3x3, stride 1, overlapping, padded", (1, 3, 6, 5), (3, 3), (1, 1), (1, 1)),
    ("2x2, stride 3", (1, 2, 10, 11), (2, 2), (3, 3), (0, 0)),
    ("oblong", (3, 2, 7, 19), (3, 2), (1, 3), (1, 0)),
    ("whole image", (2, 4, 5, 7), (5, 7), (5, 7), (0, 0)),
    ("one pixel", (1, 2, 1, 1), (1, 1), (1, 1), (0, 0)),
    ("17x16, 272 taps", (1, 1, 19, 22), (17, 16), (1, 3), (3, 2)),
    ("5x4, stride 2, padded by 2", (1, 2, 9, 34), (5, 4), (2, 2), (2, 2)),
]

DILATED = [
    ("dilation 2", (1, 2, 9, 9), (3, 3), (1, 1), (1, 1), (2, 2)),
    ("oblong dilation", (2, 1, 10, 13), (2, 3), (2, 1), (0, 1), (3, 2)),
]

# Of an image of 6 x 7: in a corner, next to each other, in the last row.
NAN = [(0, "nan"), (16, "nan"), (17, "nan"), (41, "nan")]
INFINITIES = [(0, "inf"), (9, "-inf"), (16, "inf"), (17, "inf"), (30, "-inf"), (31, "-inf"), (37, "-inf"), (38, "-inf")]


def make():
    topic = Topic("pooling", "pooling.py", "output and gradient of the input")
    for name, shape, kernel, stride, padding in WINDOWS:
        window = dict(shape=shape, kernel=kernel, stride=stride, padding=padding)
        topic.add(f"max, {name}", pool, kind="max", **window)
        topic.add(f"max, {name}, ties", pool, kind="max", **window, bits=TIES)
        topic.add(f"average, {name}", pool, kind="average", **window)
        if any(padding):
            topic.add(f"average, {name}, without padding", pool, kind="average", **window, count_include_pad=False)
    for name, shape, kernel, stride, padding, dilation in DILATED:
        for bits in (COARSE, TIES):
            topic.add(
                f"max, {name}{', ties' if bits == TIES else ''}",
                pool, kind="max", shape=shape, kernel=kernel, stride=stride, padding=padding, dilation=dilation, bits=bits)
    for name, places in [("NaN", NAN), ("infinities", INFINITIES), ("all", NAN + INFINITIES)]:
        for window, stride, padding in [(2, 2, 0), (3, 2, 1), (2, 1, 0), (3, 3, 1)]:
            topic.add(
                f"max, {name}, window {window}, stride {stride}",
                pool, kind="max", shape=(1, 1, 6, 7), kernel=(window,) * 2, stride=(stride,) * 2, padding=(padding,) * 2, places=places)
    topic.add("max, nothing but negative infinity", pool, kind="max", shape=(1, 1, 2, 2), kernel=(2, 2), stride=(2, 2), places=[(i, "-inf") for i in range(4)])
    topic.add("average, NaN and infinities", pool, kind="average", shape=(1, 1, 6, 7), kernel=(3, 3), stride=(2, 2), padding=(1, 1), places=INFINITIES + NAN)
    for shape in [(1, 1, 1, 1), (2, 3, 7, 7), (3, 17, 5, 6), (1, 2, 40, 33)]:
        topic.add(f"adaptive average to one pixel of {shape[2]} x {shape[3]}", pool, kind="global", shape=shape)
    return topic
