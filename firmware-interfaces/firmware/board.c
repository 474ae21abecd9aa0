// Reference firmware of the safety board, for an ATmega328P at 16 MHz (an Arduino Uno or Nano). It is no safety function by ISO 13849: read README.md first.
// SPDX-License-Identifier: Apache-2.0
//
//   PD2  emergency stop: a normally closed contact to ground; open, or with a broken wire, it reads high
//   PD4  relay of the drives' supply: high closes it, and nothing else does
//   PC0  battery through a divider of RW_DIVIDER to 1
//   UART 8N1 at RW_BAUD
#include "board.h"

#include <avr/eeprom.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/wdt.h>
#include <string.h>
#include <util/atomic.h>
#include <util/crc16.h>

#define ESTOP_OPEN() (PIND & _BV(PD2))
#define RELAY_OPEN() (PORTD &= (uint8_t)~_BV(PD4))
#define RELAY_CLOSE() (PORTD |= _BV(PD4))

// 5 V at the converter are 30 V at the battery.
#define RW_FULL_SCALE_MV 30000UL

// ---- What survives ----
static uint32_t EEMEM saved_boots;
static uint16_t EEMEM saved_hold;

// The cause is read and the watchdog ended before anything else: after a watchdog's reset it stays on, at 16 ms.
static uint8_t reset_cause __attribute__((section(".noinit")));
void rw_early(void) __attribute__((naked, used, section(".init3")));
void rw_early(void) {
  reset_cause = MCUSR;
  MCUSR = 0;
  wdt_disable();
}

// Counts restarts for as long as there is power; EEPROM counts boots that lasted, so that a board that restarts again and again does not wear it out.
static uint16_t restarts __attribute__((section(".noinit")));

// ---- Time ----
static volatile uint32_t now_ms;
ISR(TIMER0_COMPA_vect) { now_ms++; }

static uint32_t now(void) {
  uint32_t t;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { t = now_ms; }
  return t;
}

// ---- UART: rings of a power of two ----
#define RX_SIZE 128
#define TX_SIZE 128
static volatile uint8_t rx[RX_SIZE], tx[TX_SIZE], rx_head, rx_tail, tx_head, tx_tail;
static volatile uint16_t overruns;

ISR(USART_RX_vect) {
  uint8_t bad = UCSR0A & (_BV(DOR0) | _BV(FE0));
  uint8_t byte = UDR0, next = (uint8_t)((rx_head + 1) % RX_SIZE);
  if (bad & _BV(DOR0)) overruns++;
  if (next == rx_tail) {
    overruns++;
    return;
  }
  rx[rx_head] = byte;
  rx_head = next;
}

ISR(USART_UDRE_vect) {
  if (tx_tail == tx_head) {
    UCSR0B &= (uint8_t)~_BV(UDRIE0);
    return;
  }
  UDR0 = tx[tx_tail];
  tx_tail = (uint8_t)((tx_tail + 1) % TX_SIZE);
}

// A frame that finds no room is left out whole: the next status comes in 20 ms.
static uint8_t tx_room(void) { return (uint8_t)((tx_tail - tx_head - 1 + TX_SIZE) % TX_SIZE); }
static void tx_put(uint8_t byte) {
  tx[tx_head] = byte;
  tx_head = (uint8_t)((tx_head + 1) % TX_SIZE);
}

static uint16_t crc_of(const uint8_t *bytes, uint8_t count) {
  uint16_t crc = 0xFFFF;
  while (count--) {
    crc ^= (uint16_t)*bytes++ << 8;
    for (uint8_t bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (uint16_t)(crc << 1) ^ 0x1021 : (uint16_t)(crc << 1);
  }
  return crc;
}

// ---- State ----
static uint8_t state = RW_SAFE;
static uint32_t session;
static uint16_t challenges[3];
static uint32_t heard_at, stopped_at;
static uint8_t host_was_heard, last_host_seq, sequence, open_ms, status_is_due;
static uint16_t crc_errors, hold_ms, battery_mv, noise;

static uint8_t host_is_heard(void) { return host_was_heard && now() - heard_at < RW_SILENCE_MS; }

static void send(uint8_t type, const void *body, uint8_t count) {
  uint8_t frame[6 + sizeof(rw_status) + 2];
  frame[0] = type;
  frame[1] = sequence++;
  memcpy(frame + 2, &session, 4);
  memcpy(frame + 6, body, count);
  uint16_t crc = crc_of(frame, (uint8_t)(6 + count));
  memcpy(frame + 6 + count, &crc, 2);
  uint8_t length = (uint8_t)(6 + count + 2), start = 0;
  if (tx_room() < length + 2) return;
  while (start <= length) {
    uint8_t end = start;
    while (end < length && frame[end]) end++;
    tx_put((uint8_t)(end - start + 1));
    while (start < end) tx_put(frame[start++]);
    start++;
  }
  tx_put(0);
  UCSR0B |= _BV(UDRIE0);
}

static void send_status(void) {
  // xorshift16, stirred by the converter's noise: a recorded heartbeat answers no later question.
  uint16_t x = (uint16_t)(challenges[0] ^ noise);
  if (!x) x = 0x1D87;
  x ^= (uint16_t)(x << 7);
  x ^= (uint16_t)(x >> 9);
  x ^= (uint16_t)(x << 8);
  challenges[2] = challenges[1];
  challenges[1] = challenges[0];
  challenges[0] = x;
  rw_status status = {RW_PROTOCOL, state, 0, reset_cause, now(), battery_mv, crc_errors, 0, last_host_seq, x, hold_ms};
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { status.overruns = overruns; }
  if (ESTOP_OPEN()) status.flags |= RW_INPUT_OPEN;
  if (PORTD & _BV(PD4)) status.flags |= RW_RELAY_CLOSED;
  if (host_is_heard()) status.flags |= RW_HOST_HEARD;
  send(RW_STATUS, &status, sizeof status);
}

static void stop(void) {
  if (state == RW_STOPPED) return;
  if (state == RW_SAFE) RELAY_OPEN();
  state = RW_STOPPED;
  stopped_at = now();
  // Each millisecond of it is way that the host could have braked: what it is told each 20 ms, it is told now.
  status_is_due = 1;
}

static uint8_t obey(const rw_command *c) {
  // Going to safe is never too late.
  uint8_t is_to_safe = c->command == RW_DISARM || c->command == RW_ESTOP;
  if (!is_to_safe && (uint32_t)(now() - c->seen_uptime_ms) > c->ttl_ms) return RW_STALE;
  switch (c->command) {
    case RW_ARM:
      if (state == RW_ARMED) return RW_OK;
      if (state != RW_SAFE || ESTOP_OPEN() || !host_is_heard()) return RW_NOT_ALLOWED;
      state = RW_ARMED;
      RELAY_CLOSE();
      return RW_OK;
    case RW_DISARM:
      if (state == RW_STOPPED) return RW_NOT_ALLOWED;
      state = RW_SAFE;
      RELAY_OPEN();
      return RW_OK;
    case RW_ESTOP:
      stop();
      return RW_OK;
    case RW_RESET_ESTOP:
      if (state != RW_STOPPED) return RW_OK;
      if (ESTOP_OPEN() || (PORTD & _BV(PD4))) return RW_NOT_ALLOWED;
      state = RW_SAFE;
      return RW_OK;
    case RW_SET_HOLD:
      if (state == RW_ARMED || (PORTD & _BV(PD4)) || c->argument > RW_HOLD_MAX_MS) return RW_NOT_ALLOWED;
      hold_ms = c->argument;
      eeprom_update_word(&saved_hold, hold_ms);
      return RW_OK;
    default:
      return RW_UNKNOWN;
  }
}

static void take(const uint8_t *frame, uint8_t length) {
  uint16_t crc;
  if (length < 8) {
    crc_errors++;
    return;
  }
  memcpy(&crc, frame + length - 2, 2);
  if (crc != crc_of(frame, (uint8_t)(length - 2))) {
    crc_errors++;
    return;
  }
  // Another session's frames have waited in some buffer since before a reset.
  if (memcmp(frame + 2, &session, 4)) return;
  uint8_t body = (uint8_t)(length - 8);
  if (frame[0] == RW_HEARTBEAT && body == 2) {
    uint16_t answer;
    memcpy(&answer, frame + 6, 2);
    for (uint8_t i = 0; i < 3; i++)
      if ((uint16_t)~answer == challenges[i]) {
        heard_at = now();
        host_was_heard = 1;
        last_host_seq = frame[1];
        return;
      }
  } else if (frame[0] == RW_COMMAND && body == sizeof(rw_command)) {
    rw_command command;
    memcpy(&command, frame + 6, sizeof command);
    uint8_t answer[2] = {frame[1], obey(&command)};
    send(RW_ACK, answer, 2);
  }
}

static void receive(void) {
  static uint8_t frame[RW_FRAME_MAX + 1], count, code, left, bad;
  while (rx_tail != rx_head) {
    uint8_t byte = rx[rx_tail];
    rx_tail = (uint8_t)((rx_tail + 1) % RX_SIZE);
    if (byte == 0) {
      if (bad || left) crc_errors++;
      else if (count) take(frame, count);
      count = code = left = bad = 0;
    } else if (bad) {
      continue;
    } else if (left == 0) {
      // Between blocks stands the zero that was taken out, except after a block of the greatest length.
      if (code && code != 0xFF) {
        if (count >= RW_FRAME_MAX) bad = 1;
        else frame[count++] = 0;
      }
      code = byte;
      left = (uint8_t)(byte - 1);
    } else {
      if (count >= RW_FRAME_MAX) bad = 1;
      else frame[count++] = byte;
      left--;
    }
  }
}

// Each millisecond. Open for some of them on end, so that a spark is no stop; the flag in a status is without that.
static void watch_contact(void) {
  open_ms = ESTOP_OPEN() ? (uint8_t)(open_ms < RW_DEBOUNCE_MS ? open_ms + 1 : open_ms) : 0;
  if (open_ms >= RW_DEBOUNCE_MS) stop();
  if (state == RW_STOPPED && (PORTD & _BV(PD4)) && now() - stopped_at >= hold_ms) RELAY_OPEN();
}

static void tick(void) {
  // Here alone: a clock that stands still would keep the relay closed for ever.
  wdt_reset();
  if (state == RW_ARMED && !host_is_heard()) {
    state = RW_SAFE;
    RELAY_OPEN();
  }
  if (!(ADCSRA & _BV(ADSC))) {
    uint16_t value = ADC;
    noise = (uint16_t)((noise << 3) ^ (noise >> 13) ^ value);
    battery_mv = (uint16_t)(value * RW_FULL_SCALE_MV / 1023);
    ADCSRA |= _BV(ADSC);
  }
}

int main(void) {
  RELAY_OPEN();
  DDRD |= _BV(PD4);
  PORTD |= _BV(PD2);

  uint32_t boots = eeprom_read_dword(&saved_boots) + 1;
  hold_ms = eeprom_read_word(&saved_hold);
  if (hold_ms > RW_HOLD_MAX_MS) hold_ms = 0;
  // The count of boots makes every session another one; multiplied by an odd number, two in a row have nothing in common.
  session = (boots << 16 | (uint16_t)++restarts) * 2654435761UL;
  for (uint8_t i = 0; i < 3; i++) challenges[i] = (uint16_t)(session >> 16) | 1;

  TCCR0A = _BV(WGM01);
  TCCR0B = _BV(CS01) | _BV(CS00);
  OCR0A = F_CPU / 64 / 1000 - 1;
  TIMSK0 = _BV(OCIE0A);
  ADMUX = _BV(REFS0);
  ADCSRA = _BV(ADEN) | _BV(ADSC) | _BV(ADPS2) | _BV(ADPS1) | _BV(ADPS0);
  UBRR0 = (F_CPU / 4 / RW_BAUD - 1) / 2;
  UCSR0A = _BV(U2X0);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
  wdt_enable(WDTO_120MS);
  sei();

  uint32_t last_look = 0, last_tick = 0, last_status = 0;
  uint8_t is_counted = 0;
  for (;;) {
    receive();
    uint32_t t = now();
    if (t != last_look) {
      last_look = t;
      watch_contact();
    }
    if (t - last_tick >= RW_TICK_MS) {
      last_tick += RW_TICK_MS;
      tick();
      if (!is_counted && t >= RW_LASTING_MS) {
        is_counted = 1;
        eeprom_update_dword(&saved_boots, boots);
      }
    }
    if (t - last_status >= RW_STATUS_MS) {
      last_status += RW_STATUS_MS;
      status_is_due = 1;
    }
    if (status_is_due) {
      status_is_due = 0;
      send_status();
    }
  }
}
