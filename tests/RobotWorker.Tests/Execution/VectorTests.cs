using CsCheck;
using RobotWorker.Execution.Core;

namespace RobotWorker.Tests.Execution;

public sealed class VectorTests
{
    [Test]
    public void Vector_AddsAndSets_IsAListThatOldVersionsKeep() =>
        Gen.Select(Gen.Int[0, 3000], Gen.Int[0, 2999].Array[0, 50]).Sample((count, sets) =>
        {
            var vector = Vector<int>.Empty;
            var list = new List<int>();
            for (var i = 0; i < count; i++)
            {
                vector = vector.Add(i);
                list.Add(i);
            }
            var (before, copy) = (vector, list.ToArray());
            foreach (var at in sets.Where(s => s < count))
            {
                vector = vector.Set(at, -at);
                list[at] = -at;
            }
            return vector.SequenceEqual(list) && before.SequenceEqual(copy) && vector.Count == count;
        }, iter: 60);

    [TestCase(-1)]
    [TestCase(3)]
    public void Vector_OutOfRange_Throws(int at)
    {
        var vector = Vector<int>.Empty.Add(1).Add(2).Add(3);
        Assert.That(() => vector[at], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => vector.Set(at, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
