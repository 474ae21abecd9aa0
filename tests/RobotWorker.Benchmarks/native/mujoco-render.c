// Renders a model with MuJoCo's own renderer, offscreen: a picture with depth, and a segmentation, of one camera. Prints frames a second and a checksum of what was seen.
//   mujoco-render MODEL.xml CAMERA WIDTH HEIGHT FRAMES JOINT
// The joint turns a little from frame to frame, so that no frame is the one before.
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <mujoco/mujoco.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

static int fail(const char* why) {
  fprintf(stderr, "%s\n", why);
  return 1;
}

int main(int argc, char** argv) {
  if (argc != 7) return fail("usage: mujoco-render MODEL.xml CAMERA WIDTH HEIGHT FRAMES JOINT");
  int width = atoi(argv[3]), height = atoi(argv[4]), frames = atoi(argv[5]);

  PFNEGLGETPLATFORMDISPLAYEXTPROC platform = (PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
  EGLDisplay display = platform ? platform(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL) : EGL_NO_DISPLAY;
  if (display == EGL_NO_DISPLAY || !eglInitialize(display, NULL, NULL)) return fail("EGL has no display without a surface");
  eglBindAPI(EGL_OPENGL_API);
  EGLContext gl = eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, NULL);
  if (gl == EGL_NO_CONTEXT || !eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, gl)) return fail("EGL gives no context");

  char error[1000] = "";
  mjModel* model = mj_loadXML(argv[1], NULL, error, sizeof error);
  if (!model) return fail(error);
  // As our renderer has it for data sets: no shadows, no smoothing, coarse shapes.
  model->vis.global.offwidth = width;
  model->vis.global.offheight = height;
  model->vis.quality.shadowsize = 0;
  model->vis.quality.offsamples = 0;
  model->vis.quality.numslices = 12;
  model->vis.quality.numstacks = 8;
  model->vis.quality.numquads = 1;
  mjData* data = mj_makeData(model);
  int joint = mj_name2id(model, mjOBJ_JOINT, argv[6]);
  int id = mj_name2id(model, mjOBJ_CAMERA, argv[2]);
  if (joint < 0 || id < 0) return fail("the model has no such camera or joint");

  mjvCamera camera;
  mjvOption option;
  mjvScene scene;
  mjrContext context;
  mjv_defaultCamera(&camera);
  mjv_defaultOption(&option);
  mjv_defaultScene(&scene);
  mjr_defaultContext(&context);
  for (int i = 0; i < mjNGROUP; i++) option.sitegroup[i] = 0;
  camera.type = mjCAMERA_FIXED;
  camera.fixedcamid = id;
  mjv_makeScene(model, &scene, model->ngeom + 500);
  mjr_makeContext(model, &context, mjFONTSCALE_100);
  mjr_setBuffer(mjFB_OFFSCREEN, &context);
  scene.flags[mjRND_SHADOW] = 0;

  mjrRect view = {0, 0, width, height};
  unsigned char* rgb = malloc(3 * (size_t)width * height);
  unsigned char* parts = malloc(3 * (size_t)width * height);
  float* depth = malloc(sizeof(float) * width * height);
  double begin = 0;
  // The first pass warms what there is to warm.
  for (int pass = 0; pass < 2; pass++) {
    begin = seconds();
    for (int frame = 0; frame < frames; frame++) {
      data->qpos[model->jnt_qposadr[joint]] = 0.01 * (frame % 40);
      mj_kinematics(model, data);
      mj_comPos(model, data);
      mj_camlight(model, data);
      mjv_updateScene(model, data, &option, NULL, &camera, mjCAT_ALL, &scene);
      scene.flags[mjRND_SEGMENT] = scene.flags[mjRND_IDCOLOR] = 0;
      mjr_render(view, &scene, &context);
      mjr_readPixels(rgb, depth, view, &context);
      scene.flags[mjRND_SEGMENT] = scene.flags[mjRND_IDCOLOR] = 1;
      mjr_render(view, &scene, &context);
      mjr_readPixels(parts, NULL, view, &context);
    }
    begin = seconds() - begin;
  }

  // Of the last frame: its colours, and in how many pixels there is something.
  unsigned long long sum = 0;
  for (int i = 0; i < 3 * width * height; i++) sum += rgb[i];
  for (int i = 0; i < width * height; i++) sum += parts[3 * i] || parts[3 * i + 1] || parts[3 * i + 2];
  printf("%.17g %llu\n", frames / begin, sum);
  return 0;
}
