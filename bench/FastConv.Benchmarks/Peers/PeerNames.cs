namespace FastConv.Benchmarks.Peers;

/// <summary>The engines by the names that the command line knows, what each is compared in, and which package has it.</summary>
internal static class PeerNames
{
    public const string Dnnl = "onednn";
    public const string OpenBlas = "openblas";
    public const string Torch = "torch";

    /// <summary>FastConv itself, without the algorithms that round more than a plain sum.</summary>
    public const string Strict = "strict";

    public static IReadOnlyList<string> All { get; } = [Dnnl, OpenBlas, Torch, Strict];

    /// <summary>Whether the engine has such an operation.</summary>
    public static bool CanDo(string peer, bool isGemm) => peer == Dnnl || (peer == OpenBlas) == isGemm;

    /// <summary>Whether it is compared with where the command line names none.</summary>
    public static bool IsDefault(string peer, bool isGemm) => isGemm ? peer is Dnnl or OpenBlas : peer == Torch;

    public static string PackageOf(string peer) => peer switch
    {
        Dnnl => "libdnnl2 (Debian)",
        OpenBlas => "libopenblas0-pthread (Debian)",
        _ => "python3-torch (Debian)",
    };

    /// <exception cref="PeerException">It is not on this machine.</exception>
    public static IWorkloadPeer Open(string peer, int threads) => peer switch
    {
        Dnnl => DnnlPeer.Load(),
        Strict => new StrictPeer(),
        OpenBlas => OpenBlasPeer.Load(),
        _ => TorchPeer.Start(threads),
    };
}
