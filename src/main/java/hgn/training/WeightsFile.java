package hgn.training;

import ai.djl.util.Float16Utils;
import hgn.io.Npz;
import hgn.io.Npz.Tensor;
import hgn.io.Records;
import hgn.io.SafeTensors;
import hgn.io.UserError;
import hgn.nn.Layout;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model's weights as an npz archive: one array a weight, under its name in the layout and in its
 * shape, and the spec as UTF-8 bytes under "spec". NumPy opens it.
 */
public final class WeightsFile {
  private static final String SPEC = "spec";

  private WeightsFile() {}

  /**
   * Writes weights atomically.
   *
   * @param file the archive
   * @param layout of the weights
   * @param weights flat
   * @param spec what they are the weights of
   * @throws UserError if it cannot be written
   */
  public static void write(Path file, Layout layout, float[] weights, String spec) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put(SPEC, Tensor.ofText(spec));
    arrays.putAll(arrays(layout, weights));
    Npz.write(file, arrays);
  }

  /** Weights by their names, each in its shape. */
  public static Map<String, Tensor> arrays(Layout layout, float[] weights) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    for (Layout.Slot slot : layout.slots()) {
      int end = slot.offset() + slot.size();
      float[] part = Arrays.copyOfRange(weights, slot.offset(), end);
      arrays.put(slot.name(), new Tensor(part, shape(slot)));
    }
    return arrays;
  }

  /**
   * Writes weights in half the space, rounded to float16: for a repository.
   *
   * @param file the archive
   * @param layout of the weights
   * @param weights flat
   * @param spec what they are the weights of
   * @return the rounded weights, as they will be read
   * @throws UserError if it cannot be written
   */
  public static float[] writeHalf(Path file, Layout layout, float[] weights, String spec) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    arrays.put(SPEC, Tensor.ofText(spec));
    for (Layout.Slot slot : layout.slots()) {
      short[] bits = new short[slot.size()];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Float16Utils.floatToHalf(weights[slot.offset() + i]);
      }
      arrays.put(slot.name(), new Tensor(bits, shape(slot)));
    }
    Npz.writeCompressed(file, arrays);
    return read(file, layout, spec);
  }

  private static float[] values(Map<String, Tensor> arrays, String name, Path file) {
    if (arrays.get(name).data() instanceof short[] bits) {
      return Float16Utils.fromShortBuffer(ShortBuffer.wrap(bits));
    }
    return Npz.require(arrays, name, float[].class, file);
  }

  /**
   * Reads weights, float32 or float16.
   *
   * @param file the archive
   * @param layout that they must fit
   * @param spec that they must belong to
   * @return flat
   * @throws UserError if the file is corrupt, of another spec or lacks a weight
   */
  public static float[] read(Path file, Layout layout, String spec) {
    Map<String, Tensor> arrays = Npz.read(file);
    byte[] text = Npz.require(arrays, SPEC, byte[].class, file);
    if (!Records.same(new String(text, StandardCharsets.UTF_8), spec)) {
      throw UserError.data(
          "%s holds the weights of another spec: it was left as it is; move it away to train anew",
          file);
    }
    arrays.remove(SPEC);
    return weights(arrays, layout, file);
  }

  /**
   * Writes weights as safetensors of float32, the spec as metadata: for PyTorch, JAX and others.
   *
   * @param file whose name ends in .safetensors
   * @param layout of the weights
   * @param weights flat
   * @param spec what they are the weights of
   * @throws UserError if it cannot be written
   */
  public static void export(Path file, Layout layout, float[] weights, String spec) {
    SafeTensors.write(file, arrays(layout, weights), Map.of(SPEC, spec));
  }

  /**
   * Reads safetensors that were trained elsewhere.
   *
   * @param file float32 or float16
   * @param layout that they must fit, by name and shape
   * @return flat
   * @throws UserError naming the weight that is missing, of another shape, or not this model's
   */
  public static float[] imported(Path file, Layout layout) {
    float[] weights = weights(SafeTensors.read(file), layout, file);
    for (Layout.Slot slot : layout.slots()) {
      for (int i = slot.offset(); i < slot.offset() + slot.size(); i++) {
        if (!Float.isFinite(weights[i])) {
          throw UserError.data(
              "%s has %s in '%s', expected finite weights: export those of an earlier step",
              file, weights[i], slot.name());
        }
      }
    }
    return weights;
  }

  private static float[] weights(Map<String, Tensor> arrays, Layout layout, Path file) {
    float[] weights = new float[layout.size()];
    for (Layout.Slot slot : layout.slots()) {
      Tensor array = arrays.get(slot.name());
      if (array == null || !Arrays.equals(array.shape(), shape(slot))) {
        throw UserError.data(
            "%s has %s for '%s', expected shape %s: export the weights of the experiment that they"
                + " belong to",
            file, array == null ? "nothing" : array, slot.name(), slot.shape());
      }
      System.arraycopy(values(arrays, slot.name(), file), 0, weights, slot.offset(), slot.size());
      arrays.remove(slot.name());
    }
    if (!arrays.isEmpty()) {
      throw UserError.data(
          "%s has %s, which this model does not have: export the weights of the experiment that"
              + " they belong to",
          file, arrays.keySet());
    }
    return weights;
  }

  private static int[] shape(Layout.Slot slot) {
    return Arrays.stream(slot.shape().getShape()).mapToInt(Math::toIntExact).toArray();
  }
}
