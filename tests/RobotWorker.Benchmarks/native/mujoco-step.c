// The yardstick of the benchmark mujoco-step: the loop that the C# program runs, in C against MuJoCo's headers.
// Usage: mujoco-step MODEL.xml STEPS ROBOT_DOFS. Prints steps a second and a checksum of the final positions.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <mujoco/mujoco.h>

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int argc, char** argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: %s MODEL.xml STEPS ROBOT_DOFS\n", argv[0]);
    return 2;
  }
  char error[1000] = "";
  mjModel* model = mj_loadXML(argv[1], NULL, error, sizeof error);
  if (!model) {
    fprintf(stderr, "%s\n", error);
    return 1;
  }
  mjData* data = mj_makeData(model);
  const int steps = atoi(argv[2]);
  const int robotDofs = atoi(argv[3]);

  // The second pass is measured: the first one warms caches, as in the C# program.
  double elapsed = 0;
  for (int pass = 0; pass < 2; pass++) {
    mj_resetData(model, data);
    mj_forward(model, data);
    const double begin = seconds();
    for (int step = 0; step < steps; step++) {
      const double target = (step / 500) % 2 ? 0.3 : -0.3;
      for (int i = 0; i < model->nu; i++) data->ctrl[i] = target;
      memcpy(data->qfrc_applied, data->qfrc_bias, (size_t)robotDofs * sizeof(mjtNum));
      mj_step(model, data);
    }
    elapsed = seconds() - begin;
  }

  double sum = 0;
  for (int i = 0; i < model->nq; i++) sum += data->qpos[i] * (i + 1);
  printf("%.17g %.17g\n", steps / elapsed, sum);
  mj_deleteData(data);
  mj_deleteModel(model);
  return 0;
}
