package hgn.data;

import hgn.io.Json;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.Text;
import hgn.io.UserError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * States on disk: an npz with {@code spec} (UTF-8 JSON as bytes) and, for each of {@code train} and
 * {@code test}, {@code <split>_q}, {@code <split>_p}, {@code <split>_noisy_q} and {@code
 * <split>_noisy_p}, float32 of shape [trajectories, steps + 1, dimension].
 */
final class Archive {
  private static final String SPEC = "spec";
  private static final String[] SPLITS = {"train", "test"};

  private Archive() {}

  /** Writes both splits atomically. */
  static void write(Path file, DatasetSpec spec, States... splits) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put(SPEC, Tensor.ofText(Json.compact(spec.stored())));
    for (int i = 0; i < SPLITS.length; i++) {
      States s = splits[i];
      int[] shape = shape(spec, s.size());
      arrays.put(SPLITS[i] + "_q", new Tensor(s.q(), shape));
      arrays.put(SPLITS[i] + "_p", new Tensor(s.p(), shape));
      arrays.put(SPLITS[i] + "_noisy_q", new Tensor(s.noisyQ(), shape));
      arrays.put(SPLITS[i] + "_noisy_p", new Tensor(s.noisyP(), shape));
    }
    Npz.write(file, arrays);
  }

  /**
   * Reads both splits.
   *
   * @throws UserError if the file is damaged, holds another spec or lacks an array
   */
  static States[] read(Path file, DatasetSpec spec) {
    Map<String, Tensor> arrays = Npz.read(file);
    String expected = Json.compact(spec.stored());
    String found =
        arrays.get(SPEC) != null && arrays.get(SPEC).data() instanceof byte[]
            ? arrays.get(SPEC).text()
            : "no spec";
    if (!found.equals(expected)) {
      throw foreign(file, Text.of("it holds %s, expected %s", found, expected));
    }
    States[] splits = new States[SPLITS.length];
    int[] sizes = {spec.train(), spec.test()};
    for (int i = 0; i < SPLITS.length; i++) {
      int[] shape = shape(spec, sizes[i]);
      splits[i] =
          new States(
              sizes[i],
              floats(file, arrays, SPLITS[i] + "_q", shape),
              floats(file, arrays, SPLITS[i] + "_p", shape),
              floats(file, arrays, SPLITS[i] + "_noisy_q", shape),
              floats(file, arrays, SPLITS[i] + "_noisy_p", shape));
    }
    return splits;
  }

  private static float[] floats(Path file, Map<String, Tensor> arrays, String name, int... shape) {
    Tensor tensor = arrays.get(name);
    if (tensor == null
        || !(tensor.data() instanceof float[])
        || !Arrays.equals(tensor.shape(), shape)) {
      throw foreign(
          file, Text.of("'%s' is %s, expected float%s", name, tensor, Arrays.toString(shape)));
    }
    return tensor.floats();
  }

  private static int[] shape(DatasetSpec spec, int size) {
    return new int[] {size, spec.steps() + 1, spec.physics().dimension()};
  }

  private static UserError foreign(Path file, String what) {
    return UserError.data(
        "%s is not the dataset asked for (%s): it was not used and is left as it is; move it away"
            + " to have it made again",
        file, what);
  }
}
