using RobotWorker.MuJoCo;

namespace RobotWorker.Generation.Replay;

/// <summary>An episode's physics, stepped again from its certificate.</summary>
internal sealed class SteppedAgain : IDisposable
{
    private readonly Certificate certificate;
    private readonly MjModel model;
    private readonly MjData data;
    private readonly ulong[] row;
    private readonly bool[] follows;
    private int next;

    /// <exception cref="MuJoCoException">The model does not compile.</exception>
    public SteppedAgain(Certificate certificate)
    {
        this.certificate = certificate;
        model = MjModel.FromXml(certificate.Mjcf);
        data = new(model);
        Numbers = new(model, data);
        (row, follows) = (new ulong[Numbers.Count], new bool[Numbers.Freedoms]);
        Numbers.ReadDriven(row);
        Numbers.ReadModel(row);
        ModelSum = CertificateRecorder.SumOf(model);
    }

    public StepNumbers Numbers { get; }

    /// <summary>Of the model, as it was compiled.</summary>
    public string ModelSum { get; }

    /// <summary>Steps that were made.</summary>
    public int Step { get; private set; }

    /// <summary>What the next step is made from, once <see cref="Prepare"/> was called.</summary>
    public ReadOnlySpan<ulong> Row => row;

    /// <summary>State and inputs of it.</summary>
    public ReadOnlySpan<ulong> Driven => row.AsSpan(0, Numbers.Driven);

    /// <summary>Writes what was written before the next step.</summary>
    public void Prepare()
    {
        for (; next < certificate.Writes.Length && certificate.Writes[next] is var write && write.Step == Step; next++)
        {
            var dof = write.Slot - Numbers.Applied;
            var applied = dof >= 0 && dof < follows.Length;
            if (applied) follows[dof] = write.Follows;
            Put(write.Slot, applied && write.Follows ? Numbers.Bias[dof] : write.Bits);
        }
    }

    public void Advance()
    {
        data.Step();
        Numbers.ReadState(row);
        for (var dof = 0; dof < follows.Length; dof++)
            if (follows[dof]) Put(Numbers.Applied + dof, Numbers.Bias[dof]);
        Step++;
    }

    public void Dispose()
    {
        data.Dispose();
        model.Dispose();
    }

    private void Put(int slot, ulong bits)
    {
        row[slot] = bits;
        Numbers.Put(slot, bits);
    }
}
