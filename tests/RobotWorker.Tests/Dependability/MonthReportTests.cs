using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RobotWorker.Cli;
using RobotWorker.Dependability;
using RobotWorker.Recording.Journals;
using RobotWorker.Recording.Pages;
using RobotWorker.Tests.Cli;

namespace RobotWorker.Tests.Dependability;

/// <summary>The report of a journal of thirty days, held against figures that SQL reckons from the raw events.</summary>
[TestFixture]
public sealed class MonthReportTests
{
    private const int Episodes = 24 * 30;

    // Every fault with its end, its people and what came after, from the events as they stand in the file.
    private const string Spells = """
        WITH seen AS MATERIALIZED (
            SELECT episode, number, event ->> '$."$type"' AS kind, event ->> '$.fault.code' AS code, event ->> '$.answer' AS answer,
                substr(event ->> '$.at', 1, 2) * 3600 + substr(event ->> '$.at', 4, 2) * 60 + substr(event ->> '$.at', 7) AS at,
                ((event ->> '$.fault.confirmed_at.nanoseconds') - (event ->> '$.fault.raised_at.nanoseconds')) / 1e9 AS delay
            FROM events),
        last AS (SELECT episode, MAX(at) AS at FROM seen GROUP BY episode),
        confirmed AS (
            SELECT c.*, c.at - c.delay AS began,
                (SELECT MIN(h.number) FROM seen h WHERE h.episode = c.episode AND h.kind = 'fault_healed' AND h.code = c.code AND h.number > c.number) AS healed
            FROM seen c WHERE c.kind = 'fault_confirmed'),
        spells AS MATERIALIZED (
            SELECT c.episode, c.code, c.delay, c.healed IS NULL AS open, c.began, COALESCE(h.at, l.at) AS ended,
                EXISTS (SELECT 1 FROM seen a WHERE a.episode = c.episode AND a.kind = 'answered' AND a.answer IS NOT NULL AND a.number > c.number AND a.number < c.healed) AS person,
                (julianday(e.began) - 2461000) * 86400 AS start
            FROM confirmed c JOIN last l USING (episode) JOIN episodes e ON e.number = c.episode LEFT JOIN seen h ON h.episode = c.episode AND h.number = c.healed)
        """;

    private string folder = "";

    private string File => Path.Combine(folder, "worker-7.journal");

    private DependabilityReport report = null!;
    private ServiceRecord record = null!;

    [OneTimeSetUp]
    public void WorkAMonth()
    {
        folder = Directory.CreateTempSubdirectory("month ").FullName;
        new MonthOfWork(5).Into(File, Histories.Start, Episodes);
        using var journal = RobotJournal.OpenToRead(File);
        record = journal.Episodes.Select(e => journal.HistoryOf(e).ToRecord()).Aggregate(ServiceRecord.Empty, (all, one) => all.With(one));
        report = DependabilityAnalysis.Of(record, new(Histories.Start, Histories.Start + TimeSpan.FromDays(31)));
        if (Environment.GetEnvironmentVariable("ROBOTWORKER_KEEP") is { Length: > 0 } keep) System.IO.File.Copy(File, Path.Combine(keep, "worker-7.journal"), overwrite: true);
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(folder, recursive: true);

    [Test]
    public void OperatingHours_AreTheSumOfTheEpisodes()
    {
        var hours = Rows($"{Spells} SELECT COUNT(*), SUM(at) / 3600 FROM last").Single();

        Assert.That(hours[0], Is.EqualTo(Episodes));
        Assert.That(report.OperatingHours, Is.EqualTo(hours[1]).Within(1e-6).And.GreaterThan(600));
        Assert.That(report.Robots, Is.EqualTo(["worker-7"]));
    }

    [Test]
    public void EachFault_ItsFigures_AreThoseOfTheRawEvents()
    {
        var rows = Rows($"""
            {Spells}
            SELECT COUNT(*), SUM(ended - began), SUM(open), SUM(CASE WHEN open THEN 0 ELSE ended - began END), SUM(NOT open AND NOT person), SUM(NOT open AND person), AVG(delay),
                SUM(NOT open AND NOT person AND EXISTS (
                    SELECT 1 FROM spells n WHERE n.code = s.code AND n.start + n.began > s.start + s.ended + 1e-3 AND n.start + n.began <= s.start + s.ended + 600)),
                code
            FROM spells s GROUP BY code ORDER BY code
            """);

        Assert.That(rows, Has.Count.EqualTo(MonthOfWork.Truth.Length));
        foreach (var (row, fault) in rows.Zip(report.Faults.OrderBy(f => f.Code, StringComparer.Ordinal)))
        {
            var figures = fault.Figures;
            Assert.That((fault.Code, (double)figures.Count, (double)figures.Open, (double)fault.ByRobot, (double)fault.ByPerson, (double)fault.Repeats), Is.EqualTo(((string)row[8], N(row[0]), N(row[2]), N(row[4]), N(row[5]), N(row[7]))));
            Assert.That(figures.DownHours, Is.EqualTo(N(row[1]) / 3600).Within(1e-6), fault.Code);
            Assert.That(figures.MttrSeconds.Value, Is.EqualTo(N(row[3]) / (N(row[0]) - N(row[2]))).Within(1e-5), fault.Code);
            var up = report.OperatingHours - (N(row[1]) / 3600);
            Assert.That(figures.MtbfHours.Value, Is.EqualTo(up / N(row[0])).Within(1e-6), fault.Code);
            Assert.That(figures.MtbfHours, Is.EqualTo(ChiSquare.BetweenFailures(figures.UpHours, figures.Count, 0.95)), fault.Code);
            Assert.That(figures.Availability, Is.EqualTo(up / report.OperatingHours).Within(1e-9), fault.Code);
            Assert.That(fault.DetectionDelaySeconds, Is.EqualTo(N(row[6])).Within(1e-6), fault.Code);
        }
    }

    [Test]
    public void Whole_ItsDownTimes_AreTheUnionOfTheFaultsAboveWarning()
    {
        var rows = Rows($"""
            {Spells},
            marked AS (SELECT *, MAX(ended) OVER (PARTITION BY episode ORDER BY began, ended ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM spells WHERE code <> 'LENS_DIRTY'),
            numbered AS (SELECT *, SUM(before IS NULL OR began > before) OVER (PARTITION BY episode ORDER BY began, ended) AS island FROM marked),
            downs AS (SELECT episode, island, MIN(began) AS began, MAX(ended) AS ended, MAX(open) AS open FROM numbered GROUP BY episode, island)
            SELECT COUNT(*), SUM(ended - began), SUM(open), AVG(CASE WHEN NOT open THEN ended - began END) FROM downs
            """).Single();

        Assert.That(((double)report.Whole.Count, (double)report.Whole.Open), Is.EqualTo((N(rows[0]), N(rows[2]))));
        Assert.That(report.Whole.DownHours, Is.EqualTo(N(rows[1]) / 3600).Within(1e-6));
        Assert.That(report.Whole.MttrSeconds.Value, Is.EqualTo(N(rows[3])).Within(1e-5));
        var up = report.OperatingHours - (N(rows[1]) / 3600);
        Assert.That(report.Whole.MtbfHours.Value, Is.EqualTo(up / N(rows[0])).Within(1e-6));
        Assert.That(report.Whole.Availability, Is.EqualTo(up / report.OperatingHours).Within(1e-9));
    }

    [Test]
    public void TopCauses_AreThoseOfTheRawEvents_WithWhatTheyBroughtAbout()
    {
        var causes = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty.Add("LENS_DIRTY", ["DRIVE_HOT"]);
        var folded = DependabilityAnalysis.Of(record, new(report.From, report.To) { Causes = causes }).TopCauses;

        var rows = Rows($"""
            {Spells},
            rooted AS (SELECT *, code = 'LENS_DIRTY' AND EXISTS (
                SELECT 1 FROM spells n WHERE n.code = 'DRIVE_HOT' AND n.start + n.began <= s.start + s.began + 1 AND n.start + n.ended + 1 >= s.start + s.began) AS follows FROM spells s),
            grouped AS (SELECT *, CASE WHEN follows THEN 'DRIVE_HOT' ELSE code END AS root FROM rooted),
            marked AS (SELECT *, MAX(ended) OVER (PARTITION BY root, episode ORDER BY began, ended ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM grouped),
            numbered AS (SELECT *, SUM(before IS NULL OR began > before) OVER (PARTITION BY root, episode ORDER BY began, ended) AS island FROM marked),
            downs AS (SELECT root, MAX(ended) - MIN(began) AS seconds FROM numbered GROUP BY root, episode, island)
            SELECT (SELECT COUNT(*) FROM grouped g WHERE g.root = d.root AND NOT follows), (SELECT COUNT(*) FROM grouped g WHERE g.root = d.root AND follows), SUM(seconds) / 3600, root
            FROM downs d GROUP BY root ORDER BY SUM(seconds) DESC
            """);

        Assert.That(folded.Select(c => (c.Code, (double)c.Count, (double)c.Consequences)), Is.EqualTo(rows.Select(r => ((string)r[3], N(r[0]), N(r[1])))));
        Assert.That(folded.Select(c => c.DownHours), Is.EqualTo(rows.Select(r => N(r[2]))).Within(1e-6));
        Assert.That(folded.Single(c => c.Code == "DRIVE_HOT").Consequences, Is.GreaterThan(5), "one in three fogs the lens");
    }

    [Test]
    public void Retries_AreThoseOfTheRawDecisions()
    {
        var rows = Rows("""
            WITH decided AS (
                SELECT episode, decision ->> '$.step' AS step, decision ->> '$.decision' AS what, decision ->> '$.evidence' AS evidence,
                    LEAD(decision ->> '$.decision') OVER (PARTITION BY episode, decision ->> '$.step' ORDER BY number) AS next
                FROM decisions)
            SELECT COUNT(*),
                SUM(next = 'skip' OR (next IS NULL AND EXISTS (
                    SELECT 1 FROM episodes e, json_each(e.report, '$.steps') s WHERE e.number = d.episode AND s.value ->> '$.id' = d.step AND s.value ->> '$.state' = 'finished'))),
                CASE WHEN instr(evidence, ':') > 1 AND substr(evidence, 1, instr(evidence, ':') - 1) NOT GLOB '*[^A-Z0-9_]*' THEN substr(evidence, 1, instr(evidence, ':') - 1) ELSE 'OTHER' END AS code
            FROM decided d WHERE what IN ('retry', 'resume', 'repair') GROUP BY code ORDER BY code
            """);

        Assert.That(report.Retries.Select(r => (r.Code, (double)r.Tried, (double)r.Succeeded)), Is.EqualTo(rows.Select(r => ((string)r[2], N(r[0]), N(r[1])))));
        Assert.That(report.Retries.Select(r => r.Code), Does.Contain("GRIPPER_WEAK"));
    }

    [Test]
    public void Link_IsThatOfTheRawEvents()
    {
        var row = Rows($"{Spells} SELECT COUNT(*), SUM((SELECT COALESCE(MIN(b.at), (SELECT at FROM last WHERE episode = l.episode)) FROM seen b WHERE b.episode = l.episode AND b.kind = 'link_back' AND b.number > l.number) - l.at) FROM seen l WHERE l.kind = 'link_lost'").Single();

        Assert.That((double)report.Link.Lost, Is.EqualTo(N(row[0])).And.GreaterThan(5));
        Assert.That(report.Link.DownSeconds, Is.EqualTo(N(row[1])).Within(1e-4));
    }

    [Test]
    public void Estimates_HoldTheTruthThatTheMonthWasDrawnFrom()
    {
        // 99.9 %: of eight intervals at 95 % one in three months would miss somewhere.
        var wide = DependabilityAnalysis.Of(record, new(report.From, report.To) { Confidence = 0.999 });
        foreach (var (code, hours, seconds) in MonthOfWork.Truth)
        {
            var figures = wide.Faults.Single(f => f.Code == code).Figures;
            Assert.That(hours, Is.InRange(figures.MtbfHours.Lower!.Value, figures.MtbfHours.Upper!.Value), code);
            Assert.That(seconds, Is.InRange(figures.MttrSeconds.Lower!.Value, figures.MttrSeconds.Upper!.Value), code);
        }
    }

    [Test]
    public void Page_NeedsNothingElse_AndShowsEveryFault()
    {
        var page = FaultsPage.Write(report, record.Faults);

        Assert.That(page, Does.Not.Contain("http").And.Not.Contain("<script"));
        foreach (var (code, _, _) in MonthOfWork.Truth) Assert.That(page, Does.Contain($"<td>{code}</td>"));
        Assert.That(page.Split("data:image/svg+xml;base64,"), Has.Length.EqualTo(4));
    }

    [Test]
    public void Command_PrintsAndWritesTheSame()
    {
        var (json, html) = (Path.Combine(folder, "report.json"), Path.Combine(folder, "report.html"));

        var said = CommandLine.Run("faults", "report", "--journal", File, "--json", json, "--html", html);

        Assert.That((said.Code, said.Errors), Is.EqualTo((ExitCode.Success, "")));
        foreach (var (code, _, _) in MonthOfWork.Truth) Assert.That(said.Output, Does.Contain(code));
        using var written = JsonDocument.Parse(System.IO.File.ReadAllText(json));
        Assert.That(written.RootElement.GetProperty("operating_hours").GetDouble(), Is.EqualTo(report.OperatingHours).Within(1e-9));
        Assert.That(written.RootElement.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("figures").GetProperty("count").GetInt32()), Is.EqualTo(report.Faults.Select(f => f.Figures.Count)));
        Assert.That(System.IO.File.ReadAllText(html), Does.StartWith("<!doctype html>").IgnoreCase);

        Assert.That(CommandLine.Run("faults", "report", "--journal", File, "--since", "a while").Errors, Does.Contain("30d, 12h"));
    }

    private static double N(object value) => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);

    private List<object[]> Rows(string query)
    {
        using var database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }
}
