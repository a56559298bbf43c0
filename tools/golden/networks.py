"""Whole networks over 20 steps: losses, and every parameter and running statistic after every step.

A trajectory amplifies rounding: Adam moves a bias whose true gradient is 0 as far as any other, and among a million values some are so near to the kink
of a ReLU, or to the winner under a window, that rounding puts them on the other side. So the yardstick lies beside the numbers: "deviation" is
how far torch's own float32 is from torch's double precision after each step, as a root mean square, the largest of several runs: with oneDNN and without, and with
parameters that are disturbed after every step by up to DISTURBANCE of themselves, so that kinks are crossed.
"""

import torch
from torch import nn

from topic import Topic

STEPS = 20
SAMPLES = 64
END_SAMPLES = 512
DISTURBANCE = 2.0**-19
DISTURBED_RUNS = 3


def catdog():
    return nn.Sequential(
        nn.Conv2d(3, 16, 11, 3), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 5), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(),
        nn.Conv2d(64, 64, 3), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 1), nn.Sigmoid())


def lenet():
    return nn.Sequential(
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 3 * 3, 128), nn.ReLU(), nn.Linear(128, 10))


NETWORKS = {"catdog": catdog, "lenet": lenet}
OPTIMIZERS = {
    "sgd": lambda parameters, rate: torch.optim.SGD(parameters, rate, momentum=0.9),
    "adam": lambda parameters, rate: torch.optim.Adam(parameters, rate),
}


def start(draws, name, shape):
    """Weights of layers are uniform with about the variance 1 / fan in, those of normalisations lie around 1, biases around 0."""
    if len(shape) == 1:
        return draws(name, shape, scale=2**-5, offset=1 if name.endswith("weight") else 0)
    power = 0
    while 4**power * 2 < shape[1:].numel():
        power += 1
    return draws(name, shape, scale=2.0**-power)


def trajectory(draws, network, optimizer, rate, images, classes, disturbed_run=None):
    """Losses, and what model.state_dict() has after each step, by name."""
    model = NETWORKS[network]().to(draws.dtype)
    for name, parameter in model.named_parameters():
        parameter.data = start(draws, name, parameter.shape)
    torch_optimizer = OPTIMIZERS[optimizer](model.parameters(), rate)
    losses, states = [], []
    for step in range(STEPS):
        x = draws(f"images {step}", images)
        labels = draws.labels(f"labels {step}", images[0], classes)
        y = model(x)
        loss = nn.functional.binary_cross_entropy(y, labels.to(draws.dtype).reshape(-1, 1)) if classes == 2 else nn.functional.cross_entropy(y, labels)
        torch_optimizer.zero_grad()
        loss.backward()
        torch_optimizer.step()
        if disturbed_run is not None:
            for name, parameter in model.named_parameters():
                parameter.data += parameter.data * draws(f"disturbance {disturbed_run} of {name}, step {step}", parameter.shape, scale=DISTURBANCE)
        losses.append(loss.detach())
        states.append({name: value.detach().clone() for name, value in model.state_dict().items() if value.is_floating_point()})
    return torch.stack(losses), states


def train(draws, **options):
    """Per tensor: its norm after each step, up to SAMPLES numbers of it, the deviation, and up to END_SAMPLES numbers at the end; all evenly spread."""
    losses, states = trajectory(draws, **options)
    single = type(draws)(draws.path, torch.float32)
    others = [trajectory(single, **options)]
    with torch.backends.mkldnn.flags(enabled=False):
        others.append(trajectory(single, **options))
    others += [trajectory(single, **options, disturbed_run=run) for run in range(DISTURBED_RUNS)]
    results = {"losses": losses, "losses/deviation": torch.stack([(other - losses).abs() for other, _ in others]).amax(0)}
    for name in states[0]:
        values = [state[name].flatten() for state in states]
        results[f"{name}/norm"] = torch.stack([value.norm() for value in values])
        results[f"{name}/samples"] = torch.stack([sample(value, SAMPLES) for value in values])
        results[f"{name}/end"] = sample(values[-1], END_SAMPLES)
        deviations = [[root_mean_square(state[name].flatten() - value) for state, value in zip(other, values)] for _, other in others]
        results[f"{name}/deviation"] = torch.tensor(deviations).amax(0)
    return results


def sample(values, count):
    """At i * length / count, rounded down."""
    count = min(count, len(values))
    return values[torch.arange(count) * len(values) // count]


def root_mean_square(values):
    return values.square().mean().sqrt().item()


def make():
    topic = Topic("networks", "networks.py", f"losses, parameters and running statistics over {STEPS} steps")
    lenet_data = dict(images=(8, 1, 12, 12), classes=10)
    topic.add("LeNet, momentum", train, rounding=None, network="lenet", optimizer="sgd", rate=0.02, **lenet_data)
    topic.add("LeNet, Adam", train, rounding=None, network="lenet", optimizer="adam", rate=2e-3, **lenet_data)
    topic.add("cat/dog, Adam", train, rounding=None, network="catdog", optimizer="adam", rate=5e-4, images=(4, 3, 80, 80), classes=2)
    return topic
