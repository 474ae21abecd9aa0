using RobotWorker.Generation.Video;

namespace RobotWorker.Tests.Generation.Video;

public sealed class RenderOrderTests
{
    private static readonly RenderOrder Order = new("<mujoco model=\"küche\"/>", "overview", 640, 480, 15, "/tmp/a film.mp4");

    [Test]
    public void Read_WhatWasWritten_IsTheSameAndLeavesTheStates()
    {
        using var pipe = new MemoryStream();
        using (var to = new BinaryWriter(pipe, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            Order.Write(to);
            to.Write(42);
        }
        pipe.Position = 0;
        using var from = new BinaryReader(pipe);

        Assert.That(RenderOrder.Read(from), Is.EqualTo(Order));
        Assert.That(from.ReadInt32(), Is.EqualTo(42));
    }

    [Test]
    public void Read_AFilmForTraining_HasItsSidecarsAndNames()
    {
        using var pipe = new MemoryStream();
        using (var to = new BinaryWriter(pipe, System.Text.Encoding.UTF8, leaveOpen: true)) (Order with { Training = new(true, null, "segments.mkv", ["floor", "cup"]) }).Write(to);
        pipe.Position = 0;
        using var from = new BinaryReader(pipe);
        var read = RenderOrder.Read(from);

        Assert.That((read.Training!.Shadows, read.Training.Depth, read.Training.Segmentation), Is.EqualTo((true, (string?)null, "segments.mkv")));
        Assert.That(read.Training.Segments, Is.EqualTo(["floor", "cup"]));
        Assert.That(read.Files, Is.EqualTo(["/tmp/a film.mp4", "segments.mkv"]));
    }

    [Test]
    public void Read_SomethingElse_IsRefused()
    {
        using var from = new BinaryReader(new MemoryStream("hello, world"u8.ToArray()));

        Assert.That(() => RenderOrder.Read(from), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void Read_BrokenOff_IsAnErrorOfTheInput()
    {
        using var pipe = new MemoryStream();
        using var to = new BinaryWriter(pipe);
        Order.Write(to);
        using var from = new BinaryReader(new MemoryStream(pipe.ToArray()[..^6]));

        Assert.That(() => RenderOrder.Read(from), Throws.InstanceOf<IOException>());
    }

    [Test]
    public void Film_Overview_ShowsFiveFramesASecondThreeTimesAsFast()
    {
        var film = FilmFormat.Of(VideoMode.Overview);

        Assert.That((film.Width, film.Height, film.PeriodSeconds), Is.EqualTo((640, 480, 0.2)));
        Assert.That(film.PeriodSeconds * film.FramesPerSecond, Is.EqualTo(3).Within(1e-9));
    }

    [Test]
    public void Film_Full_IsPlayedAsFastAsItWas()
    {
        var film = FilmFormat.Of(VideoMode.Full);

        Assert.That(film.PeriodSeconds * film.FramesPerSecond, Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void Film_None_HasNoFormat() => Assert.That(() => FilmFormat.Of(VideoMode.None), Throws.TypeOf<ArgumentOutOfRangeException>());
}
