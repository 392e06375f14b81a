package hgn.io;

import hgn.io.Npz.Tensor;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Safetensors files: named arrays behind a JSON header, as PyTorch, JAX and others exchange weights
 * (https://github.com/huggingface/safetensors). float32 is written; float32 and float16 are read.
 *
 * <p>Layout: the header's length as eight bytes, little-endian; the header, {@code {"name":
 * {"dtype": "F32", "shape": [...], "data_offsets": [from, to]}}}; the values, little-endian.
 */
public final class SafeTensors {
  private static final String METADATA = "__metadata__";
  private static final int LENGTH_BYTES = 8;

  private SafeTensors() {}

  private record Entry(String dtype, List<Double> shape, List<Double> data_offsets) {}

  /**
   * Writes arrays of float32 atomically.
   *
   * @param file where to
   * @param arrays float[] by name
   * @param metadata texts by name
   * @throws UserError if it cannot be written; an older file still stands
   */
  public static void write(Path file, Map<String, Tensor> arrays, Map<String, String> metadata) {
    Map<String, Object> header = new LinkedHashMap<>();
    header.put(METADATA, metadata);
    long at = 0;
    for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
      long end = at + (long) Float.BYTES * array.getValue().floats().length;
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("dtype", "F32");
      entry.put("shape", array.getValue().shape());
      entry.put("data_offsets", new long[] {at, end});
      header.put(array.getKey(), entry);
      at = end;
    }
    byte[] json = Json.compact(header).getBytes(StandardCharsets.UTF_8);
    ByteBuffer all =
        ByteBuffer.allocate(Math.toIntExact(LENGTH_BYTES + json.length + at))
            .order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(json.length).put(json);
    for (Tensor tensor : arrays.values()) {
      for (float value : tensor.floats()) {
        all.putFloat(value);
      }
    }
    AtomicFiles.write(file, out -> out.write(all.array()));
  }

  /**
   * Reads all arrays.
   *
   * @param file what {@link #write} or another program wrote
   * @return float[], or short[] for the bits of float16, by name
   * @throws UserError if it is no such file, is damaged, or holds another type
   */
  public static Map<String, Tensor> read(Path file) {
    try {
      ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      long length = all.getLong();
      if (length < 2 || length > all.remaining()) {
        throw damaged(file, "its header would be %d bytes long".formatted(length), null);
      }
      byte[] json = new byte[(int) length];
      all.get(json);
      ByteBuffer values = all.slice().order(ByteOrder.LITTLE_ENDIAN);
      Map<String, Tensor> arrays = new LinkedHashMap<>();
      Map<?, ?> header = Json.parse(new String(json, StandardCharsets.UTF_8), Map.class);
      for (Map.Entry<?, ?> part : header.entrySet()) {
        String name = String.valueOf(part.getKey());
        if (!name.equals(METADATA)) {
          arrays.put(name, tensor(file, name, entry(part.getValue()), values));
        }
      }
      return arrays;
    } catch (IOException e) {
      throw UserError.environment("cannot read %s: %s", file, e.getMessage());
    } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static Entry entry(Object described) {
    return Json.parse(Json.compact(described), Entry.class);
  }

  private static Tensor tensor(Path file, String name, Entry entry, ByteBuffer values) {
    int[] shape = entry.shape().stream().mapToInt(Double::intValue).toArray();
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    int from = entry.data_offsets().get(0).intValue();
    int width = Math.max(1, entry.data_offsets().get(1).intValue() - from) / Math.max(1, size);
    ByteBuffer part = values.slice(from, size * width).order(ByteOrder.LITTLE_ENDIAN);
    if (entry.dtype().equals("F32") && width == Float.BYTES) {
      float[] data = new float[size];
      part.asFloatBuffer().get(data);
      return new Tensor(data, shape);
    }
    if (entry.dtype().equals("F16") && width == Short.BYTES) {
      short[] data = new short[size];
      part.asShortBuffer().get(data);
      return new Tensor(data, shape);
    }
    throw UserError.data(
        "'%s' in %s is %s in %d bytes a value, expected F32 or F16: save it with"
            + " tensor.float() first",
        name, file, entry.dtype(), width);
  }

  private static UserError damaged(Path file, String why, Throwable cause) {
    UserError error =
        UserError.data(
            "%s is no complete safetensors file (%s): write it again with"
                + " safetensors.torch.save_file, or fetch it anew",
            file, why);
    error.initCause(cause);
    return error;
  }
}
