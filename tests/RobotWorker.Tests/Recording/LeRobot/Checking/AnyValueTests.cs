using RobotWorker.Chance;
using RobotWorker.Recording.LeRobot.Checking;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>One value of one column is another: whichever it is, it is found, for everything in a data set is there twice.</summary>
[TestFixture]
public sealed class AnyValueTests
{
    // Nothing else in the set says what these are.
    private static readonly string[] SaidOnce = ["note", "seed", "subtask"];

    [Test]
    public void AnyValueOfAnyColumn_Changed_IsFound([Range(1, 4)] int seed)
    {
        var chance = RandomStream.For((ulong)seed, "dataset", "values");
        var folder = Directory.CreateTempSubdirectory("robotworker dataset ").FullName;
        var missed = new List<string>();
        for (var draw = 0; draw < 25; draw++)
        {
            var set = TinySet.Make(camera: false);
            set.Sum();
            TinyTable[] tables = [.. set.Data, .. set.Episodes, set.Tasks, set.Subtasks];
            var table = chance.NextInt(tables.Length);
            var columns = tables[table].Columns.Where(c => !SaidOnce.Contains(c.Name)).ToList();
            var (name, values) = columns[chance.NextInt(columns.Count)];
            var row = chance.NextInt(values.Length);
            values.SetValue(Other(values.GetValue(row)!, chance), row);
            var path = Path.Combine(folder, $"{draw}");
            set.Write(path, null);

            if (!DatasetCheck.Run(path, default).Any(f => f.IsError)) missed.Add($"table {table}, {name}, row {row}");
        }
        Directory.Delete(folder, recursive: true);

        Assert.That(missed, Is.Empty);
    }

    private static object Other(object value, RandomStream chance) => value switch
    {
        bool truth => !truth,
        long number => number + 1 + chance.NextInt(5),
        float number => number + (float)chance.Uniform(0.1, 3),
        double number => number - chance.Uniform(0.1, 3),
        string text => text + "x",
        Array { Length: > 0 } cell => OtherIn(cell, chance),
        _ => throw new ArgumentException($"a value of {value.GetType()}", nameof(value)),
    };

    private static Array OtherIn(Array cell, RandomStream chance)
    {
        var at = chance.NextInt(cell.Length);
        cell.SetValue(Other(cell.GetValue(at)!, chance), at);
        return cell;
    }
}
