// Runs the safety board's firmware in simavr, and does to it what happens to boards. simavr is GPL-3: this program is a process of its own and part of the tests alone.
//
//   board_runner board.elf                   time passes only by `run`: repeatable, and as fast as the machine is
//   board_runner board.elf --pty [PERCENT]   time passes as it does, or at so many percent of that pace; the UART is on a pseudo-terminal, whose name is printed first
//
// Lines in:  run US | send HEX | estop open|closed | battery MV | reset | brownout | hang | stall US | flip PPM SEED | flip-out PPM SEED | unplug | plug | quit
// Lines out: pty NAME | contact NS 0|1 (on a pseudo-terminal: the monotonic clock when it opened or closed) | unplugged CYCLE | tx CYCLE HEX (what the board sent, up to a zero) | rx CYCLE (a zero has arrived) | relay CYCLE 0|1 | at CYCLE (run has ended)
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <simavr/avr_adc.h>
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>
#include <simavr/sim_irq.h>
#include <simavr/sim_time.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { MCUSR_ADDRESS = 0x54, PORF = 1, EXTRF = 2, BORF = 4, HZ = 16000000, BYTE_CYCLES = HZ / 115200 * 10 };

static avr_t *avr;
static avr_irq_t *uart_in;
static int master = -1, slave = -1, on_pty, estop_open;
static unsigned percent = 100;
static uint8_t queue[1 << 16], sent[256];
static unsigned queue_head, queue_tail, sent_count, flip_ppm, flip_out_ppm;
static uint64_t seed = 1, seed_out = 1;
static avr_cycle_count_t next_byte;

static uint8_t flipped(uint8_t byte, unsigned ppm, uint64_t *state) {
  if (!ppm) return byte;
  *state = *state * 6364136223846793005ull + 1442695040888963407ull;
  if ((*state >> 33) % 1000000 >= ppm) return byte;
  return byte ^ (uint8_t)(1u << ((*state >> 29) & 7));
}

static void on_sent(avr_irq_t *irq, uint32_t value, void *param) {
  (void)irq, (void)param;
  uint8_t byte = flipped((uint8_t)value, flip_out_ppm, &seed_out);
  if (master >= 0) {
    if (write(master, &byte, 1) < 0 && errno != EAGAIN && errno != EIO) perror("pty");
  }
  if (sent_count < sizeof sent) sent[sent_count++] = byte;
  if (byte) return;
  if (!on_pty) {
    printf("tx %llu ", (unsigned long long)avr->cycle);
    for (unsigned i = 0; i < sent_count; i++) printf("%02X", sent[i]);
    putchar('\n');
  }
  sent_count = 0;
}

static void on_relay(avr_irq_t *irq, uint32_t value, void *param) {
  (void)param;
  if (irq->value == value) return;
  printf("relay %llu %u\n", (unsigned long long)avr->cycle, value);
  fflush(stdout);
}

// The contact pulls the pin to ground, also against the firmware's pull-up. Equal values are filtered, and after a reset the pin reads low: go there by the other value.
static void drive_estop(void) {
  avr_ioport_external_t contact = {.name = 'D', .mask = 1 << 2, .value = (unsigned)estop_open << 2};
  avr_ioctl(avr, AVR_IOCTL_IOPORT_SET_EXTERNAL('D'), &contact);
  avr_irq_t *pin = avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('D'), 2);
  avr_raise_irq(pin, !estop_open);
  avr_raise_irq(pin, (uint32_t)estop_open);
}

static void restart(uint8_t cause) {
  avr_reset(avr);
  avr->data[MCUSR_ADDRESS] = cause;
  drive_estop();
}

// The clock that .NET's Stopwatch reads, too.
static void tell_contact(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  printf("contact %lld %d\n", (long long)t.tv_sec * 1000000000LL + t.tv_nsec, estop_open);
}

// Bytes come at the wire's pace, whatever the host's.
static void feed(void) {
  if (queue_head == queue_tail || avr->cycle < next_byte) return;
  uint8_t byte = flipped(queue[queue_tail++ % sizeof queue], flip_ppm, &seed);
  avr_raise_irq(uart_in, byte);
  if (byte == 0 && !on_pty) printf("rx %llu\n", (unsigned long long)avr->cycle + BYTE_CYCLES);
  next_byte = avr->cycle + BYTE_CYCLES;
}

static void run_to(avr_cycle_count_t end) {
  static unsigned watchdog_resets;
  while (avr->cycle < end) {
    feed();
    uint8_t before = avr->data[MCUSR_ADDRESS];
    int state = avr_run(avr);
    if (state == cpu_Done || state == cpu_Crashed) {
      fprintf(stderr, "the firmware ended in state %d\n", state);
      exit(1);
    }
    // simavr resets on its own when the watchdog bites, and then the pin reads low.
    if (!(before & 8) && (avr->data[MCUSR_ADDRESS] & 8)) {
      watchdog_resets++;
      drive_estop();
    }
  }
}

static void hang(void) {
  // `rjmp .` in the last word of the flash, and there the program goes.
  avr->flash[avr->flashend - 1] = 0xFF;
  avr->flash[avr->flashend] = 0xCF;
  avr->pc = avr->flashend - 1;
}

static void open_pty(void) {
  char name[256];
  struct termios raw = {0};
  cfmakeraw(&raw);
  raw.c_cflag |= CS8 | CREAD | CLOCAL;
  if (openpty(&master, &slave, name, &raw, 0)) {
    perror("openpty");
    exit(1);
  }
  fcntl(master, F_SETFL, O_NONBLOCK);
  printf("pty %s\n", name);
}

// The cable is pulled: what is on its way is lost, and the board goes on without.
static void unplug(void) {
  close(master);
  close(slave);
  master = slave = -1;
  queue_tail = queue_head;
  printf("unplugged %llu\n", (unsigned long long)avr->cycle);
}

static int obey(char *line) {
  char word[32] = "", rest[4096] = "";
  sscanf(line, "%31s %4095s", word, rest);
  if (!strcmp(word, "quit")) return 0;
  if (!strcmp(word, "run")) {
    run_to(avr->cycle + (avr_cycle_count_t)strtoull(rest, 0, 10) * (HZ / 1000000));
    printf("at %llu\n", (unsigned long long)avr->cycle);
  } else if (!strcmp(word, "send")) {
    for (char *p = rest; p[0] && p[1]; p += 2) {
      char hex[3] = {p[0], p[1], 0};
      queue[queue_head++ % sizeof queue] = (uint8_t)strtoul(hex, 0, 16);
    }
  } else if (!strcmp(word, "estop")) {
    estop_open = !strcmp(rest, "open");
    drive_estop();
    if (on_pty) tell_contact();
  } else if (!strcmp(word, "battery")) {
    // Through the divider of 6 to 1.
    avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0), (uint32_t)(strtoul(rest, 0, 10) / 6));
  } else if (!strcmp(word, "reset")) {
    restart(EXTRF);
  } else if (!strcmp(word, "brownout")) {
    restart(BORF);
  } else if (!strcmp(word, "hang")) {
    hang();
  } else if (!strcmp(word, "stall")) {
    usleep((useconds_t)strtoul(rest, 0, 10));
  } else if (!strcmp(word, "unplug") && master >= 0) {
    unplug();
  } else if (!strcmp(word, "plug") && on_pty && master < 0) {
    open_pty();
  } else if (!strcmp(word, "flip") || !strcmp(word, "flip-out")) {
    unsigned long long given = 1;
    int is_out = !strcmp(word, "flip-out");
    sscanf(line, "%*s %u %llu", is_out ? &flip_out_ppm : &flip_ppm, &given);
    *(is_out ? &seed_out : &seed) = given;
  } else {
    fprintf(stderr, "what is '%s'?\n", word);
  }
  fflush(stdout);
  return 1;
}

static int obey_lines(void) {
  static char text[1 << 16];
  static size_t length;
  ssize_t n = read(0, text + length, sizeof text - length - 1);
  if (n == 0) return 0;
  if (n < 0) return errno == EAGAIN || errno == EINTR;
  length += (size_t)n;
  text[length] = 0;
  char *start = text, *end;
  while ((end = strchr(start, '\n'))) {
    *end = 0;
    if (!obey(start)) return 0;
    start = end + 1;
  }
  length -= (size_t)(start - text);
  memmove(text, start, length);
  return 1;
}

static avr_cycle_count_t real_cycles(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (avr_cycle_count_t)t.tv_sec * HZ + (avr_cycle_count_t)(t.tv_nsec / 1000) * (HZ / 1000000);
}

static void run_in_real_time(void) {
  open_pty();
  fflush(stdout);
  // A sleep of the host is none of the board's: it runs for as long as it really was, but no more than 50 ms in one go.
  avr_cycle_count_t last = real_cycles();
  for (;;) {
    struct pollfd fds[2] = {{0, POLLIN, 0}, {master, POLLIN, 0}};
    poll(fds, 2, 1);
    if ((fds[0].revents & (POLLIN | POLLHUP)) && !obey_lines()) return;
    uint8_t bytes[512];
    ssize_t n = read(master, bytes, sizeof bytes);
    for (ssize_t i = 0; i < n; i++) queue[queue_head++ % sizeof queue] = bytes[i];
    avr_cycle_count_t now = real_cycles(), passed = now - last;
    last = now;
    if (passed > HZ / 20) passed = HZ / 20;
    run_to(avr->cycle + passed * percent / 100);
  }
}

int main(int argc, char **argv) {
  elf_firmware_t firmware = {0};
  if (argc < 2 || elf_read_firmware(argv[1], &firmware)) {
    fprintf(stderr, "usage: board_runner board.elf [--pty [PERCENT]]\n");
    return 2;
  }
  on_pty = argc > 2 && !strcmp(argv[2], "--pty");
  if (argc > 3) percent = (unsigned)strtoul(argv[3], 0, 10);
  avr = avr_make_mcu_by_name("atmega328p");
  avr_init(avr);
  avr->log = 0;
  avr->frequency = HZ;
  avr->vcc = avr->avcc = avr->aref = 5000;
  avr_load_firmware(avr, &firmware);

  uint32_t flags = 0;
  avr_ioctl(avr, AVR_IOCTL_UART_GET_FLAGS('0'), &flags);
  flags &= ~(uint32_t)(AVR_UART_FLAG_STDIO | AVR_UART_FLAG_POLL_SLEEP);
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
  uart_in = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), on_sent, 0);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('D'), 4), on_relay, 0);
  avr_raise_irq(avr_io_getirq(avr, AVR_IOCTL_ADC_GETIRQ, ADC_IRQ_ADC0), 24000 / 6);
  avr->data[MCUSR_ADDRESS] = PORF;
  drive_estop();

  if (on_pty) run_in_real_time();
  else
    while (obey_lines()) {
    }
  return 0;
}
