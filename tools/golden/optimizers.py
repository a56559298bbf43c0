"""Optimisers over 20 steps with given gradients, every option alone and together; and clipping by the gradients' norm."""

import torch
from torch import optim

from topic import Topic

STEPS = 20
LENGTHS = (5, 33)

OPTIMIZERS = {
    "Sgd": lambda p, rate=1e-3, momentum=0, dampening=0, nesterov=False, weightDecay=0: optim.SGD(p, rate, momentum, dampening, weightDecay, nesterov),
    "AdaGrad": lambda p, rate=1e-2, rateDecay=0, weightDecay=0, epsilon=1e-10, initial=0: optim.Adagrad(p, rate, rateDecay, weightDecay, initial, epsilon),
    "RmsProp": lambda p, rate=1e-2, alpha=0.99, epsilon=1e-8, weightDecay=0, momentum=0, centered=False: optim.RMSprop(
        p, rate, alpha, epsilon, weightDecay, momentum, centered),
    "Adam": lambda p, rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weightDecay=0: optim.Adam(p, rate, (beta1, beta2), epsilon, weightDecay),
    "AdamW": lambda p, rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, weightDecay=1e-2: optim.AdamW(p, rate, (beta1, beta2), epsilon, weightDecay),
}


def steps(draws, optimizer, scale=1, clip=None, constant=False, **options):
    """Both parameters after every step, one after the other, and with clip the norms before clipping.

    Gradients are scale * numbers; constant: those of the first step every time.
    """
    parameters = [draws.leaf(f"parameter {index}", (length,)) for index, length in enumerate(LENGTHS)]
    torch_optimizer = OPTIMIZERS[optimizer](parameters, **options)
    after, norms = [], []
    for step in range(STEPS):
        for index, parameter in enumerate(parameters):
            parameter.grad = draws(f"gradient {index} of step {0 if constant else step}", (LENGTHS[index],), scale=scale)
        if clip is not None:
            norms.append(torch.nn.utils.clip_grad_norm_(parameters, clip))
        torch_optimizer.step()
        after.append(torch.cat([parameter.detach().clone() for parameter in parameters]))
    return {"parameters": torch.stack(after), **({"norms": torch.stack(norms)} if norms else {})}


def make():
    topic = Topic("optimizers", "optimizers.py", f"two parameters after each of {STEPS} steps with given gradients")
    for optimizer, options in [
        ("Sgd", {}), ("Sgd", dict(rate=0.1, weightDecay=0.3)), ("Sgd", dict(rate=0.1, momentum=0.9)), ("Sgd", dict(rate=0.1, momentum=0.9, dampening=0.4)),
        ("Sgd", dict(rate=0.1, momentum=0.8, nesterov=True)), ("Sgd", dict(rate=0.05, momentum=0.8, nesterov=True, weightDecay=0.01)),
        ("Sgd", dict(rate=0.05, momentum=0.7, dampening=0.2, weightDecay=0.02)),
        ("AdaGrad", {}), ("AdaGrad", dict(rate=0.1, rateDecay=0.05)), ("AdaGrad", dict(weightDecay=0.2)), ("AdaGrad", dict(epsilon=1e-3)),
        ("AdaGrad", dict(initial=0.5)), ("AdaGrad", dict(rate=0.1, rateDecay=0.1, weightDecay=0.2, epsilon=1e-3, initial=0.5)),
        ("RmsProp", {}), ("RmsProp", dict(alpha=0.8)), ("RmsProp", dict(weightDecay=0.1)), ("RmsProp", dict(momentum=0.9)), ("RmsProp", dict(centered=True)),
        ("RmsProp", dict(rate=0.02, alpha=0.95, epsilon=1e-3, weightDecay=0.1, momentum=0.5, centered=True)),
        ("Adam", {}), ("Adam", dict(rate=0.01, beta1=0.0, beta2=0.0)), ("Adam", dict(weightDecay=0.3)), ("Adam", dict(epsilon=1e-2)),
        ("Adam", dict(rate=0.01, beta1=0.8, beta2=0.95, epsilon=1e-4, weightDecay=0.3)),
        ("AdamW", {}), ("AdamW", dict(weightDecay=0)), ("AdamW", dict(rate=0.02, beta1=0.8, beta2=0.9, epsilon=1e-4, weightDecay=0.5)),
    ]:
        topic.add(", ".join([optimizer, *(f"{key} {value}" for key, value in options.items())]), steps, optimizer=optimizer, **options)
    for optimizer in OPTIMIZERS:
        for scale in (2.0**-20, 2.0**12, 0):
            topic.add(f"{optimizer}, gradients times {scale:g}", steps, optimizer=optimizer, scale=scale)
    for clip in (0.25, 2.0, 1e6):
        topic.add(f"Sgd, clipped to {clip:g}", steps, optimizer="Sgd", rate=0.1, momentum=0.9, clip=clip)
        topic.add(f"Adam, clipped to {clip:g}", steps, optimizer="Adam", rate=0.01, clip=clip)
    topic.add("Sgd, clipped, gradients of 0", steps, optimizer="Sgd", rate=0.1, clip=1.0, scale=0)
    topic.add(
        "RmsProp, centered, constant gradients", steps, single=True, optimizer="RmsProp", rate=2.0**-20, alpha=0.125, epsilon=0.5, centered=True, constant=True,
        differs="torch's centred variance turns negative by rounding, and the parameter NaN; FastConv takes it as 0")
    return topic
