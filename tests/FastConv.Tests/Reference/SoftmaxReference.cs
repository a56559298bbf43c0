namespace FastConv.Tests.Reference;

/// <summary>Softmax and log-softmax over the rows of a matrix; both go back from y.</summary>
internal static class SoftmaxReference
{
    public static double[] Softmax(int columns, double[] x) => ByRow(columns, x.Length, (row, y) =>
    {
        double max = Row(x, row, columns).Max();
        double sum = Row(x, row, columns).Sum(value => Math.Exp(value - max));
        for (int c = row * columns; c < (row + 1) * columns; c++)
        {
            y[c] = Math.Exp(x[c] - max) / sum;
        }
    });

    public static double[] SoftmaxBackward(int columns, double[] y, double[] gradOutput) => ByRow(columns, y.Length, (row, gradInput) =>
    {
        double dot = Row(y, row, columns).Zip(Row(gradOutput, row, columns), (left, right) => left * right).Sum();
        for (int c = row * columns; c < (row + 1) * columns; c++)
        {
            gradInput[c] = y[c] * (gradOutput[c] - dot);
        }
    });

    public static double[] LogSoftmax(int columns, double[] x) => ByRow(columns, x.Length, (row, y) =>
    {
        double max = Row(x, row, columns).Max();
        double logSum = Math.Log(Row(x, row, columns).Sum(value => Math.Exp(value - max)));
        for (int c = row * columns; c < (row + 1) * columns; c++)
        {
            y[c] = x[c] - max - logSum;
        }
    });

    public static double[] LogSoftmaxBackward(int columns, double[] y, double[] gradOutput) => ByRow(columns, y.Length, (row, gradInput) =>
    {
        double sum = Row(gradOutput, row, columns).Sum();
        for (int c = row * columns; c < (row + 1) * columns; c++)
        {
            gradInput[c] = gradOutput[c] - Math.Exp(y[c]) * sum;
        }
    });

    private static ArraySegment<double> Row(double[] matrix, int row, int columns) => new(matrix, row * columns, columns);

    private static double[] ByRow(int columns, int length, Action<int, double[]> write)
    {
        var result = new double[length];
        for (int row = 0; row < length / columns; row++)
        {
            write(row, result);
        }

        return result;
    }
}
