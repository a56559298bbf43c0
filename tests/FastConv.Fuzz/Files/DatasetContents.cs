using FastConv.Data;

namespace FastConv.Fuzz.Files;

/// <summary>Reads all samples of a dataset.</summary>
internal static class DatasetContents
{
    /// <exception cref="FuzzFinding">A label that is no class.</exception>
    public static string Read(IDataset dataset, int classes)
    {
        float[] sample = new float[dataset.SampleShape.Length];
        for (int index = 0; index < dataset.Count; index++)
        {
            dataset.Read(index, sample, out int label);
            if (label < 0 || label >= classes)
            {
                throw new FuzzFinding($"sample {index} has the label {label} of {classes} classes");
            }
        }

        return $"{Math.Min(3, dataset.Count)} samples or more of {dataset.SampleShape.Rank} axes";
    }
}
