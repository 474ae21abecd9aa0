using System.Diagnostics;
using NUnit.Framework;

namespace RobotWorker.Testing;

/// <summary>
/// Throws mutated inputs at a decoder, one line for each: <c>Fuzzing.Run(Decode, corpus, count, seed, error => error is RosCodecException)</c>. It fails when
/// an input makes the decoder throw something else, take too long, or allocate far more than the input is long; the message holds the input.
/// </summary>
public static class Fuzzing
{
    // A decoder may make of each byte a message of a few hundred bytes at most; what an attacker wants is gigabytes from a header.
    private const long AllocationForAByte = 2_000;
    private const long AllocationForAnInput = 4_000_000;

    // A thousand times what an input usually takes: enough for a machine that does something else at the moment.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Feeds the decoder.</summary>
    /// <param name="decode">Takes an input. It runs on the calling thread.</param>
    /// <param name="corpus">Valid inputs, from which the wrong ones are made.</param>
    /// <param name="count">How many inputs are tried.</param>
    /// <param name="seed">The same one gives the same inputs.</param>
    /// <param name="isExpected">The exceptions by which the decoder may refuse.</param>
    /// <returns>How many inputs were taken and how many refused.</returns>
    public static FuzzingResult Run(Action<byte[]> decode, IReadOnlyList<byte[]> corpus, int count, int seed, Func<Exception, bool> isExpected)
    {
        foreach (var valid in corpus) decode(valid);
        var mutator = new Mutator(corpus, seed);
        var result = new FuzzingResult(0, 0);
        for (var i = 0; i < count; i++)
        {
            var input = mutator.Next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.GetTimestamp();
            try
            {
                decode(input);
                result = result with { Taken = result.Taken + 1 };
            }
            catch (Exception refused) when (isExpected(refused))
            {
                result = result with { Refused = result.Refused + 1 };
            }
            catch (Exception escaped)
            {
                Assert.Fail($"input {i} of seed {seed} makes it throw {escaped}\n{Shown(input)}");
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > AllocationForAnInput + input.Length * AllocationForAByte) Assert.Fail($"input {i} of seed {seed} costs {allocated} bytes\n{Shown(input)}");
            if (Stopwatch.GetElapsedTime(watch) > Longest) Assert.Fail($"input {i} of seed {seed} takes {Stopwatch.GetElapsedTime(watch)}\n{Shown(input)}");
        }

        return result;
    }

    private static string Shown(byte[] input) => input.Length > 4000 ? $"{input.Length} bytes: {Convert.ToHexString(input, 0, 4000)}..." : Convert.ToHexString(input);
}

/// <summary>How many inputs a decoder took, and how many it refused.</summary>
public readonly record struct FuzzingResult(int Taken, int Refused);
