using FastConv.Shapes;

namespace FastConv.Layers;

/// <summary>A layer that maps every element by itself: any shape goes in and comes out.</summary>
public abstract class ElementwiseLayer : LeafLayer
{
    private protected ElementwiseLayer()
    {
    }

    internal override bool InfersInPlace => true;

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape inputShape) => inputShape;
}
