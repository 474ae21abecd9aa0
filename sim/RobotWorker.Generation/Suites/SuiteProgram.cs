namespace RobotWorker.Generation.Suites;

/// <summary>All runs of a suite, in the order in which they are made: of every fault a first one, then a second one, so that a part of them says something about all.</summary>
public static class SuiteProgram
{
    // So far apart that no fault's runs reach into the next one's.
    internal const int SeedsOfAFault = 1000;

    private const ulong SeedsOfClean = 1_000_000;

    /// <summary>The runs with a fault; each policy for all faults before the next policy.</summary>
    /// <param name="first">The first seed: of tuning or of scoring.</param>
    public static IEnumerable<SuiteRun> WithFaults(FaultSuite suite, SuiteCondition condition, ulong first) =>
        from number in Enumerable.Range(0, condition.Runs)
        from policy in condition.Policies
        from f in Enumerable.Range(0, suite.Faults.Length)
        let fault = suite.Faults[f]
        where condition.Includes(fault.Code)
        select new SuiteRun(condition.Name, policy, fault.Code, fault.Tasks[number % fault.Tasks.Length], number, first + (SeedsOfAFault * (ulong)f) + (ulong)number);

    /// <summary>Runs without any, for as long as somebody wants more: tasks in turn.</summary>
    public static IEnumerable<SuiteRun> Clean(FaultSuite suite, SuiteCondition condition, ulong first)
    {
        for (var number = 0; ; number++)
            yield return new(condition.Name, SuitePolicy.Recovery, null, suite.Tasks[number % suite.Tasks.Length].Name, number, first + SeedsOfClean + (ulong)number);
    }
}
