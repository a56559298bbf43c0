using FastConv.Layers;
using FastConv.Tensors;
using FastConv.Tests.Cases;

namespace FastConv.Tests.Layers;

public sealed class LayerTests
{
    [Fact]
    public void Paths_and_names_are_pytorchs_however_deep_and_in_whatever_order_things_were_put_together()
    {
        var inner = new ScaleLayer();
        Assert.Equal("", inner.Path);
        Assert.Equal("weight", inner.Weight.Name);
        var block = new Sequential(new ReLU(), inner);
        Assert.Equal("1", inner.Path);
        var model = new Sequential(new ScaleLayer(), new Residual(block), Sequential.Named(("tail", new ScaleLayer())));
        Assert.Equal("1.body.1", inner.Path);
        Assert.Equal("1.body", block.Path);
        Assert.Equal(["0.weight", "1.body.1.weight", "2.tail.weight"], model.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(
            ["0.weight", "0.passes", "1.body.1.weight", "1.body.1.passes", "2.tail.weight", "2.tail.passes"],
            model.State.Select(entry => entry.Name));
        Assert.Equal([StateKind.Parameter, StateKind.Counter], inner.State.Select(entry => entry.Kind));
        Assert.Same(inner.Weight.Value, model.State[2].Value);
        Assert.Same(inner, ((Sequential)model[1].Children[0])[^1]);
    }

    [Fact]
    public void A_layer_has_one_place_and_a_refused_container_changes_nothing()
    {
        var layer = new ScaleLayer();
        var other = new ScaleLayer();
        Assert.Contains("Sequential: the same ScaleLayer is given twice", Refused(() => new Sequential(other, layer, layer)), StringComparison.Ordinal);
        Assert.Equal("", other.Path);
        var model = new Sequential(layer);
        Assert.Contains("ScaleLayer '0' is in a Sequential already", Refused(() => new Residual(other, layer)), StringComparison.Ordinal);
        Assert.Contains("is in a Sequential already", Refused(() => new Sequential(layer)), StringComparison.Ordinal);
        Assert.Equal("", other.Path);
        Assert.Same(layer, model[0]);
        Assert.Throws<ArgumentNullException>(() => new Sequential(other, null!));
        Assert.Throws<ArgumentNullException>(() => new Residual(null!));
        Refused(() => Sequential.Named(("a.b", other)));
        Refused(() => Sequential.Named(("", other)));
        Refused(() => Sequential.Named(("a", other), ("a", new ReLU())));
        Assert.Equal("", other.Path);
    }

    [Fact]
    public void Modes_reach_every_layer()
    {
        var inner = new ScaleLayer();
        var model = new Sequential(new Residual(new Sequential(inner)), new ReLU());
        Assert.True(inner.IsTraining);
        model.Eval();
        Assert.False(model.IsTraining);
        Assert.False(inner.IsTraining);
        model.Train();
        Assert.True(inner.IsTraining);
    }

    [Fact]
    public void Apply_visits_every_layer_once_children_first()
    {
        var model = new Sequential(new Residual(new Tanh(), new Sigmoid()), new ReLU());
        var visited = new List<string>();
        model.Apply(layer => visited.Add(layer.ToString()));
        Assert.Equal(["Tanh '0.body'", "Sigmoid '0.shortcut'", "Residual '0'", "ReLU '1'", "Sequential"], visited);
    }

    [Fact]
    public void Initialize_gives_the_same_values_for_a_seed_whatever_was_built_first()
    {
        ScaleLayer[] first = [new(), new(), new()];
        ScaleLayer[] second = [new(), new(), new()];
        var one = new Sequential(first[0], new Residual(first[1]), first[2]);
        var tail = second[2];
        var middle = new Residual(second[1]);
        var two = new Sequential(second[0], middle, tail);
        one.Initialize(7);
        two.Initialize(7);
        float[] values = [.. first.Select(layer => layer.Weight.Value[0])];
        Assert.Equal(values, second.Select(layer => layer.Weight.Value[0]));
        Assert.Equal(3, values.Distinct().Count());
        two.Initialize(8);
        Assert.NotEqual(values[0], second[0].Weight.Value[0]);
    }

    [Fact]
    public void Backward_needs_a_forward_and_a_gradient_of_its_shape()
    {
        var model = new Sequential(new ReLU(), new ScaleLayer());
        Assert.Contains(
            "Sequential: Backward expects a Forward", Assert.Throws<InvalidOperationException>(() => model.Backward(new Tensor(2, 3))).Message, StringComparison.Ordinal);
        model.Predict(new Tensor(2, 3));
        Assert.Throws<InvalidOperationException>(() => model.Backward(new Tensor(2, 3)));
        model.Forward(new Tensor(2, 3));
        Assert.Equal("Sequential: Backward expects a gradient of [2, 3], received [3, 2]", Refused(() => model.Backward(new Tensor(3, 2))));
        Assert.Throws<ArgumentNullException>(() => model.Forward(null!));
        Assert.Throws<ArgumentNullException>(() => model.Predict(null!));
        Assert.Throws<ArgumentNullException>(() => model.Backward(null!));
        Assert.NotNull(model.Backward(new Tensor(2, 3)));
    }

    [Fact]
    public void A_shape_that_a_later_layer_refuses_changes_nothing_in_an_earlier_one()
    {
        var early = new ScaleLayer(2);
        var model = new Sequential(early, new Flatten(0), new ScaleLayer());
        Assert.Equal("ScaleLayer '2': expects [batch, features], input is [6]", Refused(() => model.Forward(new Tensor(2, 3))));
        Assert.Equal(0, early.Passes[0]);
        Assert.Equal("ScaleLayer '2': expects [batch, features], input is [6]", Refused(() => model.Predict(new Tensor(2, 3))));
        Assert.Equal("ScaleLayer: expects [batch, features], input is [1]", Refused(() => new ScaleLayer().Forward(new Tensor(1))));
    }

    [Fact]
    public void Parameter_gradients_add_up_and_input_gradients_do_not()
    {
        var layer = new ScaleLayer(3);
        Tensor x = Tensor.From([1, 2], 1, 2);
        Tensor gradOutput = Tensor.From([10, 100], 1, 2);
        layer.Forward(x);
        layer.Backward(gradOutput);
        Tensor gradInput = layer.Backward(gradOutput)!;
        Assert.Equal(2 * 210, layer.Weight.Gradient[0]);
        Assert.Equal([30f, 300f], gradInput.Span.ToArray());
    }

    private static string Refused(Func<object?> call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
