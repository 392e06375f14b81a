package hgn.report;

import hgn.io.AtomicFiles;
import hgn.io.Exports;
import hgn.io.UserError;
import hgn.io.Wildcards;
import hgn.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Copies of the figures and tables that notebooks have made; nothing is computed anew. */
public final class Export {
  private static final List<String> FIGURES = List.of("png", "svg", "pdf", "gif", "html");
  private static final List<String> TABLES = List.of("csv", "md", "tex", "html");

  /** All formats of figures and tables. */
  public static final List<String> FORMATS =
      Stream.concat(FIGURES.stream(), TABLES.stream()).distinct().toList();

  private Export() {}

  /**
   * Copies figures to {@code <folder>/figures/} and tables to {@code <folder>/tables/}, each file
   * whole or not at all.
   *
   * @param workspace whose figures and tables
   * @param only how names begin, or a pattern of names with {@code *} and {@code ?}; blank for all
   * @param formats which of {@link #FORMATS}
   * @param folder where to
   * @return the files that were written
   * @throws UserError if a format is unknown, there are no figures or tables, none is of that name,
   *     or one cannot be read or written
   */
  public static List<Path> of(
      Workspace workspace, String only, Collection<String> formats, Path folder) {
    for (String format : formats) {
      if (!FORMATS.contains(format)) {
        throw UserError.unknown("format", format, FORMATS);
      }
    }
    Predicate<String> wanted =
        only.matches(".*[*?\\[{].*")
            ? Wildcards.of(only, "fig07*")
            : name -> name.startsWith(only.strip());
    List<Path> figures = files(workspace.figures(), FIGURES, formats, "figures");
    List<Path> tables = files(workspace.tables(), TABLES, formats, "tables");
    List<Path> all = Stream.concat(figures.stream(), tables.stream()).toList();
    if (all.stream().noneMatch(f -> wanted.test(stem(f)))) {
      throw UserError.usage(
          "no figure or table '%s', expected how a name begins or a pattern such as 'fig07*': %s",
          only, all.stream().map(Export::stem).collect(Collectors.toCollection(TreeSet::new)));
    }
    Map<Path, Path> copies = new LinkedHashMap<>();
    for (Path file : all) {
      if (wanted.test(stem(file)) && formats.contains(ending(file))) {
        Path to = folder.resolve(figures.contains(file) ? "figures" : "tables");
        copies.put(file, to.resolve(file.getFileName()));
      }
    }
    Exports exports = new Exports(workspace);
    boolean ours = folder.startsWith(workspace.root().resolve("target"));
    copies.values().stream().filter(file -> !ours).forEach(exports::requireOwn);
    copies.forEach(Export::copy);
    copies.values().forEach(exports::wrote);
    return List.copyOf(copies.values());
  }

  /** The figures or tables of a folder; none where no format of theirs is asked for. */
  private static List<Path> files(
      Path folder, List<String> endings, Collection<String> formats, String what) {
    if (endings.stream().noneMatch(formats::contains)) {
      return List.of();
    }
    List<Path> files = List.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(f -> endings.contains(ending(f))).sorted().toList();
      } catch (IOException e) {
        throw UserError.environment("could not list %s (%s)", folder, e).because(e);
      }
    }
    if (files.isEmpty()) {
      throw UserError.environment("no %s in %s: './workbook run' makes them", what, folder);
    }
    return files;
  }

  private static void copy(Path file, Path target) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      AtomicFiles.write(target, out -> out.write(bytes));
    } catch (IOException e) {
      throw UserError.environment("%s cannot be read (%s)", file, e).because(e);
    }
  }

  private static String stem(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ending(file).length() - 1);
  }

  private static String ending(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
