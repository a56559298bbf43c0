using FastConv.Interchange;
using FastConv.Layers;
using FastConv.Optimizers;
using FastConv.Tensors;
using FastConv.Tests.Cases;
using FastConv.Training;
using FsCheck;
using FsCheck.Fluent;

namespace FastConv.Tests.Properties;

/// <summary>What is saved and loaded is the same, bit for bit, and so is what is computed from it.</summary>
public sealed class SaveLoadPropertyTests : IDisposable
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(1, 100_000).ToArbitrary();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_bits_of_a_tensor_come_back() => PropertyRun.ForAll(Gen.Choose(int.MinValue, int.MaxValue).ArrayOf().Where(bits => bits.Length > 0).ToArbitrary(), bits =>
    {
        // Every pattern, NaNs with payloads and subnormal numbers included.
        float[] values = Array.ConvertAll(bits, BitConverter.Int32BitsToSingle);
        var writer = new SafetensorsWriter();
        writer.Add("x", Tensor.From(values, values.Length));
        writer.Save(_folder["tensor"]);
        using SafetensorsFile file = SafetensorsFile.Open(_folder["tensor"]);
        float[] read = new float[values.Length];
        file.Read(file.Tensors.Single(), read);
        TestTensors.AssertSameBits(values, read);
    });

    [Fact]
    public void A_saved_model_computes_the_same() => PropertyRun.ForAll(Seeds, seed =>
    {
        Sequential saved = TrainingCases.TinyModel(seed: seed);
        saved.SaveSafetensors(_folder["model"]);
        Sequential loaded = TrainingCases.TinyModel(seed: seed + 1);
        loaded.LoadSafetensors(_folder["model"]);
        Tensor images = Tensor.From(TestTensors.Random(seed, 128), 2, 1, 8, 8);
        TestTensors.AssertSameBits(saved.Predict(images).Span, loaded.Predict(images).Span);
    });

    [Fact]
    public void A_checkpoint_of_any_optimizer_continues_with_the_same_bits() => PropertyRun.ForAll(Seeds, seed =>
    {
        string name = Optimizer.Names[seed % Optimizer.Names.Count];
        (Sequential model, Optimizer optimizer) = Stepped(name, seed, steps: 1 + seed % 3);
        new TrainingCheckpoint(model, optimizer).Save(_folder["checkpoint"]);
        (Sequential other, Optimizer resumed) = Stepped(name, seed + 1, steps: 0);
        new TrainingCheckpoint(other, resumed).Load(_folder["checkpoint"]);
        Step(model, optimizer, seed);
        Step(other, resumed, seed);
        TestTensors.AssertSameBits(TrainingCases.Values(model), TrainingCases.Values(other), name);
    });

    private static (Sequential Model, Optimizer Optimizer) Stepped(string name, int seed, int steps)
    {
        Sequential model = TrainingCases.TinyModel(seed: seed);
        Optimizer optimizer = Optimizer.Create(name, model.Parameters, 0.01);
        for (int step = 0; step < steps; step++)
        {
            Step(model, optimizer, seed + step);
        }

        return (model, optimizer);
    }

    private static void Step(Sequential model, Optimizer optimizer, int seed)
    {
        foreach (Parameter parameter in model.Parameters)
        {
            OptimizerCases.SetGradient(parameter, seed);
        }

        optimizer.Step();
    }
}
