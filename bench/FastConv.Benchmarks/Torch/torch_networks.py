"""Networks, as torch_peer.py is asked for them: the layers of the command's models of the same names, trained, asked or exported.

The file holds input, labels and the model's state in the order of the request; without a file all of it is random.
A step gives the loss and the gradients of all parameters.
"""

import warnings

import torch
from torch import nn

from torch_file import read


class Residual(nn.Module):
    def __init__(self, body, shortcut=None):
        super().__init__()
        self.body = body
        if shortcut:
            self.shortcut = shortcut

    def forward(self, x):
        return self.body(x) + (self.shortcut(x) if hasattr(self, "shortcut") else x)


def lenet():
    return [
        nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 128), nn.ReLU(), nn.Linear(128, 10)]


def lenet5():
    return [
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(16 * 5 * 5, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)]


def minimal():
    return [nn.Conv2d(1, 2, 4), nn.MaxPool2d(5), nn.ReLU(), nn.Flatten(), nn.Linear(50, 10)]


def catdog():
    return [
        nn.Conv2d(3, 16, 11, stride=3), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 5), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(32, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU(),
        nn.Conv2d(64, 64, 3), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(64 * 7 * 7, 2048), nn.ReLU(), nn.Linear(2048, 1), nn.Sigmoid()]


def vgg():
    layers, channels = [], 3
    for width in (64, 64, "M", 128, 128, "M", 256, 256, "M"):
        if width == "M":
            layers.append(nn.MaxPool2d(2))
        else:
            layers += [nn.Conv2d(channels, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
            channels = width
    return layers + [nn.Flatten(), nn.Linear(256 * 4 * 4, 10)]


def resnet20():
    def convolution(before, after, kernel, stride):
        return [nn.Conv2d(before, after, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(after)]

    layers, channels = [*convolution(3, 16, 3, 1), nn.ReLU()], 16
    for width in (16, 32, 64):
        for block in range(3):
            stride = 2 if block == 0 and width > 16 else 1
            body = nn.Sequential(*convolution(channels, width, 3, stride), nn.ReLU(), *convolution(width, width, 3, 1))
            layers += [Residual(body, nn.Sequential(*convolution(channels, width, 1, stride)) if channels != width else None), nn.ReLU()]
            channels = width
    return layers + [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)]


def resnet9():
    def convolution(before, after):
        return [nn.Conv2d(before, after, 3, 1, 1, bias=False), nn.BatchNorm2d(after), nn.ReLU()]

    def pair(channels):
        return Residual(nn.Sequential(*convolution(channels, channels), *convolution(channels, channels)))

    return [
        *convolution(3, 32),
        *convolution(32, 64), nn.MaxPool2d(2), pair(64),
        *convolution(64, 128), nn.MaxPool2d(2),
        *convolution(128, 256), nn.MaxPool2d(2), pair(256),
        nn.MaxPool2d(4), nn.Flatten(), nn.Linear(256, 10),
    ]


NETWORKS = {function.__name__: function for function in (lenet, lenet5, minimal, catdog, vgg, resnet20, resnet9)}


def prepare_step(model, images, labels, request):
    if request["loss"] == "bce":
        loss, labels = nn.BCELoss(), labels.view(-1, 1)
    else:
        loss, labels = nn.CrossEntropyLoss(), labels.long()
    optimizer = torch.optim.Adam(model.parameters(), lr=request["learningRate"])

    def call():
        with torch.enable_grad():
            optimizer.zero_grad()
            value = loss(model(images), labels)
            value.backward()
            optimizer.step()
        return value

    return call, lambda value: torch.cat([value.reshape(1), *(parameter.grad.reshape(-1) for parameter in model.parameters())])


def export(model, images, request):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(model, images, request["onnxPath"], opset_version=13)


def prepare(request):
    model = nn.Sequential(*NETWORKS[request["model"]]())
    shape = request["input"]
    if request["path"]:
        images, labels, *state = read(request["path"], [shape, shape[:1], *(entry["shape"] for entry in request["state"])])
        own = model.state_dict()
        for entry, value in zip(request["state"], state):
            own.pop(entry["name"]).copy_(value.squeeze() if entry["name"].endswith("num_batches_tracked") else value)
        assert not own, f"the model's state lacks {list(own)}"
    else:
        images, labels = torch.randn(shape), torch.zeros(shape[:1])

    if request["mode"] == "step":
        return prepare_step(model.train(), images, labels, request)
    model.eval()
    if request["mode"] == "export":
        return export(model, images, request)
    return lambda: model(images)
