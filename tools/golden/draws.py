"""Inputs that Python and C# generate alike, so that files hold results alone. C#'s side is tests/FastConv.Tests/Golden/GoldenDraws.cs.

A tensor's numbers follow from its text, seed/topic/case/tensor: word i is mix(fnv1a(text) + i * 0x9E3779B9), in 32 bits, and the number is the
upper bits of that word as a signed integer over 2^(bits - 1): a multiple of 2^(1 - bits) in [-1, 1), which is a float32 for up to 24 bits.

FNV-1a: http://www.isthe.com/chongo/tech/comp/fnv/index.html; the mixing of 32 bits: https://nullprogram.com/blog/2018/07/31/
"""

import numpy
import torch

COARSE = 9
FULL = 24


def fnv1a(text):
    key = 0x811C9DC5
    for byte in text.encode():
        key = (key ^ byte) * 0x01000193 & 0xFFFFFFFF
    return key


def words(text, count):
    x = (numpy.arange(count, dtype=numpy.uint64) * 0x9E3779B9 + fnv1a(text)).astype(numpy.uint32)
    x = (x ^ x >> 16) * numpy.uint32(0x7FEB352D)
    x = (x ^ x >> 15) * numpy.uint32(0x846CA68B)
    return x ^ x >> 16


class Draws:
    """The inputs of one case, in the precision that it is computed in."""

    def __init__(self, path, dtype):
        self.path = path
        self.dtype = dtype

    def __call__(self, tensor, shape, bits=COARSE, scale=1, offset=0):
        """offset + scale * number. Scale and offset are few bits long: the result must be a float32."""
        count = int(numpy.prod(shape))
        numbers = (words(f"{self.path}/{tensor}", count) >> numpy.uint32(32 - bits)).astype(numpy.int64) - (1 << bits - 1)
        values = offset + scale * (numbers / (1 << bits - 1))
        if not numpy.array_equal(values.astype(numpy.float32), values):
            raise ValueError(f"{self.path}/{tensor}: not all values are float32 numbers")
        return torch.tensor(values, dtype=self.dtype).reshape(tuple(shape))

    def leaf(self, tensor, shape, **options):
        """The same, to be differentiated by."""
        return self(tensor, shape, **options).requires_grad_()

    def labels(self, tensor, count, classes):
        """Word modulo classes."""
        return torch.tensor((words(f"{self.path}/{tensor}", count) % numpy.uint32(classes)).astype(numpy.int64))

    def tensor(self, values):
        """Numbers that are given, not drawn."""
        return torch.tensor(values, dtype=torch.float32).to(self.dtype)
