namespace RobotWorker.Execution.Core;

/// <summary>The nodes during a transition: what changed lies beside the shared vector and goes into it once, however often it changed.</summary>
internal sealed class NodeDraft(Vector<NodeState> shared)
{
    private const int Most = 16;

    private readonly List<NodeState> changed = new(4);
    private int added;

    public int Count => shared.Count + added;

    public NodeState this[int number]
    {
        get
        {
            for (var i = changed.Count - 1; i >= 0; i--)
                if (changed[i].Number == number) return changed[i];
            return shared[number];
        }
    }

    public void Put(NodeState node)
    {
        for (var i = changed.Count - 1; i >= 0; i--)
        {
            if (changed[i].Number != node.Number) continue;
            changed[i] = node;
            return;
        }
        if (node.Number == Count) added++;
        changed.Add(node);
        // A wide parallel opens many at once; searching them all would cost their square.
        if (changed.Count > Most) ToVector();
    }

    public Vector<NodeState> ToVector()
    {
        foreach (var node in changed) shared = node.Number == shared.Count ? shared.Add(node) : shared.Set(node.Number, node);
        changed.Clear();
        added = 0;
        return shared;
    }
}
