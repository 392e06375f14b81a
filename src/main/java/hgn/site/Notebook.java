package hgn.site;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import hgn.io.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A notebook file as far as a page shows it.
 *
 * @param name the file's stem, for example "02-datasets"
 * @param cells its cells, in order; raw ones are left out
 */
record Notebook(String name, List<Cell> cells) {

  /** One cell. */
  sealed interface Cell {
    /** Source of the cell. */
    String source();
  }

  /** Words and formulas. */
  record Words(String source) implements Cell {}

  /**
   * A piece of Java.
   *
   * @param source what its author wrote
   * @param executed whether it has been run since it was last edited
   * @param outputs what running it gave
   */
  record Code(String source, boolean executed, List<Output> outputs) implements Cell {}

  /** One output of a cell. */
  sealed interface Output {}

  /** Printed output. */
  record Printed(String text) implements Output {}

  /** A value in one or more representations, by MIME type; pictures are base64. */
  record Shown(Map<String, String> data) implements Output {}

  /** Output of an exception. */
  record Thrown(String what, List<String> traceback) implements Output {}

  /**
   * Reads a notebook of format 4.
   *
   * @param file an .ipynb file
   * @throws UserError if it cannot be read or is no notebook
   */
  static Notebook read(Path file) {
    try {
      JsonObject root = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      JsonArray cells = root.getAsJsonArray("cells");
      if (cells == null) {
        throw new JsonParseException("it has no cells");
      }
      List<Cell> read = new ArrayList<>();
      for (JsonElement cell : cells) {
        cell(cell.getAsJsonObject(), read);
      }
      return new Notebook(FileNames.stem(file), List.copyOf(read));
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | ClassCastException
        | NullPointerException
        | UnsupportedOperationException e) {
      throw UserError.data(
              "%s is no notebook of format 4 (%s): take it from git again, or run it again",
              file, e.getMessage())
          .because(e);
    }
  }

  /** The first code cell that has not been run, counted from 1 over all cells; 0 for none. */
  int firstUnexecuted() {
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i) instanceof Code code && !code.executed() && !code.source().isBlank()) {
        return i + 1;
      }
    }
    return 0;
  }

  private static void cell(JsonObject cell, List<Cell> into) {
    String source = text(cell.get("source"));
    switch (cell.get("cell_type").getAsString()) {
      case "markdown" -> into.add(new Words(source));
      case "code" -> {
        JsonElement count = cell.get("execution_count");
        boolean executed = count != null && !count.isJsonNull();
        into.add(new Code(source, executed, outputs(cell.getAsJsonArray("outputs"))));
      }
      default -> {
        // A raw cell is meant for a converter, not for a reader.
      }
    }
  }

  private static List<Output> outputs(JsonArray outputs) {
    List<Output> read = new ArrayList<>();
    for (JsonElement element : outputs) {
      JsonObject output = element.getAsJsonObject();
      switch (output.get("output_type").getAsString()) {
        case "stream" -> {
          String text = text(output.get("text"));
          int last = read.size() - 1;
          if (last >= 0 && read.get(last) instanceof Printed before) {
            read.set(last, new Printed(before.text() + text));
          } else {
            read.add(new Printed(text));
          }
        }
        case "error" ->
            read.add(
                new Thrown(
                    "%s: %s"
                        .formatted(
                            output.get("ename").getAsString(), output.get("evalue").getAsString()),
                    lines(output.getAsJsonArray("traceback"))));
        default -> read.add(new Shown(data(output.getAsJsonObject("data"))));
      }
    }
    return List.copyOf(read);
  }

  private static Map<String, String> data(JsonObject bundle) {
    Map<String, String> data = new LinkedHashMap<>();
    bundle
        .entrySet()
        .forEach(
            e ->
                data.put(
                    e.getKey(),
                    e.getValue().isJsonObject() ? e.getValue().toString() : text(e.getValue())));
    return data;
  }

  private static List<String> lines(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonElement::getAsString).toList();
  }

  /** A text in the format is a string, or a list of lines that keep their line feeds. */
  private static String text(JsonElement element) {
    return element.isJsonArray()
        ? lines(element.getAsJsonArray()).stream().collect(Collectors.joining())
        : element.getAsString();
  }
}
