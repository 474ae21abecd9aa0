using System.Globalization;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using RobotWorker.Skills.Policies;

namespace RobotWorker.Generation.Policies;

/// <summary>
/// A network in a file of ONNX, of the shape that LeRobot's policies have: inputs of one sample that are named as the vectors of a data set (<c>observation.state</c>), and an output <c>action</c> of one action, or of
/// several in a row. The properties of its metadata may have <c>fps</c>, and it may have an output <c>done</c>. Shared by all runs: a session runs on any thread.
/// </summary>
internal sealed class OnnxModel
{
    private const string Action = "action", Done = "done", Rate = "fps";
    private const int UsualFramesPerSecond = 10;

    private static readonly string[] Told = [RobotTold.StateName, RobotTold.PlaceName];

    private readonly InferenceSession session;

    private OnnxModel(InferenceSession session, string sum) => (this.session, Sum) = (session, sum);

    /// <summary>SHA-256 of the file.</summary>
    public string Sum { get; }

    public int FramesPerSecond { get; private init; }

    /// <exception cref="PolicyException">It is no such network.</exception>
    public static OnnxModel Read(string file)
    {
        try
        {
            var bytes = File.ReadAllBytes(file);
            // One thread: the runs go on beside each other, and the same sums are added in the same order.
            using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
            var session = new InferenceSession(bytes, options);
            foreach (var (name, input) in session.InputMetadata)
            {
                if (!Told.Contains(name)) throw new PolicyException($"{file} wants '{name}', and the robot tells {string.Join(" and ", Told)}");
                if (input.ElementType != typeof(float) || input.Dimensions.Length != 2) throw new PolicyException($"{file}: '{name}' must be float32 of shape [1, width]");
            }
            if (!session.OutputMetadata.TryGetValue(Action, out var action) || action.ElementType != typeof(float))
                throw new PolicyException($"{file} has the outputs {string.Join(", ", session.OutputMetadata.Keys)}, and must have '{Action}' of float32");
            return new(session, Convert.ToHexStringLower(SHA256.HashData(bytes))) { FramesPerSecond = ReadRate(file, session) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OnnxRuntimeException)
        {
            throw new PolicyException($"{file} is no network of ONNX that can be used: {e.Message.TrimEnd('.')}", e);
        }
    }

    /// <summary>The width that an input or the action has; null: any.</summary>
    public int? WidthOf(string name)
    {
        var metadata = session.InputMetadata.GetValueOrDefault(name) ?? (name == Action ? session.OutputMetadata[Action] : null);
        return metadata?.Dimensions is [.., > 0 and var width] ? width : null;
    }

    /// <returns>The next actions, at least one; null: it says that it is done.</returns>
    /// <exception cref="PolicyException">It fails.</exception>
    public IReadOnlyList<double[]>? Next(IReadOnlyDictionary<string, double[]> observation)
    {
        try
        {
            var inputs = session.InputMetadata.Keys.Select(name => NamedOnnxValue.CreateFromTensor(
                name, new DenseTensor<float>(observation[name].Select(v => (float)v).ToArray(), [1, observation[name].Length]))).ToList();
            using var outputs = session.Run(inputs);
            if (outputs.FirstOrDefault(o => o.Name == Done)?.AsEnumerable<float>().FirstOrDefault() > 0.5f) return null;
            var action = outputs.First(o => o.Name == Action).AsTensor<float>();
            var width = action.Dimensions[^1];
            if (action.Length == 0) throw new PolicyException("the network says no action");
            return [.. action.Select(v => (double)v).Chunk(width)];
        }
        catch (OnnxRuntimeException e)
        {
            throw new PolicyException(e.Message, e);
        }
    }

    private static int ReadRate(string file, InferenceSession session)
    {
        if (!session.ModelMetadata.CustomMetadataMap.TryGetValue(Rate, out var text)) return UsualFramesPerSecond;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && PolicyRate.IsPossible(rate)
            ? rate
            : throw new PolicyException($"{file}: '{Rate}' is '{text}' in its metadata, and must be {PolicyRate.Words}");
    }
}

/// <summary>One run of a network.</summary>
internal sealed class OnnxPolicy(OnnxModel model) : IPolicy
{
    private readonly Queue<double[]> said = [];

    public int FramesPerSecond => model.FramesPerSecond;

    public double[]? Next(IReadOnlyDictionary<string, double[]> observation)
    {
        if (said.Count == 0)
            foreach (var action in model.Next(observation) ?? []) said.Enqueue(action);
        return said.Count == 0 ? null : said.Dequeue();
    }

    public void Dispose()
    {
    }
}
