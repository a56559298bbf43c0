using FastConv.Parallelism;

namespace FastConv.Primitives;

/// <summary>
/// Tensors side by side along the channels. Of every sample, a part is one run of floats (its channels * height * width) within the whole;
/// forward copies each part in at its offset, backward copies the gradient's runs out again.
/// Source: https://pytorch.org/docs/stable/generated/torch.cat.html
/// </summary>
public static unsafe class ConcatPrimitives
{
    // 1 MiB of floats: a thread's work, and long enough for a block copy.
    private const int BlockLength = 1 << 18;

    /// <summary>whole[n, offset .. offset + partLength] = part[n, :]; the rest of the whole stays as it is.</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="part">[batch, partLength].</param>
    /// <param name="partLength">Floats of one sample of the part.</param>
    /// <param name="whole">[batch, wholeLength].</param>
    /// <param name="wholeLength">Floats of one sample of the whole.</param>
    /// <param name="offset">Where the part begins within a sample of the whole.</param>
    /// <exception cref="ArgumentException">A size out of range, a length that does not match, or memory that overlaps.</exception>
    public static void CopyIn(int batch, ReadOnlySpan<float> part, int partLength, Span<float> whole, int wholeLength, int offset)
    {
        const string Op = "Concat.CopyIn";
        RequireFit(Op, batch, part, partLength, whole, wholeLength, offset);
        Require.NoOverlap(Op, nameof(part), part, nameof(whole), whole);
        fixed (float* source = part, destination = whole)
        {
            Copy(batch, partLength, source, partLength, destination + offset, wholeLength);
        }
    }

    /// <summary>part[n, :] = whole[n, offset .. offset + partLength].</summary>
    /// <param name="batch">Samples.</param>
    /// <param name="whole">[batch, wholeLength].</param>
    /// <param name="wholeLength">Floats of one sample of the whole.</param>
    /// <param name="offset">Where the part begins within a sample of the whole.</param>
    /// <param name="part">[batch, partLength].</param>
    /// <param name="partLength">Floats of one sample of the part.</param>
    /// <exception cref="ArgumentException">A size out of range, a length that does not match, or memory that overlaps.</exception>
    public static void CopyOut(int batch, ReadOnlySpan<float> whole, int wholeLength, int offset, Span<float> part, int partLength)
    {
        const string Op = "Concat.CopyOut";
        RequireFit(Op, batch, part, partLength, whole, wholeLength, offset);
        Require.NoOverlap(Op, nameof(whole), whole, nameof(part), part);
        fixed (float* source = whole, destination = part)
        {
            Copy(batch, partLength, source + offset, wholeLength, destination, partLength);
        }
    }

    private static void RequireFit(
        string op, int batch, ReadOnlySpan<float> part, int partLength, ReadOnlySpan<float> whole, int wholeLength, int offset)
    {
        Require.Length(op, nameof(part), Require.Product(op, nameof(batch), batch, nameof(partLength), partLength), part.Length);
        Require.Length(op, nameof(whole), Require.Product(op, nameof(batch), batch, nameof(wholeLength), wholeLength), whole.Length);
        if (offset < 0 || (long)offset + partLength > wholeLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset), $"{op}: offset expects a part of {partLength} within a sample of {wholeLength}, received {offset}.");
        }
    }

    // Short runs are copied several at a time, long ones in parts.
    private static void Copy(int batch, int length, float* source, int sourceStride, float* destination, int destinationStride)
    {
        int parts = (int)((length + (BlockLength - 1L)) / BlockLength);
        Partition pieces = ThreadGate.PiecesOf(checked(batch * parts), Math.Min(length, BlockLength));
        var job = new Job(pieces, new Partition(length, parts), source, sourceStride, destination, destinationStride);
        WorkerTeam.Run(ref job, pieces.Parts, ThreadGate.ThreadsForCopy((long)batch * length));
    }

    private readonly struct Job(Partition pieces, Partition parts, float* source, int sourceStride, float* destination, int destinationStride) : IParallelJob
    {
        public void Execute(int index, int worker)
        {
            for (int block = pieces.Start(index); block < pieces.End(index); block++)
            {
                (int sample, int part) = Math.DivRem(block, parts.Parts);
                int start = parts.Start(part);
                int length = parts.End(part) - start;
                new ReadOnlySpan<float>(source + (long)sample * sourceStride + start, length)
                    .CopyTo(new Span<float>(destination + (long)sample * destinationStride + start, length));
            }
        }
    }
}
