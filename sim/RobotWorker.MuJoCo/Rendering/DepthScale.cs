using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo.Rendering;

/// <summary>Turns OpenGL's depth buffer (0 at the near plane, 1 at the far plane) into metres along the viewing direction.</summary>
internal readonly record struct DepthScale(double NearMetres, double FarMetres)
{
    /// <summary>The planes that MuJoCo uses: fractions of the model's extent.</summary>
    public static unsafe DepthScale Of(MjModel model)
    {
        var map = new NativeStruct(model.Pointer, model.Layout.Model, model.Layout.SizeOfCount).Part("vis", model.Layout.Struct("mjVisual"));
        return new DepthScale(model.ExtentMetres * *map.At<float>("map.znear"), model.ExtentMetres * *map.At<float>("map.zfar"));
    }

    public void ToMetres(Span<float> depths)
    {
        var slope = 1 - NearMetres / FarMetres;
        for (var i = 0; i < depths.Length; i++) depths[i] = (float)(NearMetres / (1 - depths[i] * slope));
    }
}
