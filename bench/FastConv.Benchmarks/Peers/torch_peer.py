"""PyTorch's side of the comparison: one line of JSON in, one line out.

prepare: path, direction, threads and sizes -> "ready". The file holds the two operands of the pass and room for its result, float32:
    forward          input, weight      -> output
    backward-input   gradOutput, weight -> gradInput
    backward-weight  input, gradOutput  -> gradWeight
run: calls -> seconds that they took.
A call makes its own result tensor, as torch's calls do: above 32 MB that is fresh memory from the system each time.
result: calls once and writes the result to the end of the file -> "done".
Whatever goes wrong -> "error " and the message. The end of the input ends the process.

Threads of libgomp spin after a parallel region (about 8 ms on two cores by default). OMP_WAIT_POLICY=passive and GOMP_SPINCOUNT=0 end
that but slowed convolutions of less than a millisecond on two threads from 180 to 110 GFLOP/s, so torch keeps its default and the one who
asks pauses between turns instead.
"""

import json
import math
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(3)


def prepare(request):
    torch.set_num_threads(request["threads"])
    shapes = {name: request[name] for name in ("input", "weight", "output")}
    stride, padding, dilation, groups = (request[name] for name in ("stride", "padding", "dilation", "groups"))
    direction = request["direction"]
    first, second, result = {
        "forward": ("input", "weight", "output"),
        "backward-input": ("output", "weight", "input"),
        "backward-weight": ("input", "output", "weight"),
    }[direction]
    lengths = [math.prod(shapes[name]) for name in (first, second, result)]
    operands = torch.from_file(request["path"], shared=False, size=sum(lengths), dtype=torch.float32)
    a = operands[: lengths[0]].clone().view(shapes[first])
    b = operands[lengths[0] : lengths[0] + lengths[1]].clone().view(shapes[second])

    if direction == "forward":
        def call():
            return torch.nn.functional.conv2d(a, b, None, stride, padding, dilation, groups)
    else:
        # Of the operand whose gradient is asked for, only the sizes count.
        missing = torch.empty(shapes[result])
        if direction == "backward-input":
            inputs, weights, output, mask = missing, b, a, [True, False, False]
        else:
            inputs, weights, output, mask = a, missing, b, [False, True, False]
        index = mask.index(True)

        def call():
            return torch.ops.aten.convolution_backward(
                output, inputs, weights, None, stride, padding, dilation, False, [0, 0], groups, mask)[index]

    def write():
        whole = torch.from_file(request["path"], shared=True, size=sum(lengths), dtype=torch.float32)
        whole[lengths[0] + lengths[1] :].copy_(call().reshape(-1))

    return call, write


def run(call, calls):
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return time.perf_counter() - start


def main():
    torch.set_grad_enabled(False)

    # glibc gives memory back to the system, and faults it in again at the next call, above a threshold that grows with the largest block that
    # was freed, up to 32 MB. A process that has trained anything has freed such a block; without it first layers run at a tenth of their speed.
    torch.empty(31 << 20, dtype=torch.uint8)
    print("torch", torch.__version__, flush=True)
    call = write = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if request["verb"] == "prepare":
                call = write = None
                call, write = prepare(request)
                answer = "ready"
            elif request["verb"] == "run":
                answer = repr(run(call, request["calls"]))
            else:
                write()
                answer = "done"
        except Exception as error:
            answer = "error " + " ".join(str(error).split())
        print(answer, flush=True)


main()
