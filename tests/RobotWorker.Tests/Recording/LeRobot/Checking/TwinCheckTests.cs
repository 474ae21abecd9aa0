using RobotWorker.Recording.LeRobot.Checking;
using RobotWorker.Tests.Recording.LeRobot.Sets;

namespace RobotWorker.Tests.Recording.LeRobot.Checking;

/// <summary>What is said of twins in several episodes or in several sets; one thing at a time is among the <see cref="Mutations"/>.</summary>
public sealed class TwinCheckTests : ToolSetTests
{
    [Test]
    public void TwinsThatAreWhereTheyAreSaidToBe_NothingIsFound()
    {
        var (success, failure) = Sets.Apart(_ => { }, _ => { });

        Assert.That(ToolSet.Check(Sets.Make("whole", s => s.Pair())), Is.Empty);
        Assert.That(ToolSet.Check(success), Is.Empty);
        Assert.That(ToolSet.Check(failure), Is.Empty);
    }

    [TestCase("seed", "is 1, which has the seed 8, must have 7: twins are of one world", TestName = "ATwinOfAnotherWorld_IsFound")]
    [TestCase("pair_onset_s", "is 1, of which the onset is 0.4 s, must be 0.3 s: twins have one in common", TestName = "ATwinWithAnotherOnset_IsFound")]
    public void Other(string column, string says)
    {
        var set = Sets.Make("whole", s =>
        {
            s.Pair();
            if (column == "seed") s.Episodes[0].Of<long>(column)[1] = 8;
            else s.Episodes[0].Of<double?>(column)[1] = 0.4;
        });

        Assert.That(DatasetCheck.Run(set, default).Select(f => f.Problem), Has.Some.Contains(says));
    }

    [Test]
    public void ATwinInTheSetBeside_ThatDoesNotPointBack_IsFoundInTheOneThatNamesIt()
    {
        var (success, _) = Sets.Apart(_ => { }, failure => failure.Episodes[1].Of<long?>("faulted_twin_index")[0] = 1);

        Assert.That(ToolSet.Check(success).Single(), Does.Contain("no_recovery_twin_index, row 0").And.Contains("is 2, whose faulted_twin_index is 1, must point back to 0"));
    }

    [Test]
    public void ATwinInTheSetBeside_ThatHasNoSuchEpisode_IsFound()
    {
        var (success, failure) = Sets.Apart(s => s.Episodes[0].Of<long?>("no_recovery_twin_index")[0] = 7, _ => { });

        Assert.That(ToolSet.Check(success).Single(), Does.Contain("is 7, must be from 0 to 2"));
        Assert.That(ToolSet.Check(failure).Single(), Does.Contain("is 0, whose no_recovery_twin_index is 7, must point back to 2"));
    }

    [Test]
    public void ASetBesideThatHasNoPairs_IsFound()
    {
        var (success, _) = Sets.Apart(_ => { }, failure => Array.ForEach(failure.Episodes, t => t.Remove("pair_role")));

        Assert.That(ToolSet.Check(success).Single(), Does.Contain("names twins in the set 'failure' beside this one, which has none that can be read"));
    }
}
