using RobotWorker.Episodes;
using RobotWorker.Execution.Core;
using RobotWorker.Faults;
using RobotWorker.Plans;
using RobotWorker.World;

namespace RobotWorker.Execution.Shell;

/// <summary>Carries out one command at a time and reports its end as an event. Whatever the robot throws is a report, never a crash.</summary>
internal sealed class CommandRunner(
    Worker worker, IJournal journal, IRobot robot, IPerson person, IPlanner planner, Func<Plan, string?> whyNotRun, IFaultReset? faultReset,
    UnderWay underWay)
{
    public void CarryOut(Command command)
    {
        switch (command)
        {
            case Command.StartAttempt c:
                journal.Sync();
                underWay.Begin('a', c.Step, cancel => Attempt(c, cancel));
                break;
            case Command.CancelAttempt c: underWay.Cancel('a', c.Step); break;
            case Command.Observe c:
                if (c.MayMoveArm) journal.Sync();
                underWay.Begin('r', c.Request, cancel => Observe(c, cancel));
                break;
            case Command.StopLooking c: underWay.Cancel('r', c.Request); break;
            case Command.StandStill c: underWay.Begin('r', c.Request, cancel => StandStill(c, cancel)); break;
            case Command.ProtectiveStop c: underWay.Begin('r', c.Request, cancel => ProtectiveStop(c, cancel)); break;
            case Command.WakeAt c: worker.WakeAt(c.Due); break;
            case Command.PlanRepair c: PlanRepair(c); break;
            case Command.Ask c: underWay.Begin('r', c.Request, cancel => Ask(c, cancel)); break;
            case Command.StopAsking c: underWay.Cancel('r', c.Request); break;
            case Command.ResetFault c: faultReset?.Reset(c.Code, c.Component); break;
            case Command.Finish:
                journal.Sync();
                worker.Finish();
                break;
            default: throw new InvalidOperationException($"no such command: {command.GetType().Name}");
        }
    }

    private async Task Attempt(Command.StartAttempt command, CancellationToken cancel)
    {
        AttemptReport report;
        try
        {
            report = await robot.AttemptAsync(command.Attempt, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            report = AttemptReport.Unknown("CANCELED", "it was cancelled, and its end was not watched");
        }
        catch (Exception e)
        {
            report = AttemptReport.Failure("ROBOT_ERROR", e.Message);
        }
        worker.Happened((at, now) => new Event.AttemptEnded(at, now, command.Step, command.Attempt.Path, command.Attempt.Number, report));
    }

    private async Task Observe(Command.Observe command, CancellationToken cancel)
    {
        var error = await Try(() => robot.ObserveAsync(new(command.Atoms, command.Since, command.Viewpoint, command.Deadline, command.MayMoveArm), cancel));
        worker.Happened((at, now) => new Event.Looked(at, now, command.Request, error));
    }

    private async Task StandStill(Command.StandStill command, CancellationToken cancel)
    {
        var still = false;
        var error = await Try(async () => still = await robot.StandStillAsync(command.Deadline, command.Silence, cancel));
        worker.Happened((at, now) => new Event.StoodStill(at, now, command.Request, still, error));
    }

    private async Task ProtectiveStop(Command.ProtectiveStop command, CancellationToken cancel)
    {
        var error = await Try(() => robot.ProtectiveStopAsync(command.Deadline, cancel));
        worker.Happened((at, now) => new Event.ProtectiveStopped(at, now, command.Request, error));
    }

    private async Task Ask(Command.Ask command, CancellationToken cancel)
    {
        string? answer = null;
        await Try(async () => answer = await person.AskAsync(command.Question, cancel));
        worker.Happened((at, now) => new Event.Answered(at, now, command.Request, answer));
    }

    private void PlanRepair(Command.PlanRepair command)
    {
        var (found, whyNot) = planner.Plan(command.World, command.Goal, new PlanningRequest(command.Id, worker.Plan.Objects, worker.Plan.Limits));
        if (found is not null && whyNotRun(found) is { } refused) (found, whyNot) = (null, $"the checker refuses it: {refused}");
        worker.Happened((at, now) => new Event.RepairPlanned(at, now, command.Request, found, whyNot));
    }

    private static async Task<string?> Try(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }
}
