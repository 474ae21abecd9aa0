using RobotWorker.MuJoCo.Native;

namespace RobotWorker.MuJoCo;

/// <summary>Saving, loading and copying the state.</summary>
public sealed unsafe partial class MjData
{
    /// <summary>Numbers in a saved state.</summary>
    public int StateSize => 1 + Model.Nq + Model.Nv + Model.Na + 7 * Model.Nmocap + Model.Nv;

    /// <summary>The state as numbers: time, qpos, qvel, act, mocap positions, mocap quaternions, and the solver's warm start. Loaded into another
    /// data of the same model, also in another process, simulation goes on bit by bit the same under the same controls.</summary>
    public double[] SaveState()
    {
        var state = new double[StateSize];
        SaveState(state);
        return state;
    }

    /// <summary>Writes the state into a buffer of at least <see cref="StateSize"/> numbers.</summary>
    public void SaveState(Span<double> state)
    {
        CheckState(state.Length);
        state[0] = Time;
        var rest = state[1..];
        rest = Put(Qpos, rest);
        rest = Put(Qvel, rest);
        rest = Put(Act, rest);
        rest = Put(MocapPos, rest);
        rest = Put(MocapQuat, rest);
        Put(QaccWarmstart, rest);
    }

    /// <summary>Sets the state from saved numbers; call <see cref="Forward"/> or <see cref="Kinematics"/> before reading poses.</summary>
    public void LoadState(ReadOnlySpan<double> state)
    {
        CheckState(state.Length);
        Time = state[0];
        var rest = state[1..];
        rest = Take(rest, Qpos);
        rest = Take(rest, Qvel);
        rest = Take(rest, Act);
        rest = Take(rest, MocapPos);
        rest = Take(rest, MocapQuat);
        Take(rest, QaccWarmstart);
    }

    /// <summary>Copies state and inputs (controls, applied forces) into another data of the same model.</summary>
    public void CopyStateTo(MjData other)
    {
        if (other.Model != Model) throw new MuJoCoException("The other data belongs to another model.");
        other.Time = Time;
        Qpos.CopyTo(other.Qpos);
        Qvel.CopyTo(other.Qvel);
        Act.CopyTo(other.Act);
        MocapPos.CopyTo(other.MocapPos);
        MocapQuat.CopyTo(other.MocapQuat);
        QaccWarmstart.CopyTo(other.QaccWarmstart);
        Ctrl.CopyTo(other.Ctrl);
        QfrcApplied.CopyTo(other.QfrcApplied);
        XfrcApplied.CopyTo(other.XfrcApplied);
    }

    /// <summary>Copies state and inputs from another data of the same model.</summary>
    public void CopyStateFrom(MjData other) => other.CopyStateTo(this);

    private void CheckState(int length)
    {
        if (length < StateSize) throw new MuJoCoException($"The state of this model has {StateSize} numbers, not {length}.");
    }

    private static Span<double> Put(ReadOnlySpan<double> part, Span<double> rest)
    {
        part.CopyTo(rest);
        return rest[part.Length..];
    }

    private static ReadOnlySpan<double> Take(ReadOnlySpan<double> rest, Span<double> part)
    {
        rest[..part.Length].CopyTo(part);
        return rest[part.Length..];
    }
}
