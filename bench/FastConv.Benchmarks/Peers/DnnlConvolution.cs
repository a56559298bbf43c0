using System.Diagnostics;
using FastConv.Shapes;

namespace FastConv.Benchmarks.Peers;

/// <summary>
/// A pass of a convolution in oneDNN. The primitive chooses the layouts of its three operands; a call on plain tensors reorders what is not plain,
/// weights included, as a framework does that keeps its tensors plain, and a bare call only executes.
/// </summary>
internal sealed unsafe class DnnlConvolution : IPeerCall
{
    private readonly DnnlPeer _peer;
    private readonly FloatBuffer _result;
    private readonly nint _primitive;
    private readonly DnnlOperand[] _operands;
    private readonly DnnlArgument[] _arguments;

    public DnnlConvolution(DnnlPeer peer, ConvolutionWorkload workload, Operands operands)
    {
        _peer = peer;
        Conv2dShape shape = workload.Shape;
        var descriptors = new DnnlConvolutionDescriptors(peer.Engine, shape);
        nint descriptor = descriptors.Create(workload.Direction);
        try
        {
            DnnlNative.Check(DnnlNative.CreatePrimitive(out _primitive, descriptor), "dnnl_primitive_create");
            _result = new FloatBuffer(workload.ResultLength);
            DnnlOperand Read(FloatBuffer plain, int role, int query, long[] sizes) =>
                new(peer, plain, role, DnnlNative.QueryMemory(descriptor, query, 0), sizes, isResult: false);
            DnnlOperand Written(int role, int query, long[] sizes) =>
                new(peer, _result, role, DnnlNative.QueryMemory(descriptor, query, 0), sizes, isResult: true);
            _operands = workload.Direction switch
            {
                ConvolutionPassName.Forward =>
                [
                    Read(operands.First, DnnlNative.Source, DnnlNative.QuerySource, descriptors.Source),
                    Read(operands.Second, DnnlNative.Weights, DnnlNative.QueryWeights, descriptors.Weights),
                    Written(DnnlNative.Destination, DnnlNative.QueryDestination, descriptors.Destination),
                ],
                ConvolutionPassName.BackwardInput =>
                [
                    Read(operands.First, DnnlNative.DiffDestination, DnnlNative.QueryDiffDestination, descriptors.Destination),
                    Read(operands.Second, DnnlNative.Weights, DnnlNative.QueryWeights, descriptors.Weights),
                    Written(DnnlNative.DiffSource, DnnlNative.QueryDiffSource, descriptors.Source),
                ],
                _ =>
                [
                    Read(operands.First, DnnlNative.Source, DnnlNative.QuerySource, descriptors.Source),
                    Read(operands.Second, DnnlNative.DiffDestination, DnnlNative.QueryDiffDestination, descriptors.Destination),
                    Written(DnnlNative.DiffWeights, DnnlNative.QueryDiffWeights, descriptors.Weights),
                ],
            };
        }
        finally
        {
            _ = DnnlNative.DestroyPrimitiveDescriptor(descriptor);
        }

        _arguments = [.. _operands.Select(operand => operand.Argument)];
        Run(calls: 1);
    }

    public bool HasBare => true;

    public double Run(int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            _operands[0].Reorder();
            _operands[1].Reorder();
            Execute();
            _operands[2].Reorder();
            _ = DnnlNative.Wait(_peer.Stream);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public double RunBare(int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int call = 0; call < calls; call++)
        {
            Execute();
            _ = DnnlNative.Wait(_peer.Stream);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void ReadResult(Span<float> result)
    {
        Run(calls: 1);
        _result.Span.CopyTo(result);
    }

    public void Dispose()
    {
        Array.ForEach(_operands, operand => operand.Dispose());
        _ = DnnlNative.DestroyPrimitive(_primitive);
        _result.Dispose();
    }

    private void Execute()
    {
        fixed (DnnlArgument* arguments = _arguments)
        {
            DnnlNative.Check(DnnlNative.Execute(_primitive, _peer.Stream, _arguments.Length, arguments), "dnnl_primitive_execute");
        }
    }
}
