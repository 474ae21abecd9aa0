using RobotWorker.Motion;
using RobotWorker.Skills.Profile;

namespace RobotWorker.Skills.Manipulation;

/// <summary>Where on a surface an object can be put down. Pure.</summary>
public static class FreeSpots
{
    private const double EdgeMetres = 0.06;
    private const double GapMetres = 0.07;    // room for an open finger on either side
    private const double GridMetres = 0.05;

    /// <summary>Spots in the map frame (centre of the footprint, height of the surface), the one nearest to the robot first.</summary>
    /// <param name="others">Where other objects are believed to be, with the radius of the room they take, in metres.</param>
    public static IEnumerable<Vec3> On(Surface surface, double footprint, IReadOnlyList<(Vec3 At, double Radius)> others, Vec3 robot)
    {
        var halfX = (surface.SizeX / 2) - EdgeMetres;
        var halfY = (surface.SizeY / 2) - EdgeMetres;
        var spots = from x in Steps(halfX)
                    from y in Steps(halfY)
                    let spot = surface.Top.Apply(new(x, y, 0))
                    where others.All(o => (o.At - spot).LengthXY >= o.Radius + footprint + GapMetres)
                    orderby Math.Round((spot - robot).LengthXY, 6)
                    select spot;
        return spots;
    }

    private static IEnumerable<double> Steps(double half)
    {
        if (half < 0) yield break;
        var count = (int)(half / GridMetres);
        for (var i = -count; i <= count; i++) yield return i * GridMetres;
    }
}
