package hgn.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import hgn.data.NativeThreads;
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
    if (wish == null || wish.isBlank()) {
      return Engine.getInstance().defaultDevice();
    }
    return switch (wish) {
      case "cpu" -> Device.cpu();
      case "gpu" -> {
        if (Engine.getInstance().getGpuCount() == 0) {
          throw UserError.environment(
              "HGN_DEVICE is 'gpu' and the engine sees none: build with -Dgpu and set"
                  + " PYTORCH_LIBRARY_PATH to a CUDA libtorch, or unset HGN_DEVICE");
        }
        yield Device.gpu();
      }
      default -> throw UserError.usage("HGN_DEVICE is '%s', expected 'cpu' or 'gpu'", wish);
    };
  }

  /** The device's name in results: "cpu" or "gpu(0)". */
  public static String name(Device device) {
    return device.isGpu() ? "gpu(%d)".formatted(device.getDeviceId()) : "cpu";
  }

  /**
   * Division of a step on a device. A GPU takes the whole batch and all frames at once. On a CPU
   * every native thread takes a part of the batch through the whole step: hundreds of small
   * operations a step then neither wait for each other's threads nor leave them idle, and some 32
   * pictures pass the decoder at once, because the activations of 31 × 16 fall out of its cache.
   *
   * @see Division
   */
  public static Division division(Device device) {
    if (device.isGpu()) {
      return new Division(1, Integer.MAX_VALUE);
    }
    int threads = NativeThreads.count();
    return new Division(threads, 2 * threads);
  }
}
