using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FastConv.Memory;

namespace FastConv.Primitives;

/// <summary>
/// The checks that primitives make before they write anything. <c>op</c> is the operation as the user calls it
/// (<c>MaxPool2d.Forward</c>), <c>name</c> the parameter.
/// </summary>
internal static class Require
{
    // 64 MB a thread.
    private const int MostScratch = 1 << 24;

    /// <summary>Exactly so many elements.</summary>
    public static void Length(string op, string name, int expected, int received)
    {
        if (received != expected)
        {
            throw new ArgumentException($"{op}: {name} expects {expected} elements, received {received}.", name);
        }
    }

    /// <summary>Exactly so many elements, or none where the argument may be left out.</summary>
    public static void LengthOrEmpty(string op, string name, int expected, int received)
    {
        if (received != 0 && received != expected)
        {
            throw new ArgumentException($"{op}: {name} expects {expected} elements or none, received {received}.", name);
        }
    }

    /// <summary>A size of at least 1.</summary>
    public static void Positive(string op, string name, int received)
    {
        if (received < 1)
        {
            throw new ArgumentOutOfRangeException(name, $"{op}: {name} expects at least 1, received {received}.");
        }
    }

    /// <summary>The length of a matrix: both sizes at least 1, the product no more than one array can hold.</summary>
    public static int Product(string op, string rowsName, int rows, string columnsName, int columns)
    {
        Positive(op, rowsName, rows);
        Positive(op, columnsName, columns);
        long product = (long)rows * columns;
        if (product > Array.MaxLength)
        {
            throw new ArgumentException($"{op}: {rowsName} x {columnsName} expects at most {Array.MaxLength} elements, received {rows} x {columns}.", rowsName);
        }

        return (int)product;
    }

    /// <summary>A number in [low, high]; NaN is in no interval.</summary>
    public static void InRange(string op, string name, float low, float high, float received)
    {
        if (!(received >= low && received <= high))
        {
            throw new ArgumentOutOfRangeException(name, $"{op}: {name} expects a number from {low} to {high}, received {received}.");
        }
    }

    /// <summary>One of the activations that there are.</summary>
    public static void KnownActivation(string op, Activation activation)
    {
        if (activation is not (Activation.None or Activation.ReLU))
        {
            throw new ArgumentOutOfRangeException(nameof(activation), $"{op}: activation expects {Activation.None} or {Activation.ReLU}, received {activation}.");
        }
    }

    /// <summary>The floats that a thread works in, in a size that a workspace takes.</summary>
    /// <exception cref="ArgumentException">They are more than 2^24: windows or paddings that no image has.</exception>
    public static int Scratch<TShape>(string op, TShape shape, Func<TShape, int> length)
    {
        int floats;
        try
        {
            floats = length(shape);
        }
        catch (OverflowException)
        {
            floats = int.MaxValue;
        }

        return floats <= MostScratch
            ? Workspace.SizeOf(floats)
            : throw new ArgumentException($"{op}: shape expects rows that {MostScratch} floats are enough to work on, received {shape}.", nameof(shape));
    }

    /// <summary>The output is the input's own memory (in place) or shares nothing with it.</summary>
    public static void NoPartialOverlap(string op, string inputName, ReadOnlySpan<float> input, string outputName, ReadOnlySpan<float> output)
    {
        bool isInPlace = input.Length == output.Length
            && Unsafe.AreSame(in MemoryMarshal.GetReference(input), in MemoryMarshal.GetReference(output));
        if (!isInPlace && input.Overlaps(output))
        {
            throw new ArgumentException($"{op}: {outputName} expects the memory of {inputName} or memory of its own, received a part of it.", outputName);
        }
    }

    /// <summary>The output shares no memory with the input.</summary>
    public static void NoOverlap<T>(string op, string inputName, ReadOnlySpan<T> input, string outputName, ReadOnlySpan<T> output)
    {
        if (input.Overlaps(output))
        {
            throw new ArgumentException($"{op}: {outputName} expects memory of its own, received memory of {inputName}.", outputName);
        }
    }
}
