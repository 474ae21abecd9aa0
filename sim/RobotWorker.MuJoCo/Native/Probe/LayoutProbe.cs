using System.Globalization;

namespace RobotWorker.MuJoCo.Native.Probe;

/// <summary>
/// Checks at load that the layout table holds: a small model of distinctive numbers is compiled, and each field that this binding uses must
/// show the number that stands in the model. A library built differently is refused here, before it could corrupt anything.
/// </summary>
internal static class LayoutProbe
{
    /// <exception cref="MuJoCoUnavailableException">A field is not where the table says.</exception>
    public static void Verify(LayoutTable layout)
    {
        using var model = new MjModel(XmlCompiler.CompileText(ProbeModel.Xml), layout);
        ModelChecks.Run(model);
        using var data = new MjData(model);
        DataChecks.Run(data);
        DrawingChecks.Run(data);
    }

    public static void Expect(string field, ReadOnlySpan<double> found, params ReadOnlySpan<double> expected)
    {
        for (var i = 0; i < expected.Length; i++)
            if (!(Math.Abs(found[i] - expected[i]) <= 1e-6 * Math.Max(1, Math.Abs(expected[i])))) throw Refuse(field, found[i], expected[i]);
    }

    public static void Expect(string field, double found, double expected) => Expect(field, [found], [expected]);

    public static void Expect(string field, ReadOnlySpan<float> found, params ReadOnlySpan<double> expected)
    {
        for (var i = 0; i < expected.Length; i++) Expect(field, found[i], expected[i]);
    }

    private static MuJoCoUnavailableException Refuse(string field, double found, double expected) => new(string.Create(CultureInfo.InvariantCulture,
        $"This MuJoCo does not lie in memory as the layout table says: {field} shows {found} where the probe model has {expected}. {MuJoCoUnavailableException.HowToInstall}"));
}
