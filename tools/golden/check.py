"""Compares a golden file with what is computed now.

Results in double precision, rounded to float32, may fall to the other side of a tie on another CPU; numbers near 0 are differences of larger ones.
So a number may move by 4 units of rounding of itself and 1 of the largest in its tensor. "deviation", the yardstick of trajectories, is itself rounding:
its largest number may change by a factor of 10.
"""

import numpy

import safetensors

UNIT = 2.0**-24
VERSION = "torch"


def compare(path, topic):
    """How many tensors or fields differ; says which."""
    tensors, metadata = safetensors.read(path)
    problems = [f"metadata {key}" for key in sorted(metadata.keys() | topic.metadata.keys()) if key != VERSION and metadata.get(key) != topic.metadata.get(key)]
    if metadata[VERSION] != topic.metadata[VERSION]:
        print(f"{path}: made by torch {metadata[VERSION]}, compared with {topic.metadata[VERSION]}")
    problems += [f"{name}: only on one side" for name in sorted(tensors.keys() ^ topic.tensors.keys())]
    same = 0
    for name in tensors.keys() & topic.tensors.keys():
        old, now = tensors[name], topic.tensors[name]
        same += old.tobytes() == now.tobytes()
        if old.shape != now.shape or not is_close(name, old.astype(numpy.float64), now.astype(numpy.float64)):
            problems.append(f"{name}: expected {old.flatten()[:4]}, computed {now.flatten()[:4]}")
    print(f"{path}: {len(tensors)} tensors, {same} with the same bits, {len(problems)} differences")
    for problem in problems:
        print(f"  {problem}")
    return len(problems)


def is_close(name, old, now):
    finite = numpy.isfinite(old)
    if not numpy.array_equal(old[~finite], now[~finite], equal_nan=True):
        return False
    old, now = old[finite], now[finite]
    if name.endswith("/deviation"):
        return bool(now.max() <= 10 * old.max() + 1e-7 and old.max() <= 10 * now.max() + 1e-7)
    return bool(numpy.all(numpy.abs(old - now) <= UNIT * (4 * numpy.abs(old) + numpy.abs(old).max(initial=0))))
