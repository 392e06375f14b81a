package hgn.cli;

import hgn.io.Exports;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Run;
import hgn.report.Figure;
import hgn.report.Figures;
import hgn.report.GridFigures;
import hgn.report.RunFigures;
import hgn.report.Schematics;
import hgn.report.Style;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A figure of a finished run, of any film, in any size and colours. */
@Command(
    name = "figure",
    description = {
      "Draws a figure of a finished run. Nothing is trained.",
      "For example: figure rollouts hgn-leapfrog.pendulum --film 11 --format pdf --width 8.5 --font"
          + " 8"
    },
    mixinStandardHelpOptions = true)
final class FigureCommand extends PrintingCommand {
  private static final double TRAINED = 3.75;

  private final Map<String, Function<Run, Figure>> kinds = new LinkedHashMap<>();

  @Parameters(
      index = "0",
      paramLabel = "<figure>",
      description =
          "rollouts, training-rollouts, reconstruction, samples, frame-errors, energies,"
              + " convergence, long-rollouts or portrait.")
  private String kind;

  @Parameters(
      index = "1",
      paramLabel = "<experiment>",
      description = "For example hgn-leapfrog.pendulum.")
  private String experiment;

  @Mixin private RunOptions options;

  @Option(
      names = "--film",
      paramLabel = "<n>",
      defaultValue = "0",
      description = "Which film of the test or training set; the seed of samples (default: 0).")
  private int film;

  @Option(
      names = "--format",
      paramLabel = "pdf|svg|png",
      defaultValue = "pdf",
      description = "Default: ${DEFAULT-VALUE}.")
  private String format;

  @Option(
      names = "--width",
      paramLabel = "<cm>",
      defaultValue = "16",
      description = "Width on paper (default: ${DEFAULT-VALUE} cm).")
  private double width;

  @Option(
      names = "--font",
      paramLabel = "<points>",
      defaultValue = "8",
      description = "Size of its text on paper (default: ${DEFAULT-VALUE} points).")
  private double font;

  @Option(
      names = "--palette",
      paramLabel = "<colours>",
      defaultValue = "okabe-ito",
      description = "Of curves: okabe-ito, grey, or a list such as '#0072B2,#D55E00'.")
  private String palette;

  @Option(
      names = "--out",
      paramLabel = "<file>",
      description = "Where to (default: target/export/figures/<figure>-<experiment>.<format>).")
  private Path out;

  FigureCommand() {
    kinds.put(
        "rollouts",
        run -> Figures.rollouts(name(), caption(run, "test"), run.rolloutFilm(index(run, true))));
    kinds.put(
        "training-rollouts",
        run ->
            Figures.rollouts(
                name(), caption(run, "training"), run.trainRollouts(index(run, false))));
    kinds.put(
        "reconstruction",
        run ->
            Figures.strip(
                name(), caption(run, "test"), run.reconstructions(index(run, true)), run.dt()));
    kinds.put(
        "samples",
        run -> Figures.strip(name(), run.result().caption(), run.samples(4, film), run.dt()));
    kinds.put(
        "frame-errors", run -> RunFigures.frameErrors(name(), run.result(), run.frameErrors()));
    kinds.put("schematic", run -> Schematics.hgn(name(), run.result().caption(), run.shapes()));
    kinds.put("energies", run -> RunFigures.energies(name(), run.result(), run.energies(6, 300)));
    kinds.put("convergence", run -> RunFigures.convergence(name(), run.result(), run.errorCurve()));
    kinds.put(
        "long-rollouts",
        run ->
            GridFigures.longRollouts(
                name(), run.result().caption(), List.of(run.scored()), TRAINED));
    kinds.put(
        "portrait",
        run -> GridFigures.portraits(name(), run.result().caption(), List.of(run.scored())));
  }

  @Override
  public Integer call() {
    if (!kinds.containsKey(kind)) {
      throw UserError.unknown("figure", kind, kinds.keySet());
    }
    Workspace workspace = Workspace.find();
    Path file =
        out == null
            ? workspace.root().resolve("target/export/figures").resolve(name() + "." + format)
            : out.toAbsolutePath().normalize();
    Exports exports = new Exports(workspace);
    if (out != null) {
      exports.requireOwn(file);
    }
    Run run = options.of(experiment).finished(workspace);
    Figure figure =
        Style.with(Style.palette(palette), () -> kinds.get(kind).apply(run)).sized(width, font);
    out().println(figure.write(file));
    exports.wrote(file);
    return 0;
  }

  private String name() {
    String words = Text.of("%s-%s-%d", kind, experiment, film).toLowerCase(java.util.Locale.ROOT);
    return words.replaceAll("[^a-z0-9.-]+", "-");
  }

  private String caption(Run run, String split) {
    return Text.of("%s film %d; %s", split, film, run.result().caption());
  }

  private int index(Run run, boolean test) {
    int size = (test ? run.films().test() : run.films().train()).size();
    if (film < 0 || film >= size) {
      throw UserError.usage(
          "film %d of %s, expected 0 to %d: it has %d %s films",
          film, experiment, size - 1, size, test ? "test" : "training");
    }
    return film;
  }
}
