package hgn.io;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
  private static final String SUFFIX = ".npy";

  private Npz() {}

  /**
   * An n-dimensional array in row-major order.
   *
   * @param data float[], double[], long[], int[], byte[], or short[] for the bits of float16, as
   *     long as the product of the shape; read but not written are boolean[], and int[] and long[]
   *     for integers that Java has no unsigned or shorter type for
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
            Text.of(
                "%d values do not fill shape %s", Array.getLength(data), Arrays.toString(shape)));
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
            writeEntry(zip, array.getKey() + SUFFIX, array.getValue(), method);
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
    return read(file, name -> true);
  }

  /**
   * Reads some arrays of an archive: those beside them may be of any type.
   *
   * @param file the archive
   * @param wanted which names
   * @return the arrays so named, in the file's order
   * @throws UserError if the file is missing, or it or one of these is damaged or of unknown type
   */
  public static Map<String, Tensor> read(Path file, Predicate<String> wanted) {
    return opened(
        file,
        zip -> {
          Map<String, Tensor> arrays = new LinkedHashMap<>();
          for (Map.Entry<String, ZipEntry> entry : entries(zip).entrySet()) {
            if (wanted.test(entry.getKey())) {
              arrays.put(entry.getKey(), Npy.decode(bytes(zip, entry.getValue())));
            }
          }
          return arrays;
        });
  }

  /**
   * The names of an archive's arrays, in the file's order.
   *
   * @throws UserError if the file is missing or no archive
   */
  public static List<String> names(Path file) {
    return opened(file, zip -> List.copyOf(entries(zip).keySet()));
  }

  private interface Reading<T> {
    T of(ZipFile zip) throws IOException;
  }

  private static <T> T opened(Path file, Reading<T> reading) {
    if (!Files.exists(file)) {
      throw UserError.data("%s does not exist", file);
    }
    if (!Files.isReadable(file)) {
      throw UserError.environment("%s cannot be read: check its permissions", file);
    }
    try (ZipFile zip = new ZipFile(AtomicFiles.regular(file).toFile())) {
      return reading.of(zip);
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      throw UserError.data(
              "%s is corrupt or truncated (%s): it was not used and is left as it is; move it away"
                  + " to have it made again",
              file, reason)
          .because(e);
    }
  }

  /** The arrays, without what other programs put beside them, such as macOS' archiver. */
  private static Map<String, ZipEntry> entries(ZipFile zip) throws IOException {
    Map<String, ZipEntry> entries = new LinkedHashMap<>();
    for (ZipEntry entry : Collections.list(zip.entries())) {
      String name = entry.getName();
      if (name.endsWith(SUFFIX) && !name.substring(name.lastIndexOf('/') + 1).startsWith(".")) {
        name = name.substring(0, name.length() - SUFFIX.length());
        if (entries.put(name, entry) != null) {
          throw new IOException(Text.of("it holds '%s' twice", name));
        }
      }
    }
    return entries;
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    if (entry.getSize() > Npy.LARGEST) {
      throw new IOException(
          Text.of("'%s' has %d MB, expected at most 2 GB", entry.getName(), entry.getSize() >> 20));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      CRC32 crc = new CRC32();
      crc.update(bytes);
      if (crc.getValue() != entry.getCrc()) {
        throw new IOException(Text.of("checksum of '%s' does not match", entry.getName()));
      }
      return bytes;
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
      throw UserError.data(
          "%s has %s for '%s', expected %s: it was left as it is; move it away to have it made"
              + " again",
          file, array == null ? "nothing" : array, name, type.getSimpleName());
    }
    return type.cast(array.data());
  }

  private static void writeEntry(ZipOutputStream zip, String name, Tensor tensor, int method)
      throws IOException {
    byte[] header = Npy.header(tensor);
    byte[] body = Npy.body(tensor.data());
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
}
