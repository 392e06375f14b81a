package hgn.io;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Records that can grow, and copies of records with some components changed.
 *
 * <p>The JSON of a record leaves out every component that has its {@link Default}, and reads the
 * default where a component is missing. So a component that is added with a default changes no key,
 * no checkpoint and no result that was written before it.
 */
public final class Records {

  /** The value of a component where a file does not mention it: one from before the component. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Default {
    /** The value as JSON, for example {@code "16"} or the name of an enum's constant. */
    String value();
  }

  private Records() {}

  /**
   * A copy of a record with some components changed.
   *
   * @param record what is copied
   * @param changes name and new value of each component that changes, in turn
   * @return the copy, checked as every record of its type is
   * @param <R> the record's type
   * @throws IllegalArgumentException if there is no component of a name, or a value is not of its
   *     type
   */
  public static <R extends Record> R with(R record, Object... changes) {
    Map<String, Object> changed = new LinkedHashMap<>();
    for (int i = 0; i < changes.length; i += 2) {
      changed.put((String) changes[i], changes[i + 1]);
    }
    RecordComponent[] components = record.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      boolean same = !changed.containsKey(name);
      values[i] = same ? value(record, components[i]) : changed.remove(name);
    }
    if (!changed.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has no %s, expected one of %s"
              .formatted(
                  record.getClass().getSimpleName(),
                  changed.keySet(),
                  named(record.getClass()).keySet()));
    }
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      var constructor = record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      @SuppressWarnings("unchecked")
      R copy = (R) constructor.newInstance(values);
      return copy;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * First difference between a stored spec and the wanted one.
   *
   * @param stored as a file has it
   * @param wanted the spec of today's program
   * @return empty where they are the same once defaults are filled in; else the first difference,
   *     in words that name the component and both values
   */
  public static Optional<String> difference(Map<String, ?> stored, Record wanted) {
    JsonObject there = tree(Json.compact(stored)).getAsJsonObject();
    try {
      JsonObject here = tree(Json.compact(wanted)).getAsJsonObject();
      return difference(wanted.getClass(), there, here, "");
    } catch (JsonParseException | IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Optional<String> difference(
      Class<?> type, JsonObject there, JsonObject here, String path) {
    Map<String, RecordComponent> known = named(type);
    for (String name : there.keySet()) {
      if (!known.containsKey(name)) {
        return Optional.of(
            "its '%s%s' is unknown to this version of the program".formatted(path, name));
      }
    }
    for (RecordComponent component : known.values()) {
      String name = component.getName();
      JsonElement a = value(there, component);
      JsonElement b = value(here, component);
      boolean nested = component.getType().isRecord() && a != null && b != null;
      Optional<String> found =
          nested && a.isJsonObject() && b.isJsonObject()
              ? difference(
                  component.getType(), a.getAsJsonObject(), b.getAsJsonObject(), path + name + ".")
              : Objects.equals(a, b)
                  ? Optional.empty()
                  : Optional.of(
                      "its '%s%s' is %s, not %s".formatted(path, name, words(a), words(b)));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** As a file of results has it, but whole numbers without their ".0". */
  private static String words(JsonElement value) {
    return value == null ? "missing" : value.toString().replaceFirst("\\.0$", "");
  }

  /** As written, or the default; null where there is neither. */
  private static JsonElement value(JsonObject object, RecordComponent component) {
    JsonElement written = object.get(component.getName());
    Default absent = component.getAnnotation(Default.class);
    return written != null || absent == null ? written : tree(absent.value());
  }

  /**
   * Whether two texts say the same: JSON's order and ways to write a number do not count.
   *
   * @param a a text, for example of a spec in an archive of weights
   * @param b another
   */
  public static boolean same(String a, String b) {
    try {
      return a.equals(b) || tree(a).equals(tree(b));
    } catch (JsonParseException e) {
      return false;
    }
  }

  private static JsonElement tree(String json) {
    return Json.parse(json, JsonElement.class);
  }

  private static Map<String, RecordComponent> named(Class<?> type) {
    return Arrays.stream(type.getRecordComponents())
        .collect(
            Collectors.toMap(
                RecordComponent::getName, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Leaves defaults out and fills them in, for records that declare any. */
  static final class Factory implements TypeAdapterFactory {
    @Override
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
      Class<?> raw = type.getRawType();
      if (!raw.isRecord()) {
        return null;
      }
      Map<String, JsonElement> defaults = new LinkedHashMap<>();
      for (RecordComponent component : raw.getRecordComponents()) {
        Default absent = component.getAnnotation(Default.class);
        if (absent != null) {
          defaults.put(component.getName(), gson.fromJson(absent.value(), JsonElement.class));
        }
      }
      if (defaults.isEmpty()) {
        return null;
      }
      TypeAdapter<T> plain = gson.getDelegateAdapter(this, type);
      TypeAdapter<JsonElement> trees = gson.getAdapter(JsonElement.class);
      return new TypeAdapter<>() {
        @Override
        public void write(JsonWriter out, T value) throws IOException {
          JsonElement tree = value == null ? null : plain.toJsonTree(value);
          if (tree != null) {
            defaults.forEach(
                (name, absent) -> {
                  if (absent.equals(tree.getAsJsonObject().get(name))) {
                    tree.getAsJsonObject().remove(name);
                  }
                });
          }
          trees.write(out, tree);
        }

        @Override
        public T read(JsonReader in) throws IOException {
          JsonElement tree = trees.read(in);
          if (tree.isJsonObject()) {
            defaults.forEach(
                (name, absent) -> {
                  if (!tree.getAsJsonObject().has(name)) {
                    tree.getAsJsonObject().add(name, absent);
                  }
                });
          }
          return plain.fromJsonTree(tree);
        }
      };
    }
  }
}
