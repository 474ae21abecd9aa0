using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Contacts and rays.</summary>
public sealed unsafe partial class MjData
{
    private const int RayNormalSince = 3_005_000;

    private int* _ncon;
    private nint* _contacts;
    private int _contactSize, _distance, _position, _frame, _dimension, _geom1, _geom2;

    /// <summary>The contacts of the last step or forward computation.</summary>
    public MjContacts Contacts => new(this, *Alive(_ncon));

    /// <summary>The force of a contact in the contact's frame: normal and two tangents in N, then torques in N m. Geom 1 pushes geom 2 by it.</summary>
    /// <param name="contact">Index of the contact.</param>
    /// <param name="force">Receives 6 numbers.</param>
    public void ContactForce(int contact, Span<double> force)
    {
        if (force.Length < 6) throw new ArgumentException("A contact force has 6 numbers.", nameof(force));
        CheckContact(contact);
        fixed (double* result = force) NativeMethods.mj_contactForce(_model, Pointer, contact, result);
        GC.KeepAlive(this);
    }

    /// <summary>The normal force of a contact, in N; never negative.</summary>
    public double ContactNormalForce(int contact)
    {
        Span<double> force = stackalloc double[6];
        ContactForce(contact, force);
        return force[0];
    }

    /// <summary>Follows a ray to the first geom that it meets.</summary>
    /// <param name="from">Start in the world's frame, in metres.</param>
    /// <param name="direction">Direction; the distance is counted in its length, so give a unit vector for metres.</param>
    /// <param name="geomGroups">Six flags, one a geom group, of which are seen; empty: all. Planes and height fields are always seen.</param>
    /// <param name="bodyExclude">A body whose geoms are not seen; -1: none.</param>
    /// <param name="geomId">The geom met, or -1.</param>
    /// <param name="includeStatic">Whether geoms fixed to the world are seen.</param>
    /// <returns>The distance, or -1 when nothing is met. Invisible geoms (opacity 0) are not met.</returns>
    public double Ray(ReadOnlySpan<double> from, ReadOnlySpan<double> direction, ReadOnlySpan<byte> geomGroups, int bodyExclude, out int geomId,
        bool includeStatic = true)
    {
        if (from.Length < 3 || direction.Length < 3) throw new ArgumentException("A ray needs 3 numbers for its start and 3 for its direction.");
        if (geomGroups.Length is not 0 and not 6) throw new ArgumentException("Give six geom groups, or none for all.", nameof(geomGroups));
        int geom;
        double distance;
        fixed (double* start = from, along = direction)
        fixed (byte* groups = geomGroups)
            distance = Model.Layout.Version < RayNormalSince
                ? NativeMethods.mj_ray_before_3_5(_model, Pointer, start, along, groups, includeStatic ? (byte)1 : (byte)0, bodyExclude, &geom)
                : NativeMethods.mj_ray_from_3_5(_model, Pointer, start, along, groups, includeStatic ? (byte)1 : (byte)0, bodyExclude, &geom, null);
        GC.KeepAlive(this);
        geomId = geom;
        return distance;
    }

    internal MjContact Contact(int index)
    {
        CheckContact(index);
        var contact = *Alive(_contacts) + index * _contactSize;    // read anew: newer versions keep contacts in an arena
        return new MjContact(*(int*)(contact + _geom1), *(int*)(contact + _geom2), *(int*)(contact + _dimension), *(double*)(contact + _distance),
            new ReadOnlySpan<double>((double*)(contact + _position), 3), new ReadOnlySpan<double>((double*)(contact + _frame), 9));
    }

    private void CheckContact(int index)
    {
        var count = *Alive(_ncon);
        if ((uint)index >= (uint)count) throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {count} contacts.");
    }

    private void LookUpContacts(NativeStruct data, LayoutTable layout)
    {
        _ncon = data.At<int>("ncon");
        _contacts = data.At<nint>("contact");
        _contactSize = layout.Contact.Size;
        _distance = layout.Contact["dist"];
        _position = layout.Contact["pos"];
        _frame = layout.Contact["frame"];
        _dimension = layout.Contact["dim"];
        _geom1 = layout.Contact["geom1"];
        _geom2 = layout.Contact["geom2"];
    }
}
