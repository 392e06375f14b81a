package hgn.paper;

import hgn.io.UserError;
import hgn.io.Wildcards;
import hgn.io.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The experiments that belong to a table or to figures, by the name of the grid. */
public final class Grids {
  /** Seeds with which the experiments of Table 1 are trained, the first before the others. */
  public static final List<Long> SEEDS = List.of(Experiment.DEFAULT_SEED, 2L, 3L);

  private static final Map<String, Supplier<List<? extends Trainable>>> GRIDS =
      new LinkedHashMap<>();

  static {
    GRIDS.put("table1", () -> by(Protocol.RECONSTRUCT));
    GRIDS.put("table1-predict", () -> by(Protocol.PREDICT));
    GRIDS.put("studies", Paper::variations);
    GRIDS.put("compact", Paper::compact);
    GRIDS.put("noise", Paper::noisy);
    GRIDS.put("flows", Paper::flows);
  }

  private Grids() {}

  /** Names of the grids. */
  public static List<String> names() {
    return List.copyOf(GRIDS.keySet());
  }

  /**
   * The experiments of a grid that learn films, at the quick budget.
   *
   * @param name one of {@link #names()}
   */
  public static List<Experiment> experiments(String name) {
    return all(name).stream()
        .filter(Experiment.class::isInstance)
        .map(Experiment.class::cast)
        .toList();
  }

  private static List<? extends Trainable> all(String name) {
    Supplier<List<? extends Trainable>> grid = GRIDS.get(name);
    if (grid == null) {
      throw UserError.unknown("grid", name, names());
    }
    return grid.get();
  }

  private static List<Experiment> by(Protocol protocol) {
    return Paper.experiments().stream().filter(e -> e.protocol() == protocol).toList();
  }

  /**
   * The runs of a grid: all with the first seed, then all with the next.
   *
   * @param name one of {@link #names()}
   * @param only which of them, separated by commas: numbers from 1, ranges such as 5-8, or names
   *     with wildcards such as {@code hgn-*.pendulum}; null for all
   * @param budget how much to spend on each
   * @param seeds with which each is trained; null for those that the grid names
   * @param workspace where they lie
   * @throws UserError if a part names none
   */
  public static List<GridCell> cells(
      String name, String only, Budget budget, List<Long> seeds, Workspace workspace) {
    List<Trainable> all = List.copyOf(all(name));
    Stream<Trainable> seeded =
        seeds == null
            ? all.stream()
            : seeds.stream().flatMap(seed -> all.stream().map(e -> e.withSeed(seed)));
    List<GridCell> cells =
        seeded.map(experiment -> experiment.within(budget).cell(workspace)).distinct().toList();
    return selected(cells, GridCell::experiment, only);
  }

  /**
   * Selection of those that a user names.
   *
   * @param all in the order of their numbers
   * @param name of each
   * @param only numbers, ranges or names with wildcards as in {@link #cells}; null for all
   * @return in the order of all
   * @throws UserError if a part names none
   */
  public static <T> List<T> selected(
      List<? extends T> all, Function<? super T, String> name, String only) {
    if (only == null) {
      return List.copyOf(all);
    }
    List<String> names = all.stream().map(name).toList();
    boolean[] wanted = new boolean[all.size()];
    for (String part : only.split(",", -1)) {
      mark(names, part.strip(), wanted);
    }
    List<T> selected = new ArrayList<>();
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i]) {
        selected.add(all.get(i));
      }
    }
    return selected;
  }

  private static void mark(List<String> all, String part, boolean... wanted) {
    boolean found = false;
    if (part.matches("\\d{1,4}(-\\d{1,4})?")) {
      String[] ends = part.split("-", 2);
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int i = Math.max(1, first); i <= Math.min(last, all.size()); i++) {
        wanted[i - 1] = true;
        found = last <= all.size() && first >= 1;
      }
    } else {
      Predicate<String> names = Wildcards.of(part, "hgn-*.pendulum");
      for (int i = 0; i < wanted.length; i++) {
        if (names.test(all.get(i))) {
          wanted[i] = true;
          found = true;
        }
      }
    }
    if (!found) {
      throw UserError.usage(
          "'%s' names none of the %d experiments: expected a number from 1 to %d, a range, or one"
              + " of [%s]",
          part, all.size(), all.size(), String.join(", ", all.stream().distinct().toList()));
    }
  }
}
