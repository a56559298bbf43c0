"""Losses and the gradients of their predictions. Losses are means, the one reduction that FastConv offers."""

import torch
import torch.nn.functional as F

from topic import Topic

ELEMENT = {
    "Mse": F.mse_loss,
    "L1": F.l1_loss,
    "Huber": F.huber_loss,
    "Bce": F.binary_cross_entropy,
    "BceWithLogits": F.binary_cross_entropy_with_logits,
}


def result(loss, prediction):
    loss.backward()
    return {"loss": loss.reshape(1), "gradient": prediction.grad}


def drawn_elements(draws, loss, shape, **options):
    """Probabilities for Bce, otherwise numbers in [-4, 4); targets in [0, 1) for both binary losses."""
    binary = loss.startswith("Bce")
    prediction = draws.leaf("prediction", shape, bits=16, **(dict(scale=0.5, offset=0.5) if loss == "Bce" else dict(scale=4)))
    target = draws("target", shape, **(dict(scale=0.5, offset=0.5) if binary else dict(scale=4)))
    return result(ELEMENT[loss](prediction, target, **options), prediction)


def given_elements(draws, loss, prediction, target, **options):
    prediction = draws.tensor(prediction).requires_grad_()
    return result(ELEMENT[loss](prediction, draws.tensor(target), **options), prediction)


def labels(draws, loss, rows, classes, logits=None, weights=None, ignored=(), ignore_index=-100, smoothing=0.0):
    """Labels are drawn; the rows in 'ignored' have the ignored index."""
    x = prediction(draws, rows, classes, logits)
    label = draws.labels("labels", rows, classes)
    label[list(ignored)] = ignore_index
    weight = None if weights is None else draws.tensor(weights)
    if loss == "Nll":
        return result(F.nll_loss(x, label, weight, ignore_index=ignore_index), x)
    return result(F.cross_entropy(x, label, weight, ignore_index=ignore_index, label_smoothing=smoothing), x)


def targets(draws, loss, rows, classes, logits=None, weights=None, smoothing=0.0):
    """Soft targets in [0, 1), rows that need not add up to 1."""
    x = prediction(draws, rows, classes, logits)
    target = draws("targets", (rows, classes), scale=0.5, offset=0.5)
    return result(F.cross_entropy(x, target, None if weights is None else draws.tensor(weights), label_smoothing=smoothing), x)


def prediction(draws, rows, classes, logits):
    x = draws("logits", (rows, classes), bits=16, scale=4) if logits is None else draws.tensor(logits)
    return x.requires_grad_()


def elements(topic):
    for loss in ELEMENT:
        for shape in [(1,), (37,), (5, 1), (2, 3, 4)]:
            topic.add(f"{loss}, {' x '.join(map(str, shape))}", drawn_elements, loss=loss, shape=shape)
    for delta in (0.25, 3.0):
        topic.add(f"Huber, delta {delta}", drawn_elements, loss="Huber", shape=(37,), delta=delta)
    topic.add("Huber, at delta and at 0", given_elements, loss="Huber", prediction=[1.0, -1.0, 2.0, 0.0, 1e4], target=[0.0, 0.0, 2.0, 0.0, -1e4])
    topic.add("L1, equal", given_elements, loss="L1", prediction=[1.0, 2.0, -3.0, 0.0], target=[1.0, 2.5, -3.0, -0.0])
    topic.add("Bce, certain", given_elements, loss="Bce", prediction=[0.0, 1.0, 0.0, 1.0, 0.5, 1e-30], target=[0.0, 1.0, 1.0, 0.0, 0.25, 1.0])
    logits = [1e4, -1e4, 1e4, -1e4, 0.0, 40.0, -40.0, 104.0]
    topic.add("BceWithLogits, extremes", given_elements, loss="BceWithLogits", prediction=logits, target=[1.0, 0.0, 0.0, 1.0, 0.5, 0.25, 0.25, 1.0])


def classes(topic):
    weights = [0.5, 2.0, 1.0, 0.25]
    for loss in ("CrossEntropy", "Nll"):
        for rows, count in [(1, 1), (4, 1), (7, 2), (1, 17), (16, 10), (5, 40)]:
            topic.add(f"{loss}, {rows} x {count}", labels, loss=loss, rows=rows, classes=count)
        topic.add(f"{loss}, weights", labels, loss=loss, rows=9, classes=4, weights=weights)
        topic.add(f"{loss}, a weight of 0", labels, loss=loss, rows=12, classes=4, weights=[0.0, 2.0, 1.0, 0.5])
        topic.add(f"{loss}, ignored rows", labels, loss=loss, rows=9, classes=4, ignored=[0, 3, 8])
        topic.add(f"{loss}, ignored rows, index -1", labels, loss=loss, rows=9, classes=4, ignored=[2, 3], ignore_index=-1)
        topic.add(f"{loss}, a class is ignored", labels, loss=loss, rows=12, classes=3, ignore_index=1)
        topic.add(f"{loss}, weights and ignored rows", labels, loss=loss, rows=9, classes=4, weights=weights, ignored=[1, 7])
        topic.add(f"{loss}, all ignored", labels, loss=loss, rows=3, classes=4, ignored=[0, 1, 2])
    differs = "torch's gradients are NaN where rows count but all of their weights are 0; FastConv's are 0"
    topic.add("CrossEntropy, all weights 0", labels, loss="CrossEntropy", rows=4, classes=3, weights=[0.0, 0.0, 0.0], differs=differs)
    for smoothing in (0.1, 1.0):
        topic.add(f"CrossEntropy, smoothing {smoothing}", labels, loss="CrossEntropy", rows=9, classes=4, smoothing=smoothing)
        topic.add(f"CrossEntropy, targets, smoothing {smoothing}", targets, loss="CrossEntropy", rows=9, classes=4, smoothing=smoothing)
    topic.add(
        "CrossEntropy, smoothing, weights and ignored rows",
        labels, loss="CrossEntropy", rows=9, classes=4, smoothing=0.25, weights=weights, ignored=[0, 5])
    topic.add("CrossEntropy, targets", targets, loss="CrossEntropy", rows=7, classes=5)
    topic.add("CrossEntropy, targets, weights", targets, loss="CrossEntropy", rows=7, classes=4, weights=weights)
    topic.add("CrossEntropy, targets, weights, smoothing", targets, loss="CrossEntropy", rows=7, classes=4, weights=weights, smoothing=0.25)
    extremes = [[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [1e4, 1e4, 9999.0], [3.0, 2.0, 1.0], [-1e4, 1e4, 1e4], [88.0, -104.0, 89.0]]
    for smoothing in (0.0, 0.1):
        topic.add(f"CrossEntropy, extremes, smoothing {smoothing}", labels, loss="CrossEntropy", rows=6, classes=3, logits=extremes, smoothing=smoothing)
        topic.add(f"CrossEntropy, targets, extremes, smoothing {smoothing}", targets, loss="CrossEntropy", rows=6, classes=3, logits=extremes, smoothing=smoothing)


def make():
    topic = Topic("losses", "losses.py", "the mean loss and the gradient of the prediction")
    elements(topic)
    classes(topic)
    return topic
