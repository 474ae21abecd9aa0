using CsCheck;
using RobotWorker.Planners.Sentences;
using RobotWorker.Plans;

namespace RobotWorker.Tests.Planners.Sentences;

/// <summary>
/// The kitchen: a red and a blue cup and a green can on the table, a yellow box on the shelf, a red can in the bin.
/// </summary>
public class SentenceReaderTests
{
    [TestCase("put the red cup on the shelf", "on(cup_red, shelf)")]
    [TestCase("Put the red cup on the shelf.", "on(cup_red, shelf)")]
    [TestCase("put red cup on shelf", "on(cup_red, shelf)")]
    [TestCase("please put the red cup onto the shelf", "on(cup_red, shelf)")]
    [TestCase("Could you place the red mug on top of the shelf, please?", "on(cup_red, shelf)")]
    [TestCase("bring the blue cup to the shelf and throw the green can into the bin", "on(cup_blue, shelf) and in(can_green, bin)")]
    [TestCase("put the red cup on the shelf and the green can into the bin", "on(cup_red, shelf) and in(can_green, bin)")]
    [TestCase("put the red cup on the shelf, the blue cup on the shelf and the green can in the bin", "on(cup_red, shelf) and on(cup_blue, shelf) and in(can_green, bin)")]
    [TestCase("put the red cup and the blue cup on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("put the red cup, the blue cup, and the green can on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf) and on(can_green, shelf)")]
    [TestCase("pick up the red cup", "holding(robot, cup_red)")]
    [TestCase("pick the red cup up", "holding(robot, cup_red)")]
    [TestCase("grab the box", "holding(robot, box_yellow)")]
    [TestCase("take the green can", "holding(robot, can_green)")]
    [TestCase("take the green can to the shelf", "on(can_green, shelf)")]
    [TestCase("take the red cup from the table and put it on the shelf", "on(cup_red, shelf)")]
    [TestCase("pick up the red cup and put it on the shelf", "on(cup_red, shelf)")]
    [TestCase("grab the red cup and the blue cup and put them on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("go to the table", "at(robot, table_side)")]
    [TestCase("drive to the shelf", "at(robot, shelf_side)")]
    [TestCase("move to the bin", "at(robot, bin_side)")]
    [TestCase("go to table_side", "at(robot, table_side)")]
    [TestCase("return to the table side", "at(robot, table_side)")]
    [TestCase("go to the table and pick up the red cup", "holding(robot, cup_red)")]
    [TestCase("go to the table, go to the table and pick up the red cup", "holding(robot, cup_red)")]
    [TestCase("go to the shelf and put the red cup on the shelf", "on(cup_red, shelf)")]
    [TestCase("pick up the red cup and go to the shelf", "holding(robot, cup_red) and at(robot, shelf_side)")]
    [TestCase("go and fetch the blue cup", "holding(robot, cup_blue)")]
    [TestCase("move the yellow box to the table", "on(box_yellow, table)")]
    [TestCase("move the can from the table to the bin", "in(can_green, bin)")]
    [TestCase("throw away the green can", "in(can_green, bin)")]
    [TestCase("throw the green can away", "in(can_green, bin)")]
    [TestCase("discard the green can", "in(can_green, bin)")]
    [TestCase("throw the green can into the trash can", "in(can_green, bin)")]
    [TestCase("put the green tin in the garbage", "in(can_green, bin)")]
    [TestCase("put all cups on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("put all the cups on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("put the cups on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("put every cup on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("put both cups on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("put the two cups on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("put everything from the table on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf) and on(can_green, shelf)")]
    [TestCase("put everything on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf) and on(can_green, shelf) and on(box_yellow, shelf) and on(can_red, shelf)")]
    [TestCase("put all objects that are on the table into the bin", "in(cup_red, bin) and in(cup_blue, bin) and in(can_green, bin)")]
    [TestCase("put everything from the table except the green can on the shelf", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("put a cup on the shelf", "(on(cup_red, shelf) or on(cup_blue, shelf))")]
    [TestCase("put one of the cups on the shelf", "(on(cup_red, shelf) or on(cup_blue, shelf))")]
    [TestCase("bring the can on the table to the shelf", "on(can_green, shelf)")]
    [TestCase("put the can on the table on the shelf", "on(can_green, shelf)")]
    [TestCase("pick up the can on the table", "holding(robot, can_green)")]
    [TestCase("pick up the can that is in the bin", "holding(robot, can_red)")]
    [TestCase("take the red can out of the bin and put it on the table", "on(can_red, table)")]
    [TestCase("put the blue one on the shelf", "on(cup_blue, shelf)")]
    [TestCase("put cup_red on the shelf", "on(cup_red, shelf)")]
    [TestCase("take the red cup from the table on the shelf", "on(cup_red, shelf)")]
    [TestCase("drop the red cup", "not holding(robot, cup_red) and empty(gripper)")]
    [TestCase("put the red cup down", "not holding(robot, cup_red) and empty(gripper)")]
    [TestCase("find the red cup", "located(cup_red)")]
    [TestCase("look at the red cup", "located(cup_red)")]
    [TestCase("put the red cup on the shelf and then put the blue cup there", "on(cup_red, shelf) and on(cup_blue, shelf)")]
    [TestCase("put the box back on the table", "on(box_yellow, table)")]
    [TestCase("put the red cup on the shelf. Then go to the table.", "on(cup_red, shelf) and at(robot, table_side)")]
    public void Read_Command_GivesItsGoal(string sentence, string goal)
    {
        var reading = SentenceReader.Read(sentence, Kitchen.Vocabulary);
        Assert.That(reading, Is.InstanceOf<ReadSentence>(), (reading as Misunderstanding)?.Diagnostic.ToString());
        Assert.That(((ReadSentence)reading).Goal.ToString(), Is.EqualTo(goal));
    }

    [TestCase("", "RW0401", 1, "nothing is asked for")]
    [TestCase("   ", "RW0401", 4, "nothing is asked for")]
    [TestCase("please", "RW0401", 1, "nothing is asked for")]
    [TestCase("juggle the red cup", "RW0402", 1, "it can put")]
    [TestCase("piut the red cup on the shelf", "RW0402", 1, "did you mean 'put'?")]
    [TestCase("the red cup on the shelf", "RW0402", 1, "'the'")]
    [TestCase("put the red cup on the shelf & go", "RW0402", 30, "'&'")]
    [TestCase("put the red cup on the shelf quickly", "RW0404", 30, "'quickly'")]
    [TestCase("put the red cup", "RW0407", 16, "where the red cup shall go")]
    [TestCase("throw the red cup", "RW0407", 18, "there is: the table, the shelf, the bin")]
    [TestCase("put on the shelf", "RW0403", 5, "an object is expected before 'on'")]
    [TestCase("put the red cup on", "RW0403", 19, "the sentence ends where")]
    [TestCase("put the red cup on the shelf and", "RW0403", 30, "ends after 'and'")]
    [TestCase("put the red cup under the table", "RW0407", 17, "where")]
    [TestCase("put all cups on all shelves", "RW0403", 17, "one place")]
    [TestCase("put the teapot on the shelf", "RW0404", 9, "there is no 'teapot' here")]
    [TestCase("put the red cop on the shelf", "RW0404", 13, "did you mean 'cup'?")]
    [TestCase("put the green cup on the shelf", "RW0404", 5, "there is no green cup here; there is: the red cup, the blue cup")]
    [TestCase("put the red cup in the fridge", "RW0404", 24, "there is: the table, the shelf, the bin")]
    [TestCase("go to the moon", "RW0404", 11, "'moon'")]
    [TestCase("go to the shelf, then go to the bin", "RW0409", 23, "told to go to the shelf side")]
    [TestCase("go to the bin then put the red cup on the shelf", "RW0409", 20, "told to go to the bin side")]
    [TestCase("pick up the red cup and put it down", "RW0409", 25, "told to pick up the red cup")]
    [TestCase("put three cups on the shelf", "RW0404", 5, "there are not 3")]
    [TestCase("take the red cup from the shelf", "RW0404", 6, "the red cup (table)")]
    [TestCase("put the cup on the shelf", "RW0405", 5, "which one: the red cup or the blue cup?")]
    [TestCase("pick up the can", "RW0405", 9, "which one: the green can or the red can?")]
    [TestCase("put the red one on the shelf", "RW0405", 5, "which one: the red cup or the red can?")]
    [TestCase("put the red cup on the blue cup", "RW0406", 20, "the blue cup is not a place to put things: it is a cup")]
    [TestCase("put the table on the shelf", "RW0406", 5, "the table cannot be picked up: it is a surface")]
    [TestCase("put the red cup on the bin", "RW0406", 20, "say \"into the bin\"")]
    [TestCase("put it on the shelf", "RW0408", 5, "'it' refers to nothing")]
    [TestCase("put the cups on the shelf and bring it to the table", "RW0408", 37, "say 'them'")]
    [TestCase("pick up the red cup and put it there", "RW0408", 0, "'there'")]
    [TestCase("put the red cup on the shelf and put it on the table", "RW0409", 34, "cannot be in two places")]
    [TestCase("put the red cup on the shelf and pick it up", "RW0409", 34, "cannot be in two places")]
    [TestCase("pick up the red cup and the blue cup", "RW0409", 25, "cannot hold")]
    [TestCase("throw the green can away on the shelf", "RW0409", 29, "thrown away")]
    [TestCase("move the red cup from the table on the shelf on the table", "RW0403", 46, "'on'")]
    [TestCase("don't put the red cup on the shelf", "RW0410", 1, "'don't'")]
    [TestCase("put the red cup on the shelf but not the blue cup", "RW0410", 34, "'not'")]
    [TestCase("if the cup is red put it on the shelf", "RW0410", 1, "'if'")]
    [TestCase("is the red cup on the shelf?", "RW0410", 1, "questions")]
    [TestCase("where is the red cup?", "RW0410", 1, "'where'")]
    [TestCase("put the red cup on the shelf without touching the can", "RW0410", 30, "'without'")]
    [TestCase("tidy the table", "RW0411", 1, "put everything from the table")]
    [TestCase("clean up", "RW0411", 1, "belongs where")]
    public void Read_NotUnderstood_SaysWhatAndWhere(string sentence, string code, int column, string says)
    {
        var reading = SentenceReader.Read(sentence, Kitchen.Vocabulary);
        Assert.That(reading, Is.InstanceOf<Misunderstanding>(), (reading as ReadSentence)?.Goal.ToString());
        var wrong = ((Misunderstanding)reading).Diagnostic;
        Assert.That(wrong.Code, Is.EqualTo(code), wrong.ToString());
        Assert.That(wrong.ToString(), Does.Contain(says));
        if (column > 0) Assert.That(wrong.Place.Column, Is.EqualTo(column), wrong.ToString());
    }

    [Test]
    public void Read_TooLong_IsRefused()
    {
        var reading = (Misunderstanding)SentenceReader.Read("put the red cup on the shelf " + new string('x', 600), Kitchen.Vocabulary);
        Assert.That(reading.Diagnostic.Code, Is.EqualTo("RW0401"));
    }

    [Test]
    public void Examples_AllOfThem_AreUnderstood()
    {
        var examples = SentenceReader.Examples(Kitchen.Vocabulary);
        Assert.That(examples, Has.Length.EqualTo(4));
        foreach (var example in examples) Assert.That(SentenceReader.Read(example, Kitchen.Vocabulary), Is.InstanceOf<ReadSentence>(), example);
    }

    [Test]
    public void Read_EmptyScene_SaysThatThereIsNothing()
    {
        var reading = (Misunderstanding)SentenceReader.Read("put the red cup on the shelf", new(Kitchen.Catalogue, []));
        Assert.That(reading.Diagnostic.Code, Is.EqualTo("RW0404"));
        Assert.That(reading.Examples, Is.Empty);
    }

    /// <summary>No mutilated sentence throws, and none that lost its verb or object is understood as the whole.</summary>
    [Test]
    public void Read_WordsShuffledAndDropped_NeverThrows()
    {
        string[] words = "put the red cup on the shelf and throw all cans except it from table into a bin , . go to there them both take up down".Split(' ');
        Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[0, 12].Select(w => string.Join(' ', w)).Sample(sentence =>
        {
            var reading = SentenceReader.Read(sentence, Kitchen.Vocabulary);
            if (reading is Misunderstanding wrong) Assert.That(wrong.Diagnostic.Place.Column, Is.InRange(1, sentence.Length + 1), sentence);
        }, iter: 5_000);
    }

    [Test]
    public void Read_ThenPlanned_BringsItAbout()
    {
        var read = (ReadSentence)SentenceReader.Read("put the cups on the shelf and throw the green can away", Kitchen.Vocabulary);
        var result = Kitchen.Plan(Kitchen.AllOnTheTable, read.Goal);
        Kitchen.AssertSound(Kitchen.AllOnTheTable, result.Plan!);
        Assert.That(Kitchen.Ids(result.Plan!), Has.Length.EqualTo(12));
        Assert.That(read.Objects, Is.EqualTo(new[] { "cup_red", "shelf", "cup_blue", "can_green", "bin" }));
    }
}
