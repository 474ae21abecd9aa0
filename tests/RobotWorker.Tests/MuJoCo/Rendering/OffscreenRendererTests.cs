using RobotWorker.MuJoCo;
using RobotWorker.MuJoCo.Rendering;
using RobotWorker.Testing;

namespace RobotWorker.Tests.MuJoCo.Rendering;

[NonParallelizable]
internal sealed class OffscreenRendererTests
{
    private const int Width = 160, Height = 120;
    private static readonly CameraView Above = CameraView.Named("above");

    // A red box of 20 cm at the origin, a green ball towards +y (up in the picture) and a lamp far to the side. The camera is 2 m above.
    private const string Scene = """
        <mujoco>
          <visual><headlight ambient="0.2 0.2 0.2" diffuse="0.1 0.1 0.1" specular="0 0 0"/></visual>
          <worldbody>
            <light pos="-2 0 2" dir="1 0 -1" diffuse="0.8 0.8 0.8" specular="0 0 0" cutoff="80" castshadow="true"/>
            <camera name="above" pos="0 0 2" fovy="45"/>
            <geom name="floor" type="plane" size="3 3 0.1" rgba="0.8 0.8 0.8 1"/>
            <geom name="box" type="box" size="0.1 0.1 0.1" pos="0 0 0.1" rgba="1 0 0 1"/>
            <geom name="ball" type="sphere" size="0.1" pos="0 0.5 0.1" rgba="0 1 0 1"/>
          </worldbody>
        </mujoco>
        """;

    [TestCase(RenderBackend.EglSurfaceless)]
    [TestCase(RenderBackend.EglDevice)]
    [TestCase(RenderBackend.Rays)]
    public void Render_FromAbove_IsTheRightWayUpAndLit(RenderBackend backend)
    {
        using var model = MjModel.FromXml(Scene);
        using var data = Computed(model);
        using var renderer = Create(model, RenderQuality.Fast, backend);
        var rgb = new byte[Width * Height * 3];

        renderer.Render(data, Above, rgb);

        Assert.That(renderer.Backend, Is.EqualTo(backend));
        Assert.That(Dominant(At(rgb, Width / 2, Height / 2)), Is.EqualTo("red"));
        Assert.That(Dominant(At(rgb, Width / 2, Row(0.5))), Is.EqualTo("green"), "+y is up in the picture");
        Assert.That(Dominant(At(rgb, Width / 2, Row(-0.5))), Is.EqualTo("grey"));
        Assert.That(Brightness(At(rgb, Width / 2 - 20, Height / 2)), Is.GreaterThan(100));
    }

    [TestCase(RenderBackend.EglSurfaceless)]
    public void Render_WithShadows_DarkensTheFloorBehindTheBoxOnly(RenderBackend backend)
    {
        using var model = MjModel.FromXml(Scene);
        using var data = Computed(model);
        var with = Picture(model, data, RenderQuality.Overview, backend);
        var without = Picture(model, data, RenderQuality.Overview with { Shadows = false }, backend);
        int behind = Column(0.15), before = Column(-0.3);

        Assert.That(Brightness(At(with, behind, Height / 2)), Is.LessThan(0.6 * Brightness(At(without, behind, Height / 2))));
        Assert.That(Brightness(At(with, before, Height / 2)), Is.EqualTo(Brightness(At(without, before, Height / 2))).Within(3));
    }

    [TestCase(RenderBackend.EglSurfaceless)]
    [TestCase(RenderBackend.Rays)]
    public void RenderSegmentation_FromAbove_NamesEachGeom(RenderBackend backend)
    {
        using var model = MjModel.FromXml(Scene);
        using var data = Computed(model);
        using var renderer = Create(model, RenderQuality.Overview, backend);
        var ids = new int[Width * Height];

        renderer.RenderSegmentation(data, Above, ids);

        Assert.That(ids[Height / 2 * Width + Width / 2], Is.EqualTo(model.Id(MjObject.Geom, "box")));
        Assert.That(ids[Row(0.5) * Width + Width / 2], Is.EqualTo(model.Id(MjObject.Geom, "ball")));
        Assert.That(ids[0], Is.EqualTo(model.Id(MjObject.Geom, "floor")));
    }

    [TestCase(RenderBackend.EglSurfaceless)]
    [TestCase(RenderBackend.Rays)]
    public void Render_WithDepth_GivesMetresAlongTheViewingDirection(RenderBackend backend)
    {
        using var model = MjModel.FromXml(Scene);
        using var data = Computed(model);
        using var renderer = Create(model, RenderQuality.Fast, backend);
        var depth = new float[Width * Height];

        renderer.Render(data, Above, [], depth);

        Assert.That(depth[Height / 2 * Width + Width / 2], Is.EqualTo(1.8).Within(0.002));
        Assert.That(depth[0], Is.EqualTo(2.0).Within(0.002), "a corner of the floor is as deep as its middle");
    }

    [TestCase(RenderBackend.EglSurfaceless)]
    [TestCase(RenderBackend.Rays)]
    public void Render_FreeCamera_PutsWhatItLooksAtIntoTheMiddle(RenderBackend backend)
    {
        using var model = MjModel.FromXml(Scene);
        using var data = Computed(model);
        using var renderer = Create(model, RenderQuality.Fast, backend);
        var rgb = new byte[Width * Height * 3];

        renderer.Render(data, CameraView.Free(0, 0.5, 0.1, 1.5, 90, -30), rgb);

        Assert.That(Dominant(At(rgb, Width / 2, Height / 2)), Is.EqualTo("green"));
        Assert.That(Dominant(At(rgb, Width / 2, Height - 25)), Is.EqualTo("red"), "looking along +y the box lies nearer, so lower");
    }

    [Test]
    public void Render_AfterAStepInBetween_ShowsTheNewPose()
    {
        using var model = Worlds.BoxAndArm();
        using var data = Computed(model);
        using var renderer = OffscreenRenderer.Create(model, Width, Height, RenderQuality.Fast);
        var rgb = new byte[Width * Height * 3];

        renderer.Render(data, Above, rgb);
        var before = Dominant(At(rgb, Width / 2, Height / 2));
        data.Qpos[1] = 0.5;
        data.Kinematics();
        renderer.Render(data, Above, rgb);

        Assert.That((before, Dominant(At(rgb, Width / 2, Height / 2)), Dominant(At(rgb, Width / 2, Row(0.5)))), Is.EqualTo(("red", "grey", "red")));
    }

    [Test]
    public void Create_SeveralOfOneModel_LeaveTheModelAsItWasAndDrawTheSame()
    {
        using var model = MjModel.FromXml(Scene);
        using var data = Computed(model);
        using var first = OffscreenRenderer.Create(model, Width, Height, RenderQuality.Fast);
        using var second = OffscreenRenderer.Create(model, Width, Height, RenderQuality.Fast);
        byte[] one = new byte[Width * Height * 3], two = new byte[Width * Height * 3];

        first.Render(data, Above, one);
        second.Render(data, Above, two);
        first.Dispose();
        second.Render(data, Above, one);

        Assert.That(two, Is.EqualTo(one));
    }

    [Test]
    public void Render_WrongSizesNamesAndModels_AreRefused()
    {
        using var model = MjModel.FromXml(Scene);
        using var data = Computed(model);
        using var other = Worlds.Ball();
        using var otherData = new MjData(other);
        using var renderer = OffscreenRenderer.Create(model, Width, Height, RenderQuality.Fast, RenderBackend.Rays);
        var rgb = new byte[Width * Height * 3];

        Assert.That(() => renderer.Render(data, Above, rgb.AsSpan(1)), Throws.ArgumentException);
        Assert.That(() => renderer.Render(otherData, Above, rgb), Throws.TypeOf<MuJoCoException>());
        Assert.That(() => renderer.Render(data, CameraView.Named("abov"), rgb), Throws.TypeOf<MuJoCoException>().With.Message.Contains("'above'"));
    }

    private static MjData Computed(MjModel model)
    {
        var data = new MjData(model);
        data.Forward();
        return data;
    }

    private static byte[] Picture(MjModel model, MjData data, RenderQuality quality, RenderBackend backend)
    {
        using var renderer = Create(model, quality, backend);
        var rgb = new byte[Width * Height * 3];
        renderer.Render(data, Above, rgb);
        return rgb;
    }

    private static OffscreenRenderer Create(MjModel model, RenderQuality quality, RenderBackend backend)
    {
        try
        {
            return OffscreenRenderer.Create(model, Width, Height, quality, backend);
        }
        catch (MuJoCoException missing) when (missing.Message.StartsWith("Pictures cannot be made here", StringComparison.Ordinal))
        {
            Peer.Missing(missing.Message);
            throw;
        }
    }

    // The floor is 2 m away and 2 * 2 m * tan(22.5 degrees) = 1.657 m high in the picture.
    private static int Row(double y) => (int)(Height / 2 - y * Height / 1.657);

    private static int Column(double x) => (int)(Width / 2 + x * Height / 1.657);

    private static (int R, int G, int B) At(byte[] rgb, int x, int y) => (rgb[(y * Width + x) * 3], rgb[(y * Width + x) * 3 + 1], rgb[(y * Width + x) * 3 + 2]);

    private static double Brightness((int R, int G, int B) p) => (p.R + p.G + p.B) / 3.0;

    private static string Dominant((int R, int G, int B) p) =>
        p.R > 2 * p.G + 20 && p.R > 2 * p.B + 20 ? "red" : p.G > 2 * p.R + 20 && p.G > 2 * p.B + 20 ? "green" : Math.Abs(p.R - p.G) < 10 ? "grey" : "other";
}
