"""PyTorch's side of the comparison: one line of JSON in, one line out.

prepare: subject, path, threads and what the subject needs -> "ready". The file holds the operands and room for the result, float32.
    subject "convolution": torch_convolution.py, "op": torch_ops.py, "network": torch_networks.py; each makes a call of a
    request, or a call and a function from what it returns to the result.
run: calls -> seconds that they took.
A call makes its own result tensor, as torch's calls do: above 32 MB that is fresh memory from the system each time.
result: calls once and writes the result to the end of the file -> "done".
peak: -> the most kilobytes that the process has had in memory.
Whatever goes wrong -> "error " and the message. The end of the input ends the process.

Threads of libgomp spin after a parallel region (about 8 ms on two cores by default). OMP_WAIT_POLICY=passive and GOMP_SPINCOUNT=0 end
that but slowed convolutions of less than a millisecond on two threads from 180 to 110 GFLOP/s, so torch keeps its default and the one who
asks pauses between turns instead.
"""

import importlib
import json
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(3)

from torch_file import write_result


def prepare(request):
    torch.set_num_threads(request["threads"])
    return importlib.import_module("torch_" + {"convolution": "convolution", "op": "ops", "network": "networks"}[request["subject"]]).prepare(request)


def run(call, calls):
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return time.perf_counter() - start


def peak():
    with open("/proc/self/status") as status:
        return next(line.split()[1] for line in status if line.startswith("VmHWM"))


def main():
    torch.set_grad_enabled(False)

    # glibc gives memory back to the system, and faults it in again at the next call, above a threshold that grows with the largest block that
    # was freed, up to 32 MB. A process that has trained anything has freed such a block; without it first layers run at a tenth of their speed.
    torch.empty(31 << 20, dtype=torch.uint8)
    print("torch", torch.__version__, flush=True)
    call = collect = path = None
    for line in sys.stdin:
        try:
            request = json.loads(line)
            verb = request["verb"]
            if verb == "prepare":
                call = collect = None
                path = request["path"]
                call = prepare(request)
                if isinstance(call, tuple):
                    call, collect = call
                answer = "ready"
            elif verb == "run":
                answer = repr(run(call, request["calls"]))
            elif verb == "result":
                result = call()
                write_result(path, collect(result) if collect else result)
                del result
                answer = "done"
            else:
                answer = peak()
        except Exception as error:
            answer = "error " + " ".join(str(error).split())
        print(answer, flush=True)


main()
