package hgn.io;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Records from JSON by their canonical constructor, whatever version of Gson comes first on the
 * class path: IJava brings 2.8.5, which writes records and fills none.
 */
final class RecordReader implements TypeAdapterFactory {

  @Override
  public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
    Class<? super T> record = type.getRawType();
    if (!record.isRecord()) {
      return null;
    }
    TypeAdapter<T> gsons = gson.getDelegateAdapter(this, type);
    RecordComponent[] components = record.getRecordComponents();
    Map<String, Integer> places = new LinkedHashMap<>();
    TypeAdapter<?>[] adapters = new TypeAdapter<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      places.put(components[i].getName(), i);
      adapters[i] = gson.getAdapter(TypeToken.get(components[i].getGenericType()));
    }
    Constructor<? super T> constructor = canonical(record, components);
    return new TypeAdapter<>() {
      @Override
      public void write(JsonWriter out, T value) throws IOException {
        gsons.write(out, value);
      }

      @Override
      public T read(JsonReader in) throws IOException {
        if (in.peek() == JsonToken.NULL) {
          in.nextNull();
          return null;
        }
        Object[] values = new Object[components.length];
        in.beginObject();
        while (in.hasNext()) {
          Integer place = places.get(in.nextName());
          if (place == null) {
            in.skipValue();
          } else {
            RecordComponent component = components[place];
            if (values[place] != null) {
              throw new JsonParseException(
                  Text.of("\"%s\" stands there twice", component.getName()));
            }
            boolean named = in.peek() == JsonToken.STRING;
            values[place] = adapters[place].read(in);
            if (values[place] == null && named) {
              throw new JsonParseException(
                  Text.of(
                      "\"%s\" is unknown, expected one of %s",
                      component.getName(),
                      Arrays.toString(component.getType().getEnumConstants())));
            }
            if (values[place] == null && component.getType().isPrimitive()) {
              throw new JsonParseException(
                  Text.of(
                      "\"%s\" is null, expected a %s", component.getName(), component.getType()));
            }
          }
        }
        in.endObject();
        return made(constructor, components, values);
      }
    };
  }

  private static <R> Constructor<R> canonical(Class<R> record, RecordComponent[] components) {
    try {
      Constructor<R> constructor =
          record.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has its canonical constructor", e);
    }
  }

  @SuppressWarnings("unchecked") // The constructor is of the type that was asked for.
  private static <T> T made(
      Constructor<? super T> constructor, RecordComponent[] components, Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && components[i].getType().isPrimitive()) {
        throw new JsonParseException(Text.of("\"%s\" is missing", components[i].getName()));
      }
    }
    try {
      return (T) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      Throwable refused = e.getCause();
      throw new JsonParseException(
          refused.getMessage() == null ? refused.toString() : refused.getMessage(), refused);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(constructor + " cannot be called", e);
    }
  }
}
