"""A topic is one golden file: cases by name, with their arguments and the tensors that torch computes for them.

What is kept was computed in double precision and rounded once to float32, so it is the same on every CPU but for ties of the last bit, and the
tolerance of a test is what the tested side may round. Every case is computed in float32 too: if that is anything else than the same to
rounding, the precision is part of the definition, and the case must be computed in float32 alone (single=True) or left out.
"""

import json

import numpy
import torch

from draws import Draws

SEED = 20

# Arguments for those who read a file.
EXPLANATIONS = ("differs", "slopes")


class Topic:
    def __init__(self, name, script, description):
        self.name = name
        self.tensors = {}
        self._cases = []
        self._metadata = {
            "script": f"tools/golden/{script}", "seed": str(SEED), "torch": torch.__version__, "description": description}

    def add(self, case, compute, *, single=False, rounding=1e-4, **arguments):
        """Keeps what compute(draws, **arguments) returns, tensors by name.

        rounding: how far float32 may be off, relative to a tensor's largest number; None: it is not compared.
        'differs' among the arguments says where FastConv deliberately does not agree; it is kept, and 'slopes' with it, but not passed on.
        """
        options = {key: value for key, value in arguments.items() if key not in EXPLANATIONS}
        path = f"{SEED}/{self.name}/{case}"
        exact = compute(Draws(path, torch.float32 if single else torch.float64), **options)
        if not single and rounding is not None:
            require_close(path, exact, compute(Draws(path, torch.float32), **options), rounding)
        if any(known["name"] == case for known in self._cases):
            raise ValueError(f"{path}: twice")
        self._cases.append({"name": case, **arguments})
        for tensor, values in exact.items():
            self.tensors[f"{case}/{tensor}"] = values.detach().to(torch.float32).numpy()

    @property
    def metadata(self):
        return {**self._metadata, "cases": json.dumps(self._cases, separators=(",", ":"), allow_nan=False)}


def require_close(path, exact, single, tolerance):
    """Both precisions compute the same, relative to the largest number of a tensor."""
    for tensor, values in exact.items():
        a, b = (x.detach().to(torch.float64).numpy() for x in (values, single[tensor]))
        finite = numpy.isfinite(a)
        scale = numpy.abs(a[finite]).max(initial=1e-30)
        if not (numpy.array_equal(a[~finite], b[~finite], equal_nan=True) and numpy.all(numpy.abs(a[finite] - b[finite]) <= tolerance * scale)):
            raise ValueError(f"{path}/{tensor}: float32 and double do not agree:\n{a}\n{b}")
