using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Time;

namespace RobotWorker.Controllers.Servers;

/// <summary>How a board tells on /battery_state of a battery of which it knows little. What it does not measure is not a number (sensor_msgs/BatteryState).</summary>
public static class BatteryStatus
{
    /// <param name="amperes">What is taken from it, above 0; the message has that below 0.</param>
    /// <param name="remaining">0 to 1.</param>
    public static BatteryState Of(RobotTime at, double volts, double? amperes = null, double? remaining = null) => new()
    {
        Header = new() { Stamp = at.ToMessage() },
        Voltage = (float)volts,
        Current = (float)-(amperes ?? double.NaN),
        Percentage = (float)(remaining ?? double.NaN),
        Charge = float.NaN,
        Capacity = float.NaN,
        DesignCapacity = float.NaN,
        Temperature = float.NaN,
        PowerSupplyStatus = BatteryState.POWER_SUPPLY_STATUS_DISCHARGING,
        PowerSupplyHealth = BatteryState.POWER_SUPPLY_HEALTH_UNKNOWN,
        PowerSupplyTechnology = BatteryState.POWER_SUPPLY_TECHNOLOGY_UNKNOWN,
        Present = true,
        CellVoltage = [],
        CellTemperature = [],
    };
}
