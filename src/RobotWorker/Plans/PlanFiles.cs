using System.Collections.Immutable;
using RobotWorker.Diagnostics;

namespace RobotWorker.Plans;

/// <summary>
/// Brings the plans of other files into one plan: <c>lib.yaml#fetch</c> is plan <c>fetch</c> of that file, <c>lib.yaml</c> its root. Paths are relative
/// to the file that names them. The objects of such a file are taken over.
/// </summary>
internal sealed class PlanFiles(string mainFile, PlanLoader? load, DiagnosticBag bag)
{
    public const string Main = "";

    private const int MostFiles = 64;

    /// <summary>The name of a plan seen from the main file. In lib/a.yaml, <c>fetch</c> is <c>lib/a.yaml#fetch</c> and <c>b.yaml#go</c> is <c>lib/b.yaml#go</c>.</summary>
    public static string Qualify(string ownFile, string name)
    {
        var hash = name.IndexOf('#');
        var path = hash >= 0 ? name[..hash] : name;
        if (!IsFile(path)) return ownFile == Main ? name : $"{ownFile}#{name}";
        return Combine(ownFile, path) + (hash >= 0 ? name[hash..] : "");
    }

    /// <summary>Whether a plan came with another file: then it is no matter whether it is used here.</summary>
    public static bool IsOfAnotherFile(string name) => IsFile(name.Split('#')[0]);

    /// <summary>The plan with every plan of another file that it calls, directly or through others.</summary>
    public Plan Complete(Plan plan)
    {
        var plans = plan.Plans;
        var objects = plan.Objects;
        var read = new HashSet<string>(StringComparer.Ordinal);
        var calls = new Queue<CallNode>(Calls(plan.Root).Concat(plan.Plans.Values.SelectMany(p => Calls(p.Root))));
        while (calls.TryDequeue(out var call))
        {
            var path = call.Plan.Split('#')[0];
            if (plans.ContainsKey(call.Plan) || !IsFile(path) || !read.Add(path)) continue;
            if (Load(path, call, read.Count) is not { } other) continue;
            plans = plans.AddRange(other.Plans.Where(p => !plans.ContainsKey(p.Key))).SetItem(path, new(path, [], other.Root, other.Place));
            objects = objects.AddRange(other.Objects.Where(o => !objects.Any(mine => mine.Name == o.Name)));
            foreach (var next in Calls(other.Root).Concat(other.Plans.Values.SelectMany(p => Calls(p.Root)))) calls.Enqueue(next);
        }
        if (plans.Count > PlanReader.MostPlans) bag.Error(Codes.TooLarge, plan.Place, $"with those of other files there are more than {PlanReader.MostPlans} plans");
        return plan with { Plans = plans, Objects = objects };
    }

    private Plan? Load(string path, CallNode call, int files)
    {
        if (files > MostFiles)
        {
            bag.Error(Codes.TooLarge, call.PlaceOf("call.plan"), $"the plan is spread over more than {MostFiles} files");
            return null;
        }
        if (load?.Invoke(path) is { } text) return PlanReader.ReadOne(text, Combine(mainFile, path), path, bag);
        bag.Error(Codes.UnreadFile, call.PlaceOf("call.plan"), $"the file '{path}' cannot be read", "paths are relative to the file that names them");
        return null;
    }

    private static IEnumerable<CallNode> Calls(PlanNode node) => node is CallNode call ? [call] : node.Inner.SelectMany(Calls);

    private static bool IsFile(string path) => path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith(".yml", StringComparison.Ordinal) || path.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>A path relative to the folder of another, without <c>.</c> and inner <c>..</c>.</summary>
    private static string Combine(string from, string path)
    {
        if (path.StartsWith('/')) return path;
        var parts = new List<string>(from.Split('/')[..^1]);
        foreach (var part in path.Split('/').Where(p => p is not ("" or ".")))
        {
            if (part == ".." && parts.Count > 0 && parts[^1] is not (".." or "")) parts.RemoveAt(parts.Count - 1);
            else parts.Add(part);
        }
        return string.Join('/', parts);
    }
}
