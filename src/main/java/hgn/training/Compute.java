package hgn.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import hgn.io.UserError;

/** Where to compute, chosen once: everything else follows the device it is given. */
public final class Compute {

  private Compute() {}

  /**
   * The first GPU where the engine sees one, else the CPU; {@code HGN_DEVICE} ("cpu" or "gpu") says
   * otherwise.
   *
   * @throws UserError if a GPU is asked for and none is seen
   */
  public static Device device() {
    String wish = System.getProperty("hgn.device", System.getenv("HGN_DEVICE"));
    if (wish == null || wish.isBlank()) {
      return Engine.getInstance().defaultDevice();
    }
    return switch (wish) {
      case "cpu" -> Device.cpu();
      case "gpu" -> {
        if (Engine.getInstance().getGpuCount() == 0) {
          throw new UserError(
              UserError.Kind.ENVIRONMENT,
              "HGN_DEVICE is 'gpu' and the engine sees none: build with -Dgpu and set"
                  + " PYTORCH_LIBRARY_PATH to a CUDA libtorch, or unset HGN_DEVICE");
        }
        yield Device.gpu();
      }
      default ->
          throw new UserError(
              UserError.Kind.USAGE, "HGN_DEVICE is '%s', expected 'cpu' or 'gpu'".formatted(wish));
    };
  }

  /** The device's name in results: "cpu" or "gpu(0)". */
  public static String name(Device device) {
    return device.isGpu() ? "gpu(%d)".formatted(device.getDeviceId()) : "cpu";
  }

  /**
   * How many frames pass the decoder at once. On a CPU one: the activations of 31 × 16 frames fall
   * out of its cache, and decoding them together was 1.6 to 2 times slower. A GPU wants all.
   */
  public static int framesPerDecode(Device device) {
    return device.isGpu() ? Integer.MAX_VALUE : 2;
  }
}
