namespace FastConv.Layers;

/// <summary>What a tensor of a step is to its layer.</summary>
internal enum StepSlot
{
    /// <summary>What forward makes.</summary>
    Output,

    /// <summary>What forward leaves for backward, besides the output.</summary>
    Saved,

    /// <summary>The gradient of what was saved, where that is a result of its own.</summary>
    GradSaved,

    /// <summary>The gradient of the output, where the container has to cut it out of a larger one.</summary>
    GradOutput,

    /// <summary>What backward makes.</summary>
    GradInput,
}
