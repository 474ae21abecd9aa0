using RobotWorker.Time;

namespace RobotWorker.Controllers.Servers;

/// <summary>The robot's clock in messages.</summary>
public static class RobotTimeMessages
{
    public static Ros.Messages.BuiltinInterfaces.Time ToMessage(this RobotTime time) => Ros.Messages.BuiltinInterfaces.Time.FromNanoseconds(time.Nanoseconds);
}
