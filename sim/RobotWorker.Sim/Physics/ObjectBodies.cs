using System.Collections.Immutable;
using RobotWorker.Motion;
using RobotWorker.MuJoCo;
using RobotWorker.Sim.Scenes;

namespace RobotWorker.Sim.Physics;

/// <summary>The loose objects of the scene in the model.</summary>
internal sealed class ObjectBodies
{
    private readonly MjData data;
    private readonly ImmutableArray<PlacedObject> objects;
    // Where nobody looks and nothing else is, metres from the room's middle.
    private const double FarAway = 40;

    private readonly int[] body, qpos, dof;

    public ObjectBodies(MjModel model, MjData data, SceneInstance scene)
    {
        this.data = data;
        objects = scene.Objects;
        body = [.. objects.Select(o => model.Id(MjObject.Body, o.Name))];
        qpos = [.. body.Select(b => model.JointQposAddress(model.BodyFirstJoint(b)))];
        dof = [.. body.Select(b => model.JointDofAddress(model.BodyFirstJoint(b)))];
    }

    public ImmutableArray<PlacedObject> All => objects;

    public int Body(int index) => body[index];

    public int Index(string name)
    {
        for (var i = 0; i < objects.Length; i++)
            if (objects[i].Name == name) return i;
        throw new ArgumentException($"the scene has no object '{name}'; {Diagnostics.Nearest.Help(name, [.. objects.Select(o => o.Name)])}", nameof(name));
    }

    public Pose Pose(string name) => Pose(Index(name));

    public Pose Pose(int index)
    {
        var p = data.BodyPosition(body[index]);
        var q = data.BodyQuaternion(body[index]);
        return new(new(p[0], p[1], p[2]), new(q[1], q[2], q[3], q[0]));
    }

    /// <summary>Takes an object out of the room, as a person does.</summary>
    public void TakeAway(string name)
    {
        var index = Index(name);
        var at = data.Qpos.Slice(qpos[index], 3);
        (at[0], at[1], at[2]) = (FarAway, FarAway + index, 0.5);
        data.Qvel.Slice(dof[index], 6).Clear();
    }

    public Vec3 Velocity(string name)
    {
        var v = data.Qvel.Slice(dof[Index(name)], 3);
        return new(v[0], v[1], v[2]);
    }
}
