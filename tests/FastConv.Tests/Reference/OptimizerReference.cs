namespace FastConv.Tests.Reference;

/// <summary>A parameter and its optimiser's state, in double precision.</summary>
internal sealed class PlainParameter(double[] value, double initialSquares = 0)
{
    public double[] Value { get; } = value;

    public double[] Velocity { get; } = new double[value.Length];

    public double[] Average { get; } = new double[value.Length];

    public double[] Squares { get; } = [.. Enumerable.Repeat(initialSquares, value.Length)];
}

/// <summary>One step of each optimiser, element by element, as PyTorch's documentation writes it down.</summary>
internal static class OptimizerReference
{
    public static void Sgd(
        PlainParameter p, double[] gradient, int step, double rate, double momentum = 0, double dampening = 0, bool nesterov = false, double decay = 0)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            double g = gradient[i] + decay * p.Value[i];
            if (momentum != 0)
            {
                p.Velocity[i] = step == 1 ? g : momentum * p.Velocity[i] + (1 - dampening) * g;
                g = nesterov ? g + momentum * p.Velocity[i] : p.Velocity[i];
            }

            p.Value[i] -= rate * g;
        }
    }

    public static void AdaGrad(PlainParameter p, double[] gradient, int step, double rate, double rateDecay = 0, double decay = 0, double epsilon = 1e-10)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            double g = gradient[i] + decay * p.Value[i];
            p.Squares[i] += g * g;
            p.Value[i] -= rate / (1 + (step - 1) * rateDecay) * g / (Math.Sqrt(p.Squares[i]) + epsilon);
        }
    }

    public static void RmsProp(
        PlainParameter p, double[] gradient, double rate, double alpha = 0.99, double epsilon = 1e-8, double decay = 0, double momentum = 0, bool centered = false)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            double g = gradient[i] + decay * p.Value[i];
            p.Squares[i] = alpha * p.Squares[i] + (1 - alpha) * g * g;
            double variance = p.Squares[i];
            if (centered)
            {
                p.Average[i] = alpha * p.Average[i] + (1 - alpha) * g;
                variance -= p.Average[i] * p.Average[i];
            }

            double direction = g / (Math.Sqrt(variance) + epsilon);
            p.Velocity[i] = momentum * p.Velocity[i] + direction;
            p.Value[i] -= rate * p.Velocity[i];
        }
    }

    public static void Adam(
        PlainParameter p, double[] gradient, int step, double rate, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double decay = 0, bool decoupled = false)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            double g = gradient[i] + (decoupled ? 0 : decay * p.Value[i]);
            if (decoupled)
            {
                p.Value[i] *= 1 - rate * decay;
            }

            p.Average[i] = beta1 * p.Average[i] + (1 - beta1) * g;
            p.Squares[i] = beta2 * p.Squares[i] + (1 - beta2) * g * g;
            double average = p.Average[i] / (1 - Math.Pow(beta1, step));
            double squares = p.Squares[i] / (1 - Math.Pow(beta2, step));
            p.Value[i] -= rate * average / (Math.Sqrt(squares) + epsilon);
        }
    }
}
