package hgn.training;

import ai.djl.Device;
import hgn.data.Chunks;
import hgn.data.NativeThreads;
import hgn.io.Gpu;
import hgn.io.NativeSettings;
import hgn.io.UserError;

/** Device that computes, chosen once: everything else follows the device it is given. */
public final class Compute {

  private Compute() {}

  /**
   * The first GPU where the engine sees one, else the CPU; {@code HGN_DEVICE} ("cpu" or "gpu") says
   * otherwise.
   *
   * @throws UserError if a GPU is asked for and none is seen
   */
  public static Device device() {
    var unused = NativeSettings.apply();
    String wish = System.getProperty("hgn.device", System.getenv("HGN_DEVICE"));
    Libtorch.prepare();
    if (wish == null || wish.isBlank()) {
      return Libtorch.hasCuda() ? Device.gpu() : Device.cpu();
    }
    return switch (wish) {
      case "cpu" -> Device.cpu();
      case "gpu" -> {
        Gpu gpu =
            Gpu.first()
                .orElseThrow(
                    () ->
                        UserError.environment(
                            "HGN_DEVICE is 'gpu' and no NVIDIA driver answers (nvidia-smi),"
                                + " expected one for CUDA 12 (525 or newer): install it, in a"
                                + " container start with '--gpus all', or unset HGN_DEVICE"))
                .requireDriver();
        Libtorch.requireCuda(gpu);
        yield Device.gpu();
      }
      default -> throw UserError.usage("HGN_DEVICE is '%s', expected 'cpu' or 'gpu'", wish);
    };
  }

  /** The device's name in results: "cpu", or what the driver calls the GPU. */
  public static String name(Device device) {
    return device.isGpu() ? Gpu.first().map(Gpu::name).orElse("gpu") : "cpu";
  }

  /**
   * Division of a step on a device. A GPU takes the whole batch, and all frames at once where its
   * memory has room for their activations. On a CPU every native thread takes a part of the batch
   * through the whole step: hundreds of small operations a step then neither wait for each other's
   * threads nor leave them idle, and some 32 pictures pass the decoder at once, because the
   * activations of 31 × 16 fall out of its cache.
   *
   * @param device where
   * @param batch films of a step
   * @param imageSize height and width of a frame
   * @see Division
   */
  public static Division division(Device device, int batch, int imageSize) {
    if (device.isGpu()) {
      return new Division(1, Chunks.frames(batch, imageSize));
    }
    int threads = NativeThreads.count();
    return new Division(threads, 2 * threads);
  }
}
