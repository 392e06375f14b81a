package hgn.io;

import com.google.gson.JsonParseException;
import hgn.io.Npz.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

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

  private record Entry(String dtype, List<Double> shape, List<Double> data_offsets) {
    boolean isWhole() {
      return dtype != null && isWhole(shape) && isWhole(data_offsets) && data_offsets.size() == 2;
    }

    private static boolean isWhole(List<Double> lengths) {
      return lengths != null && lengths.stream().allMatch(n -> n >= 0 && n == Math.rint(n));
    }
  }

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
      if (Files.size(file) > Npy.LARGEST) {
        throw new IllegalArgumentException("it has more than 2 GB");
      }
      ByteBuffer all =
          ByteBuffer.wrap(Files.readAllBytes(AtomicFiles.regular(file)))
              .order(ByteOrder.LITTLE_ENDIAN);
      require(all.remaining() > LENGTH_BYTES, "it has %d bytes", all.remaining());
      long length = all.getLong();
      require(
          length >= 2 && length <= all.remaining(),
          "its header would be %d bytes long, %d are left",
          length,
          all.remaining());
      byte[] json = new byte[(int) length];
      all.get(json);
      return arrays(file, new String(json, StandardCharsets.UTF_8), all.slice());
    } catch (IOException e) {
      throw UserError.environment("%s cannot be read (%s): check its name and permissions", file, e)
          .because(e);
    } catch (IllegalArgumentException | ArithmeticException | JsonParseException e) {
      throw UserError.data(
              "%s is no complete safetensors file (%s), expected a header and float32 or float16"
                  + " values: write it again with safetensors.torch.save_file, or fetch it anew",
              file, Json.reason(e))
          .because(e);
    }
  }

  /** The parts of the values, which have to follow one another without a gap or an overlap. */
  private static Map<String, Tensor> arrays(Path file, String json, ByteBuffer values) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    NavigableMap<Long, Long> parts = new TreeMap<>();
    Map<?, ?> header = Json.parse(json, Map.class);
    for (Map.Entry<?, ?> described : header.entrySet()) {
      String name = String.valueOf(described.getKey());
      if (!name.equals(METADATA)) {
        Entry entry = Json.parse(Json.compact(described.getValue()), Entry.class);
        require(entry.isWhole(), "'%s' is described by %s", name, described.getValue());
        long from = entry.data_offsets().get(0).longValue();
        long to = entry.data_offsets().get(1).longValue();
        require(
            0 <= from && from <= to && to <= values.limit(),
            "'%s' would lie at %d to %d of %d bytes",
            name,
            from,
            to,
            values.limit());
        Tensor tensor = tensor(file, name, entry, values.slice((int) from, (int) (to - from)));
        arrays.put(name, tensor);
        require(from == to || parts.put(from, to) == null, "'%s' overlaps another", name);
      }
    }
    long end = 0;
    for (Map.Entry<Long, Long> part : parts.entrySet()) {
      require(part.getKey() == end, "at byte %d a gap or an overlap of its values", part.getKey());
      end = part.getValue();
    }
    require(
        end == values.limit(),
        "%d of %d bytes are of no array",
        values.limit() - end,
        values.limit());
    return arrays;
  }

  private static Tensor tensor(Path file, String name, Entry entry, ByteBuffer part) {
    if (!entry.dtype().equals("F32") && !entry.dtype().equals("F16")) {
      throw UserError.data(
          "'%s' in %s is %s, expected F32 or F16: save it with tensor.float() first",
          name, file, entry.dtype());
    }
    int[] shape = entry.shape().stream().mapToInt(Double::intValue).toArray();
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    boolean half = entry.dtype().equals("F16");
    long bytes = (long) size * (half ? Short.BYTES : Float.BYTES);
    require(
        bytes == part.remaining(),
        "'%s' has %d bytes, its shape %s needs %d",
        name,
        part.remaining(),
        Arrays.toString(shape),
        bytes);
    part.order(ByteOrder.LITTLE_ENDIAN);
    Object data = half ? new short[size] : new float[size];
    if (half) {
      part.asShortBuffer().get((short[]) data);
    } else {
      part.asFloatBuffer().get((float[]) data);
    }
    return new Tensor(data, shape);
  }

  private static void require(boolean holds, String message, Object... args) {
    if (!holds) {
      throw new IllegalArgumentException(Text.of(message, args));
    }
  }
}
