using Microsoft.Data.Sqlite;
using RobotWorker.Episodes;
using RobotWorker.Execution;
using RobotWorker.Execution.Core;
using RobotWorker.Plans;
using RobotWorker.Recording.Journals;
using RobotWorker.Recovery;
using RobotWorker.Tests.Execution;
using RobotWorker.Time;
using RobotWorker.World;

namespace RobotWorker.Tests.Recording.Journals;

/// <summary>What is in a journal is there again; what cannot be a journal is refused by name, and stays as it was.</summary>
[TestFixture]
public sealed class RobotJournalTests
{
    private static readonly Plan Plan = Kitchen.Plan("{id: root, sequence: [{id: pour, skill: pour, args: {object: cup1}}, {id: grasp, skill: pick, args: {object: cup2}}]}");
    private static readonly DateTimeOffset Began = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    private static readonly RecoveryEntry Decision = new(
        "root/grasp", Effect.Partial, RobotWorker.Recovery.Decision.Resume, "SLIPPED: naïve; on(cup1, table) true at 1.000 s by sense", new(1_234_567_891));

    private string folder = "";

    private string File => Path.Combine(folder, "robot.journal");

    [SetUp]
    public void MakeFolder() => folder = Directory.CreateTempSubdirectory("journal tests ").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void Events_OfAnEpisode_AreThereAfterReopening()
    {
        Event[] events =
        [
            new Event.Started(TimeSpan.Zero, RobotTime.FromSeconds(1)),
            new Event.FactObserved(TimeSpan.FromSeconds(0.1), RobotTime.FromSeconds(1.1), new(Atom.Of("on", "cup1", "table"), Truth.True, RobotTime.FromSeconds(1), "sense")),
            new Event.AttemptEnded(TimeSpan.FromSeconds(2), RobotTime.FromSeconds(3), 1, "root/pour", 1, AttemptReport.Unknown("LOST", "naïve \"quotes\"\n")),
            new Event.RepairPlanned(TimeSpan.FromSeconds(3), RobotTime.FromSeconds(4), 7, Plan, null),
        ];
        using (var journal = RobotJournal.Open(File, "the first"))
        using (var episode = journal.Begin(Entry("one")))
        {
            foreach (var happened in events) episode.Append(happened);
            episode.Append(Decision);
            episode.Sync();
        }

        using var again = RobotJournal.Open(File, "the second");
        var entry = again.Unfinished!;
        Assert.That((entry.Submission, entry.Began, entry.Source, entry.Episode.Seed), Is.EqualTo(("one", Began, "{}", 3L)));
        Assert.That(EventJson.WritePlan(entry.Plan), Is.EqualTo(EventJson.WritePlan(Plan)));
        Assert.That(again.EventsOf(entry).Select(EventJson.Write), Is.EqualTo(events.Select(EventJson.Write)));

        Assert.That(entry.Build, Is.EqualTo(EpisodeEntry.Here).And.Match(@"^\d+\.\d+\.\d+"));

        using (var episode = again.Continue(entry))
        {
            Assert.That(episode.Decided, Is.EqualTo(new[] { Decision }));
            episode.Append(Decision with { Decision = RobotWorker.Recovery.Decision.Ask });
            episode.Append(new Event.ProcessRestarted(TimeSpan.FromSeconds(9), RobotTime.FromSeconds(9)));
        }
        Assert.That(again.DecisionsOf(entry).Select(d => d.Decision), Is.EqualTo(new[] { RobotWorker.Recovery.Decision.Resume, RobotWorker.Recovery.Decision.Ask }));
        Assert.That(again.EventsOf(entry), Has.Count.EqualTo(events.Length + 1));
    }

    [Test]
    public void Episode_ThatHasEnded_IsFoundByItsIds_AndIsUnfinishedNoMore()
    {
        using var journal = RobotJournal.Open(File, "me");
        var entry = Entry("one");
        using (var episode = journal.Begin(entry))
            episode.End(Reporting.Report(Ended(entry), entry.Episode));

        Assert.That(journal.Unfinished, Is.Null);
        foreach (var id in new[] { "one", entry.Episode.Id, entry.Episode.Id[..6] })
            Assert.That(journal.Find(id)!.Report!.Outcome, Is.EqualTo(EpisodeOutcome.Stopped), id);
        Assert.That(journal.Find("two"), Is.Null);
    }

    [Test]
    public void Begin_WhileAnotherHasNotEnded_IsRefused()
    {
        using var journal = RobotJournal.Open(File, "me");
        using var first = journal.Begin(Entry("one"));
        first.Append(new Event.Started(TimeSpan.Zero, default));

        Assert.That(() => journal.Begin(Entry("two")), Throws.TypeOf<JournalException>().With.Message.Contains("one").And.Message.Contains("has not ended"));
    }

    [Test]
    public void Episode_InWhichNothingHappened_NeverWas()
    {
        using var journal = RobotJournal.Open(File, "me");
        journal.Begin(Entry("one")).Dispose();
        Assert.That(journal.Episodes, Is.Empty, "its robot was not reached");

        var killed = journal.Begin(Entry("two"));
        Assert.That(journal.Find("two"), Is.Not.Null);
        Assert.That(journal.Unfinished, Is.Null, "it keeps nobody else from beginning");
        using var next = journal.Begin(Entry("three"));
        Assert.That(journal.Episodes.Select(e => e.Submission), Is.EqualTo(new[] { "three" }));
        GC.KeepAlive(killed);
    }

    [Test]
    public void Open_WhileAnotherWritesIt_NamesThatOne_AndReadingGoesOn()
    {
        using var journal = RobotJournal.Open(File, "process 17 of porter");
        using var episode = journal.Begin(Entry("one"));
        episode.Append(new Event.Started(TimeSpan.Zero, default));

        Assert.That(() => RobotJournal.Open(File, "late"), Throws.TypeOf<JournalException>().With.Message.Contains("in use by process 17 of porter"));
        using var reader = RobotJournal.OpenToRead(File);
        Assert.That(reader.EventsOf(reader.Unfinished!), Has.Count.EqualTo(1));
    }

    [Test]
    public void Open_AfterItsOwnerEnded_Works()
    {
        RobotJournal.Open(File, "first").Dispose();
        using var journal = RobotJournal.Open(File, "second");

        Assert.That(journal.Owner, Is.EqualTo("second"));
    }

    [Test]
    public void Open_AnOlderFormat_IsBroughtUpToDate_AndNotToRead()
    {
        using (var journal = RobotJournal.Open(File, "me"))
        using (var episode = journal.Begin(Entry("one")))
            episode.Append(new Event.Started(TimeSpan.Zero, default));
        Sql("ALTER TABLE episodes DROP COLUMN build; DROP TABLE decisions; PRAGMA user_version = 1");

        Assert.That(() => RobotJournal.OpenToRead(File), Throws.TypeOf<JournalException>().With.Message.Contains("older"));
        using var again = RobotJournal.Open(File, "me");
        using var went = again.Continue(again.Unfinished!);
        Assert.That((went.Entry.Build, went.History.Count, went.Decided.Count), Is.EqualTo(("unknown", 1, 0)));
    }

    [Test]
    public void Open_ANewerFormat_IsRefusedAndNamed()
    {
        RobotJournal.Open(File, "me").Dispose();
        Sql("PRAGMA user_version = 99");

        Assert.That(() => RobotJournal.Open(File, "me"), Throws.TypeOf<JournalException>().With.Message.Contains("newer").And.Message.Contains("99"));
    }

    [Test]
    public void Open_AnotherProgramsDatabase_IsRefused_AndStaysAsItWas()
    {
        Sql("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('soup')");

        Assert.That(() => RobotJournal.Open(File, "me"), Throws.TypeOf<JournalException>().With.Message.Contains("something else"));
        Assert.That(Sql("SELECT name FROM recipes"), Is.EqualTo("soup"));
    }

    [TestCase("this is no database at all, but it is long enough to be mistaken for one by whoever does not look")]
    [TestCase("x")]
    public void Open_AFileThatIsNoDatabase_IsRefused_AndStaysAsItWas(string text)
    {
        System.IO.File.WriteAllText(File, string.Concat(Enumerable.Repeat(text, 40)));
        var before = System.IO.File.ReadAllBytes(File);

        Assert.That(() => RobotJournal.Open(File, "me"), Throws.TypeOf<JournalException>().With.Message.Contains("no journal"));
        Assert.That(System.IO.File.ReadAllBytes(File), Is.EqualTo(before));
    }

    [Test]
    public void Open_ADamagedJournal_SaysSo()
    {
        using (var journal = RobotJournal.Open(File, "me"))
        using (var episode = journal.Begin(Entry("one")))
            for (var i = 0; i < 500; i++) episode.Append(new Event.StopAsked(TimeSpan.FromSeconds(i), default, new string('x', 200)));
        using (var file = System.IO.File.OpenWrite(File))
        {
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096]);
        }

        Assert.That(
            () =>
            {
                using var journal = RobotJournal.Open(File, "me");
                journal.EventsOf(journal.Unfinished!);
            },
            Throws.TypeOf<JournalException>().With.Message.Contains("damaged"));
    }

    [Test]
    public void Read_AnEventThatIsNone_NamesItsNumber()
    {
        using (var journal = RobotJournal.Open(File, "me"))
        using (var episode = journal.Begin(Entry("one")))
            episode.Append(new Event.Started(TimeSpan.Zero, default));
        Sql("UPDATE events SET event = '{\"$type\": \"daydream\"}'");

        using var again = RobotJournal.Open(File, "me");
        Assert.That(() => again.EventsOf(again.Unfinished!), Throws.TypeOf<JournalException>().With.Message.Contains("event 1 of episode one"));
    }

    [Test]
    public void Open_WhereNothingCanBeWritten_SaysSo()
    {
        System.IO.File.WriteAllText(Path.Combine(folder, "file"), "");

        Assert.That(() => RobotJournal.Open(Path.Combine(folder, "file", "robot.journal"), "me"), Throws.TypeOf<JournalException>().With.Message.Contains("cannot be written"));
    }

    [Test]
    public void Sync_MakesTheCommitFull_AndOnlyThat()
    {
        using var journal = RobotJournal.Open(File, "me");
        using var episode = journal.Begin(Entry("one"));
        episode.Append(new Event.Started(TimeSpan.Zero, default));
        episode.Sync();
        episode.Append(new Event.PauseAsked(TimeSpan.Zero, default));

        Assert.That(Sql("SELECT number FROM synced"), Is.EqualTo(1L), "what came after it waits for the next one");
    }

    private static EpisodeEntry Entry(string submission) => new(Episode.Of("test", 0, 3, Began.AddTicks(submission.Length)), submission, Plan, Began, "{}");

    private static PlanState Ended(EpisodeEntry entry)
    {
        var state = PlanState.Before(Kitchen.Setup, entry.Plan, entry.Episode.Id);
        return state with { Ended = new(EpisodeOutcome.Stopped, "asked to stop") };
    }

    private object? Sql(string text)
    {
        using var database = new SqliteConnection($"Data Source={File};Pooling=False");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
