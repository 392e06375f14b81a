package hgn.report;

import hgn.io.Text;
import hgn.results.PhysicsResult;
import hgn.results.Series;
import hgn.results.StudyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Physics that models know of their films: tables and phase portraits. */
public final class PhysicsTables {
  private static final double SCALE = 1e4;
  private static final int HEIGHT = 340;

  private PhysicsTables() {}

  /**
   * Valid times of rollouts, and SyMetric of the latent state.
   *
   * @param title of the table
   * @param results a row each
   * @return valid prediction times as median and quartiles, shares of films valid to the end
   */
  public static Table rollouts(String title, List<PhysicsResult> results) {
    return table(
        title,
        results,
        List.of(
            "test MSE × 1e4",
            "valid forward (quartiles)",
            "to the end",
            "valid backward (quartiles)",
            "to the end, backward",
            "R²",
            "deviation",
            "SyMetric"),
        r ->
            List.of(
                number("%.2f", SCALE * r.testMse()),
                quartiles(r.validForward()),
                number("%.0f %%", 100 * r.validShare(false)),
                quartiles(r.validBackward()),
                number("%.0f %%", 100 * r.validShare(true)),
                number("%.3f", r.symplectic().rSquared()),
                number("%.3f", r.symplectic().deviation()),
                Integer.toString(r.symplectic().score())));
  }

  /**
   * Dreamt films beside filmed ones, from N(0, I) and from the learned prior.
   *
   * @param title of the table
   * @param results a row each; those without a prior are left out
   */
  public static Table dreams(String title, List<PhysicsResult> results) {
    return table(
        title,
        results.stream().filter(r -> r.learned() != null).toList(),
        List.of(
            "to nearest frame × 1e4: N(0, I)",
            "to nearest frame × 1e4: learned",
            "to nearest frame × 1e4: films",
            "KS of reach: N(0, I)",
            "KS of reach: learned",
            "KS of reach: films",
            "KS of speed: learned",
            "KS of drift: learned",
            "median reach: N(0, I)",
            "median reach: learned",
            "median reach: films"),
        r ->
            List.of(
                number("%.2f", SCALE * r.normal().distance()),
                number("%.2f", SCALE * r.learned().distance()),
                number("%.2f", SCALE * r.dataDistance()),
                number("%.2f", r.normal().apart()[0]),
                number("%.2f", r.learned().apart()[0]),
                number("%.2f", r.halves()[0]),
                number("%.2f", r.learned().apart()[1]),
                number("%.2f", r.learned().apart()[2]),
                number("%.2f", r.normal().reach()[2]),
                number("%.2f", r.learned().reach()[2]),
                number("%.2f", r.learned().filmed()[2])));
  }

  /**
   * Valid times of the exact physics from the states that the models infer, beside the models' own.
   *
   * @param title of the table
   * @param results a row each
   */
  public static Table chaos(String title, List<PhysicsResult> results) {
    return table(
        title,
        results.stream().filter(r -> r.chaos() != null).toList(),
        List.of(
            "chaotic films",
            "Lyapunov time",
            "valid forward",
            "the exact physics, forward",
            "valid backward",
            "the exact physics, backward"),
        r ->
            List.of(
                number("%.0f %%", 100 * r.chaos().chaotic()),
                Double.isNaN(r.chaos().lyapunovTime())
                    ? "–"
                    : number("%.1f", r.chaos().lyapunovTime()),
                quartiles(r.validForward()),
                quartiles(r.chaos().boundForward()),
                quartiles(r.validBackward()),
                quartiles(r.chaos().boundBackward())));
  }

  /**
   * Orbits in the plane of the first coordinate and its momentum.
   *
   * @param name the file's stem
   * @param caption what stands below
   * @param orbits a panel each: the truth as a line, then what models' states read as
   */
  public static Figure orbits(String name, String caption, List<List<Series>> orbits) {
    List<Panel> panels = new ArrayList<>();
    for (List<Series> rows : orbits) {
      Series model = rows.get(1);
      Chart chart = Chart.of(model.label()).x("q").y("p").equalAspect();
      chart.thin(new Series("truth", rows.get(0).x(), rows.get(0).y()), Style.INK);
      chart.dots(new Series("rollout", model.x(), model.y()), Style.color(panels.size()));
      panels.add(chart);
    }
    return Figures.panels(name, caption, 2, HEIGHT, panels);
  }

  private static Table table(
      String title,
      List<PhysicsResult> results,
      List<String> head,
      Function<PhysicsResult, List<String>> cells) {
    Table table =
        Table.create(
            title,
            StringColumn.create("model"),
            StringColumn.create("system"),
            StringColumn.create("budget"));
    head.forEach(column -> table.addColumns(StringColumn.create(column)));
    for (PhysicsResult r : results) {
      List<String> row = new ArrayList<>(List.of(r.model(), r.system(), r.budget()));
      row.addAll(cells.apply(r));
      for (int i = 0; i < row.size(); i++) {
        table.stringColumn(i).append(row.get(i));
      }
    }
    return table;
  }

  private static String quartiles(double... values) {
    return "%s (%s–%s)"
        .formatted(
            number("%.1f", StudyResult.median(values)),
            number("%.1f", StudyResult.quantile(0.25, values)),
            number("%.1f", StudyResult.quantile(0.75, values)));
  }

  private static String number(String format, double value) {
    return Double.isFinite(value) ? Text.of(format, value) : "–";
  }
}
