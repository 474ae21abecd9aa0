namespace RobotWorker.MuJoCo;

/// <summary>A view of one detected contact. Valid until the next step.</summary>
public readonly ref struct MjContact
{
    internal MjContact(int geom1, int geom2, int dimension, double distanceMetres, ReadOnlySpan<double> position, ReadOnlySpan<double> frame)
    {
        Geom1 = geom1;
        Geom2 = geom2;
        Dimension = dimension;
        DistanceMetres = distanceMetres;
        Position = position;
        Frame = frame;
    }

    /// <summary>Id of the first geom.</summary>
    public int Geom1 { get; }

    /// <summary>Id of the second geom.</summary>
    public int Geom2 { get; }

    /// <summary>1: without friction; 3: sliding; 4: torsional; 6: rolling friction as well.</summary>
    public int Dimension { get; }

    /// <summary>Distance of the surfaces in metres; negative: they penetrate.</summary>
    public double DistanceMetres { get; }

    /// <summary>Place of the contact in the world's frame, in metres.</summary>
    public ReadOnlySpan<double> Position { get; }

    /// <summary>The contact's axes as rows of a 3x3 matrix: the normal from geom 1 to geom 2, then two tangents.</summary>
    public ReadOnlySpan<double> Frame { get; }

    /// <summary>Whether it is between these two geoms, in either order.</summary>
    public bool IsBetween(int geomA, int geomB) => (Geom1 == geomA && Geom2 == geomB) || (Geom1 == geomB && Geom2 == geomA);
}
