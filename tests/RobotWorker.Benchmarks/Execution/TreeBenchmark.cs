using System.Diagnostics;
using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;

namespace RobotWorker.Benchmarks.Execution;

/// <summary>The pure core alone: the events of a run over a tree of 1,000 steps, with ten facts and a hold condition each, folded again. What an event costs, in time and memory.</summary>
internal static class TreeBenchmark
{
    private const int Steps = 1_000, Rounds = 7;

    public static BenchmarkResult Run()
    {
        var plan = NoOpPlans.Deep(Steps);
        var journal = new MemoryJournal();
        ExecutorBenchmark.RunOnce(plan, facts: true, journal);
        var before = PlanState.Before(new(NoOpPlans.Catalogue, FaultCatalogue.Empty, ExecutionOptions.Default), plan, Episode.Of(plan.Id, 0, 1).Id);
        var (best, bytes) = (double.MaxValue, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            GC.Collect();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var began = Stopwatch.GetTimestamp();
            var state = before;
            foreach (var happened in journal.Events) state = Executor.Next(state, happened).State;
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            if (state.Ended is null) throw new BenchmarkException("the fold did not come to the end of the run");
            if (seconds < best) (best, bytes) = (seconds, (GC.GetAllocatedBytesForCurrentThread() - allocated) / (double)journal.Events.Count);
        }
        var figure = journal.Events.Count / best;
        Console.WriteLine($"{journal.Events.Count} events over a tree of {Steps} steps, 20 deep: {figure:0} events a second, {1e6 / figure:0.00} us and {bytes:0} bytes an event");
        return new(figure, "events/s") { More = [("bytes_per_event", bytes), ("events", journal.Events.Count)] };
    }
}
