"""A whole training on CIFAR-10's binary files in PyTorch, by the recipes of `fastconv train`: the same network, transforms, mixing, schedule and
optimiser, with options of the same names. Prints a line an epoch and, last, the test accuracy and the time of training alone.

    python3 bench/FastConv.Benchmarks/Torch/torch_training.py --data FOLDER --model vgg --epochs 30 --augment Flip,Crop --threads 2
"""

import argparse
import glob
import math
import os
import time

import numpy
import torch
from torch import nn

from torch_networks import NETWORKS

PIXELS = 32
BORDER = PIXELS // 8
HOLE = PIXELS // 4
MIXUP_ALPHA = 0.2
EVALUATION_BATCH = 500


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--model", default="vgg", choices=NETWORKS)
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--optimizer", default="adam", choices=["momentum", "adam", "adamw"])
    parser.add_argument("--learning-rate", type=float, default=1e-3)
    parser.add_argument("--weight-decay", type=float)
    parser.add_argument("--schedule", default="Linear", choices=["Constant", "Linear", "Cosine", "OneCycle"])
    parser.add_argument("--label-smoothing", type=float, default=0)
    parser.add_argument("--augment", default="Flip,Crop")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def read(pattern):
    """Images in [0, 1] as [n, 3, 32, 32], and classes."""
    records = numpy.concatenate([numpy.fromfile(path, numpy.uint8).reshape(-1, 1 + 3 * PIXELS * PIXELS) for path in sorted(glob.glob(pattern))])
    images = torch.from_numpy(records[:, 1:].reshape(-1, 3, PIXELS, PIXELS).copy()).float() / 255
    return images, torch.from_numpy(records[:, 0].astype(numpy.int64))


def augment(images, asked):
    """Every image by itself: mirrored or not, a window of the image with a border of zeros, a square of zeros."""
    count = len(images)
    if "Flip" in asked:
        mirrored = torch.rand(count) < 0.5
        images = torch.where(mirrored[:, None, None, None], images.flip(3), images)
    if "Crop" in asked:
        padded = nn.functional.pad(images, (BORDER,) * 4)
        windows = padded.unfold(2, PIXELS, 1).unfold(3, PIXELS, 1)
        rows, columns = torch.randint(2 * BORDER + 1, (2, count))
        images = windows[torch.arange(count), :, rows, columns]
    if "Cutout" in asked:
        places = torch.arange(PIXELS)
        centres = torch.randint(PIXELS, (2, count, 1))
        rows, columns = ((places >= centre - HOLE // 2) & (places < centre + (HOLE + 1) // 2) for centre in centres)
        images = images.masked_fill((rows[:, :, None] & columns[:, None, :])[:, None], 0)
    return images


def mix(images, targets):
    share = numpy.random.beta(MIXUP_ALPHA, MIXUP_ALPHA)
    order = torch.randperm(len(images))
    return share * images + (1 - share) * images[order], share * targets + (1 - share) * targets[order]


def create_optimizer(options, parameters):
    more = {} if options.weight_decay is None else {"weight_decay": options.weight_decay}
    if options.optimizer == "momentum":
        return torch.optim.SGD(parameters, options.learning_rate, momentum=0.9, **more)
    return (torch.optim.Adam if options.optimizer == "adam" else torch.optim.AdamW)(parameters, options.learning_rate, **more)


def create_schedule(name, optimizer, steps):
    if name == "OneCycle":
        return torch.optim.lr_scheduler.OneCycleLR(optimizer, optimizer.defaults["lr"], total_steps=steps, cycle_momentum=False)
    rates = {"Constant": lambda step: 1, "Linear": lambda step: 1 - step / steps, "Cosine": lambda step: (1 + math.cos(math.pi * step / steps)) / 2}
    return torch.optim.lr_scheduler.LambdaLR(optimizer, rates[name])


def accuracy(model, images, labels):
    model.eval()
    with torch.no_grad():
        right = sum((model(x).argmax(1) == y).sum().item() for x, y in zip(images.split(EVALUATION_BATCH), labels.split(EVALUATION_BATCH)))
    model.train()
    return right / len(labels)


def main():
    options = arguments()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    numpy.random.seed(options.seed)
    images, labels = read(os.path.join(options.data, "*train*.bin"))
    test_images, test_labels = read(os.path.join(options.data, "*test*.bin"))
    mean, deviation = images.mean((0, 2, 3), keepdim=True), images.std((0, 2, 3), keepdim=True)
    images, test_images = (images - mean) / deviation, (test_images - mean) / deviation
    targets = nn.functional.one_hot(labels, 10).float()
    asked = options.augment.split(",")

    model = nn.Sequential(*NETWORKS[options.model]())
    loss = nn.CrossEntropyLoss(label_smoothing=options.label_smoothing)
    optimizer = create_optimizer(options, model.parameters())
    steps = options.epochs * math.ceil(len(images) / options.batch)
    schedule = create_schedule(options.schedule, optimizer, steps)
    training = 0.0
    for epoch in range(options.epochs):
        begin = time.perf_counter()
        total = 0.0
        for batch in torch.randperm(len(images)).split(options.batch):
            x, y = augment(images[batch], asked), targets[batch]
            if "MixUp" in asked:
                x, y = mix(x, y)
            optimizer.zero_grad()
            value = loss(model(x), y)
            value.backward()
            optimizer.step()
            schedule.step()
            total += value.item() * len(batch)
        training += time.perf_counter() - begin
        print(f"epoch {epoch + 1}/{options.epochs}  loss {total / len(images):.4f}  after {training:.1f} s", flush=True)
    print(f"test accuracy {accuracy(model, test_images, test_labels):.4f}, training {training:.1f} s")


if __name__ == "__main__":
    main()
