"""Convolutions: all outputs and all gradients.

Images and weights have 9 bits, so products are multiples of 2^-16 and every partial sum is exact in float32: torch, and every algorithm that adds
products, must give the very same bits in any order. Cases with bits=24 have full mantissas instead and are held to the bound of a sum.
"""

from itertools import product

import torch.nn.functional as F

from draws import FULL
from topic import Topic


def convolution(draws, batch, channels, image, kernel, stride, padding, dilation, groups, bits=9, places=()):
    """channels: in, out; image, kernel, stride, dilation: height, width; padding: top, bottom, left, right, or "same" as TensorFlow means it.

    places: [offset, number] pairs that are written over the input.
    """
    x = draws("input", (batch, channels[0], *image), bits=bits)
    for offset, number in places:
        x.view(-1)[offset] = float(number)
    x.requires_grad_()
    w = draws.leaf("weight", (channels[1], channels[0] // groups, *kernel), bits=bits)
    b = draws.leaf("bias", (channels[1],), bits=bits)
    top, bottom, left, right = same(image, kernel, stride, dilation) if padding == "same" else padding
    y = F.conv2d(F.pad(x, (left, right, top, bottom)), w, b, stride, 0, dilation, groups)
    y.backward(draws("gradOutput", y.shape, bits=bits))
    return {"output": y, "gradInput": x.grad, "gradWeight": w.grad, "gradBias": b.grad}


def same(image, kernel, stride, dilation):
    """https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2"""
    sides = []
    for size, window, step, spread in zip(image, kernel, stride, dilation):
        total = max(0, (-(-size // step) - 1) * step + (window - 1) * spread + 1 - size)
        sides += [total // 2, total - total // 2]
    return sides


def sweep(topic):
    for channels, kernel, stride, padding, dilation, groups in product([(2, 4), (6, 8)], [3, 5], [1, 2], [0, 1], [1, 2], [1, 2]):
        topic.add(
            f"{channels[0]} to {channels[1]}, kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}, groups {groups}",
            convolution, batch=2, channels=channels, image=(12, 11), kernel=(kernel, kernel), stride=(stride, stride), padding=(padding,) * 4,
            dilation=(dilation, dilation), groups=groups)


def corners(topic):
    one, none = (1, 1), (0, 0, 0, 0)
    for name, batch, channels, image, kernel, stride, padding, dilation, groups in [
        ("pointwise", 2, (7, 9), (5, 6), one, one, none, one, 1),
        ("pointwise, stride 2", 2, (5, 4), (6, 7), one, (2, 2), none, one, 1),
        ("depthwise", 2, (6, 6), (9, 10), (3, 3), one, (1,) * 4, one, 6),
        ("depthwise, multiplier 2", 1, (3, 6), (8, 7), (3, 3), one, (1,) * 4, one, 3),
        ("depthwise, stride 2, dilated", 2, (4, 4), (11, 12), (3, 3), (2, 2), (2,) * 4, (2, 2), 4),
        ("oblong", 2, (4, 6), (7, 11), (2, 3), (2, 3), (1, 0, 2, 3), (3, 2), 2),
        ("oblong, turned", 2, (4, 6), (11, 7), (3, 2), (3, 2), (2, 3, 1, 0), (2, 3), 1),
        ("same, even window", 2, (3, 4), (7, 8), (2, 2), one, "same", one, 1),
        ("same, stride 3", 1, (3, 4), (10, 11), (4, 4), (3, 3), "same", one, 1),
        ("same, dilated, stride 2", 1, (3, 4), (13, 11), (3, 3), (2, 2), "same", (3, 3), 1),
        ("one pixel", 3, (4, 5), one, one, one, none, one, 1),
        ("one pixel in padding", 2, (3, 4), one, (3, 3), one, (1,) * 4, one, 1),
        ("window of the whole image", 2, (4, 7), (5, 6), (5, 6), one, none, one, 1),
        ("stride beyond the window", 1, (2, 3), (11, 10), (2, 2), (4, 3), none, one, 1),
        ("padding beyond the window", 1, (2, 3), (4, 3), (2, 3), one, (5,) * 4, one, 1),
        ("16 channels", 1, (16, 17), (10, 9), (3, 3), one, (1,) * 4, one, 1),
        ("33 channels to 16", 2, (33, 16), (7, 8), (3, 3), one, (1,) * 4, one, 1),
    ]:
        shape = dict(batch=batch, channels=channels, image=image, kernel=kernel, stride=stride, padding=padding, dilation=dilation, groups=groups)
        topic.add(name, convolution, **shape)
        if name in ("depthwise", "oblong", "16 channels"):
            topic.add(f"{name}, full mantissas", convolution, **shape, bits=FULL)


def specials(topic):
    differs = "by Winograd's algorithms a NaN or an infinity reaches all outputs of its tiles"
    for name, channels, groups, places in [
        ("NaN in the image", (3, 4), 1, [(0, "nan"), (100, "nan")]),
        ("infinities in the image", (3, 4), 1, [(40, "inf"), (130, "-inf"), (133, "inf")]),
        ("depthwise, NaN and infinities in the image", (3, 3), 3, [(0, "nan"), (100, "inf"), (101, "-inf")]),
    ]:
        topic.add(
            name, convolution, batch=1, channels=channels, image=(8, 9), kernel=(3, 3), stride=(1, 1), padding=(1,) * 4, dilation=(1, 1), groups=groups,
            places=places, differs=differs)


def make():
    topic = Topic("convolution", "conv.py", "forward with bias, and the gradients of input, weight and bias")
    sweep(topic)
    corners(topic)
    specials(topic)
    return topic
