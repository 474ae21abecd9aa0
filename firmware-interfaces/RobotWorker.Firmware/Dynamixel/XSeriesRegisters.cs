using System.Collections.Immutable;
using RobotWorker.Firmware.Servos;
using static RobotWorker.Firmware.Servos.RegisterAccess;
using static RobotWorker.Firmware.Servos.RegisterArea;

namespace RobotWorker.Firmware.Dynamixel;

/// <summary>The control table of the X series (spec, X series control table; the makers' manual of the XM430).</summary>
public static class XSeriesRegisters
{
    private const RegisterForm Signed = RegisterForm.TwosComplement;
    private const double Turn = Math.Tau / 4096;
    private const double RevolutionsPerMinute = Math.Tau / 60;

    public static readonly Register Model = new("model_number", 0, 2, Read, Eeprom);
    public static readonly Register Firmware = new("firmware_version", 6, 1, Read, Eeprom);
    public static readonly Register Id = new("id", 7, 1, ReadWrite, Eeprom);

    /// <summary>A code: 0 to 7 are 9,600, 57,600, 115,200, 1 M, 2 M, 3 M, 4 M, 4.5 M.</summary>
    public static readonly Register Baud = new("baud_rate", 8, 1, ReadWrite, Eeprom);
    public static readonly Register ReturnDelay = new("return_delay_time", 9, 1, ReadWrite, Eeprom, 2e-6, "s");
    public static readonly Register DriveMode = new("drive_mode", 10, 1, ReadWrite, Eeprom);

    /// <summary>3: position.</summary>
    public static readonly Register OperatingMode = new("operating_mode", 11, 1, ReadWrite, Eeprom);
    public static readonly Register HomingOffset = new("homing_offset", 20, 4, ReadWrite, Eeprom, Turn, "rad", Signed);
    public static readonly Register TemperatureLimit = new("temperature_limit", 31, 1, ReadWrite, Eeprom, 1, "°C");
    public static readonly Register MaxVoltage = new("max_voltage_limit", 32, 2, ReadWrite, Eeprom, 0.1, "V");
    public static readonly Register MinVoltage = new("min_voltage_limit", 34, 2, ReadWrite, Eeprom, 0.1, "V");
    public static readonly Register PwmLimit = new("pwm_limit", 36, 2, ReadWrite, Eeprom, 0.001130, "of the motor's");
    public static readonly Register CurrentLimit = new("current_limit", 38, 2, ReadWrite, Eeprom, 0.00269, "A");
    public static readonly Register VelocityLimit = new("velocity_limit", 44, 4, ReadWrite, Eeprom, 0.229 * RevolutionsPerMinute, "rad/s");
    public static readonly Register MaxPosition = new("max_position_limit", 48, 4, ReadWrite, Eeprom, Turn, "rad");
    public static readonly Register MinPosition = new("min_position_limit", 52, 4, ReadWrite, Eeprom, Turn, "rad");

    /// <summary>Which hardware errors switch the torque off until a reboot.</summary>
    public static readonly Register Shutdown = new("shutdown", 63, 1, ReadWrite, Eeprom);
    public static readonly Register Torque = new("torque_enable", 64, 1, ReadWrite, Ram);

    /// <summary>0: pings are answered; 1: reads too; 2: all.</summary>
    public static readonly Register StatusReturnLevel = new("status_return_level", 68, 1, ReadWrite, Ram);
    public static readonly Register Registered = new("registered_instruction", 69, 1, Read, Ram);
    public static readonly Register HardwareError = new("hardware_error_status", 70, 1, Read, Ram);
    public static readonly Register PositionD = new("position_d_gain", 80, 2, ReadWrite, Ram);
    public static readonly Register PositionI = new("position_i_gain", 82, 2, ReadWrite, Ram);
    public static readonly Register PositionP = new("position_p_gain", 84, 2, ReadWrite, Ram);

    /// <summary>0: off; 1 to 127: so many times 20 ms without an instruction, and it stops; then it reads -1 and goals are read-only until 0 is written.</summary>
    public static readonly Register BusWatchdog = new("bus_watchdog", 98, 1, ReadWrite, Ram, 0.02, "s", Signed);
    public static readonly Register GoalPwm = new("goal_pwm", 100, 2, ReadWrite, Ram, 0.001130, "of the motor's", Signed);
    public static readonly Register GoalCurrent = new("goal_current", 102, 2, ReadWrite, Ram, 0.00269, "A", Signed);
    public static readonly Register GoalVelocity = new("goal_velocity", 104, 4, ReadWrite, Ram, 0.229 * RevolutionsPerMinute, "rad/s", Signed);
    public static readonly Register ProfileAcceleration = new("profile_acceleration", 108, 4, ReadWrite, Ram);

    /// <summary>0: as fast as it can.</summary>
    public static readonly Register ProfileVelocity = new("profile_velocity", 112, 4, ReadWrite, Ram, 0.229 * RevolutionsPerMinute, "rad/s");
    public static readonly Register GoalPosition = new("goal_position", 116, 4, ReadWrite, Ram, Turn, "rad", Signed);
    public static readonly Register RealtimeTick = new("realtime_tick", 120, 2, Read, Ram, 0.001, "s");
    public static readonly Register Moving = new("moving", 122, 1, Read, Ram);
    public static readonly Register MovingStatus = new("moving_status", 123, 1, Read, Ram);
    public static readonly Register Pwm = new("present_pwm", 124, 2, Read, Ram, 0.001130, "of the motor's", Signed);
    public static readonly Register Current = new("present_current", 126, 2, Read, Ram, 0.00269, "A", Signed);
    public static readonly Register Velocity = new("present_velocity", 128, 4, Read, Ram, 0.229 * RevolutionsPerMinute, "rad/s", Signed);
    public static readonly Register Position = new("present_position", 132, 4, Read, Ram, Turn, "rad", Signed);
    public static readonly Register VelocityTrajectory = new("velocity_trajectory", 136, 4, Read, Ram, 0.229 * RevolutionsPerMinute, "rad/s", Signed);
    public static readonly Register PositionTrajectory = new("position_trajectory", 140, 4, Read, Ram, Turn, "rad", Signed);
    public static readonly Register Voltage = new("present_input_voltage", 144, 2, Read, Ram, 0.1, "V");
    public static readonly Register Temperature = new("present_temperature", 146, 1, Read, Ram, 1, "°C");

    public static readonly RegisterTable Table = new("X", ImmutableArray.Create(
        Model, Firmware, Id, Baud, ReturnDelay, DriveMode, OperatingMode, HomingOffset, TemperatureLimit, MaxVoltage, MinVoltage, PwmLimit, CurrentLimit, VelocityLimit, MaxPosition, MinPosition, Shutdown,
        Torque, StatusReturnLevel, Registered, HardwareError, PositionD, PositionI, PositionP, BusWatchdog, GoalPwm, GoalCurrent, GoalVelocity, ProfileAcceleration, ProfileVelocity, GoalPosition,
        RealtimeTick, Moving, MovingStatus, Pwm, Current, Velocity, Position, VelocityTrajectory, PositionTrajectory, Voltage, Temperature));
}
