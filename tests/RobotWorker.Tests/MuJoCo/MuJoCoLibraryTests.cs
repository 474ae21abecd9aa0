using System.Reflection;
using System.Runtime.Loader;
using RobotWorker.MuJoCo;

namespace RobotWorker.Tests.MuJoCo;

[NonParallelizable]
internal sealed class MuJoCoLibraryTests
{
    [Test]
    public void Version_AfterLoad_IsInTheTable()
    {
        Assert.That(MuJoCoLibrary.Version, Is.GreaterThanOrEqualTo(220));
        Assert.That(MuJoCoLibrary.VersionText, Does.Match(@"^\d+\.\d+\.\d+$"));
    }

    [Test]
    public void Load_EnvironmentPointsNowhere_SaysSoAndFallsBackToNothing()
    {
        var message = LoadAfresh("/nowhere/libmujoco.so", null);

        Assert.That(message, Does.Contain("MUJOCO_LIB is '/nowhere/libmujoco.so', but there is no such file; nothing else was tried."));
        Assert.That(message, Does.Contain("apt-get install libmujoco2.2.2 libegl1 libgl1-mesa-dri"));
    }

    [Test]
    public void Load_SomethingThatIsNoLibrary_SaysSo()
    {
        var file = typeof(MuJoCoLibrary).Assembly.Location;

        Assert.That(LoadAfresh(null, file), Does.Contain("cannot be opened as a shared library"));
    }

    [Test]
    public void Load_AnotherFileAfterTheFirst_IsRefused() =>
        Assert.That(() => MuJoCoLibrary.Load("/elsewhere/libmujoco.so"), Throws.TypeOf<MuJoCoException>().With.Message.Contains("already loaded"));

    [Test]
    public void Warnings_PositionsThatAreNoNumbers_ReachUs()
    {
        using var model = Worlds.Ball();
        using var data = new MjData(model);
        MuJoCoLibrary.ClearWarnings();
        var heard = new List<string>();
        MuJoCoLibrary.WarningRaised += heard.Add;
        try
        {
            data.Qpos[2] = double.NaN;
            data.Step();
        }
        finally
        {
            MuJoCoLibrary.WarningRaised -= heard.Add;
        }

        Assert.That(MuJoCoLibrary.Warnings, Has.Some.Contains("Nan, Inf or huge value in QPOS"));
        Assert.That(heard, Is.EqualTo(MuJoCoLibrary.Warnings));
    }

    [Test]
    public void Warnings_VeryMany_OnlyTheLastAreKept()
    {
        for (var i = 0; i < MuJoCoLibrary.WarningsKept + 10; i++) MuJoCoLibrary.Collect($"warning {i}");

        Assert.That(MuJoCoLibrary.Warnings, Has.Count.EqualTo(MuJoCoLibrary.WarningsKept));
        Assert.That(MuJoCoLibrary.Warnings[0], Is.EqualTo("warning 10"));
        MuJoCoLibrary.ClearWarnings();
    }

    // The library is loaded once a process; a second copy of our assembly has not loaded it yet.
    private static string LoadAfresh(string? environment, string? path)
    {
        var context = new AssemblyLoadContext("afresh", isCollectible: true);
        var before = Environment.GetEnvironmentVariable("MUJOCO_LIB");
        try
        {
            Environment.SetEnvironmentVariable("MUJOCO_LIB", environment);
            var library = context.LoadFromAssemblyPath(typeof(MuJoCoLibrary).Assembly.Location).GetType(typeof(MuJoCoLibrary).FullName!)!;
            var failure = Assert.Throws<TargetInvocationException>(() => library.GetMethod(nameof(MuJoCoLibrary.Load))!.Invoke(null, [path]));
            Assert.That(failure!.InnerException!.GetType().Name, Is.EqualTo(nameof(MuJoCoUnavailableException)));
            return failure.InnerException.Message;
        }
        finally
        {
            Environment.SetEnvironmentVariable("MUJOCO_LIB", before);
            context.Unload();
        }
    }
}
