using System.Collections.Immutable;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using RobotWorker.MuJoCo;

namespace RobotWorker.Generation.Replay;

/// <summary>
/// All numbers that a physics step is made from, as one row of 64-bit patterns: the state (laid out as <see cref="MjData.SaveState()"/>), what drives it, and the model's. A number's place in the row is its slot:
/// the same for every model from the same MJCF.
/// </summary>
internal sealed class StepNumbers
{
    private readonly MjModel model;
    private readonly MjData data;
    private readonly ImmutableArray<Part> parts;

    public StepNumbers(MjModel model, MjData data)
    {
        (this.model, this.data) = (model, data);
        var (dof, actuator, body, joint, geom) = (new Things("joint", OfDof), new Things("actuator", Actuator), new Things("body", Body), new Things("joint", Joint), new Things("geom", Geom));
        ImmutableArray<Part> state =
        [
            new("qpos", 1, new("joint", OfPosition), () => data.Qpos), new("qvel", 1, dof, () => data.Qvel), new("act", 1, new("activation", Number), () => data.Act),
            new("mocap_pos", 3, new("mocap body", Number), () => data.MocapPos), new("mocap_quat", 4, new("mocap body", Number), () => data.MocapQuat), new("qacc_warmstart", 1, dof, () => data.QaccWarmstart),
        ];
        ImmutableArray<Part> inputs =
        [
            new("ctrl", 1, actuator, () => data.Ctrl), new("qfrc_applied", 1, dof, () => data.QfrcApplied), new("xfrc_applied", 6, body, () => data.XfrcApplied),
        ];
        ImmutableArray<Part> physics =
        [
            new("opt.gravity", 3, new("world", Number), () => model.Gravity),
            new("body_mass", 1, body, () => model.BodyMass), new("body_inertia", 3, body, () => model.BodyInertias), new("body_pos", 3, body, () => model.BodyPositions),
            new("body_quat", 4, body, () => model.BodyQuaternions), new("body_ipos", 3, body, () => model.BodyCentresOfMass),
            new("jnt_axis", 3, joint, () => model.JointAxes), new("jnt_range", 2, joint, () => model.JointRanges),
            new("dof_armature", 1, dof, () => model.DofArmature), new("dof_damping", 1, dof, () => model.DofDamping), new("dof_frictionloss", 1, dof, () => model.DofFrictionLoss),
            new("geom_size", 3, geom, () => model.GeomSizes), new("geom_pos", 3, geom, () => model.GeomPositions), new("geom_quat", 4, geom, () => model.GeomQuaternions),
            new("geom_friction", 3, geom, () => model.GeomFrictions), new("geom_priority", geom, () => model.GeomPriority),
            new("geom_contype", geom, () => model.GeomContactType), new("geom_conaffinity", geom, () => model.GeomContactAffinity),
            new("actuator_gainprm", 10, actuator, () => model.ActuatorGains), new("actuator_biasprm", 10, actuator, () => model.ActuatorBiases),
            new("actuator_ctrlrange", 2, actuator, () => model.ActuatorControlRanges), new("actuator_forcerange", 2, actuator, () => model.ActuatorForceRanges),
        ];
        parts = Laid([.. state, .. inputs, .. physics]);
        (States, Driven, Count) = (parts[state.Length].Start, parts[state.Length + inputs.Length].Start, parts[^1].End);
        Applied = parts[state.Length + 1].Start;
        if (States != data.StateSize) throw new InvalidOperationException($"the state has {data.StateSize} numbers, not {States}");
    }

    /// <summary>Slots of the state, which come first.</summary>
    public int States { get; }

    /// <summary>Slots of the state and of what drives it; the model's follow.</summary>
    public int Driven { get; }

    /// <summary>All slots.</summary>
    public int Count { get; }

    /// <summary>The first slot of the forces that are applied to degrees of freedom.</summary>
    public int Applied { get; }

    /// <summary>Degrees of freedom.</summary>
    public int Freedoms => model.Nv;

    /// <summary>What would hold the robot still, by the step before: what the robot's drives apply to their own joints.</summary>
    public ReadOnlySpan<ulong> Bias => MemoryMarshal.Cast<double, ulong>(data.QfrcBias);

    public static ulong HashOf(ReadOnlySpan<ulong> row) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(row));

    public void ReadState(Span<ulong> row) => data.SaveState(MemoryMarshal.Cast<ulong, double>(row));

    /// <summary>Reads state and inputs.</summary>
    public void ReadDriven(Span<ulong> row)
    {
        ReadState(row);
        foreach (var part in parts)
            if (part.Start >= States && part.End <= Driven) part.Read(row);
    }

    public void ReadModel(Span<ulong> row)
    {
        foreach (var part in parts)
            if (part.Start >= Driven) part.Read(row);
    }

    /// <summary>Whether the model's numbers are these.</summary>
    public bool HasModelOf(ReadOnlySpan<ulong> row)
    {
        foreach (var part in parts)
            if (part.Start >= Driven && !part.Is(row)) return false;
        return true;
    }

    public void Put(int slot, ulong bits)
    {
        if (slot == 0) data.Time = BitConverter.UInt64BitsToDouble(bits);
        else PartOf(slot).Put(slot, bits);
    }

    /// <summary>What a slot is, in words.</summary>
    public string NameOf(int slot)
    {
        if (slot == 0) return "the time";
        var part = PartOf(slot);
        var (row, column) = Math.DivRem(slot - part.Start, part.Width);
        var name = part.Of.Name(row);
        return $"{part.Array}{(part.Width > 1 ? $"[{column}]" : "")} of {(name.Contains(' ') ? name : $"{part.Of.Kind} {name}")}";
    }

    /// <summary>The value of a slot.</summary>
    public double ValueOf(int slot, ulong bits) => slot > 0 && PartOf(slot).IsWhole ? (int)bits : BitConverter.UInt64BitsToDouble(bits);

    /// <summary>How close a slot of state and inputs is to a cause: 0 what was set, 1 how fast something moves, 2 what comes of that.</summary>
    public int RankOf(int slot) => slot >= States && (slot < Applied || slot >= Applied + Freedoms) ? 0 : slot > 0 && PartOf(slot).Array == "qvel" ? 1 : 2;

    private static ImmutableArray<Part> Laid(ImmutableArray<Part> parts)
    {
        var start = 1;    // the time is first
        foreach (var part in parts) start = part.Lay(start);
        return parts;
    }

    private Part PartOf(int slot)
    {
        foreach (var part in parts)
            if (slot < part.End) return part;
        throw new ArgumentOutOfRangeException(nameof(slot), slot, $"a step has {Count} numbers");
    }

    private string Actuator(int id) => Named(MjObject.Actuator, id);

    private string Body(int id) => Named(MjObject.Body, id);

    private string Joint(int id) => model.Name(MjObject.Joint, id) ?? $"the joint of {Body(model.JointBody(id))}";

    private string Geom(int id) => model.Name(MjObject.Geom, id) ?? $"geom {id} of body {Body(model.GeomBody(id))}";

    private string OfDof(int dof) => Moved(model.DofJoint(dof), dof - model.JointDofAddress(model.DofJoint(dof)));

    private string OfPosition(int position)
    {
        var joint = 0;
        while (joint + 1 < model.Njnt && model.JointQposAddress(joint + 1) <= position) joint++;
        return Moved(joint, position - model.JointQposAddress(joint));
    }

    // A free joint has several numbers, and mostly no name.
    private string Moved(int joint, int number) =>
        model.JointType(joint) is MjJointType.Free or MjJointType.Ball ? $"body {Body(model.JointBody(joint))}, number {number + 1} of its joint" : Joint(joint);

    private string Named(MjObject kind, int id) => model.Name(kind, id) ?? Number(id);

    private static string Number(int id) => $"{id}";

    private delegate Span<double> Reals();

    private delegate Span<int> Wholes();

    /// <param name="Kind">What they are.</param>
    /// <param name="Name">Of one; with a space in it, it says by itself what it is.</param>
    private sealed record Things(string Kind, Func<int, string> Name);

    /// <summary>An array of MuJoCo's, by its name there.</summary>
    private sealed class Part
    {
        private readonly Reals? reals;
        private readonly Wholes? wholes;

        public Part(string array, int width, Things of, Reals reals) => (Array, Width, Of, this.reals) = (array, width, of, reals);

        public Part(string array, Things of, Wholes wholes) => (Array, Width, Of, this.wholes) = (array, 1, of, wholes);

        public string Array { get; }

        /// <summary>Numbers of one thing.</summary>
        public int Width { get; }

        public Things Of { get; }

        public bool IsWhole => wholes is not null;

        public int Start { get; private set; }

        public int End { get; private set; }

        /// <returns>Where the next begins.</returns>
        public int Lay(int start)
        {
            Start = start;
            return End = start + (reals is null ? wholes!().Length : reals().Length);
        }

        public void Read(Span<ulong> row)
        {
            if (reals is not null)
            {
                MemoryMarshal.Cast<double, ulong>(reals()).CopyTo(row[Start..]);
                return;
            }
            var values = wholes!();
            for (var i = 0; i < values.Length; i++) row[Start + i] = (uint)values[i];
        }

        public bool Is(ReadOnlySpan<ulong> row)
        {
            var mine = row[Start..End];
            if (reals is not null) return mine.SequenceEqual(MemoryMarshal.Cast<double, ulong>(reals()));
            var values = wholes!();
            for (var i = 0; i < values.Length; i++)
                if (mine[i] != (uint)values[i]) return false;
            return true;
        }

        public void Put(int slot, ulong bits)
        {
            if (reals is not null) MemoryMarshal.Cast<double, ulong>(reals())[slot - Start] = bits;
            else wholes!()[slot - Start] = (int)bits;
        }
    }
}
