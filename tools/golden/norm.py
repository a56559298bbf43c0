"""Batch normalisation: steps of training, backward of the last one, then evaluation with the running statistics, forward and backward.

Inputs are offset + scale * number; channels=[scales] gives each channel a scale of its own, so that variances differ, or are 0.
"""

import torch
import torch.nn.functional as F
from torch import nn

from topic import Topic


def batch_norm(draws, shape, steps=1, momentum=0.1, epsilon=1e-5, affine=True, offset=0, scales=None):
    layer = (nn.BatchNorm1d if len(shape) == 2 else nn.BatchNorm2d)(shape[1], epsilon, momentum, affine, dtype=draws.dtype)
    parameters = {}
    if affine:
        layer.weight.data = draws("weight", (shape[1],), scale=0.5, offset=1)
        layer.bias.data = draws("bias", (shape[1],))
        parameters = {"Weight": layer.weight, "Bias": layer.bias}
    scale = draws.tensor(scales or [1] * shape[1]).reshape(1, -1, *[1] * (len(shape) - 2))
    grad = draws("gradOutput", shape)
    results = {}
    for step in range(steps):
        x = (offset + scale * draws(f"input {step}", shape)).requires_grad_()
        y = layer(x)
    y.backward(grad)
    results.update(output=y, gradInput=x.grad, runningMean=layer.running_mean, runningVariance=layer.running_var)
    results.update({f"grad{name}": p.grad.clone() for name, p in parameters.items()})

    layer.eval()
    layer.zero_grad()
    x = x.detach().requires_grad_()
    y = layer(x)
    y.backward(grad)
    results.update(evalOutput=y, evalGradInput=x.grad)
    results.update({f"evalGrad{name}": p.grad for name, p in parameters.items()})
    return results


def refusal(draws, shape):
    """What torch refuses: statistics of one value."""
    try:
        F.batch_norm(draws("input", shape), None, None, training=True)
    except ValueError:
        return {"refused": torch.ones(1)}
    raise AssertionError("torch takes it")


def make():
    topic = Topic("batch-norm", "norm.py", "training steps, running statistics and evaluation, each with its gradients")
    images = (3, 4, 5, 6)
    topic.add("defaults", batch_norm, shape=images)
    topic.add("three steps", batch_norm, shape=images, steps=3)
    topic.add("momentum 0", batch_norm, shape=images, steps=2, momentum=0.0)
    topic.add("momentum 1", batch_norm, shape=images, steps=2, momentum=1.0)
    topic.add("momentum 0.75", batch_norm, shape=images, steps=3, momentum=0.75)
    topic.add("cumulative average", batch_norm, shape=images, steps=3, momentum=None)
    topic.add("large epsilon", batch_norm, shape=images, epsilon=0.5)
    topic.add("without weight and bias", batch_norm, shape=images, steps=2, affine=False)
    topic.add("far from 0", batch_norm, shape=images, offset=64)
    topic.add("tiny variance", batch_norm, shape=images, scales=[2**-9, 2**-10, 2**-11, 2**-12])
    topic.add("tiny variance, far from 0", batch_norm, shape=images, offset=64, scales=[2**-6, 2**-7, 2**-8, 2**-8], rounding=0.05)
    topic.add("a channel without variance", batch_norm, shape=images, offset=2, scales=[1, 0, 2, 0.5], steps=2)
    topic.add("one pixel an image", batch_norm, shape=(5, 3, 1, 1), steps=2)
    topic.add("two values a channel", batch_norm, shape=(1, 3, 1, 2))
    topic.add("one image", batch_norm, shape=(1, 3, 9, 7))
    topic.add("long planes", batch_norm, shape=(2, 2, 20, 21))
    topic.add("many channels", batch_norm, shape=(2, 40, 3, 3))
    topic.add("features", batch_norm, shape=(9, 17), steps=2)
    topic.add("two samples of features", batch_norm, shape=(2, 5))
    topic.add("one value a channel", refusal, single=True, shape=(1, 3, 1, 1))
    return topic
