using RobotWorker.World;

namespace RobotWorker.Planners.Symbolic;

/// <summary>Numbers the atoms of a task in the order in which they are first met.</summary>
internal sealed class AtomTable
{
    private readonly Dictionary<Atom, int> numbers = [];
    private readonly List<Atom> atoms = [];

    public int Count => atoms.Count;

    public Atom this[int number] => atoms[number];

    public int Number(Atom atom)
    {
        if (numbers.TryGetValue(atom, out var number)) return number;
        numbers.Add(atom, atoms.Count);
        atoms.Add(atom);
        return atoms.Count - 1;
    }

    /// <summary>The numbers of all atoms that are instances of a pattern with <c>_</c>.</summary>
    public IEnumerable<int> Matching(Atom pattern) => Enumerable.Range(0, atoms.Count).Where(i => atoms[i].Matches(pattern));
}
