namespace FastConv.Benchmarks.Peers;

/// <summary>
/// One operand of a primitive: the plain tensor of the caller, and where the primitive wants another layout, memory in that and the reorder.
/// </summary>
internal sealed unsafe class DnnlOperand : IDisposable
{
    private readonly nint _stream;
    private readonly nint _plain;
    private readonly nint _own;
    private readonly nint _reorder;
    private readonly DnnlArgument[] _arguments;

    /// <summary>Reorders go from the plain tensor to the primitive's layout, those of a result back.</summary>
    public DnnlOperand(DnnlPeer peer, FloatBuffer plain, int role, byte* layout, long[] sizes, bool isResult)
    {
        _stream = peer.Stream;
        byte[] plainLayout = Describe(sizes, sizes.Length == 4 ? DnnlNative.TagAbcd : DnnlNative.TagAbcde);
        fixed (byte* plainDescriptor = plainLayout)
        {
            _plain = CreateMemory(peer, plainDescriptor, (nint)plain.Pointer);
            if (DnnlNative.AreEqual(plainDescriptor, layout) != 0)
            {
                _arguments = [];
                Argument = new DnnlArgument(role, _plain);
                return;
            }

            _own = CreateMemory(peer, layout, DnnlNative.Allocate);
            byte* from = isResult ? layout : plainDescriptor;
            byte* to = isResult ? plainDescriptor : layout;
            DnnlNative.Check(
                DnnlNative.CreateReorderDescriptor(out nint descriptor, from, peer.Engine, to, peer.Engine, attributes: 0),
                "dnnl_reorder_primitive_desc_create");
            int status = DnnlNative.CreatePrimitive(out _reorder, descriptor);
            _ = DnnlNative.DestroyPrimitiveDescriptor(descriptor);
            DnnlNative.Check(status, "dnnl_primitive_create");
        }

        (nint source, nint destination) = isResult ? (_own, _plain) : (_plain, _own);
        _arguments = [new DnnlArgument(DnnlNative.Source, source), new DnnlArgument(DnnlNative.Destination, destination)];
        Argument = new DnnlArgument(role, _own);
    }

    /// <summary>What the primitive gets.</summary>
    public DnnlArgument Argument { get; }

    /// <summary>A memory descriptor of floats.</summary>
    public static byte[] Describe(long[] sizes, int tag)
    {
        byte[] descriptor = new byte[DnnlNative.DescriptorBytes];
        fixed (byte* pointer = descriptor)
        fixed (long* pointerSizes = sizes)
        {
            DnnlNative.Check(DnnlNative.InitMemory(pointer, sizes.Length, pointerSizes, DnnlNative.Float32, tag), "dnnl_memory_desc_init_by_tag");
        }

        return descriptor;
    }

    /// <summary>Nothing where the primitive's layout is the plain one.</summary>
    public void Reorder()
    {
        if (_reorder == 0)
        {
            return;
        }

        fixed (DnnlArgument* arguments = _arguments)
        {
            DnnlNative.Check(DnnlNative.Execute(_reorder, _stream, _arguments.Length, arguments), "a reorder");
        }
    }

    public void Dispose()
    {
        if (_reorder != 0)
        {
            _ = DnnlNative.DestroyPrimitive(_reorder);
            _ = DnnlNative.DestroyMemory(_own);
        }

        _ = DnnlNative.DestroyMemory(_plain);
    }

    private static nint CreateMemory(DnnlPeer peer, byte* descriptor, nint handle)
    {
        DnnlNative.Check(DnnlNative.CreateMemory(out nint memory, descriptor, peer.Engine, handle), "dnnl_memory_create");
        return memory;
    }
}
