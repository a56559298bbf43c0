namespace FastConv.Interchange;

/// <summary>The rule that every byte behind the header belongs to one tensor: no holes, no overlaps, no rest.</summary>
internal static class SafetensorsCoverage
{
    /// <summary>Brings the tensors into the order of their data and checks it.</summary>
    /// <param name="path">For messages.</param>
    /// <param name="tensors">With sizes that fit their types.</param>
    /// <param name="dataStart">Where the data begins in the file.</param>
    /// <param name="dataLength">Bytes from there to the end of the file.</param>
    /// <exception cref="InvalidDataException">The rule is broken, with the tensor and the offset.</exception>
    public static void Require(string path, List<SafetensorsTensor> tensors, long dataStart, long dataLength)
    {
        // Where an empty one and another begin at the same place, the empty one comes first.
        tensors.Sort((left, right) => (left.Offset, left.ByteLength).CompareTo((right.Offset, right.ByteLength)));
        long covered = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            long begin = tensor.Offset - dataStart;
            long end = begin + tensor.ByteLength;
            if (begin != covered || end > dataLength)
            {
                string reason = begin < covered ? "overlaps what lies before it" : begin > covered ? "leaves a hole before it" : "reaches beyond the end of the file";
                throw new InvalidDataException(
                    $"{path}: '{SafetensorsHeader.Shorten(tensor.Name)}'.data_offsets: expected to begin at {covered} of {dataLength} bytes, "
                    + $"received [{begin}, {end}], which {reason} (offset {tensor.Offset}).");
            }

            covered = end;
        }

        if (covered != dataLength)
        {
            throw new InvalidDataException($"{path}: data: expected {covered} bytes, as the tensors have, received {dataLength} (offset {dataStart + covered}).");
        }
    }
}
