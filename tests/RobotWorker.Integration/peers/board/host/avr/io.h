// The ATmega328P's registers as variables, so that the firmware compiles on the machine that tests it. Nothing happens in them.
// SPDX-License-Identifier: Apache-2.0
#ifndef HOST_IO_H
#define HOST_IO_H

#include <stdint.h>

#define _BV(bit) (1 << (bit))

static volatile uint8_t PIND, PORTD, DDRD, UCSR0A, UCSR0B, UCSR0C, UDR0, MCUSR, ADCSRA, ADMUX, TCCR0A, TCCR0B, OCR0A, TIMSK0;
static volatile uint16_t ADC, UBRR0;

enum {
  PD2 = 2, PD4 = 4, DOR0 = 3, FE0 = 4, U2X0 = 1, RXEN0 = 4, TXEN0 = 3, RXCIE0 = 7, UDRIE0 = 5, UCSZ00 = 1, UCSZ01 = 2,
  ADSC = 6, ADEN = 7, ADPS0 = 0, ADPS1 = 1, ADPS2 = 2, REFS0 = 6, WGM01 = 1, CS00 = 0, CS01 = 1, OCIE0A = 1,
};

#endif
