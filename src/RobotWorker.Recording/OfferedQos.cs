using System.Globalization;
using RobotWorker.Ros.Graph;

namespace RobotWorker.Recording;

/// <summary>
/// A publisher's quality of service as rosbag2 keeps it in the channel metadata <c>offered_qos_profiles</c>: YAML with the numbers of the rmw enums,
/// the form that every rosbag2 reads when a file carries no rosbag2 metadata of its own.
/// </summary>
internal static class OfferedQos
{
    // RMW_DURATION_INFINITE: the greatest number of nanoseconds in 64 bits.
    private const string Forever = "{sec: 9223372036, nsec: 854775807}";

    public static string Yaml(Qos? qos) => qos is null ? "" : string.Create(CultureInfo.InvariantCulture, $"""
        - history: 1
          depth: {qos.Depth}
          reliability: {(qos.Reliability == Reliability.Reliable ? 1 : 2)}
          durability: {(qos.Durability == Durability.TransientLocal ? 1 : 2)}
          deadline: {Forever}
          lifespan: {Forever}
          liveliness: 1
          liveliness_lease_duration: {Forever}
          avoid_ros_namespace_conventions: false

        """);
}
