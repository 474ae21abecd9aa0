using System.Collections.Immutable;

namespace RobotWorker.Sim.Controllers.Floor;

/// <summary>What the planner answers.</summary>
public abstract record FloorRoute
{
    /// <summary>A polyline in <c>map</c> from start to goal, both included.</summary>
    public sealed record Found(ImmutableArray<FloorPoint> Points) : FloorRoute
    {
        /// <summary>Length in metres.</summary>
        public double Length
        {
            get
            {
                var length = 0.0;
                for (var i = 1; i < Points.Length; i++) length += Points[i - 1].DistanceTo(Points[i]);
                return length;
            }
        }
    }

    /// <summary>No way, and why.</summary>
    public sealed record None(NavigationError Code, string Message) : FloorRoute;
}
