package hgn.io;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * Records to JSON and back, as RFC 8259 has it: what is not a finite number is written as null and
 * read back as NaN.
 */
public final class Json {
  private static final Gson COMPACT =
      new GsonBuilder()
          .disableHtmlEscaping()
          .registerTypeAdapterFactory(new RecordReader())
          .registerTypeAdapterFactory(new Records.Factory())
          .registerTypeAdapter(double.class, Numbers.DOUBLES)
          .registerTypeAdapter(Double.class, Numbers.DOUBLES)
          .registerTypeAdapter(float.class, Numbers.FLOATS)
          .registerTypeAdapter(Float.class, Numbers.FLOATS)
          .create();
  private static final Gson PRETTY = COMPACT.newBuilder().setPrettyPrinting().create();

  private Json() {}

  /** The value as indented JSON. */
  public static String pretty(Object value) {
    return PRETTY.toJson(value);
  }

  /** The value as JSON on one line: the form whose hash is a spec's key. */
  public static String compact(Object value) {
    return COMPACT.toJson(value);
  }

  /**
   * A record as the map that its JSON is.
   *
   * @param value a record
   */
  public static Map<String, Object> map(Object value) {
    return COMPACT.fromJson(compact(value), new TypeToken<Map<String, Object>>() {}.getType());
  }

  /**
   * A value from its JSON.
   *
   * @param json the text
   * @param type what it should become
   * @return the value
   * @param <T> its type
   * @throws JsonParseException if the text is not JSON of that type
   */
  public static <T> T parse(String json, Class<T> type) {
    try {
      T value = PRETTY.fromJson(json, type);
      if (value == null) {
        throw new JsonParseException("empty, expected a " + type.getSimpleName());
      }
      return value;
    } catch (NumberFormatException | StackOverflowError e) {
      // Of a text where a number should be, and of brackets within brackets in an older Gson.
      throw new JsonParseException(e instanceof Error ? "too deeply nested" : e.getMessage(), e);
    }
  }

  /**
   * A value from a JSON file.
   *
   * @param file the file
   * @param type what it should become
   * @return the value
   * @param <T> its type
   * @throws UserError if the file cannot be read or is not JSON of that type
   */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return parse(file, Files.readString(AtomicFiles.regular(file)), type);
    } catch (IOException e) {
      throw refused(file, type, e);
    }
  }

  /**
   * A value from JSON within a file.
   *
   * @param file where the text comes from, for the message
   * @param json the text
   * @param type what it should become
   * @return the value
   * @param <T> its type
   * @throws UserError if it is not JSON of that type
   */
  public static <T> T parse(Path file, String json, Class<T> type) {
    try {
      return parse(json, type);
    } catch (JsonParseException e) {
      throw refused(file, type, e);
    }
  }

  /**
   * A value from a file that is of a run: one of another run, or of an earlier program whose
   * measurements had other parts, is none.
   *
   * @param run its key, which the file has under "run"
   * @param file the file
   * @param type what it should become
   * @return the value, or null where there is no such file
   * @param <T> its type
   * @throws UserError if the file cannot be read or is not JSON of that type
   */
  public static <T> T readOf(String run, Path file, Class<T> type) {
    boolean there = Files.exists(file) && run.equals(read(file, Map.class).get("run"));
    return there ? read(file, type) : null;
  }

  private static UserError refused(Path file, Class<?> type, Exception e) {
    return UserError.data(
            "%s does not hold a %s (%s): move it away to have it made again",
            file, type.getSimpleName(), reason(e))
        .because(e);
  }

  /** Reason of an exception in one short line: Gson's go on with a link, or a path without end. */
  public static String reason(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return Text.of(
        "%.200s", message.lines().findFirst().orElse("").replaceFirst("^\\S+Exception: ", ""));
  }

  /** Floating point numbers: null is NaN. */
  private static final class Numbers<N extends Number> extends TypeAdapter<N> {
    static final Numbers<Double> DOUBLES = new Numbers<>(value -> value, Double.NaN);
    static final Numbers<Float> FLOATS = new Numbers<>(Double::floatValue, Float.NaN);

    private final Function<Double, N> narrowed;
    private final N nan;

    Numbers(Function<Double, N> narrowed, N nan) {
      this.narrowed = narrowed;
      this.nan = nan;
    }

    @Override
    public void write(JsonWriter out, N value) throws IOException {
      if (value == null || Double.isFinite(value.doubleValue())) {
        out.value(value);
        return;
      }
      boolean nulls = out.getSerializeNulls();
      out.setSerializeNulls(true); // Else the name would be left out, and read back as 0.
      out.nullValue();
      out.setSerializeNulls(nulls);
    }

    @Override
    public N read(JsonReader in) throws IOException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return nan;
      }
      boolean number = in.peek() == JsonToken.NUMBER;
      double value = in.nextDouble();
      if (number && Double.isInfinite(value)) {
        throw new JsonParseException("a number is beyond " + Double.MAX_VALUE);
      }
      return narrowed.apply(value);
    }
  }
}
