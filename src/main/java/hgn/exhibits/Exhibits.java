package hgn.exhibits;

import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.report.Figure;
import hgn.report.Format;
import hgn.report.Tables;
import hgn.results.TrainingWatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * The figures and tables of the workbook by name, as notebooks show them and {@code ./workbook
 * export} writes them. One more is one more line in {@link Catalogue}.
 */
public final class Exhibits {
  private final Material material;

  private Exhibits(Material material) {
    this.material = material;
  }

  /**
   * Those of a budget in this workspace; runs that are not on disk are trained.
   *
   * @param budget whose runs
   * @param watches told of trainings, by the experiment's name: {@code Show::training}
   */
  public static Exhibits of(Budget budget, Function<String, TrainingWatch> watches) {
    return new Exhibits(new Material(budget, Workspace.find(), watches, true));
  }

  /**
   * Those that can be made without any training.
   *
   * @param budget whose runs
   * @param workspace where they lie
   */
  public static Exhibits finished(Budget budget, Workspace workspace) {
    return new Exhibits(
        new Material(budget, workspace, n -> TrainingWatch.of(Progress.NONE), false));
  }

  /**
   * The names of figures and tables, in the order of the notebooks.
   *
   * @param only a notebook's number such as "03", or how names begin; blank for all
   * @throws UserError if there is none of them
   */
  public static List<String> names(String only) {
    List<String> names = chosen(only).map(Exhibit::name).distinct().toList();
    if (names.isEmpty()) {
      throw new UserError(
          UserError.Kind.USAGE,
          "no figure or table '%s', expected a notebook's number, such as 03, or a name: %s"
              .formatted(only, String.join(", ", names(""))));
    }
    return names;
  }

  /** The names of all figures. */
  public static List<String> figures() {
    return Catalogue.ALL.stream()
        .filter(e -> e instanceof Exhibit.OfFigure)
        .map(Exhibit::name)
        .toList();
  }

  /** The names of all tables. */
  public static List<String> tables() {
    return Catalogue.ALL.stream()
        .filter(e -> e instanceof Exhibit.OfTable)
        .map(Exhibit::name)
        .toList();
  }

  /**
   * A figure.
   *
   * @param name one of {@link #figures()}
   */
  public Figure figure(String name) {
    return Catalogue.ALL.stream()
        .filter(e -> e instanceof Exhibit.OfFigure && e.name().equals(name))
        .map(e -> make((Exhibit.OfFigure) e))
        .findFirst()
        .orElseThrow(() -> unknown("figure", name, figures()));
  }

  /**
   * A table, its title with experiment, budget and seed.
   *
   * @param name one of {@link #tables()}
   */
  public Table table(String name) {
    return Catalogue.ALL.stream()
        .filter(e -> e instanceof Exhibit.OfTable && e.name().equals(name))
        .map(e -> make((Exhibit.OfTable) e))
        .findFirst()
        .orElseThrow(() -> unknown("table", name, tables()));
  }

  /** What an export wrote, and what it could not make and why. */
  public record Exported(List<Path> files, List<String> missing) {}

  /**
   * Writes figures to {@code <folder>/figures/} and tables to {@code <folder>/tables/}.
   *
   * @param only see {@link #names}
   * @param folder where to
   * @param formats in which of them figures are written; tables come in all of theirs
   * @param progress a step an exhibit
   */
  public Exported export(String only, Path folder, Set<Format> formats, Progress progress) {
    List<String> names = names(only);
    List<Path> files = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<Exhibit> all = chosen(only).toList();
    for (int i = 0; i < all.size(); i++) {
      Exhibit exhibit = all.get(i);
      progress.update(i, all.size(), exhibit.name());
      try {
        if (exhibit instanceof Exhibit.OfFigure figure) {
          files.addAll(make(figure).export(folder.resolve("figures"), formats));
        } else if (exhibit instanceof Exhibit.OfTable table) {
          files.addAll(Tables.export(make(table), table.name(), folder.resolve("tables")));
        }
      } catch (Material.Missing | UserError e) {
        missing.add("%s %s".formatted(exhibit.name(), e.getMessage()));
      }
    }
    progress.update(names.size(), names.size(), "");
    return new Exported(List.copyOf(files), List.copyOf(missing));
  }

  private Figure make(Exhibit.OfFigure exhibit) {
    return exhibit.recipe().apply(exhibit.name(), material);
  }

  private Table make(Exhibit.OfTable exhibit) {
    return exhibit.recipe().apply(material);
  }

  private static Stream<Exhibit> chosen(String only) {
    return Catalogue.ALL.stream()
        .filter(e -> only.isBlank() || e.part().equals(only) || e.name().startsWith(only));
  }

  private static UserError unknown(String kind, String name, List<String> known) {
    return new UserError(
        UserError.Kind.USAGE,
        "no %s '%s', expected one of %s".formatted(kind, name, String.join(", ", known)));
  }
}
