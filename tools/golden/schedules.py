"""Learning rates over 30 steps, of optimisers whose own rate is 0.5. Torch computes most of them step by step, FastConv in closed form."""

import warnings

import torch
from torch.optim import lr_scheduler as torch_schedules

from topic import Topic

RATE = 0.5
STEPS = 30

SCHEDULES = {
    "Step": lambda optimizer, every, factor: torch_schedules.StepLR(optimizer, every, factor),
    "MultiStep": lambda optimizer, milestones, factor: torch_schedules.MultiStepLR(optimizer, milestones, factor),
    "Exponential": lambda optimizer, factor: torch_schedules.ExponentialLR(optimizer, factor),
    "Cosine": lambda optimizer, length, minimum=0.0: torch_schedules.CosineAnnealingLR(optimizer, length, minimum),
    "WarmUp": lambda optimizer, length, start, end: torch_schedules.LinearLR(optimizer, start, end, length),
    "OneCycle": lambda optimizer, length, rise=0.3, divisor=25.0, final_divisor=1e4, linear=False, three_phases=False: torch_schedules.OneCycleLR(
        optimizer, RATE, length, pct_start=rise, anneal_strategy="linear" if linear else "cos", div_factor=divisor,
        final_div_factor=final_divisor, three_phase=three_phases, cycle_momentum=False),
}


def optimizer():
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], RATE, momentum=0.9)


def build(optimizer, kind, **options):
    return SCHEDULES[kind](optimizer, **options)


def rates(draws, optimizer, schedule):
    """The rate of every step."""
    results = []
    for _ in range(STEPS):
        results.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return {"rates": torch.tensor(results, dtype=torch.float64)}


def single(draws, kind, **options):
    sgd = optimizer()
    return rates(draws, sgd, build(sgd, kind, **options))


def chained(draws, parts):
    sgd = optimizer()
    return rates(draws, sgd, torch_schedules.ChainedScheduler([build(sgd, **part) for part in parts]))


def sequential(draws, parts, milestones):
    sgd = optimizer()
    with warnings.catch_warnings():
        # SequentialLR steps its schedules in a way that torch itself calls deprecated.
        warnings.simplefilter("ignore", UserWarning)
        return rates(draws, sgd, torch_schedules.SequentialLR(sgd, [build(sgd, **part) for part in parts], milestones))


def plateau(draws, higher_is_better, **options):
    """After each step a number is observed that improves more slowly as time goes on, with noise."""
    sgd = optimizer()
    schedule = torch_schedules.ReduceLROnPlateau(sgd, "max" if higher_is_better else "min", **options)
    observed = observations(draws, higher_is_better)
    results = []
    for value in observed.tolist():
        results.append(sgd.param_groups[0]["lr"])
        schedule.step(value)
    return {"observed": observed, "rates": torch.tensor(results, dtype=torch.float64)}


def observations(draws, higher_is_better):
    falling = 1 / (1 + torch.arange(STEPS, dtype=torch.float32)) + draws("noise", (STEPS,), scale=2**-4, offset=0.25).to(torch.float32)
    return 2 - falling if higher_is_better else falling


def make():
    topic = Topic("schedules", "schedules.py", f"the rates of {STEPS} steps from a rate of {RATE}")
    for name, kind, options in [
        ("Step", "Step", dict(every=7, factor=0.3)),
        ("Step, every step", "Step", dict(every=1, factor=0.9)),
        ("MultiStep", "MultiStep", dict(milestones=[3, 10, 11, 25], factor=0.25)),
        ("MultiStep, one twice", "MultiStep", dict(milestones=[20, 5, 5], factor=0.5)),
        ("Exponential", "Exponential", dict(factor=0.85)),
        ("Cosine", "Cosine", dict(length=30)),
        ("Cosine, minimum", "Cosine", dict(length=30, minimum=0.125)),
        ("WarmUp", "WarmUp", dict(length=10, start=0.1, end=1.0)),
        ("WarmUp, down", "WarmUp", dict(length=25, start=1.0, end=0.05)),
        ("OneCycle", "OneCycle", dict(length=30)),
        ("OneCycle, linear", "OneCycle", dict(length=30, linear=True)),
        ("OneCycle, three phases", "OneCycle", dict(length=30, three_phases=True)),
        ("OneCycle, three phases, linear", "OneCycle", dict(length=30, three_phases=True, linear=True, rise=0.4, divisor=10.0, final_divisor=100.0)),
    ]:
        topic.add(name, single, kind=kind, **options)
    topic.add(
        "Cosine, past its length", single, kind="Cosine", length=20, differs="torch's cosine rises again after its length; FastConv's stays at the minimum")
    warm_up, exponential, cosine = dict(kind="WarmUp", length=8, start=0.25, end=1.0), dict(kind="Exponential", factor=0.9), dict(kind="Cosine", length=22)
    topic.add("Chained", chained, parts=[warm_up, exponential])
    topic.add("Chained, three", chained, parts=[warm_up, exponential, dict(kind="Step", every=10, factor=0.5)])
    topic.add("Sequential", sequential, parts=[warm_up, cosine], milestones=[8])
    topic.add("Sequential, three", sequential, parts=[warm_up, exponential, dict(kind="Step", every=4, factor=0.5)], milestones=[8, 15])
    for higher in (False, True):
        side = "highest" if higher else "lowest"
        topic.add(f"Plateau, {side}", plateau, higher_is_better=higher, factor=0.5, patience=1)
        topic.add(f"Plateau, {side}, relative threshold", plateau, higher_is_better=higher, factor=0.1, patience=2, threshold=0.05, threshold_mode="rel")
        topic.add(f"Plateau, {side}, absolute threshold", plateau, higher_is_better=higher, factor=0.1, patience=2, threshold=0.05, threshold_mode="abs")
        topic.add(f"Plateau, {side}, cooldown and minimum", plateau, higher_is_better=higher, factor=0.5, patience=0, cooldown=2, min_lr=0.03)
    return topic
