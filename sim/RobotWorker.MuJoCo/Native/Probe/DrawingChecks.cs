using RobotWorker.MuJoCo.Rendering;
using static RobotWorker.MuJoCo.Native.Probe.LayoutProbe;

namespace RobotWorker.MuJoCo.Native.Probe;

/// <summary>The structs for drawing, as far as MuJoCo fills them without OpenGL.</summary>
internal static unsafe class DrawingChecks
{
    public static void Run(MjData data)
    {
        var model = data.Model;
        VisualSettings.Verify(model, [613, 457, 1536, 3, 21, 13, 5]);
        var depth = DepthScale.Of(model);
        Expect("vis.map", [depth.NearMetres, depth.FarMetres], 2.75 * 0.017, 2.75 * 43);

        using var scene = new SceneMemory(model);
        // MuJoCo's documented defaults: a free camera at 2 m, azimuth 90, elevation -45; effects shadow, reflection, skybox and haze on.
        Expect("mjvCamera", scene.CameraNumbers(), model.Layout.Constant("mjCAMERA_FREE"), -1, 0, 0, 0, 2, 90, -45);
        Expect("mjvOption.geomgroup", scene.GroupsDrawn("geomgroup"), 1, 1, 1, 0, 0, 0);
        Expect("mjvOption.sitegroup", scene.GroupsDrawn("sitegroup"), 1, 1, 1, 0, 0, 0);
        Expect("mjvScene.flags", scene.Flags("mjRND_SHADOW", "mjRND_REFLECTION", "mjRND_SKYBOX", "mjRND_SEGMENT", "mjRND_IDCOLOR"), 1, 1, 1, 0, 0);
        scene.HideSites();
        scene.Update(model, data);
        Expect("mjvScene.ngeom", scene.GeomCount, model.Ngeom - 1);         // the ball is in group 3, which is hidden, and so is the site
        var geomKind = model.Number(MjObject.Geom);
        int[] visible = [.. Enumerable.Range(0, model.Ngeom).Where(geom => model.GeomGroup(geom) != 3)];
        for (var i = 0; i < visible.Length; i++)
        {
            var (segment, geom) = scene.SceneGeom(i, geomKind);
            Expect("mjvGeom.segid, objtype, objid", [segment, geom], i, visible[i]);
        }
    }
}
