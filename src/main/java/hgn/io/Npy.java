package hgn.io;

import hgn.io.Npz.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's npy format: a header that is a Python dictionary of element type, order and shape, and
 * the elements. Either byte order and either order of the axes is read; little-endian rows are
 * written.
 */
public final class Npy {
  /** Largest length of a Java array. */
  static final long LARGEST = Integer.MAX_VALUE - 8L;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final int HEADER_ALIGNMENT = 64;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*('([^']+)'|\\[)");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

  /** Puts one element into a Java array. */
  private interface Element {
    void put(ByteBuffer in, Object array, int at);
  }

  /** Java's counterpart of a NumPy type: the array's component type, and how an element is read. */
  private record Type(Class<?> component, int width, Element element) {}

  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          type("f2", short.class, 2, (in, to, i) -> ((short[]) to)[i] = in.getShort()),
          type("f4", float.class, 4, (in, to, i) -> ((float[]) to)[i] = in.getFloat()),
          type("f8", double.class, 8, (in, to, i) -> ((double[]) to)[i] = in.getDouble()),
          type("b1", boolean.class, 1, (in, to, i) -> ((boolean[]) to)[i] = in.get() != 0),
          type("u1", byte.class, 1, (in, to, i) -> ((byte[]) to)[i] = in.get()),
          type("i1", int.class, 1, (in, to, i) -> ((int[]) to)[i] = in.get()),
          type("u2", int.class, 2, (in, to, i) -> ((int[]) to)[i] = in.getShort() & 0xffff),
          type("i2", int.class, 2, (in, to, i) -> ((int[]) to)[i] = in.getShort()),
          type("i4", int.class, 4, (in, to, i) -> ((int[]) to)[i] = in.getInt()),
          type("u4", long.class, 4, (in, to, i) -> ((long[]) to)[i] = in.getInt() & 0xffffffffL),
          type("i8", long.class, 8, (in, to, i) -> ((long[]) to)[i] = in.getLong()),
          type("u8", long.class, 8, (in, to, i) -> ((long[]) to)[i] = unsigned(in.getLong())));

  private Npy() {}

  private static Map.Entry<String, Type> type(
      String name, Class<?> component, int width, Element element) {
    return Map.entry(name, new Type(component, width, element));
  }

  private static long unsigned(long bits) {
    if (bits < 0) {
      throw new ArithmeticException("an element is above 2⁶³ − 1");
    }
    return bits;
  }

  /**
   * Reads a file of one array.
   *
   * @throws UserError if it is missing, truncated, corrupt or of an unknown type
   */
  public static Tensor read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException("it has more than 2 GB");
      }
      return decode(Files.readAllBytes(AtomicFiles.regular(file)));
    } catch (IOException | RuntimeException e) {
      throw UserError.data(
              "%s is corrupt or truncated (%s): it was not used and is left as it is; write it"
                  + " anew",
              file, e.getMessage() == null ? e : e.getMessage())
          .because(e);
    }
  }

  static Tensor decode(byte... bytes) throws IOException {
    if (bytes.length < 10 || !Arrays.equals(bytes, 0, 6, MAGIC, 0, 6)) {
      throw new IOException("not an npy array");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(6);
    int major = buffer.getShort() & 0xff;
    int length = major == 1 ? Short.toUnsignedInt(buffer.getShort()) : buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new IOException("its header is cut off");
    }
    byte[] header = new byte[length];
    buffer.get(header);
    String text = new String(header, StandardCharsets.UTF_8);
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher axes = SHAPE.matcher(text);
    if (!type.find() || !order.find() || !axes.find()) {
      throw new IOException("its header is none of an npy array");
    }
    int[] shape =
        Arrays.stream(axes.group(1).split(",", -1))
            .map(String::strip)
            .filter(s -> !s.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    if (Arrays.stream(shape).anyMatch(axis -> axis < 0)) {
      throw new IOException("its shape would be " + Arrays.toString(shape));
    }
    Object data = values(type.group(2), buffer, shape);
    boolean columns = order.group(1).equals("True") && shape.length > 1;
    return new Tensor(columns ? rows(data, shape) : data, shape);
  }

  private static Object values(String descriptor, ByteBuffer buffer, int... shape)
      throws IOException {
    Type type = descriptor == null ? null : TYPES.get(descriptor.substring(1));
    if (type == null) {
      throw new IOException(
          descriptor == null
              ? "its elements are records"
              : descriptor.contains("O")
                  ? "its elements are Python objects"
                  : "its element type is " + descriptor);
    }
    int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if ((long) count * type.width() != buffer.remaining()) {
      throw new IOException(
          Text.of(
              "it has %d bytes, its shape %s needs %d",
              buffer.remaining(), Arrays.toString(shape), (long) count * type.width()));
    }
    buffer.order(descriptor.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (type.component() == byte.class) {
      byte[] bytes = new byte[count];
      buffer.get(bytes);
      return bytes;
    }
    Object data = Array.newInstance(type.component(), count);
    for (int i = 0; i < count; i++) {
      type.element().put(buffer, data, i);
    }
    return data;
  }

  /** The same elements with the last axis running fastest instead of the first. */
  private static Object rows(Object data, int... shape) {
    int count = Array.getLength(data);
    Object sorted = Array.newInstance(data.getClass().getComponentType(), count);
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    int[] index = new int[shape.length];
    int from = 0;
    for (int i = 0; i < count; i++) {
      System.arraycopy(data, from, sorted, i, 1);
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < shape[axis]) {
          break;
        }
        from -= strides[axis] * shape[axis];
        index[axis] = 0;
      }
    }
    return sorted;
  }

  static byte[] header(Tensor tensor) throws IOException {
    StringBuilder shape = new StringBuilder("(");
    for (int length : tensor.shape()) {
      shape.append(length).append(", ");
    }
    String text =
        Text.of(
            "{'descr': '%s', 'fortran_order': False, 'shape': %s), }",
            descriptor(tensor.data()), shape);
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
        data.getClass().getSimpleName()
            + " cannot be stored, expected float[], double[], long[], int[], byte[] or short[]");
  }

  static byte[] body(Object data) {
    if (data instanceof byte[] b) {
      return b;
    }
    int width = TYPES.get(descriptor(data).substring(1)).width();
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
}
