using System.Text.Json;
using RobotWorker.Tests.Recording.LeRobot.Sets;

namespace RobotWorker.Tests.Cli;

/// <summary>The commands that read data sets, and make others of them, as people type them.</summary>
public sealed class DatasetToolsCommandTests
{
    private ToolSet sets = null!;
    private string folder = "";

    [SetUp]
    public void Begin()
    {
        sets = new();
        folder = sets.Make();
    }

    [TearDown]
    public void Remove() => sets.Dispose();

    [Test]
    public void Stats_SaysWhatIsThere()
    {
        var command = CommandLine.Run("dataset", "stats", folder);

        Assert.That(command.Code, Is.Zero, command.Errors);
        Assert.That(command.Output, Does.StartWith("cups: LeRobot v3.0, robot tidy, 10 frames a second, no cameras\n3 episodes, 15 frames, 1.5 s\nLengths:  4 frames (0.4 s) to 6 frames (0.6 s), median 5 frames (0.5 s)\nRecoveries: 2, in 1 of 3 episodes\n"));
        using var json = JsonDocument.Parse(CommandLine.Run("dataset", "stats", folder, "--json").Output);
        Assert.That(json.RootElement.GetProperty("lengths").GetProperty("median").GetDouble(), Is.EqualTo(5));
    }

    [Test]
    public void Filter_Split_Merge_Convert_MakeSetsThatPassTheCheck()
    {
        Made(["filter", folder, "--out", sets.At("good"), "--where", "success && length > 4"], $"Set:      {sets.At("good")} (2 episodes, 11 frames, 0 cameras)");
        Made(["filter", folder, "--out", sets.At("rest"), "--where", "!(success && length > 4)"], $"Set:      {sets.At("rest")} (1 episode, 4 frames, 0 cameras)");
        Made(["split", folder, "--out", sets.At("parts"), "--parts", "a=0.5,b=0.5", "--seed", "4"], $"Set:      {sets.At("parts")}");
        Made(["merge", sets.At("good"), sets.At("rest"), "--out", sets.At("both")], $"Set:      {sets.At("both")} (3 episodes, 15 frames, 0 cameras)");
        Made(["convert", sets.At("both"), "--to", "v2.1", "--out", sets.At("old")], $"Set:      {sets.At("old")} (3 episodes");
        Made(["convert", sets.At("old"), "--to", "v3.0", "--out", sets.At("new")], $"Set:      {sets.At("new")} (3 episodes");
        foreach (var set in new[] { sets.At("good"), sets.At("rest"), sets.At("both"), sets.At("new") }.Concat(Directory.GetDirectories(sets.At("parts"))))
            Assert.That(CommandLine.Run("dataset", "check", set).Output, Does.EndWith("nothing wrong\n"), set);

        static void Made(string[] arguments, string said)
        {
            var command = CommandLine.Run(["dataset", .. arguments]);
            Assert.That(command.Code, Is.Zero, command.Errors);
            Assert.That(command.Output, Does.Contain(said));
        }
    }

    [Test]
    public void NoEpisodeIsSo_Is1_AndNothingIsMade()
    {
        var command = CommandLine.Run("dataset", "filter", folder, "--out", sets.At("none"), "--where", "length > 99");

        Assert.That((command.Code, command.Errors), Is.EqualTo((1, $"No episode of {folder} is so. Nothing was made.\n")));
        Assert.That(Directory.Exists(sets.At("none")), Is.False);
    }

    [TestCase("filter", "--where", "sucess", "there is no column 'sucess'; did you mean 'success'?")]
    [TestCase("split", "--parts", "train=0.8", "the shares make 0.8, must make 1")]
    [TestCase("convert", "--to", "v9", "v9")]
    public void WhatCannotBe_Is2_AndNothingIsMade(string verb, string option, string value, string why)
    {
        var command = CommandLine.Run("dataset", verb, folder, "--out", sets.At("out"), option, value);

        Assert.That(command.Code, Is.EqualTo(2));
        Assert.That(command.Errors, Does.Contain(why));
        Assert.That(Directory.GetFileSystemEntries(sets.At(".")), Has.Length.EqualTo(1));
    }

    [Test]
    public void AFolderThatIsNoSet_Is2_AndThoseInItAreNamed()
    {
        var command = CommandLine.Run("dataset", "stats", sets.At("."));

        Assert.That(command.Code, Is.EqualTo(2));
        Assert.That(command.Errors, Does.Contain("is no data set, it has some: give").And.Contain("cups"));
    }

    [Test]
    public void View_MakesAPage()
    {
        var command = CommandLine.Run("dataset", "view", folder, "2", "--output", sets.At("page.html"));

        Assert.That((command.Code, command.Output), Is.EqualTo((0, $"Page:     {sets.At("page.html")}\n")), command.Errors);
        Assert.That(CommandLine.Run("dataset", "view", folder, "3").Errors, Does.Contain("has no episode 3: there are 3, from 0"));
    }
}
