package hgn.report;

import hgn.io.AtomicFiles;
import hgn.io.UserError;
import hgn.io.Wildcards;
import hgn.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Copies the figures and tables that notebooks have made, and makes a PDF of every SVG. Nothing is
 * computed anew.
 */
public final class Export {
  private static final String PDF = "pdf";
  private static final String SVG = "svg";

  /** What figures can be had as. */
  private static final List<String> FIGURES = List.of("png", SVG, PDF, "gif", "html");

  /** What tables can be had as. */
  private static final List<String> TABLES = List.of("csv", "md", "tex", "html");

  /** All formats. */
  public static final List<String> FORMATS =
      Stream.concat(FIGURES.stream(), TABLES.stream()).distinct().toList();

  private final Workspace workspace;
  private final Set<String> formats;
  private final Predicate<String> wanted;
  private final List<Path> written = new ArrayList<>();
  private final List<String> broken = new ArrayList<>();
  private final List<String> uncaptioned = new ArrayList<>();

  /**
   * What was exported.
   *
   * @param files all that was written
   * @param broken what could not be read, a sentence each; nothing was written of it
   * @param uncaptioned names of figures whose SVG says nothing of where it comes from
   */
  public record Exported(List<Path> files, List<String> broken, List<String> uncaptioned) {}

  private Export(Workspace workspace, Set<String> formats, Predicate<String> wanted) {
    this.workspace = workspace;
    this.formats = formats;
    this.wanted = wanted;
  }

  /**
   * Writes figures to {@code <folder>/figures/} and tables to {@code <folder>/tables/}, each file
   * whole or not at all.
   *
   * @param workspace whose figures and tables
   * @param only how names begin, or a pattern of names with {@code *} and {@code ?}; blank for all
   * @param formats which of {@link #FORMATS}
   * @param folder where to
   * @throws UserError if a format is unknown, there are no figures or tables, none is of that name,
   *     or one cannot be written
   */
  public static Exported of(
      Workspace workspace, String only, Collection<String> formats, Path folder) {
    for (String format : formats) {
      if (!FORMATS.contains(format)) {
        throw new UserError(
            UserError.Kind.USAGE,
            "unknown format '%s', expected one of %s"
                .formatted(format, String.join(", ", FORMATS)));
      }
    }
    return new Export(workspace, Set.copyOf(formats), matcher(only)).into(folder, only);
  }

  private Exported into(Path folder, String only) {
    List<Path> figures = files(workspace.figures(), FIGURES, "figures");
    List<Path> tables = files(workspace.tables(), TABLES, "tables");
    List<Path> all = Stream.concat(figures.stream(), tables.stream()).toList();
    if (all.stream().noneMatch(f -> wanted.test(stem(f)))) {
      throw new UserError(
          UserError.Kind.USAGE,
          "no figure or table '%s', expected how a name begins or a pattern such as 'fig07*': %s"
              .formatted(
                  only,
                  all.stream().map(Export::stem).collect(Collectors.toCollection(TreeSet::new))));
    }
    figures.stream()
        .filter(f -> wanted.test(stem(f)))
        .forEach(f -> figure(f, folder.resolve("figures")));
    tables.stream()
        .filter(f -> wanted.test(stem(f)))
        .filter(f -> formats.contains(ending(f)))
        .forEach(f -> copy(f, folder.resolve("tables")));
    return new Exported(List.copyOf(written), List.copyOf(broken), List.copyOf(uncaptioned));
  }

  /** What a folder holds in these formats; nothing where none of them is asked for. */
  private List<Path> files(Path folder, List<String> endings, String what) {
    if (endings.stream().noneMatch(formats::contains)) {
      return List.of();
    }
    List<Path> files = List.of();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(f -> endings.contains(ending(f))).sorted().toList();
      } catch (IOException e) {
        throw new UserError(
            UserError.Kind.ENVIRONMENT, "could not list %s (%s)".formatted(folder, e), e);
      }
    }
    if (files.isEmpty()) {
      throw new UserError(
          UserError.Kind.ENVIRONMENT,
          "no %s in %s: './workbook run' makes them".formatted(what, folder));
    }
    return files;
  }

  private void figure(Path file, Path folder) {
    if (!ending(file).equals(SVG)) {
      if (formats.contains(ending(file))) {
        copy(file, folder);
      }
    } else if (formats.contains(SVG) || formats.contains(PDF)) {
      Drawing drawing;
      try {
        drawing = Drawing.read(file);
      } catch (UserError e) {
        broken.add(e.getMessage());
        return;
      }
      if (drawing.caption().isBlank()) {
        uncaptioned.add(drawing.name());
      }
      if (formats.contains(SVG)) {
        copy(file, folder);
      }
      if (formats.contains(PDF)) {
        write(folder.resolve(drawing.name() + "." + PDF), Pdf.of(drawing));
      }
    }
  }

  private void copy(Path file, Path folder) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      broken.add("%s cannot be read (%s)".formatted(file, e));
      return;
    }
    write(folder.resolve(file.getFileName()), bytes);
  }

  private void write(Path file, byte... bytes) {
    AtomicFiles.write(file, out -> out.write(bytes));
    written.add(file);
  }

  private static Predicate<String> matcher(String only) {
    if (!only.matches(".*[*?\\[{].*")) {
      return name -> name.startsWith(only.strip());
    }
    return Wildcards.of(only, "fig07*");
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
