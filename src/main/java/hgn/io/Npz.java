package hgn.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * NumPy's npz archives of primitive Java arrays, with no engine behind them.
 *
 * <p>DJL writes npz too, but through native arrays and with compression, which takes longer than
 * simulating the states it holds; entries here are stored unless asked otherwise. Each carries the
 * zip's CRC-32, checked on every read, and a truncated file has no central directory: a damaged
 * archive is never used.
 */
public final class Npz {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int HEADER_ALIGNMENT = 64;
  private static final Pattern HEADER =
      Pattern.compile(
          "'descr':\\s*'([^']+)',\\s*'fortran_order':\\s*(\\w+),\\s*'shape':\\s*\\(([^)]*)\\)");

  private Npz() {}

  /**
   * An n-dimensional array in row-major order.
   *
   * @param data float[], double[], long[], int[], byte[], or short[] for the bits of float16, as
   *     long as the product of the shape
   * @param shape lengths of the axes; empty for a scalar
   */
  public record Tensor(Object data, int... shape) {

    /**
     * Checks that data and shape fit.
     *
     * @throws IllegalArgumentException if they do not
     */
    public Tensor {
      int expected = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      if (Array.getLength(data) != expected) {
        throw new IllegalArgumentException(
            "%d values do not fill shape %s"
                .formatted(Array.getLength(data), Arrays.toString(shape)));
      }
      shape = shape.clone();
    }

    @Override
    public int[] shape() {
      return shape.clone();
    }

    /** The values as float[]; they must have been stored so. */
    public float[] floats() {
      return (float[]) data;
    }

    /** The values as double[]; they must have been stored so. */
    public double[] doubles() {
      return (double[]) data;
    }

    /** The values as byte[]; they must have been stored so. */
    public byte[] bytes() {
      return (byte[]) data;
    }

    /** Bytes as UTF-8 text. */
    public String text() {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Text as UTF-8 bytes: how an archive carries its JSON. */
    public static Tensor ofText(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return new Tensor(bytes, bytes.length);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Tensor t
          && Arrays.equals(shape, t.shape)
          && Arrays.deepEquals(new Object[] {data}, new Object[] {t.data});
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(shape);
    }

    @Override
    public String toString() {
      return data.getClass().getComponentType() + Arrays.toString(shape);
    }
  }

  /**
   * Writes an archive atomically.
   *
   * @param file the archive
   * @param arrays its arrays by name
   * @throws UserError if it cannot be written; an older file still stands
   */
  public static void write(Path file, Map<String, Tensor> arrays) {
    write(file, arrays, ZipOutputStream.STORED);
  }

  /**
   * The same, compressed: for what is written once and travels, such as weights.
   *
   * @param file the archive
   * @param arrays its arrays by name
   * @throws UserError if it cannot be written; an older file still stands
   */
  public static void writeCompressed(Path file, Map<String, Tensor> arrays) {
    write(file, arrays, ZipOutputStream.DEFLATED);
  }

  private static void write(Path file, Map<String, Tensor> arrays, int method) {
    AtomicFiles.write(
        file,
        out -> {
          ZipOutputStream zip = new ZipOutputStream(out);
          zip.setMethod(method);
          zip.setLevel(Deflater.BEST_COMPRESSION);
          for (Map.Entry<String, Tensor> array : arrays.entrySet()) {
            writeEntry(zip, array.getKey() + ".npy", array.getValue(), method);
          }
          zip.finish();
        });
  }

  /**
   * Reads an archive whole, checking every checksum.
   *
   * @param file the archive
   * @return its arrays by name, in the file's order
   * @throws UserError if the file is missing, truncated, corrupt or holds an unknown type
   */
  public static Map<String, Tensor> read(Path file) {
    if (!Files.exists(file)) {
      throw new UserError(UserError.Kind.DATA, "%s does not exist".formatted(file));
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Map<String, Tensor> arrays = new LinkedHashMap<>();
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        try (InputStream in = zip.getInputStream(entry)) {
          byte[] bytes = in.readAllBytes();
          CRC32 crc = new CRC32();
          crc.update(bytes);
          if (crc.getValue() != entry.getCrc()) {
            throw new IOException("checksum of '%s' does not match".formatted(entry.getName()));
          }
          arrays.put(entry.getName().replaceFirst("\\.npy$", ""), decode(bytes));
        }
      }
      return arrays;
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          UserError.Kind.DATA,
          "%s is corrupt or truncated (%s): it was not used and is left as it is; move it away to"
                  .formatted(file, e.getMessage())
              + " have it made again",
          e);
    }
  }

  /**
   * An array that an archive must have.
   *
   * @param arrays the archive's
   * @param name of the array
   * @param type of its data, for example {@code float[].class}
   * @param file where the archive lies, for the error
   * @return the data
   * @param <T> their type
   * @throws UserError if there is none of that name, or it is of another type
   */
  public static <T> T require(Map<String, Tensor> arrays, String name, Class<T> type, Path file) {
    Tensor array = arrays.get(name);
    if (array == null || !type.isInstance(array.data())) {
      throw new UserError(
          UserError.Kind.DATA,
          "%s has %s for '%s', expected %s: it was left as it is; move it away to have it made again"
              .formatted(file, array == null ? "nothing" : array, name, type.getSimpleName()));
    }
    return type.cast(array.data());
  }

  private static void writeEntry(ZipOutputStream zip, String name, Tensor tensor, int method)
      throws IOException {
    byte[] header = header(tensor);
    byte[] body = body(tensor.data());
    CRC32 crc = new CRC32();
    crc.update(header);
    crc.update(body);
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0); // the same arrays give the same file
    entry.setSize(header.length + (long) body.length);
    entry.setCrc(crc.getValue());
    if (method == ZipOutputStream.STORED) {
      entry.setCompressedSize(entry.getSize());
    }
    zip.putNextEntry(entry);
    zip.write(header);
    zip.write(body);
    zip.closeEntry();
  }

  private static byte[] header(Tensor tensor) throws IOException {
    StringBuilder shape = new StringBuilder("(");
    for (int length : tensor.shape()) {
      shape.append(length).append(", ");
    }
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s), }"
            .formatted(descriptor(tensor.data()), shape);
    int unpadded = MAGIC.length + 2 + text.length() + 1;
    int padding = (HEADER_ALIGNMENT - unpadded % HEADER_ALIGNMENT) % HEADER_ALIGNMENT;
    byte[] ascii = (text + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(MAGIC);
    out.write(ascii.length & 0xff);
    out.write(ascii.length >> 8);
    out.write(ascii);
    return out.toByteArray();
  }

  private static String descriptor(Object data) {
    if (data instanceof float[]) {
      return "<f4";
    } else if (data instanceof double[]) {
      return "<f8";
    } else if (data instanceof long[]) {
      return "<i8";
    } else if (data instanceof int[]) {
      return "<i4";
    } else if (data instanceof byte[]) {
      return "|u1";
    } else if (data instanceof short[]) {
      return "<f2";
    }
    throw new IllegalArgumentException(
        "%s cannot be stored, expected float[], double[], long[], int[], byte[] or short[]"
            .formatted(data.getClass().getSimpleName()));
  }

  private static byte[] body(Object data) {
    if (data instanceof byte[] b) {
      return b;
    }
    int width =
        data instanceof short[] ? 2 : data instanceof float[] || data instanceof int[] ? 4 : 8;
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(Array.getLength(data), width))
            .order(ByteOrder.LITTLE_ENDIAN);
    if (data instanceof float[] f) {
      buffer.asFloatBuffer().put(f);
    } else if (data instanceof double[] d) {
      buffer.asDoubleBuffer().put(d);
    } else if (data instanceof long[] l) {
      buffer.asLongBuffer().put(l);
    } else if (data instanceof int[] i) {
      buffer.asIntBuffer().put(i);
    } else if (data instanceof short[] h) {
      buffer.asShortBuffer().put(h);
    }
    return buffer.array();
  }

  private static Tensor decode(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[6];
    buffer.get(magic);
    if (!Arrays.equals(magic, Arrays.copyOf(MAGIC, 6))) {
      throw new IOException("not an npy array");
    }
    int major = buffer.get();
    buffer.get();
    int headerLength = major == 1 ? Short.toUnsignedInt(buffer.getShort()) : buffer.getInt();
    byte[] ascii = new byte[headerLength];
    buffer.get(ascii);
    Matcher m = HEADER.matcher(new String(ascii, StandardCharsets.US_ASCII));
    if (!m.find() || m.group(2).equals("True")) {
      throw new IOException("not a row-major npy array");
    }
    int[] shape =
        Arrays.stream(m.group(3).split(","))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    return new Tensor(
        values(m.group(1), buffer.slice().order(ByteOrder.LITTLE_ENDIAN), count), shape);
  }

  private static Object values(String type, ByteBuffer in, int count) throws IOException {
    switch (type) {
      case "<f4" -> {
        float[] values = new float[count];
        in.asFloatBuffer().get(values);
        return values;
      }
      case "<f8" -> {
        double[] values = new double[count];
        in.asDoubleBuffer().get(values);
        return values;
      }
      case "<i8" -> {
        long[] values = new long[count];
        in.asLongBuffer().get(values);
        return values;
      }
      case "<i4" -> {
        int[] values = new int[count];
        in.asIntBuffer().get(values);
        return values;
      }
      case "<f2" -> {
        short[] values = new short[count];
        in.asShortBuffer().get(values);
        return values;
      }
      case "|u1" -> {
        byte[] values = new byte[count];
        in.get(values);
        return values;
      }
      default -> throw new IOException("unknown element type " + type);
    }
  }
}
