package hgn.report;

import static hgn.report.Numbers.NONE;
import static hgn.report.ScoredCells.TEST;
import static hgn.report.ScoredCells.TRAIN;
import static hgn.report.ScoredCells.deviation;
import static hgn.report.ScoredCells.distinct;
import static hgn.report.ScoredCells.meanImage;
import static hgn.report.ScoredCells.models;
import static hgn.report.ScoredCells.ratio;
import static hgn.report.ScoredCells.scaled;
import static hgn.report.ScoredCells.spread;

import hgn.io.Text;
import hgn.results.PaperScore;
import hgn.results.Replicates;
import hgn.results.ScoredRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * Tables of means and standard deviations over seeds: Table 1, its ratios to the paper's, and the
 * order of the models; errors × 1e4. All take the runs of a grid with one seed or several.
 */
public final class SeedTables {
  private static final double STANDARD_ERRORS = 2;
  private static final String ONE_SEED = "one seed";

  private SeedTables() {}

  /** Films on which errors are measured: ours and those that the paper reports. */
  private record Split(
      String title, ToDoubleFunction<ScoredRun> error, ToDoubleFunction<PaperScore> reported) {
    static final Split TEST_FILMS = new Split("test", TEST, PaperScore::testMse);
    static final Split TRAINING_FILMS = new Split("train", TRAIN, PaperScore::trainMse);

    double ours(Replicates same) {
      return same.mean(error);
    }

    double paper(Replicates same) {
      return reported.applyAsDouble(same.first().paper());
    }
  }

  /**
   * Test errors of Table 1 for a page: a row a model, a column a system, our mean ± standard
   * deviation over seeds and the paper's in brackets; bold where the mean is at or below it. Of one
   * seed there is no deviation.
   *
   * @param runs of a grid
   * @return with a row for the mean image
   */
  public static Table test(List<ScoredRun> runs) {
    Table table = beside(Split.TEST_FILMS, runs);
    table.stringColumn(0).append("mean image");
    for (String system : distinct(runs, ScoredRun::system)) {
      table.stringColumn(system).append(meanImage(runs, system));
    }
    return table;
  }

  /**
   * Training errors of Table 1 for a page, as {@link #test} has them.
   *
   * @param runs of a grid
   */
  public static Table train(List<ScoredRun> runs) {
    return beside(Split.TRAINING_FILMS, runs);
  }

  private static Table beside(Split split, List<ScoredRun> runs) {
    return models(
        runs,
        same -> {
          String ours = scaled(split.ours(same));
          boolean below = split.ours(same) <= split.paper(same);
          return "%s%s (%s)"
              .formatted(
                  below ? "**%s**".formatted(ours) : ours,
                  deviation(same, split.error),
                  scaled(split.paper(same)));
        });
  }

  /**
   * Means of our errors divided by the paper's, "train / test".
   *
   * @param runs of a grid
   */
  public static Table ratios(List<ScoredRun> runs) {
    return finished(
        runs,
        same ->
            Stream.of(Split.TRAINING_FILMS, Split.TEST_FILMS)
                .map(split -> ratio(split.ours(same), split.paper(same)))
                .collect(Collectors.joining(" / ")));
  }

  /**
   * Seeds of the finished runs behind each cell.
   *
   * @param runs of a grid
   */
  public static Table seeds(List<ScoredRun> runs) {
    return finished(
        runs,
        same ->
            same.finished().stream()
                .map(run -> Long.toString(run.result().seed()))
                .collect(Collectors.joining(", ")));
  }

  private static Table finished(List<ScoredRun> runs, Function<Replicates, String> text) {
    return models(runs, same -> same.finished().isEmpty() ? NONE : text.apply(same));
  }

  /**
   * Order of the models beside the paper's, by test errors: on each system the worst HGN and the
   * better of the two HNNs, by their means, and whether that HNN's best seed is still worse than
   * that HGN's worst.
   *
   * @param runs of Table 1
   */
  public static Table order(List<ScoredRun> runs) {
    return new TableBuilder<>(
            "",
            distinct(runs, ScoredRun::system).stream()
                .flatMap(system -> Order.on(system, runs).stream())
                .toList())
        .text("system", order -> order.hgn().system())
        .text("worst HGN", order -> named(order.hgn(), Split.TEST_FILMS))
        .text("better HNN", order -> named(order.hnn(), Split.TEST_FILMS))
        .number("factor between", 2, o -> o.hnn().mean(TEST) / o.hgn().mean(TEST))
        .text("holds for every seed", Order::everySeed)
        .number(
            "worst HGN / mean image",
            2,
            o -> o.hgn().mean(TEST) / o.hgn().mean(run -> run.result().meanImageMse()))
        .table();
  }

  /**
   * Order of the HGNs beside the paper's: of each two, whether the paper has them the other way
   * round while their means over seeds differ by more than two standard errors. With three seeds
   * that is a weak test: two models that are alike fail it about once in nine.
   *
   * @param runs of Table 1
   */
  public static Table hgnOrder(List<ScoredRun> runs) {
    return new TableBuilder<>(
            "",
            distinct(runs, ScoredRun::system).stream()
                .flatMap(
                    system ->
                        Stream.of(Split.TEST_FILMS, Split.TRAINING_FILMS)
                            .map(split -> new Ranking(split, finished(system, "HGN", runs))))
                .filter(ranking -> ranking.models().size() > 1)
                .toList())
        .text("system", ranking -> ranking.models().get(0).system())
        .text("films", ranking -> ranking.split().title)
        .text("ours, lowest first", ranking -> ranking.by(ranking.split()::ours))
        .text("the paper's, lowest first", ranking -> ranking.by(ranking.split()::paper))
        .text("pairs the other way round", Ranking::reversedPairs)
        .text("of these beyond 2 standard errors", Ranking::resolvedPairs)
        .text("paper's differences above 2 standard errors", Ranking::paperResolved)
        .table();
  }

  private static String named(Replicates same, Split split) {
    return "%s, %s".formatted(same.model(), spread(same, split.error));
  }

  /** Models of a family of which at least one run is finished. */
  private static List<Replicates> finished(String system, String family, List<ScoredRun> runs) {
    return Replicates.of(runs).stream()
        .filter(same -> same.system().equals(system) && same.model().startsWith(family))
        .filter(same -> !same.finished().isEmpty())
        .toList();
  }

  /** The worst HGN and the better of the two HNNs on a system. */
  private record Order(Replicates hgn, Replicates hnn) {
    static Optional<Order> on(String system, List<ScoredRun> runs) {
      Comparator<Replicates> byError = Comparator.comparingDouble(Split.TEST_FILMS::ours);
      Optional<Replicates> worst = finished(system, "HGN", runs).stream().max(byError);
      Optional<Replicates> better = finished(system, "HNN", runs).stream().min(byError);
      return worst.flatMap(hgn -> better.map(hnn -> new Order(hgn, hnn)));
    }

    String everySeed() {
      if (!hgn.several() || !hnn.several()) {
        return ONE_SEED;
      }
      double highest = Arrays.stream(hgn.values(TEST)).max().orElseThrow();
      double lowest = Arrays.stream(hnn.values(TEST)).min().orElseThrow();
      return "%s, at least %s".formatted(lowest > highest ? "yes" : "no", ratio(lowest, highest));
    }
  }

  /** Models that are ordered by our errors and by the paper's. */
  private record Ranking(Split split, List<Replicates> models) {
    String by(ToDoubleFunction<Replicates> error) {
      return models.stream()
          .sorted(Comparator.comparingDouble(error))
          .map(same -> "%s %s".formatted(shortName(same), scaled(error.applyAsDouble(same))))
          .collect(Collectors.joining(", "));
    }

    String reversedPairs() {
      return Text.of("%d of %d", reversed().size(), pairs().size());
    }

    String resolvedPairs() {
      List<Pair> tested = reversed().stream().filter(Pair::tested).toList();
      if (tested.isEmpty() && !reversed().isEmpty()) {
        return ONE_SEED;
      }
      String found =
          tested.stream()
              .filter(pair -> Math.abs(pair.ours()) > STANDARD_ERRORS * pair.standardError())
              .map(Pair::text)
              .collect(Collectors.joining(", "));
      int open = reversed().size() - tested.size();
      return (found.isEmpty() ? "none" : found)
          + (open > 0 ? Text.of("; %d of one seed", open) : "");
    }

    String paperResolved() {
      List<Pair> tested = pairs().stream().filter(Pair::tested).toList();
      long above =
          tested.stream()
              .filter(pair -> Math.abs(pair.paper()) > STANDARD_ERRORS * pair.standardError())
              .count();
      return tested.isEmpty() ? ONE_SEED : Text.of("%d of %d", above, tested.size());
    }

    private List<Pair> reversed() {
      return pairs().stream().filter(pair -> pair.ours() * pair.paper() < 0).toList();
    }

    private List<Pair> pairs() {
      List<Pair> pairs = new ArrayList<>();
      for (int i = 0; i < models.size(); i++) {
        for (int j = i + 1; j < models.size(); j++) {
          pairs.add(new Pair(split, models.get(i), models.get(j)));
        }
      }
      return pairs;
    }

    /** "Euler" of "HGN (Euler)". */
    static String shortName(Replicates same) {
      return same.model().replaceAll(".*\\((.*)\\)", "$1");
    }
  }

  /** Two models with the differences of their errors, the second's less the first's. */
  private record Pair(Split split, Replicates first, Replicates second) {
    double ours() {
      return split.ours(second) - split.ours(first);
    }

    double paper() {
      return split.paper(second) - split.paper(first);
    }

    double standardError() {
      return first.standardError(second, split.error);
    }

    boolean tested() {
      return !Double.isNaN(standardError());
    }

    /** The lower one of ours first, with the number of standard errors between them. */
    String text() {
      boolean ascending = ours() > 0;
      return "%s < %s (%s)"
          .formatted(
              Ranking.shortName(ascending ? first : second),
              Ranking.shortName(ascending ? second : first),
              Numbers.fixed(Math.abs(ours()) / standardError(), 1));
    }
  }
}
