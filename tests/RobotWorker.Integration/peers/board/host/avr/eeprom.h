// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>
#define EEMEM
static inline uint32_t eeprom_read_dword(const uint32_t *at) { return *at; }
static inline uint16_t eeprom_read_word(const uint16_t *at) { return *at; }
static inline void eeprom_update_dword(uint32_t *at, uint32_t value) { *at = value; }
static inline void eeprom_update_word(uint16_t *at, uint16_t value) { *at = value; }
