namespace FastConv.Training;

/// <summary>Which number says whether a model has become better: on the validation data where there is some, else on the training data.</summary>
public enum MonitoredMetric
{
    /// <summary>The mean loss; lower is better.</summary>
    Loss,

    /// <summary>The share of right answers; higher is better.</summary>
    Accuracy,
}
