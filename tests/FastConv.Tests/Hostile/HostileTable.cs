namespace FastConv.Tests.Hostile;

/// <summary>All rows, in the order of docs/security.md, whose tables are written from them.</summary>
internal static class HostileTable
{
    /// <summary>Title and rows of every table of the page.</summary>
    public static (string Title, HostileRow[] Rows)[] Areas { get; } =
    [
        ("Shapes", ShapeRows.All),
        ("Convolution", ConvolutionRows.All),
        ("Pooling", PoolingRows.All),
        ("Normalisation", NormalizationRows.All),
        ("Products", ProductRows.All),
        ("Elementwise", ElementwiseRows.All),
        ("Losses over spans", LossRows.All),
        ("Updates", UpdateRows.All),
        ("Tensors and random numbers", TensorRows.All),
        ("Layers", LayerRows.All),
        ("Containers and the order of calls", LayerOrderRows.All),
        ("Losses", LossObjectRows.All),
        ("Optimisers", OptimizerRows.All),
        ("Datasets and loaders", DatasetRows.All),
        ("Transforms", TransformRows.All),
        ("Files of data", DataFileRows.All),
        ("Safetensors", SafetensorsRows.All),
        ("Images", ImageRows.All),
        ("Training", TrainingRows.All),
        ("Schedules and metrics", ScheduleRows.All),
    ];

    public static HostileRow[] Rows { get; } = [.. Areas.SelectMany(area => area.Rows)];

    /// <summary>Rows that decode images, which takes the system's codecs.</summary>
    public static bool NeedsCodecs(HostileRow row) => ImageRows.All.Contains(row);
}
