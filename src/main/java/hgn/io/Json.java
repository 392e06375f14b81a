package hgn.io;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Records to JSON and back. */
public final class Json {
  private static final Gson PRETTY =
      new GsonBuilder()
          .setPrettyPrinting()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .registerTypeAdapterFactory(new Records.Factory())
          .create();
  private static final Gson COMPACT =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeSpecialFloatingPointValues()
          .registerTypeAdapterFactory(new Records.Factory())
          .create();

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
    return COMPACT.fromJson(compact(value), new TypeToken<Map<String, Object>>() {});
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
    T value = PRETTY.fromJson(json, type);
    if (value == null) {
      throw new JsonParseException("empty, expected a " + type.getSimpleName());
    }
    return value;
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
      return parse(Files.readString(file), type);
    } catch (IOException | JsonParseException e) {
      throw new UserError(
          UserError.Kind.DATA,
          "%s does not hold a %s (%s): move it away to have it made again"
              .formatted(file, type.getSimpleName(), e.getMessage()),
          e);
    }
  }
}
