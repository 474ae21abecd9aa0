namespace RobotWorker.MuJoCo.Rendering;

/// <summary>How pictures are made, in the order in which they are tried. None needs a display.</summary>
public enum RenderBackend
{
    /// <summary>OpenGL through EGL without any surface (Mesa).</summary>
    EglSurfaceless,
    /// <summary>OpenGL through EGL on a graphics device.</summary>
    EglDevice,
    /// <summary>OpenGL in software through libOSMesa.</summary>
    OsMesa,
    /// <summary>No OpenGL: a ray a pixel through MuJoCo's own ray casting. Slow and plain, but always there.</summary>
    Rays,
}
