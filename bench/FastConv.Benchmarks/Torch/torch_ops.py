"""Operations on tensors, as torch_peer.py is asked for them. A call allocates its own result, as torch's operations do.

Backward is the operation that autograd would call where torch has it as one, and torch.autograd.grad over a graph that is built once where it
has not. The inputs of backward are those of forward and, last, the gradient of the output.
"""

import torch
import torch.nn.functional as F

from torch_file import read

aten = torch.ops.aten


def gradient(function, x, grad=None):
    with torch.enable_grad():
        x = x.detach().requires_grad_()
        y = function(x)
    return lambda: torch.autograd.grad(y, x, grad, retain_graph=True)[0]


def pool(arguments):
    return [[arguments[name]] * 2 for name in ("window", "stride", "padding")]


def max_pool(x, arguments):
    window = pool(arguments)
    return lambda: F.max_pool2d(x, *window)


def max_pool_backward(x, grad, arguments):
    window = pool(arguments)
    indices = aten.max_pool2d_with_indices(x, *window)[1]
    return lambda: aten.max_pool2d_with_indices_backward(grad, x, *window, [1, 1], False, indices)


def avg_pool(x, arguments):
    window = pool(arguments)
    return lambda: F.avg_pool2d(x, *window)


def avg_pool_backward(x, grad, arguments):
    window = pool(arguments)
    return lambda: aten.avg_pool2d_backward(grad, x, *window, False, True, None)


def batch_norm_state(x):
    channels = x.shape[1]
    return torch.ones(channels), torch.zeros(channels), torch.zeros(channels), torch.ones(channels)


def batch_norm(x, arguments):
    weight, bias, mean, variance = batch_norm_state(x)
    return lambda: F.batch_norm(x, mean, variance, weight, bias, True, 0.1, 1e-5)


def batch_norm_backward(x, grad, arguments):
    weight, bias, mean, variance = batch_norm_state(x)
    _, saved_mean, saved_inverse = aten.native_batch_norm(x, weight, bias, mean, variance, True, 0.1, 1e-5)
    return lambda: aten.native_batch_norm_backward(
        grad, x, weight, mean, variance, saved_mean, saved_inverse, True, 1e-5, [True, True, True])[0]


def dropout_backward(x, grad, arguments):
    _, mask = aten.native_dropout(x, 0.5, True)
    return lambda: aten.native_dropout_backward(grad, mask, 2.0)


def elementwise(forward, backward):
    """Of x, and of the gradient, x and y."""
    def prepare_forward(x, arguments):
        return lambda: forward(x)

    def prepare_backward(x, grad, arguments):
        y = forward(x)
        return lambda: backward(grad, x, y)

    return prepare_forward, prepare_backward


def loss(function, labels=False):
    def of(target):
        target = target.long() if labels else target
        return lambda x: function(x, target)

    def prepare_forward(x, target, arguments):
        value = of(target)
        return lambda: value(x)

    return prepare_forward, lambda x, target, arguments: gradient(of(target), x)


def concat_backward(grad, arguments):
    # Autograd hands on two views; the operations that read them need them dense, as FastConv's parts are.
    def call():
        parts = [part.contiguous() for part in grad.chunk(2, 1)]
        return parts

    return call, lambda parts: torch.cat([part.reshape(-1) for part in parts])


def unfold(x, arguments):
    window, stride, padding = (arguments[name] for name in ("window", "stride", "padding"))
    return lambda: F.unfold(x, window, 1, padding, stride)


def fold(columns, arguments):
    size, window, stride, padding = (arguments[name] for name in ("size", "window", "stride", "padding"))
    return lambda: F.fold(columns, size, window, 1, padding, stride)


def optimizer(kind):
    def prepare_step(values, grads, arguments):
        shapes = arguments["shapes"]
        lengths = [torch.Size(shape).numel() for shape in shapes]
        parameters = [torch.nn.Parameter(part.clone().view(shape)) for part, shape in zip(values.split(lengths), shapes)]
        for parameter, part in zip(parameters, grads.split(lengths)):
            parameter.grad = part.clone().view_as(parameter)
        more = {"momentum": arguments["momentum"]} if arguments["momentum"] else {}
        step = getattr(torch.optim, kind)(parameters, lr=arguments["learningRate"], **more).step
        return step, lambda _: torch.cat([parameter.reshape(-1) for parameter in parameters])

    return prepare_step


OPS = {
    "max_pool": (max_pool, max_pool_backward),
    "avg_pool": (avg_pool, avg_pool_backward),
    "global_avg_pool": (
        lambda x, arguments: lambda: F.adaptive_avg_pool2d(x, 1),
        lambda x, grad, arguments: gradient(lambda v: F.adaptive_avg_pool2d(v, 1), x, grad)),
    "batch_norm": (batch_norm, batch_norm_backward),
    "relu": elementwise(torch.relu, lambda grad, x, y: aten.threshold_backward(grad, y, 0)),
    "leaky_relu": elementwise(F.leaky_relu, lambda grad, x, y: aten.leaky_relu_backward(grad, x, 0.01, False)),
    "sigmoid": elementwise(torch.sigmoid, lambda grad, x, y: aten.sigmoid_backward(grad, y)),
    "tanh": elementwise(torch.tanh, lambda grad, x, y: aten.tanh_backward(grad, y)),
    "gelu": elementwise(F.gelu, lambda grad, x, y: aten.gelu_backward(grad, x)),
    "silu": elementwise(F.silu, lambda grad, x, y: aten.silu_backward(grad, x)),
    "hard_swish": elementwise(F.hardswish, lambda grad, x, y: aten.hardswish_backward(grad, x)),
    "softmax": elementwise(lambda x: x.softmax(-1), lambda grad, x, y: aten._softmax_backward_data(grad, y, -1, torch.float32)),
    "log_softmax": elementwise(lambda x: x.log_softmax(-1), lambda grad, x, y: aten._log_softmax_backward_data(grad, y, -1, torch.float32)),
    "dropout": (lambda x, arguments: lambda: F.dropout(x, 0.5, True), dropout_backward),
    "add": (lambda a, b, arguments: lambda: a + b, None),
    "concat": (lambda a, b, arguments: lambda: torch.cat((a, b), 1), concat_backward),
    "cross_entropy": loss(F.cross_entropy, labels=True),
    "bce_with_logits": loss(F.binary_cross_entropy_with_logits),
    "mse": loss(F.mse_loss),
    "unfold": (unfold, None),
    "fold": (None, fold),
}


def prepare(request):
    inputs = read(request["path"], request["inputs"])
    if request["direction"] == "step":
        function = optimizer(request["op"])
    else:
        function = OPS[request["op"]][request["direction"] == "backward"]
    return function(*inputs, request["arguments"])
