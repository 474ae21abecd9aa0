// SPDX-License-Identifier: Apache-2.0
#pragma once
#define ATOMIC_RESTORESTATE
#define ATOMIC_BLOCK(how) for (int once = 1; once; once = 0)
