using FastConv.Kernels.Gemm;

namespace FastConv.Tests.Cases;

/// <summary>One matrix product: sizes, how the operands are stored, whether it is added.</summary>
internal sealed record GemmCase(int M, int N, int K, bool TransposeA, bool TransposeB, bool Accumulate)
{
    /// <summary>Around the vectors (1, 4, 8, 16 lanes), the tiles (6 or 12 rows, two vectors) and the odd ones between.</summary>
    private static readonly int[] Sizes = [1, 2, 3, 5, 6, 7, 8, 11, 12, 13, 15, 16, 17, 24, 25, 31, 32, 33, 63, 64, 65];

    /// <summary>Lengths of A, B and C when they are dense.</summary>
    public int LengthA => M * K;

    public int LengthB => K * N;

    public int LengthC => M * N;

    /// <summary>Row lengths of A and B as they are stored.</summary>
    public int RowA => TransposeA ? M : K;

    public int RowB => TransposeB ? K : N;

    /// <summary>All m, n and k of a small set with one of the eight storages each, so that every pair of neighbours meets every storage.</summary>
    public static IEnumerable<GemmCase> OfM(int m)
    {
        int storage = m;
        foreach (int n in Sizes)
        {
            foreach (int k in Sizes)
            {
                yield return Stored(m, n, k, storage++);
            }

            storage++;
        }
    }

    public static TheoryData<int> AllM => [.. Sizes];

    /// <summary>One below, at and one above a multiple of each block size, the other sizes small.</summary>
    public static IEnumerable<GemmCase> AtBlockBoundaries()
    {
        const int KC = GemmBlocking.LargestKC;
        int columns = GemmBlocking.ColumnsFor(KC);
        int rows = GemmBlocking.LargestBlockA / KC;
        (int M, int N, int K)[] sizes =
        [
            .. Around(KC).Concat(Around(2 * KC)).Select(k => (7, 19, k)),
            .. Around(KC).Select(k => (13, 33, k)),
            .. Around(columns).Concat(Around(2 * columns)).Select(n => (3, n, KC)),
            .. Around(rows).Select(m => (m, 5, KC)),
            (rows + 1, columns + 1, KC + 1),
        ];
        return sizes.SelectMany(size => ((int[])[0, 3, 5, 6]).Select(storage => Stored(size.M, size.N, size.K, storage)));
    }

    /// <summary>Worth several threads: flat, tall, wide, deep and square.</summary>
    public static IEnumerable<GemmCase> Parallel()
    {
        (int M, int N, int K)[] sizes = [(128, 130, 70), (1000, 33, 40), (20, 1500, 50), (37, 41, 900), (1, 5000, 300), (3000, 1, 400)];
        return sizes.Select((size, index) => Stored(size.M, size.N, size.K, index));
    }

    private static int[] Around(int size) => [size - 1, size, size + 1];

    private static GemmCase Stored(int m, int n, int k, int storage) => new(m, n, k, (storage & 1) != 0, (storage & 2) != 0, (storage & 4) != 0);
}
