using RobotWorker.Recording.LeRobot.Sets;

namespace RobotWorker.Tests.Recording.LeRobot.Sets;

/// <summary>Episode 0 has 5 frames, seed 7; 1 has 4, seed 8, and gave up; 2 has 6, seed 9, a fault at 3 s and two recoveries. Episode 1 is about the can.</summary>
public sealed class EpisodeFilterTests
{
    private ToolSet sets = null!;
    private StoredSet set = null!;

    [OneTimeSetUp]
    public async Task Begin()
    {
        sets = new();
        set = await StoredSet.OpenAsync(sets.Make());
    }

    [OneTimeTearDown]
    public void Remove()
    {
        set.Dispose();
        sets.Dispose();
    }

    [TestCase("success == true", "0 2")]
    [TestCase("success", "0 2")]
    [TestCase("!success", "1")]
    [TestCase("success == true && recoveries > 0 && length < 300", "2")]
    [TestCase("recoveries == 0 || length >= 6", "0 1 2")]
    [TestCase("length == 4 || length == 5 && seed != 7", "1")]      // && binds closer
    [TestCase("(length == 4 || length == 5) && seed != 7", "1")]
    [TestCase("(length == 4 || length == 6) && seed != 7", "1 2")]
    [TestCase("!(length == 4) && !(seed == 7)", "2")]
    [TestCase("failure_mode == 'gave_up'", "1")]
    [TestCase("failure_mode != \"none\"", "1")]
    [TestCase("fault ~ 'wheel'", "2")]
    [TestCase("task ~ 'CAN'", "1")]
    [TestCase("seconds > 0.45", "0 2")]
    [TestCase("episode_index <= 1", "0 1")]
    [TestCase("fault_onset_s < 10", "2")]
    [TestCase("fault_onset_s == null", "0 1")]
    [TestCase("fault_onset_s != null", "2")]
    [TestCase("null == fault_onset_s", "0 1")]
    [TestCase("recoveries < length", "0 1 2")]
    [TestCase("seed > -1e3 && seed >= 8.5", "2")]
    public void ACondition_HoldsForThese(string where, string episodes) =>
        Assert.That(string.Join(' ', SetContent.Of(set, EpisodeFilter.Parse(set, where)).Select(e => e.Episode.Number)), Is.EqualTo(episodes));

    [TestCase("sucess == true", "column 1: there is no column 'sucess'; did you mean 'success'?")]
    [TestCase("success = true", "column 9: '=' is none: == asks whether two are equal")]
    [TestCase("success == true & length > 3", "column 17: '&' is none: && joins conditions")]
    [TestCase("length > ", "column 10: something is missing at the end: a column, a number, a 'text', true, false or null")]
    [TestCase("length > > 3", "column 10: '>' is unexpected: a column, a number, a 'text', true, false or null stands here")]
    [TestCase("length == 'long'", "column 11: a number is compared with a text: 'length' with 'long'")]
    [TestCase("length", "column 1: 'length' is no condition by itself: it is a number, compare it with something")]
    [TestCase("(length > 3", "column 12: ')' is missing")]
    [TestCase("length > 3 success", "column 12: 'success' is unexpected: && or || joins conditions")]
    [TestCase("length > 3x", "column 10: '3x' is no number")]
    [TestCase("fault == 'slip", "column 10: the text has no closing '")]
    [TestCase("success < true", "column 9: true and false have no order")]
    [TestCase("length < null", "column 8: null is compared by == and != only")]
    [TestCase("length ~ 4", "column 8: '~' looks for a text in a text")]
    [TestCase("length > 3 ; drop", "column 12: ';' means nothing here")]
    public void WhatIsNoCondition_IsNamedWithItsPlace(string where, string why) => Assert.That(() => EpisodeFilter.Parse(set, where), Throws.TypeOf<DatasetException>().With.Message.Contains($"--where, {why}"));
}
