using FastConv.Optimizers;
using FastConv.Tensors;

namespace FastConv.Cli.Input;

/// <summary>The optimiser that a request names.</summary>
internal static class OptimizerChoice
{
    private const double Momentum = 0.9;

    public static Optimizer Create(TrainRequest request, IReadOnlyList<Parameter> parameters)
    {
        Optimizer optimizer = (request.Optimizer, request.WeightDecay) switch
        {
            ("sgd", { } decay) => new Sgd(parameters, request.LearningRate, weightDecay: decay),
            ("momentum", { } decay) => new Sgd(parameters, request.LearningRate, momentum: Momentum, weightDecay: decay),
            ("adagrad", { } decay) => new AdaGrad(parameters, request.LearningRate, weightDecay: decay),
            ("rmsprop", { } decay) => new RmsProp(parameters, request.LearningRate, weightDecay: decay),
            ("adam", { } decay) => new Adam(parameters, request.LearningRate, weightDecay: decay),
            ("adamw", { } decay) => new AdamW(parameters, request.LearningRate, weightDecay: decay),
            _ => Optimizer.Create(request.Optimizer, parameters, request.LearningRate),
        };
        optimizer.MaxGradientNorm = request.ClipNorm;
        return optimizer;
    }
}
