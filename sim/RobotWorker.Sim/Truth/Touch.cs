using RobotWorker.Sim.Physics;

namespace RobotWorker.Sim.Truth;

/// <summary>Which fingers touch which object, from the contacts of the last step. Allocates once.</summary>
internal sealed class Touch
{
    private readonly SimWorld world;
    private readonly int[] objectOfGeom;
    private readonly bool[] left, right;

    public Touch(SimWorld world)
    {
        this.world = world;
        var objects = world.Scene.Objects;
        var bodies = objects.Select(o => world.Model.Id(MuJoCo.MjObject.Body, o.Name)).ToArray();
        objectOfGeom = [.. Enumerable.Range(0, world.Model.Ngeom).Select(g => Array.IndexOf(bodies, world.Model.GeomBody(g)))];
        left = new bool[objects.Length];
        right = new bool[objects.Length];
    }

    /// <summary>Reads the contacts anew.</summary>
    public void Update()
    {
        Array.Clear(left);
        Array.Clear(right);
        var contacts = world.Data.Contacts;
        for (var i = 0; i < contacts.Count; i++)
        {
            var contact = contacts[i];
            Mark(contact.Geom1, contact.Geom2);
            Mark(contact.Geom2, contact.Geom1);
        }
    }

    public bool Any(int index) => left[index] || right[index];

    public bool Both(int index) => left[index] && right[index];

    private void Mark(int geom, int finger)
    {
        var index = objectOfGeom[geom];
        if (index < 0) return;
        var (onLeft, onRight) = world.Gripper.Touches(finger);
        left[index] |= onLeft;
        right[index] |= onRight;
    }
}
