using RobotWorker.Diagnostics;

namespace RobotWorker.Tests.Diagnostics;

public sealed class FieldReaderTests
{
    [Test]
    public void Fields_OfEveryKind_AreReadTyped()
    {
        var (fields, bag) = Over("{name: shelf_1, label: 'a b', height: 1.2, count: 3, open: true, settle: 300ms, at: [1, 2, 3], kind: oak, tags: [a, b]}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fields.Name("name"), Is.EqualTo("shelf_1"));
            Assert.That(fields.Text("label"), Is.EqualTo("a b"));
            Assert.That(fields.Number("height", 0, 2), Is.EqualTo(1.2));
            Assert.That(fields.Integer("count"), Is.EqualTo(3));
            Assert.That(fields.OptionalFlag("open"), Is.True);
            Assert.That(fields.Duration("settle"), Is.EqualTo(TimeSpan.FromMilliseconds(300)));
            Assert.That(fields.Vector("at", 3), Is.EqualTo([1, 2, 3]));
            Assert.That(fields.Choice("kind", "pine", "oak"), Is.EqualTo("oak"));
            Assert.That(fields.OptionalNames("tags"), Is.EqualTo(["a", "b"]));
            Assert.That(fields.OptionalNumber("depth"), Is.Null);
        }
        fields.End();
        Assert.That(bag.All, Is.Empty);
    }

    [TestCase("{heigth: 1}", "RW0004 1:1, RW0005 1:2", TestName = "Number_FieldMistyped_IsMissingAndUnknown")]
    [TestCase("{height: '1'}", "RW0006 1:10", TestName = "Number_Quoted_IsText")]
    [TestCase("{height: 1m}", "RW0006 1:10", TestName = "Number_WithUnit_IsRefused")]
    [TestCase("{height: 007}", "RW0006 1:10", TestName = "Number_NotOfJson_IsRefused")]
    [TestCase("{height: 1e999}", "RW0006 1:10", TestName = "Number_BeyondDouble_IsRefused")]
    [TestCase("{height: .nan}", "RW0006 1:10", TestName = "Number_NotANumber_IsRefused")]
    [TestCase("{height: 2.5}", "RW0007 1:10", TestName = "Number_OutOfRange_IsRefused")]
    [TestCase("{height: }", "RW0004 1:2", TestName = "Number_WithoutValue_IsMissing")]
    [TestCase("{height: 1, widht: 2}", "RW0005 1:13", TestName = "End_FieldNobodyAskedFor_IsUnknown")]
    public void Height_BadDocument_IsReportedAtItsPlace(string text, string expected)
    {
        var (fields, bag) = Over(text);

        fields.Number("height", 0, 2);
        fields.OptionalNumber("width");
        fields.End();

        Assert.That(string.Join(", ", bag.All.Select(d => $"{d.Code} {d.Place.Line}:{d.Place.Column}")), Is.EqualTo(expected));
    }

    [TestCase("5s", 5000)]
    [TestCase("300ms", 300)]
    [TestCase("1.5min", 90_000)]
    [TestCase("2h", 7_200_000)]
    [TestCase("0.1ms", 0.1)]
    [TestCase("5", null)]
    [TestCase("-5s", null)]
    [TestCase("5 s", null)]
    [TestCase("5sec", null)]
    [TestCase("169h", null)]
    [TestCase("1e3s", null)]
    [TestCase("", null)]
    public void Duration_Text_IsReadWithItsUnit(string text, double? milliseconds)
    {
        Assert.That(Duration.Parse(text)?.TotalMilliseconds, Is.EqualTo(milliseconds));
    }

    [TestCase(50_000_000, "5s")]
    [TestCase(12_345_678, "1234.5678ms")]
    [TestCase(0, "0s")]
    public void Duration_Written_ReadsBack(long ticks, string expected)
    {
        var written = Duration.Write(TimeSpan.FromTicks(ticks));

        Assert.That(written, Is.EqualTo(expected));
        Assert.That(Duration.Parse(written), Is.EqualTo(TimeSpan.FromTicks(ticks)));
    }

    [TestCase("shelv", "did you mean 'shelf'?")]
    [TestCase("Shelf", "did you mean 'shelf'?")]
    [TestCase("bni", "did you mean 'bin'?")]
    [TestCase("wardrobe", "there is: bin, shelf, table")]
    public void Nearest_Word_ProposesWhatWasMeant(string word, string help)
    {
        Assert.That(Nearest.Help(word, ["table", "shelf", "bin"]), Is.EqualTo(help));
    }

    private static (FieldReader Fields, DiagnosticBag Bag) Over(string text)
    {
        var bag = new DiagnosticBag();
        return (FieldReader.Over(DocumentReader.Read(text, "x.yaml", bag)!, "a shelf", bag)!, bag);
    }
}
