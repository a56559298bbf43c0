"""Initial values: statistics, not bits, since the generators differ; and the gains, which are exact."""

import torch
from torch import nn
from torch.nn import init

from topic import Topic

INITIALIZERS = {
    "Uniform": init.uniform_,
    "Normal": init.normal_,
    "XavierUniform": init.xavier_uniform_,
    "XavierNormal": init.xavier_normal_,
    "KaimingUniform": init.kaiming_uniform_,
    "KaimingNormal": init.kaiming_normal_,
    "Constant": init.constant_,
}

GAINS = {"Linear": "linear", "Sigmoid": "sigmoid", "Tanh": "tanh", "ReLU": "relu", "LeakyReLU": "leaky_relu"}


def statistics(values):
    exact = values.detach().to(torch.float64)
    return {"statistics": torch.stack([exact.mean(), exact.std(unbiased=False), exact.min(), exact.max()])}


def initializer(draws, kind, shape, **options):
    """Mean, standard deviation, least and largest of a tensor; the options are those of torch.nn.init."""
    torch.manual_seed(0)
    values = torch.empty(*shape)
    INITIALIZERS[kind](values, **options)
    return statistics(values)


def default(draws, layer, tensor, sizes):
    """The same of what a layer starts with."""
    torch.manual_seed(0)
    return statistics(getattr({"Conv2d": nn.Conv2d, "Linear": nn.Linear}[layer](*sizes), tensor))


def gain(draws, nonlinearity, slope=None):
    return {"gain": torch.tensor([init.calculate_gain(GAINS[nonlinearity], slope)])}


def make():
    topic = Topic("initializers", "initializers.py", "mean, standard deviation, minimum and maximum of what is drawn; gains")
    weight, matrix = (64, 32, 3, 3), (150, 130)
    topic.add("Uniform", initializer, single=True, kind="Uniform", shape=matrix, a=-2.0, b=3.0)
    topic.add("Normal", initializer, single=True, kind="Normal", shape=matrix, mean=1.0, std=0.02)
    topic.add("Constant", initializer, single=True, kind="Constant", shape=(3, 4), val=0.25)
    for shape in (weight, matrix):
        for kind in ("XavierUniform", "XavierNormal"):
            for factor in (1.0, 2.5):
                topic.add(f"{kind}, {shape}, gain {factor}", initializer, single=True, kind=kind, shape=shape, gain=factor)
        for kind in ("KaimingUniform", "KaimingNormal"):
            for mode in ("fan_in", "fan_out"):
                for nonlinearity, slope in [("leaky_relu", 0.0), ("leaky_relu", 0.5), ("relu", 0.0), ("tanh", 0.0), ("linear", 0.0), ("sigmoid", 0.0)]:
                    topic.add(
                        f"{kind}, {shape}, {mode}, {nonlinearity} {slope}",
                        initializer, single=True, kind=kind, shape=shape, a=slope, mode=mode, nonlinearity=nonlinearity)
    for layer, sizes in [("Conv2d", (32, 600, 3)), ("Linear", (100, 700))]:
        for tensor in ("weight", "bias"):
            topic.add(f"{layer}'s {tensor}", default, single=True, layer=layer, tensor=tensor, sizes=sizes)
    for nonlinearity in GAINS:
        topic.add(f"gain of {nonlinearity}", gain, single=True, nonlinearity=nonlinearity)
    topic.add("gain of LeakyReLU 0.5", gain, single=True, nonlinearity="LeakyReLU", slope=0.5)
    return topic
