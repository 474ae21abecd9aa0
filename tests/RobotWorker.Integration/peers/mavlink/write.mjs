// Writes frames of a flight controller, one hex line each.
import mavlink from 'node-mavlink'

const { MavLinkProtocolV2, minimal, common } = mavlink
const protocol = new MavLinkProtocolV2(7, 1)
let sequence = 0
const write = message => console.log(protocol.serialize(message, sequence++).toString('hex'))

const heartbeat = new minimal.Heartbeat()
heartbeat.type = 10
heartbeat.autopilot = 3
heartbeat.baseMode = 0x80 | 0x01
heartbeat.systemStatus = 4
heartbeat.mavlinkVersion = 3
write(heartbeat)

const attitude = new common.Attitude()
attitude.roll = 0.1
write(attitude)

const status = new common.SysStatus()
status.onboardControlSensorsPresent = 0x3f
status.onboardControlSensorsEnabled = 0x2f
status.onboardControlSensorsHealth = 0x3b
status.load = 421
status.voltageBattery = 24850
status.currentBattery = 1234
status.batteryRemaining = 76
write(status)

const unknown = new common.SysStatus()
unknown.voltageBattery = 65535
unknown.currentBattery = -1
unknown.batteryRemaining = -1
write(unknown)
