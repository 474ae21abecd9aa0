using RobotWorker.Controllers.Servers;
using RobotWorker.Ros.Graph;
using RobotWorker.Ros.Messages.SensorMsgs;
using RobotWorker.Sim.Sensors;

namespace RobotWorker.Sim.Node;

/// <summary>Tells what the battery's electronics measure, on /battery_state.</summary>
internal sealed class BatteryPublisher(IRosConnection ros, RobotState state, BatteryPack battery) : IDisposable
{
    private readonly IPublisher<BatteryState> states = ros.Advertise<BatteryState>("/battery_state");

    public void Publish()
    {
        var (volts, amperes, charge, celsius) = battery.Measure();
        states.Publish(new()
        {
            Header = new() { Stamp = state.Now.Time.ToMessage() },
            Voltage = (float)volts,
            Current = (float)amperes,
            Charge = (float)(charge * BatteryPack.CapacityAmpereHours),
            Capacity = (float)BatteryPack.CapacityAmpereHours,
            DesignCapacity = (float)BatteryPack.CapacityAmpereHours,
            Percentage = (float)charge,
            Temperature = (float)celsius,
            PowerSupplyStatus = BatteryState.POWER_SUPPLY_STATUS_DISCHARGING,
            PowerSupplyHealth = BatteryState.POWER_SUPPLY_HEALTH_UNKNOWN,
            PowerSupplyTechnology = BatteryState.POWER_SUPPLY_TECHNOLOGY_LION,
            Present = true,
            CellVoltage = [],
            CellTemperature = [],
        });
    }

    public void Dispose() => states.Dispose();
}
