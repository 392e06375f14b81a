package hgn.training;

import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.Utils;
import hgn.io.Gpu;
import hgn.io.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The native library beneath the engine: which one there is, and which one there has to be. */
public final class Libtorch {
  /** Environment variable with the folder of a libtorch that is there already. */
  private static final String PATH = "PYTORCH_LIBRARY_PATH";

  private static final String FLAVOR = "PYTORCH_FLAVOR";
  private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+\\.\\d+)(\\+\\w+)?");

  private Libtorch() {}

  /**
   * Checks a libtorch of the user's own before it is loaded, for one of another version ends the
   * process or fails with the name of a symbol; and tells the engine which of its JNI libraries
   * goes with it, which it would guess wrong.
   *
   * @throws UserError naming what was found and what was expected
   */
  static void prepare() {
    String path = System.getenv(PATH);
    if (path != null) {
      boolean cuda = requireVersion(Path.of(path));
      if (Utils.getEnvOrSystemProperty(FLAVOR) == null) {
        System.setProperty(FLAVOR, cuda ? Gpu.FLAVOR : "cpu");
      }
    }
  }

  /**
   * Checks a folder with a libtorch in it.
   *
   * @param folder of the libraries; beside it lies "build-version", or "version.py" in Python's
   * @return whether it is built for CUDA
   * @throws UserError if there is none, or one of another version than the JNI library's
   */
  static boolean requireVersion(Path folder) {
    if (!Files.isRegularFile(folder.resolve(System.mapLibraryName("torch")))) {
      throw UserError.environment(
          "%s is %s, where there is no %s; expected the folder of libtorch %s's libraries: set it"
              + " to that, or unset it",
          PATH, folder, System.mapLibraryName("torch"), expected());
    }
    String found = version(folder);
    if (found != null && !found.equals(expected())) {
      throw UserError.environment(
          "%s holds libtorch %s, expected %s, which the JNI library is built for: take that, or"
              + " unset %s",
          folder, found, expected(), PATH);
    }
    return Files.exists(folder.resolve(System.mapLibraryName("torch_cuda")));
  }

  /** Version that a libtorch names; null where it names none. */
  private static String version(Path folder) {
    Path parent = folder.toAbsolutePath().normalize().getParent();
    for (String file : new String[] {"build-version", "version.py"}) {
      try {
        Matcher version = VERSION.matcher(Files.readString(parent.resolve(file)));
        if (version.find()) {
          return version.group(1);
        }
      } catch (IOException e) {
        // The other file may be there.
      }
    }
    return null;
  }

  /** Version of the libtorch that the JNI library goes with. */
  public static String expected() {
    try (InputStream in = Libtorch.class.getResourceAsStream("/jnilib/pytorch.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("jni_version").replaceFirst("-.*", "");
    } catch (IOException e) {
      throw new IllegalStateException("a jar that is on the class path cannot be read", e);
    }
  }

  /** Whether the libtorch that is loaded is one for CUDA and sees a GPU. */
  static boolean hasCuda() {
    return Engine.getInstance().hasCapability(StandardCapabilities.CUDA);
  }

  /** Whether lib/ has the CPU's libtorch, which is taken before any other. */
  private static boolean bundled() {
    return System.getenv(PATH) == null
        && Libtorch.class.getResource("/native/lib/pytorch.properties") != null;
  }

  /**
   * Refuses a libtorch that cannot use the GPU.
   *
   * @throws UserError naming what was found and what was expected
   */
  static void requireCuda(Gpu gpu) {
    if (bundled()) {
      throw UserError.environment(
          "HGN_DEVICE is 'gpu', the machine has %s, and lib/ has the libtorch of the CPU; expected"
              + " none there, so that the one for CUDA is fetched: 'rm lib/*.jar && mvn -B package"
              + " -Dgpu -DskipTests', which ./workbook does where HGN_DEVICE is set",
          gpu.words());
    }
    if (!hasCuda()) {
      throw UserError.environment(
          "HGN_DEVICE is 'gpu', the machine has %s, and the libtorch in %s sees no GPU; expected"
              + " libtorch %s for CUDA (%s): set %s=%s and let it be fetched, or %s to one that is"
              + " there",
          gpu.words(), folder(), expected(), Gpu.FLAVOR, FLAVOR, Gpu.FLAVOR, PATH);
    }
  }

  /** Folder that the libtorch was loaded from. */
  public static String folder() {
    return LibUtils.getLibtorchPath();
  }
}
