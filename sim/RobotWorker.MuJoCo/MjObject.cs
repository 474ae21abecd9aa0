namespace RobotWorker.MuJoCo;

/// <summary>Kinds of named things in a model (MuJoCo's mjtObj, whose numbers differ between versions and are looked up).</summary>
public enum MjObject
{
    /// <summary>A rigid body; body 0 is the world.</summary>
    Body,
    /// <summary>A joint.</summary>
    Joint,
    /// <summary>A shape with mass or contact.</summary>
    Geom,
    /// <summary>A marked place on a body.</summary>
    Site,
    /// <summary>A camera fixed in the model.</summary>
    Camera,
    /// <summary>A light.</summary>
    Light,
    /// <summary>A material.</summary>
    Material,
    /// <summary>An equality constraint.</summary>
    Equality,
    /// <summary>An actuator.</summary>
    Actuator,
    /// <summary>A sensor.</summary>
    Sensor,
    /// <summary>A key frame.</summary>
    Key,
}
