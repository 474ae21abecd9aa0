using System.Security.Cryptography;
using RobotWorker.Generation.Replay;
using RobotWorker.Testing;

namespace RobotWorker.Tests.Generation.Replay;

public sealed class CertificateFileTests
{
    private string folder = "";

    [OneTimeSetUp]
    public void NeedsMuJoCo() => Simulator.Require();

    [SetUp]
    public void Begin() => folder = Directory.CreateTempSubdirectory("certificate ").FullName;

    [TearDown]
    public void End() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Written_IsReadAgainAsItWas()
    {
        var (file, was) = (Path.Combine(folder, CertificateFile.Name), RecordedKitchen.Certificate);
        CertificateFile.Write(file, was);

        var read = CertificateFile.Read(file);

        Assert.That((read.Head, read.Mjcf), Is.EqualTo((was.Head, was.Mjcf)));
        Assert.That(read.Writes.AsSpan().SequenceEqual(was.Writes.AsSpan()) && read.Hashes.AsSpan().SequenceEqual(was.Hashes.AsSpan()) && read.Model.AsSpan().SequenceEqual(was.Model.AsSpan()), Is.True);
        Assert.That(read.Checks.AsSpan().SequenceEqual(was.Checks.AsSpan()), Is.True);
        Assert.That(read.Checkpoints.Select(c => string.Join(' ', c)), Is.EqualTo(was.Checkpoints.Select(c => string.Join(' ', c))));
    }

    [TestCase(0, "is no certificate of replay")]
    [TestCase(5, "is no certificate of replay")]
    [TestCase(20, "is damaged or cut short")]
    [TestCase(-1, "is damaged or cut short")]
    public void CutShort_SaysSo(int length, string says)
    {
        var bytes = CertificateFile.Pack(RecordedKitchen.Certificate);
        File.WriteAllBytes(Path.Combine(folder, CertificateFile.Name), bytes[..(length < 0 ? bytes.Length + length : length)]);
        File.WriteAllText(Path.Combine(folder, "episode.json"), "{}");

        var verdict = EpisodeReplay.Run(EpisodeReplay.Find(folder, []), 1, _ => { }, CancellationToken.None).Single().Verdict;

        Assert.That(verdict.Outcome, Is.EqualTo(ReplayOutcome.Unreadable));
        Assert.That(verdict.Why, Does.StartWith(Path.Combine(folder, CertificateFile.Name)).And.Contain(says));
    }

    [Test]
    public void Missing_SaysSo()
    {
        File.WriteAllText(Path.Combine(folder, "episode.json"), "{}");

        Assert.That(EpisodeReplay.Run(EpisodeReplay.Find(folder, []), 1, _ => { }, CancellationToken.None).Single().Verdict.Why, Does.Contain("is missing"));
    }

    /// <summary>Whoever alters bytes and makes the hash fit gets a line that says what is wrong, or a certificate that can be stepped; nothing else comes of it.</summary>
    [Test]
    public void AnyByteAltered_TheHashMadeToFit_IsRefusedOrStillACertificate()
    {
        var bytes = CertificateFile.Pack(RecordedKitchen.Certificate);
        var chance = new Random(7);
        var refused = 0;
        for (var mutant = 0; mutant < 300; mutant++)
        {
            var altered = bytes.ToArray();
            altered[chance.Next(8, mutant < 150 ? 700 : altered.Length - SHA256.HashSizeInBytes)] ^= (byte)chance.Next(1, 256);
            SHA256.HashData(altered.AsSpan()[..^SHA256.HashSizeInBytes]).CopyTo(altered, altered.Length - SHA256.HashSizeInBytes);
            var file = Path.Combine(folder, "altered");
            File.WriteAllBytes(file, altered);
            try
            {
                CertificateFile.Read(file);
            }
            catch (InvalidDataException e)
            {
                refused++;
                Assert.That(e.Message, Does.StartWith(file).And.Not.Contains("\n"));
            }
        }
        Assert.That(refused, Is.GreaterThan(30));
    }
}
