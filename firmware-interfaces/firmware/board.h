// The safety board's wire and limits, for firmware and for hosts that are written in C. ../RobotWorker.Firmware/Board says the same in C#; the tests run this firmware against it.
// SPDX-License-Identifier: Apache-2.0
#ifndef ROBOTWORKER_BOARD_H
#define ROBOTWORKER_BOARD_H

#include <stdint.h>

// A frame is `type seq session[4] body[0..64] crc[2]`, COBS-encoded, ended by a zero. Numbers are little-endian; the CRC is CRC-16/CCITT-FALSE of all before it.
#define RW_PROTOCOL 1
#define RW_BAUD 115200UL
#define RW_BODY_MAX 64
#define RW_FRAME_MAX (6 + RW_BODY_MAX + 2)

// Board to host
#define RW_STATUS 0x01   // every 20 ms, and at once when the emergency stop latches
#define RW_ACK 0x02      // answers a command: u8 seq of the command, u8 result
// Host to board
#define RW_HEARTBEAT 0x81  // u16: one's complement of one of the last three challenges
#define RW_COMMAND 0x82    // u8 command, u32 uptime that the host saw last (ms), u16 time to live (ms), u16 argument

#define RW_ARM 1
#define RW_DISARM 2
#define RW_ESTOP 3
#define RW_RESET_ESTOP 4
#define RW_SET_HOLD 5  // argument: ms between an emergency stop and the relay's opening; kept in EEPROM

#define RW_OK 0
#define RW_STALE 1        // older than its time to live, or of the future
#define RW_NOT_ALLOWED 2  // not in this state
#define RW_UNKNOWN 3      // no such command

#define RW_SAFE 1
#define RW_ARMED 2
#define RW_STOPPED 3  // emergency stop, latched

#define RW_INPUT_OPEN 0x01     // the contact of the emergency stop is open, or its wire is broken
#define RW_RELAY_CLOSED 0x02
#define RW_HOST_HEARD 0x04     // a valid heartbeat within RW_SILENCE_MS

// Reset causes as the ATmega328P's MCUSR has them; none where a bootloader has cleared it
#define RW_RESET_POWER 0x01
#define RW_RESET_PIN 0x02
#define RW_RESET_BROWNOUT 0x04
#define RW_RESET_WATCHDOG 0x08

#define RW_STATUS_MS 20
#define RW_SILENCE_MS 100
#define RW_TICK_MS 10
#define RW_HOLD_MAX_MS 2000
#define RW_LASTING_MS 1000  // a start that lasted so long is counted in EEPROM
#define RW_DEBOUNCE_MS 5    // how long the contact must be open

// The body of RW_STATUS
typedef struct __attribute__((packed)) {
  uint8_t protocol;
  uint8_t state;
  uint8_t flags;
  uint8_t reset_cause;
  uint32_t uptime_ms;
  uint16_t battery_mv;
  uint16_t crc_errors;
  uint16_t overruns;
  uint8_t last_host_seq;
  uint16_t challenge;
  uint16_t hold_ms;
} rw_status;

// The body of RW_COMMAND
typedef struct __attribute__((packed)) {
  uint8_t command;
  uint32_t seen_uptime_ms;
  uint16_t ttl_ms;
  uint16_t argument;
} rw_command;

#endif
