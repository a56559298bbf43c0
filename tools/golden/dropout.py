"""Dropout's scaling. The generators differ, so what is kept is what does not depend on them."""

import torch
from torch import nn

from topic import Topic

COUNT = 20000


def dropout(draws, probability):
    """The factor of what is kept, forward and backward; the share kept; the factor in evaluation."""
    torch.manual_seed(0)
    layer = nn.Dropout(probability)
    x = torch.ones(COUNT, requires_grad=True)
    y = layer(x)
    y.backward(torch.ones(COUNT))
    if not torch.equal(y, x.grad):
        raise AssertionError("the mask of backward is not that of forward")
    layer.eval()
    return {"factor": y.max().reshape(1), "share": (y != 0).to(torch.float64).mean().reshape(1), "evalFactor": layer(x).max().reshape(1)}


def make():
    topic = Topic("dropout", "dropout.py", f"factors, and the share of {COUNT} values that is kept")
    for probability in (0.0, 0.2, 0.5, 0.9, 1.0):
        topic.add(f"probability {probability}", dropout, single=True, probability=probability)
    return topic
