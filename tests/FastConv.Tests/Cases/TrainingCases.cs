using FastConv.Data;
using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Training;

namespace FastConv.Tests.Cases;

/// <summary>Models and data so small that training them is a matter of milliseconds.</summary>
internal static class TrainingCases
{
    public const int Classes = 3;
    private const int Size = 8;

    /// <summary>One convolution, one pool, one linear layer, for 8 x 8 grey images.</summary>
    public static Sequential TinyModel(int outputs = Classes, long seed = 1)
    {
        var model = new Sequential(
            new Conv2d(1, 4, kernelSize: 3, padding: 1), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(4 * 16, outputs));
        model.Initialize(seed);
        return model;
    }

    /// <summary>8 x 8 synthetic digits.</summary>
    public static SyntheticDigits TinyDigits(int count, string split = "train", int classes = Classes) =>
        SyntheticDigits.Load(split, new() { Count = count, Size = Size, Classes = classes });

    /// <summary>All parameters, one after the other.</summary>
    public static float[] Values(Layer model) => [.. model.Parameters.SelectMany(parameter => parameter.Value.Span.ToArray())];

    /// <summary>The digits as an in-memory data set, one pixel of one image replaced.</summary>
    public static InMemoryDataset WithPixel(IDataset source, int image, float value)
    {
        var samples = new Tensor(source.SampleShape.BatchOf(source.Count));
        int[] labels = new int[source.Count];
        int length = source.SampleShape.Length;
        for (int index = 0; index < source.Count; index++)
        {
            source.Read(index, samples.Span.Slice(index * length, length), out labels[index]);
        }

        samples.Span[image * length] = value;
        return new InMemoryDataset(samples, labels, source.ClassCount);
    }

    /// <summary>Keeps the reports, and does something at each.</summary>
    internal sealed class Recorder(Action<TrainingProgress>? onReport = null) : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> Reports { get; } = [];

        public void Report(TrainingProgress value)
        {
            Reports.Add(value);
            onReport?.Invoke(value);
        }
    }
}
