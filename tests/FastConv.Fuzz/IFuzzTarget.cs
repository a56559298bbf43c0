namespace FastConv.Fuzz;

/// <summary>Something that takes input of strangers.</summary>
internal interface IFuzzTarget
{
    /// <summary>For <c>--target</c>.</summary>
    string Name { get; }

    /// <summary>Bytes that a case may allocate, besides a multiple of its input.</summary>
    long MostBytes { get; }

    /// <summary>Inputs to begin with, right ones among them.</summary>
    IEnumerable<byte[]> Seeds(Random random);

    /// <summary>A new input, from what was worth keeping.</summary>
    byte[] Next(IReadOnlyList<byte[]> corpus, Random random);

    /// <summary>Runs one input.</summary>
    /// <param name="input">What to run.</param>
    /// <param name="folder">For files; cases follow each other in it.</param>
    /// <returns>What happened, in words in which inputs that take the same way agree: the way to new inputs.</returns>
    /// <exception cref="FuzzFinding">What came out is wrong.</exception>
    string Run(byte[] input, string folder);

    /// <summary>Whether the documentation names this exception for bad input.</summary>
    bool IsDocumented(Exception exception);
}
