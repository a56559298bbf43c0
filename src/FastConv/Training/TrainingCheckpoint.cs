using System.Globalization;
using System.Text.Json;
using FastConv.Interchange;
using FastConv.Layers;
using FastConv.Optimizers;
using FastConv.Tensors;
using NamedTensor = FastConv.Tensors.NamedTensor;

namespace FastConv.Training;

/// <summary>
/// Everything that training needs to continue with the bits of an uninterrupted run, in one safetensors file: the model under <c>model.</c>, what the optimiser
/// remembers under <c>optimizer.</c>, averaged and best weights under <c>average.</c> and <c>best.</c>, and in the metadata positions of random layers,
/// counts and history. <see cref="Trainer.Fit"/> saves and loads it by itself (<see cref="TrainingOptions.Checkpoint"/>); this class is for loops of one's own.
/// </summary>
public sealed class TrainingCheckpoint
{
    /// <summary>What stands before the model's names in the file: <c>model.LoadSafetensors(path, prefix: TrainingCheckpoint.ModelPrefix)</c>.</summary>
    public const string ModelPrefix = "model.";

    private const string OptimizerPrefix = "optimizer.";
    private const string AveragePrefix = "average.";
    private const string BestPrefix = "best.";
    private const string RandomPrefix = "random.";
    private const string FormatKey = "format";
    private const string Format = "fastconv.training.1";
    private const string OptimizerKey = "optimizer";
    private const string StepsKey = "optimizer.steps";
    private const string RateKey = "optimizer.learning_rate";
    private const string StateKey = "training";

    private readonly Layer _model;
    private readonly Optimizer _optimizer;

    /// <summary>Brings together what is saved and loaded.</summary>
    /// <param name="model">Built, so that its shapes are known.</param>
    /// <param name="optimizer">Over its parameters.</param>
    public TrainingCheckpoint(Layer model, Optimizer optimizer)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        _model = model;
        _optimizer = optimizer;
    }

    /// <summary>The epoch under way, from 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value below 1.</exception>
    public int Epoch { get => State.Epoch; set => State.Epoch = AtLeast(1, value); }

    /// <summary>Batches of this epoch that have been learned from.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative value.</exception>
    public int EpochStep { get => State.EpochStep; set => State.EpochStep = AtLeast(0, value); }

    /// <summary>Batches learned from altogether.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative value.</exception>
    public int Step { get => State.Step; set => State.Step = AtLeast(0, value); }

    internal TrainingState State { get; private set; } = new();

    /// <summary>Weights that are saved and loaded too; null: they are not, and a file that has them is refused.</summary>
    internal StateCopy? Average { get; init; }

    /// <inheritdoc cref="Average"/>
    internal StateCopy? Best { get; init; }

    /// <summary>Writes the file in one go (see <see cref="SafetensorsWriter.Save"/>).</summary>
    /// <exception cref="IOException">The disk is full, or the folder is not there or not to be written; a checkpoint that was there stays.</exception>
    public void Save(string path)
    {
        var writer = new SafetensorsWriter();
        writer.Metadata[FormatKey] = Format;
        writer.Metadata[OptimizerKey] = _optimizer.GetType().Name;
        writer.Metadata[StepsKey] = _optimizer.StepCount.ToString(CultureInfo.InvariantCulture);
        writer.Metadata[RateKey] = _optimizer.LearningRate.ToString("R", CultureInfo.InvariantCulture);
        writer.Metadata[StateKey] = JsonSerializer.Serialize(State, TrainingStateJson.Default.TrainingState);
        foreach ((string key, IRandomLayer layer) in RandomLayers())
        {
            writer.Metadata[key] = string.Create(CultureInfo.InvariantCulture, $"{layer.Seed} {layer.Passes}");
        }

        writer.AddState(_model, ModelPrefix);
        foreach ((string name, Tensor value) in OtherTensors())
        {
            writer.Add(name, value);
        }

        writer.Save(path);
    }

    /// <summary>Brings model, optimiser and counts to where they were when the file was saved. After an error all are as before.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is not a checkpoint, or one of another model or optimiser: with all names that differ.</exception>
    public void Load(string path) => Load(path, static _ => { });

    /// <inheritdoc cref="Load(string)"/>
    /// <param name="path">The file.</param>
    /// <param name="check">Refuses a state before anything is changed.</param>
    internal void Load(string path, Action<TrainingState> check)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Require(file, FormatKey, Format);
        Require(file, OptimizerKey, _optimizer.GetType().Name);
        var loading = new StateLoading(file);
        foreach (Layers.NamedTensor entry in _model.State)
        {
            loading.Add(ModelPrefix + entry.Name, entry.Value);
        }

        foreach ((string name, Tensor value) in OtherTensors())
        {
            loading.Add(name, value);
        }

        loading.RequireMatch();
        TrainingState state = ReadState(file);
        long steps = Parse(file, StepsKey, text => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
        double rate = Parse(file, RateKey, text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
        List<(IRandomLayer Layer, long Seed, long Passes)> random = ReadRandom(file);
        if (!(rate >= 0 && double.IsFinite(rate)))
        {
            throw Refuse(file, RateKey, "a finite number of at least 0");
        }

        check(state);
        loading.Read();

        // Nothing from here on fails.
        loading.Commit();
        State = state;
        _optimizer.StepCount = steps;
        _optimizer.LearningRate = rate;
        foreach ((IRandomLayer layer, long seed, long passes) in random)
        {
            (layer.Seed, layer.Passes) = (seed, passes);
        }
    }

    private IEnumerable<NamedTensor> OtherTensors()
    {
        foreach (NamedTensor entry in _optimizer.State)
        {
            yield return entry with { Name = OptimizerPrefix + entry.Name };
        }

        foreach ((string prefix, StateCopy? copy) in ((string, StateCopy?)[])[(AveragePrefix, Average), (BestPrefix, Best)])
        {
            foreach (Layers.NamedTensor entry in copy?.Tensors ?? [])
            {
                yield return new NamedTensor(prefix + entry.Name, entry.Value);
            }
        }
    }

    private List<(string Key, IRandomLayer Layer)> RandomLayers()
    {
        var layers = new List<(string, IRandomLayer)>();
        _model.Apply(layer =>
        {
            if (layer is IRandomLayer random)
            {
                layers.Add((RandomPrefix + layer.Path, random));
            }
        });
        return layers;
    }

    private List<(IRandomLayer Layer, long Seed, long Passes)> ReadRandom(SafetensorsFile file)
    {
        var positions = new List<(IRandomLayer, long, long)>();
        foreach ((string key, IRandomLayer layer) in RandomLayers())
        {
            long[] numbers = Parse(file, key, text => Array.ConvertAll(text.Split(' '), part => long.Parse(part, CultureInfo.InvariantCulture)));
            positions.Add(numbers is [long seed, long passes] ? (layer, seed, passes) : throw Refuse(file, key, "seed and passes"));
        }

        return positions;
    }

    private static int AtLeast(int least, int value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }

    private static TrainingState ReadState(SafetensorsFile file)
    {
        try
        {
            TrainingState? state = Parse(file, StateKey, text => JsonSerializer.Deserialize(text, TrainingStateJson.Default.TrainingState));
            return state is { Epoch: >= 1, EpochStep: >= 0, Step: >= 0, Schedule: not null, Epochs: not null, Curve: not null }
                ? state
                : throw Refuse(file, StateKey, "counts from 0 and lists");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file.Path}: '{StateKey}': expected the state of a training: {exception.Message}", exception);
        }
    }

    private static void Require(SafetensorsFile file, string key, string expected)
    {
        if (Text(file, key) != expected)
        {
            throw Refuse(file, key, $"'{expected}'");
        }
    }

    private static T Parse<T>(SafetensorsFile file, string key, Func<string, T> parse)
    {
        try
        {
            return parse(Text(file, key));
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw Refuse(file, key, "numbers");
        }
    }

    private static string Text(SafetensorsFile file, string key) => file.Metadata.GetValueOrDefault(key, "");

    private static InvalidDataException Refuse(SafetensorsFile file, string key, string expected) =>
        new($"{file.Path}: '__metadata__.{key}': expected {expected}, received '{Text(file, key)}'.");
}
