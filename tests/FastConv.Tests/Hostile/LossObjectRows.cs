using FastConv.Losses;
using FastConv.Tensors;
using static FastConv.Tests.Hostile.HostileRow;
using static FastConv.Tests.Hostile.HostileWeakness;

namespace FastConv.Tests.Hostile;

/// <summary>Losses that are told impossible numbers, or are given tensors that do not fit.</summary>
internal static class LossObjectRows
{
    public static HostileRow[] All =>
    [
        Range("new CrossEntropyLoss", "smoothing NaN", "LabelSmoothing expects a number from 0 to 1", call => _ = new CrossEntropyLoss(double.NaN), NotFinite),
        Range("new CrossEntropyLoss", "a class weight of infinity", "class weights expect finite numbers", call => _ = new CrossEntropyLoss(classWeights: new float[] { float.PositiveInfinity }), NotFinite),
        Range("new NllLoss", "a negative class weight", "class weights expect finite numbers", call => _ = new NllLoss(new float[] { -1 }), Negative),
        Range("new HuberLoss", "delta -1", "expects a finite number above 0, received -1", call => _ = new HuberLoss(-1), Negative),
        Missing("Loss.Forward", "no prediction", "prediction", _ => new MseLoss().Forward(null!, new Tensor(1))),
        Argument("Loss.Forward", "a target of another shape", "target expects the prediction's shape [2, 3], received [3, 2]", _ => new MseLoss().Forward(new Tensor(2, 3), new Tensor(3, 2)), ShortBuffer),
        Argument("Loss.Forward", "labels of another batch", "a prediction of [2, 3] expects 2 labels, received 3", _ => new CrossEntropyLoss().Forward(new Tensor(2, 3), [0, 1, 2]), ShortBuffer),
        Argument("Loss.Forward", "labels for a scalar", "expects a shape [rows, columns], received []", _ => new CrossEntropyLoss().Forward(new Tensor(default(FastConv.Shapes.TensorShape)), [0]), BadIndex),
        Range("Loss.Forward", "a label above the classes", "received 3 in row 0", _ => new CrossEntropyLoss().Forward(new Tensor(1, 3), [3]), BadIndex),
        Range("Loss.Forward", "a label below 0 for an elementwise loss", "labels expect classes from 0 to 2, received -1 in row 0", _ => new MseLoss().Forward(new Tensor(1, 3), [-1]), BadIndex),
        Argument("Loss.Forward", "targets of three axes for classes", "prediction expects a shape [rows, classes]", _ => new CrossEntropyLoss().Forward(new Tensor(1, 2, 3), new Tensor(1, 2, 3)), BadIndex),
        Argument("Loss.Forward", "weights of other classes", "classWeights expects 3 elements or none, received 2", _ => new NllLoss(new float[] { 1, 1 }).Forward(new Tensor(1, 3), [0]), ShortBuffer),
        Refused<InvalidOperationException>("Loss.Backward", "before any Forward", "Backward expects a Forward before it", _ => new MseLoss().Backward(), WrongOrder),
        Refused<InvalidOperationException>("Loss.Backward", "after a Forward that was refused", "one that was not refused", _ => BackwardAfterRefusal(), WrongOrder),
        Defined("Loss.Backward", "twice", "the same gradient", _ => AssertBackwardTwice(), WrongOrder),
    ];

    private static void BackwardAfterRefusal()
    {
        var loss = new CrossEntropyLoss();
        loss.Forward(new Tensor(1, 3), [0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => loss.Forward(new Tensor(1, 3), [3]));
        loss.Backward();
    }

    private static void AssertBackwardTwice()
    {
        var loss = new CrossEntropyLoss();
        loss.Forward(new Tensor(1, 3), [1]);
        float[] first = loss.Backward().Span.ToArray();
        Assert.Equal(first, loss.Backward().Span.ToArray());
    }
}
