namespace FastConv.Imaging;

/// <summary>How much is asked of every file while a folder is loaded.</summary>
public enum ImageCheck
{
    /// <summary>Every file is decoded once, on all threads: a bad one is known before training begins, and what fits into the cache is decoded already.</summary>
    Decode,

    /// <summary>Headers only, for folders that take long to decode. A file that turns out bad behind its header stops whoever reads its sample.</summary>
    Header,
}
