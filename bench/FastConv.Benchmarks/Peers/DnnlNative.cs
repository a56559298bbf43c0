using System.Runtime.InteropServices;

namespace FastConv.Benchmarks.Peers;

/// <summary>An operand of a primitive: dnnl_exec_arg_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct DnnlArgument(int role, nint memory)
{
    public readonly int Role = role;
    public readonly nint Memory = memory;
}

/// <summary>
/// The C interface of oneDNN 2: https://oneapi-src.github.io/oneDNN/v2.6/. Descriptors are structs that only the library looks into: buffers of
/// <see cref="DescriptorBytes"/> hold them. Objects are handles; functions return a status, 0 for success.
/// </summary>
internal static unsafe partial class DnnlNative
{
    /// <summary>The major version that these declarations are of.</summary>
    public const int Major = 2;

    /// <summary>dnnl_memory_desc_t has 696 bytes, dnnl_convolution_desc_t 5976.</summary>
    public const int DescriptorBytes = 8192;

    public const int Float32 = 3;

    public const int TagAny = 1;
    public const int TagAbcd = 5;
    public const int TagAbcde = 7;

    public const int ForwardTraining = 64;
    public const int ForwardInference = 96;
    public const int DirectConvolution = 1;

    // Roles of operands. Gradients have the roles "diff".
    public const int Source = 1;
    public const int Destination = 17;
    public const int Weights = 33;
    public const int DiffSource = 129;
    public const int DiffDestination = 145;
    public const int DiffWeights = 161;

    // dnnl_query_t: the memory descriptors that a primitive has chosen.
    public const int QuerySource = 129;
    public const int QueryDiffSource = 130;
    public const int QueryWeights = 131;
    public const int QueryDiffWeights = 132;
    public const int QueryDestination = 133;
    public const int QueryDiffDestination = 134;

    /// <summary>DNNL_MEMORY_ALLOCATE: the library provides the memory.</summary>
    public const nint Allocate = -1;

    private const string Library = "libdnnl.so.2";
    private const string OpenMp = "libgomp.so.1";

    /// <exception cref="PeerException">A status other than success.</exception>
    public static void Check(int status, string what)
    {
        if (status != 0)
        {
            throw new PeerException($"oneDNN: {what} returned {(status == 3 ? "unimplemented" : $"status {status}")}");
        }
    }

    /// <summary>Points to major, minor and patch number.</summary>
    [LibraryImport(Library, EntryPoint = "dnnl_version")]
    public static partial int* Version();

    [LibraryImport(OpenMp, EntryPoint = "omp_set_num_threads")]
    public static partial void SetThreads(int threads);

    [LibraryImport(Library, EntryPoint = "dnnl_sgemm")]
    public static partial int Sgemm(
        byte transposeA, byte transposeB, long m, long n, long k, float alpha, float* a, long lda, float* b, long ldb,
        float beta, float* c, long ldc);

    [LibraryImport(Library, EntryPoint = "dnnl_engine_create")]
    public static partial int CreateEngine(out nint engine, int kind, nuint index);

    [LibraryImport(Library, EntryPoint = "dnnl_stream_create")]
    public static partial int CreateStream(out nint stream, nint engine, uint flags);

    [LibraryImport(Library, EntryPoint = "dnnl_stream_wait")]
    public static partial int Wait(nint stream);

    [LibraryImport(Library, EntryPoint = "dnnl_memory_desc_init_by_tag")]
    public static partial int InitMemory(byte* descriptor, int rank, long* sizes, int dataType, int tag);

    [LibraryImport(Library, EntryPoint = "dnnl_memory_desc_equal")]
    public static partial int AreEqual(byte* left, byte* right);

    [LibraryImport(Library, EntryPoint = "dnnl_memory_create")]
    public static partial int CreateMemory(out nint memory, byte* descriptor, nint engine, nint handle);

    [LibraryImport(Library, EntryPoint = "dnnl_memory_destroy")]
    public static partial int DestroyMemory(nint memory);

    [LibraryImport(Library, EntryPoint = "dnnl_dilated_convolution_forward_desc_init")]
    public static partial int InitForward(
        byte* descriptor, int propagation, int algorithm, byte* source, byte* weights, byte* bias, byte* destination,
        long* strides, long* dilates, long* paddingBefore, long* paddingAfter);

    [LibraryImport(Library, EntryPoint = "dnnl_dilated_convolution_backward_data_desc_init")]
    public static partial int InitBackwardData(
        byte* descriptor, int algorithm, byte* diffSource, byte* weights, byte* diffDestination,
        long* strides, long* dilates, long* paddingBefore, long* paddingAfter);

    [LibraryImport(Library, EntryPoint = "dnnl_dilated_convolution_backward_weights_desc_init")]
    public static partial int InitBackwardWeights(
        byte* descriptor, int algorithm, byte* source, byte* diffWeights, byte* diffBias, byte* diffDestination,
        long* strides, long* dilates, long* paddingBefore, long* paddingAfter);

    [LibraryImport(Library, EntryPoint = "dnnl_primitive_desc_create")]
    public static partial int CreatePrimitiveDescriptor(
        out nint primitiveDescriptor, byte* descriptor, nint attributes, nint engine, nint forwardHint);

    [LibraryImport(Library, EntryPoint = "dnnl_reorder_primitive_desc_create")]
    public static partial int CreateReorderDescriptor(
        out nint primitiveDescriptor, byte* from, nint fromEngine, byte* to, nint toEngine, nint attributes);

    [LibraryImport(Library, EntryPoint = "dnnl_primitive_desc_query_md")]
    public static partial byte* QueryMemory(nint primitiveDescriptor, int what, int index);

    [LibraryImport(Library, EntryPoint = "dnnl_primitive_desc_destroy")]
    public static partial int DestroyPrimitiveDescriptor(nint primitiveDescriptor);

    [LibraryImport(Library, EntryPoint = "dnnl_primitive_create")]
    public static partial int CreatePrimitive(out nint primitive, nint primitiveDescriptor);

    [LibraryImport(Library, EntryPoint = "dnnl_primitive_execute")]
    public static partial int Execute(nint primitive, nint stream, int count, DnnlArgument* arguments);

    [LibraryImport(Library, EntryPoint = "dnnl_primitive_destroy")]
    public static partial int DestroyPrimitive(nint primitive);
}
