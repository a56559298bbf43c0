"""One pass of a convolution. The operands of the request's file, in the order of the pass:
    forward          input, weight      -> output
    backward-input   gradOutput, weight -> gradInput
    backward-weight  input, gradOutput  -> gradWeight
"""

import torch

from torch_file import read

ORDER = {
    "forward": ("input", "weight", "output"),
    "backward-input": ("output", "weight", "input"),
    "backward-weight": ("input", "output", "weight"),
}


def prepare(request):
    stride, padding, dilation, groups = (request[name] for name in ("stride", "padding", "dilation", "groups"))
    direction = request["direction"]
    first, second, result = ORDER[direction]
    a, b = read(request["path"], [request[first], request[second]])

    if direction == "forward":
        return lambda: torch.nn.functional.conv2d(a, b, None, stride, padding, dilation, groups)

    # Of the operand whose gradient is asked for, only the sizes count.
    missing = torch.empty(request[result])
    if direction == "backward-input":
        inputs, weights, output, mask = missing, b, a, [True, False, False]
    else:
        inputs, weights, output, mask = a, missing, b, [False, True, False]
    index = mask.index(True)

    def call():
        return torch.ops.aten.convolution_backward(
            output, inputs, weights, None, stride, padding, dilation, False, [0, 0], groups, mask)[index]

    return call
