using System.Collections.Immutable;
using RobotWorker.Firmware.Servos;
using static RobotWorker.Firmware.Servos.RegisterAccess;
using static RobotWorker.Firmware.Servos.RegisterArea;

namespace RobotWorker.Firmware.Feetech;

/// <summary>The control table of the STS series (spec, Feetech STS).</summary>
public static class StsRegisters
{
    private const double Turn = Math.Tau / 4096;

    public const int ModelSts3215 = 777;

    public static readonly Register FirmwareMajor = new("firmware_major", 0, 1, Read, Eeprom);
    public static readonly Register FirmwareMinor = new("firmware_minor", 1, 1, Read, Eeprom);
    public static readonly Register Model = new("model", 3, 2, Read, Eeprom);
    public static readonly Register Id = new("id", 5, 1, ReadWrite, Eeprom);

    /// <summary>A code. Sources disagree on 5 to 7: probe.</summary>
    public static readonly Register Baud = new("baud", 6, 1, ReadWrite, Eeprom);
    public static readonly Register ReturnDelay = new("return_delay", 7, 1, ReadWrite, Eeprom, 2e-6, "s");

    /// <summary>0: only reads and pings are answered; 1: all.</summary>
    public static readonly Register ResponseLevel = new("response_level", 8, 1, ReadWrite, Eeprom);
    public static readonly Register MinPosition = new("min_position", 9, 2, ReadWrite, Eeprom, Turn, "rad");
    public static readonly Register MaxPosition = new("max_position", 11, 2, ReadWrite, Eeprom, Turn, "rad");
    public static readonly Register MaxTemperature = new("max_temperature", 13, 1, ReadWrite, Eeprom, 1, "°C");
    public static readonly Register MaxVoltage = new("max_voltage", 14, 1, ReadWrite, Eeprom, 0.1, "V");
    public static readonly Register MinVoltage = new("min_voltage", 15, 1, ReadWrite, Eeprom, 0.1, "V");
    public static readonly Register MaxTorque = new("max_torque", 16, 2, ReadWrite, Eeprom, 0.001, "of the motor's");

    /// <summary>Which status bits make the servo let go.</summary>
    public static readonly Register UnloadCondition = new("unload_condition", 19, 1, ReadWrite, Eeprom);
    public static readonly Register PositionP = new("position_p", 21, 1, ReadWrite, Eeprom);
    public static readonly Register PositionD = new("position_d", 22, 1, ReadWrite, Eeprom);
    public static readonly Register PositionI = new("position_i", 23, 1, ReadWrite, Eeprom);
    public static readonly Register ProtectionCurrent = new("protection_current", 28, 2, ReadWrite, Eeprom, 0.0065, "A");
    public static readonly Register Homing = new("homing", 31, 2, ReadWrite, Eeprom, Turn, "rad", RegisterForm.SignMagnitude, 11);
    public static readonly Register Mode = new("mode", 33, 1, ReadWrite, Eeprom);
    public static readonly Register ProtectiveTorque = new("protective_torque", 34, 1, ReadWrite, Eeprom, 0.01, "of the motor's");
    public static readonly Register ProtectionTime = new("protection_time", 35, 1, ReadWrite, Eeprom, 0.01, "s");
    public static readonly Register OverloadTorque = new("overload_torque", 36, 1, ReadWrite, Eeprom, 0.01, "of the motor's");

    /// <summary>0 or 1. Never anything else: 128 re-centres the position for good.</summary>
    public static readonly Register Torque = new("torque", 40, 1, ReadWrite, Ram);
    public static readonly Register Acceleration = new("acceleration", 41, 1, ReadWrite, Ram, 100 * Turn, "rad/s²");
    public static readonly Register GoalPosition = new("goal_position", 42, 2, ReadWrite, Ram, Turn, "rad", RegisterForm.SignMagnitude, 15);
    public static readonly Register GoalTime = new("goal_time", 44, 2, ReadWrite, Ram);

    /// <summary>0 means as fast as it can.</summary>
    public static readonly Register GoalSpeed = new("goal_speed", 46, 2, ReadWrite, Ram, Turn, "rad/s", RegisterForm.SignMagnitude, 15);
    public static readonly Register TorqueLimit = new("torque_limit", 48, 2, ReadWrite, Ram, 0.001, "of the motor's");

    /// <summary>1: what is written to the EEPROM's registers is not kept.</summary>
    public static readonly Register Lock = new("lock", 55, 1, ReadWrite, Ram);
    public static readonly Register Position = new("position", 56, 2, Read, Ram, Turn, "rad", RegisterForm.SignMagnitude, 15);
    public static readonly Register Speed = new("speed", 58, 2, Read, Ram, Turn, "rad/s", RegisterForm.SignMagnitude, 15);
    public static readonly Register Load = new("load", 60, 2, Read, Ram, 0.001, "of the motor's", RegisterForm.SignMagnitude, 10);
    public static readonly Register Voltage = new("voltage", 62, 1, Read, Ram, 0.1, "V");
    public static readonly Register Temperature = new("temperature", 63, 1, Read, Ram, 1, "°C");
    public static readonly Register Status = new("status", 65, 1, Read, Ram);
    public static readonly Register Moving = new("moving", 66, 1, Read, Ram);
    public static readonly Register Current = new("current", 69, 2, Read, Ram, 0.0065, "A", RegisterForm.SignMagnitude, 15);

    public static readonly RegisterTable Table = new("STS", ImmutableArray.Create(
        FirmwareMajor, FirmwareMinor, Model, Id, Baud, ReturnDelay, ResponseLevel, MinPosition, MaxPosition, MaxTemperature, MaxVoltage, MinVoltage, MaxTorque, UnloadCondition, PositionP, PositionD, PositionI,
        ProtectionCurrent, Homing, Mode, ProtectiveTorque, ProtectionTime, OverloadTorque, Torque, Acceleration, GoalPosition, GoalTime, GoalSpeed, TorqueLimit, Lock, Position, Speed, Load, Voltage,
        Temperature, Status, Moving, Current));
}
