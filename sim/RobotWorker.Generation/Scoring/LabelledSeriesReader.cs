using System.Collections.Immutable;
using System.Globalization;
using RobotWorker.Diagnostics;
using RobotWorker.Time;

namespace RobotWorker.Generation.Scoring;

/// <summary>
/// Reads labelled time series as public data sets have them: a header; a column of times, or none; columns of values; a column <c>anomaly</c> and perhaps one <c>changepoint</c> of 0 and 1.
/// The separator (<c>;</c>, <c>,</c> or a tab) is found in the header.
/// </summary>
public static class LabelledSeriesReader
{
    private const string Anomaly = "anomaly", Change = "changepoint";
    private const int MostRows = 5_000_000, MostFindings = 5;
    private const double MostSeconds = 9e9;

    private static readonly string[] TimeNames = ["", "datetime", "timestamp", "time", "date"];

    /// <summary>The CSV files of a folder and the folders in it, by name; a file is itself.</summary>
    public static IReadOnlyList<string> FilesOf(string path, DiagnosticBag bag)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path))
        {
            bag.Error(Codes.UnreadFile, new(path, 0, 0), "there is no such file or folder");
            return [];
        }
        var files = Directory.EnumerateFiles(path, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) bag.Error(Codes.UnreadFile, new(path, 0, 0), "no file in this folder ends in .csv");
        return files;
    }

    /// <returns>Null where the bag says what is wrong.</returns>
    public static LabelledSeries? Read(string file, DiagnosticBag bag)
    {
        try
        {
            using var text = new StreamReader(file);
            return Read(text, file, bag);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            bag.Error(Codes.UnreadFile, new(file, 0, 0), $"it cannot be read: {e.Message.TrimEnd('.')}");
            return null;
        }
    }

    public static LabelledSeries? Read(TextReader text, string file, DiagnosticBag bag)
    {
        var (line, number) = (text.ReadLine(), 1);
        if (string.IsNullOrWhiteSpace(line)) return Refuse(bag, Codes.Missing, new(file, 1, 1), "the file has no header", "begin with a line of column names, such as 'datetime;temperature;anomaly;changepoint'");
        if (CsvCell.SeparatorOf(line) is not { } separator) return Refuse(bag, Codes.WrongLength, new(file, 1, 1), "the header has one column, or an unknown separator", "separate columns by ';', ',' or a tab");
        if (CsvCell.Split(line, separator) is not { } header) return Refuse(bag, Codes.WrongKind, new(file, 1, 1), "a quote in the header is not closed");
        if (Layout.Of(header, file, bag) is not { } layout) return null;

        var rows = new RowReader(layout, header, file, bag);
        while ((line = text.ReadLine()) is not null)
        {
            number++;
            if (line.Length == 0 && text.Peek() < 0) break;
            if (number - 1 > MostRows) return Refuse(bag, Codes.TooLarge, new(file, number, 1), $"more than {MostRows} rows", "split the file");
            // A few findings show what is wrong; one for each row would hide it.
            if (CsvCell.Split(line, separator) is { } cells) rows.Take(cells, number);
            else bag.Error(Codes.WrongKind, new(file, number, 1), "a quote is not closed");
            if (bag.All.Count(d => d.Place.File == file) >= MostFindings) return null;
        }
        if (number == 1) return Refuse(bag, Codes.Missing, new(file, 2, 1), "there are no rows below the header");
        return bag.All.Any(d => d.Place.File == file && d.Severity == Severity.Error) ? null : rows.Series();
    }

    private static LabelledSeries? Refuse(DiagnosticBag bag, string code, Place place, string message, string? help = null)
    {
        bag.Error(code, place, message, help);
        return null;
    }

    /// <summary>Which column is what; -1: there is none.</summary>
    private sealed record Layout(int Time, ImmutableArray<int> Values, int Anomaly, int Change)
    {
        public static Layout? Of(List<CsvCell> header, string file, DiagnosticBag bag)
        {
            int Find(string name) => header.FindIndex(c => string.Equals(c.Text, name, StringComparison.OrdinalIgnoreCase));
            var (anomaly, change) = (Find(LabelledSeriesReader.Anomaly), Find(LabelledSeriesReader.Change));
            var time = header.FindIndex(c => TimeNames.Contains(c.Text, StringComparer.OrdinalIgnoreCase));
            if (anomaly < 0) bag.Error(Codes.Missing, new(file, 1, 1), $"there is no column '{LabelledSeriesReader.Anomaly}'", "it says with 1 and 0 in which rows something is wrong; leave files without labels out");
            foreach (var twice in header.GroupBy(c => c.Text, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Last()))
                bag.Error(Codes.GivenTwice, new(file, 1, twice.Column), $"two columns are named '{twice.Text}'");
            ImmutableArray<int> values = [.. Enumerable.Range(0, header.Count).Where(i => i != time && i != anomaly && i != change)];
            if (values.IsEmpty) bag.Error(Codes.Missing, new(file, 1, 1), "there is no column of values");
            return bag.All.Any(d => d.Place.File == file) ? null : new(time, values, anomaly, change);
        }
    }

    /// <summary>Turns lines into rows.</summary>
    private sealed class RowReader(Layout layout, List<CsvCell> header, string file, DiagnosticBag bag)
    {
        private readonly ImmutableArray<RobotTime>.Builder times = ImmutableArray.CreateBuilder<RobotTime>();
        private readonly ImmutableArray<double>.Builder values = ImmutableArray.CreateBuilder<double>();
        private readonly ImmutableArray<bool>.Builder anomalies = ImmutableArray.CreateBuilder<bool>();
        private readonly ImmutableArray<int>.Builder changes = ImmutableArray.CreateBuilder<int>();

        public LabelledSeries Series()
        {
            var labels = anomalies.ToImmutable();
            return new(file, [.. layout.Values.Select(v => header[v].Text)], times.ToImmutable(), values.ToImmutable(), labels, layout.Change < 0 ? LabelledSeries.ChangesOf(labels) : changes.ToImmutable());
        }

        public void Take(List<CsvCell> cells, int line)
        {
            if (cells.Count != header.Count)
            {
                bag.Error(Codes.WrongLength, new(file, line, cells[^1].Column), $"{cells.Count} cells under {header.Count} columns");
                return;
            }
            var at = layout.Time < 0 ? new(anomalies.Count * 1_000_000_000L) : Time(cells[layout.Time], line);
            if (times.Count > 0 && at < times[^1]) bag.Error(Codes.OutOfRange, new(file, line, cells[layout.Time].Column), "this time is before that of the row above", "sort the rows by time");
            times.Add(at);
            foreach (var column in layout.Values) values.Add(Number(cells[column], header[column].Text, line));
            if (layout.Change >= 0 && Label(cells[layout.Change], LabelledSeriesReader.Change, line)) changes.Add(anomalies.Count);
            anomalies.Add(Label(cells[layout.Anomaly], LabelledSeriesReader.Anomaly, line));
        }

        private double Number(CsvCell cell, string column, int line)
        {
            if (double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
            if (cell.Text.Length == 0) bag.Error(Codes.Missing, new(file, line, cell.Column), $"'{column}' has no value", "fill it in, or leave the row out");
            else bag.Error(Codes.NotANumber, new(file, line, cell.Column), $"'{column}' is '{Short(cell.Text)}', which is no number", "write it with a decimal point; leave text columns out");
            return 0;
        }

        private bool Label(CsvCell cell, string column, int line)
        {
            if (double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is 0 or 1) return value == 1;
            bag.Error(Codes.NotAChoice, new(file, line, cell.Column), $"'{column}' is '{Short(cell.Text)}'", "write 0 or 1");
            return false;
        }

        // A date, or seconds.
        private RobotTime Time(CsvCell cell, int line)
        {
            if (double.TryParse(cell.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
            {
                if (Math.Abs(seconds) < MostSeconds) return RobotTime.FromSeconds(seconds);
                bag.Error(Codes.OutOfRange, new(file, line, cell.Column), $"'{Short(cell.Text)}' is no time in seconds", "write seconds, not milliseconds");
            }
            else if (DateTimeOffset.TryParse(cell.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) && Math.Abs((date - DateTimeOffset.UnixEpoch).TotalSeconds) < MostSeconds)
            {
                return RobotTime.Zero + (date - DateTimeOffset.UnixEpoch);
            }
            else bag.Error(Codes.WrongKind, new(file, line, cell.Column), $"'{Short(cell.Text)}' is no time", "write a date such as 2020-03-09 10:14:33, or seconds");
            return times.Count > 0 ? times[^1] : RobotTime.Zero;
        }

        private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
    }
}
