package hgn.report;

import hgn.io.Text;
import hgn.results.PhysicsResult;
import hgn.results.Series;
import hgn.results.StudyResult;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.Table;

/** Physics that models know of their films: tables and phase portraits. */
public final class PhysicsTables {
  private static final double SCALE = 1e4;
  private static final int HEIGHT = 340;

  private static final String NORMAL = "N(0, I)";
  private static final String LEARNED = "learned";
  private static final String FILMS = "films";

  private PhysicsTables() {}

  /**
   * Valid times of rollouts, and SyMetric of the latent state.
   *
   * @param title of the table
   * @param results a row each
   * @return valid prediction times as median and quartiles, shares of films valid to the end
   */
  public static Table rollouts(String title, List<PhysicsResult> results) {
    return rows(title, results)
        .text("test MSE × 1e4", r -> number("%.2f", SCALE * r.testMse()))
        .text("valid forward (quartiles)", r -> quartiles(r.validForward()))
        .text("to the end", r -> percent(r.validShare(false)))
        .text("valid backward (quartiles)", r -> quartiles(r.validBackward()))
        .text("to the end, backward", r -> percent(r.validShare(true)))
        .text("R²", r -> number("%.3f", r.symplectic().rSquared()))
        .text("deviation", r -> number("%.3f", r.symplectic().deviation()))
        .text("SyMetric", r -> Integer.toString(r.symplectic().score()))
        .table();
  }

  /**
   * Dreamt films beside filmed ones, from N(0, I) and from the learned prior.
   *
   * @param title of the table
   * @param results a row each; those without a prior are left out
   */
  public static Table dreams(String title, List<PhysicsResult> results) {
    String nearest = "to nearest frame × 1e4: ";
    return rows(title, results.stream().filter(r -> r.learned() != null).toList())
        .text(nearest + NORMAL, r -> number("%.2f", SCALE * r.normal().distance()))
        .text(nearest + LEARNED, r -> number("%.2f", SCALE * r.learned().distance()))
        .text(nearest + FILMS, r -> number("%.2f", SCALE * r.dataDistance()))
        .text("KS of reach: " + NORMAL, r -> number("%.2f", r.normal().apart()[0]))
        .text("KS of reach: " + LEARNED, r -> number("%.2f", r.learned().apart()[0]))
        .text("KS of reach: " + FILMS, r -> number("%.2f", r.halves()[0]))
        .text("KS of speed: " + LEARNED, r -> number("%.2f", r.learned().apart()[1]))
        .text("KS of drift: " + LEARNED, r -> number("%.2f", r.learned().apart()[2]))
        .text("median reach: " + NORMAL, r -> number("%.2f", r.normal().reach()[2]))
        .text("median reach: " + LEARNED, r -> number("%.2f", r.learned().reach()[2]))
        .text("median reach: " + FILMS, r -> number("%.2f", r.learned().filmed()[2]))
        .table();
  }

  /**
   * Valid times of the exact physics from the states that the models infer, beside the models' own.
   *
   * @param title of the table
   * @param results a row each
   */
  public static Table chaos(String title, List<PhysicsResult> results) {
    return rows(title, results.stream().filter(r -> r.chaos() != null).toList())
        .text("chaotic films", r -> percent(r.chaos().chaotic()))
        .text("Lyapunov time", r -> number("%.1f", r.chaos().lyapunovTime()))
        .text("valid forward", r -> quartiles(r.validForward()))
        .text("the exact physics, forward", r -> quartiles(r.chaos().boundForward()))
        .text("valid backward", r -> quartiles(r.validBackward()))
        .text("the exact physics, backward", r -> quartiles(r.chaos().boundBackward()))
        .table();
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
      Chart chart =
          Chart.of(model.label()).x("first coordinate q").y("its momentum p").equalAspect();
      chart.thin(new Series("", rows.get(0).x(), rows.get(0).y()), Style.INK);
      chart.dots(new Series("", model.x(), model.y()), Style.color(0));
      chart.key("truth", Style.INK).dotKey("read from the latent rollout", Style.color(0));
      panels.add(chart);
    }
    return Figures.panels(name, caption, 2, HEIGHT, panels);
  }

  private static TableBuilder<PhysicsResult> rows(String title, List<PhysicsResult> results) {
    return new TableBuilder<>(title, results)
        .text("model", PhysicsResult::model)
        .text("system", PhysicsResult::system)
        .text("budget", PhysicsResult::budget);
  }

  private static String percent(double share) {
    return number("%.0f %%", 100 * share);
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
