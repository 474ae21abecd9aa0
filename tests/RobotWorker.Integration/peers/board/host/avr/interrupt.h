// SPDX-License-Identifier: Apache-2.0
#pragma once
#define ISR(vector) void vector(void); void vector(void)
static inline void sei(void) {}
