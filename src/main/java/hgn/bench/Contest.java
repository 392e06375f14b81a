package hgn.bench;

import hgn.results.StudyResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures several works in turns, A B C A B C …, until the time is up: what else the machine does
 * meanwhile meets all of them, and a ratio is the median of the rounds' ratios.
 */
final class Contest {
  private static final int MOST_ROUNDS = 200;

  /** A work shorter than this is repeated within its turn. */
  private static final double SHORTEST_MS = 10;

  private final List<Entry> entries = new ArrayList<>();

  /** A work; it may tell how long parts of it took, in milliseconds. */
  @FunctionalInterface
  interface Work {
    Map<String, Double> run();
  }

  /** A work and the arithmetic of the whole (under "") and of its parts, in 10⁹ operations. */
  private record Entry(String name, String baseline, Map<String, Double> gflop, Work work) {}

  /**
   * Adds a work.
   *
   * @param name unique
   * @param baseline name of the entry that it is compared with, or null
   * @param gflop its arithmetic
   * @param work what to do
   */
  Contest add(String name, String baseline, double gflop, Runnable work) {
    return add(
        name,
        baseline,
        Map.of("", gflop),
        () -> {
          work.run();
          return Map.of();
        });
  }

  Contest add(String name, String baseline, Map<String, Double> gflop, Work work) {
    entries.add(new Entry(name, baseline, gflop, work));
    return this;
  }

  /**
   * Runs.
   *
   * @param seconds for all together; three rounds are run however long they take
   * @return a row an entry, each followed by its parts
   */
  List<Row> run(double seconds) {
    int[] repeats = entries.stream().mapToInt(Contest::repeats).toArray();
    List<Map<String, double[]>> times = new ArrayList<>();
    entries.forEach(entry -> times.add(new LinkedHashMap<>()));
    long began = System.nanoTime();
    int rounds = 0;
    while (rounds < 3 || (rounds < MOST_ROUNDS && (System.nanoTime() - began) / 1e9 < seconds)) {
      for (int i = 0; i < entries.size(); i++) {
        turn(entries.get(i), repeats[i]).merge(times.get(i), rounds);
      }
      rounds++;
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      rows.addAll(rows(entries.get(i), times, i, rounds));
    }
    return rows;
  }

  /** Warms up, and finds how often a turn has to repeat the work. */
  private static int repeats(Entry entry) {
    entry.work().run();
    long began = System.nanoTime();
    entry.work().run();
    double milliseconds = (System.nanoTime() - began) / 1e6;
    return (int) Math.max(1, Math.min(1000, SHORTEST_MS / milliseconds));
  }

  private record Turn(Map<String, Double> milliseconds) {
    void merge(Map<String, double[]> times, int round) {
      milliseconds.forEach(
          (part, ms) -> times.computeIfAbsent(part, p -> new double[MOST_ROUNDS])[round] = ms);
    }
  }

  private static Turn turn(Entry entry, int repeats) {
    Map<String, Double> sums = new LinkedHashMap<>();
    sums.put("", 0.0);
    long began = System.nanoTime();
    for (int i = 0; i < repeats; i++) {
      entry.work().run().forEach((part, ms) -> sums.merge(part, ms / repeats, Double::sum));
    }
    sums.put("", (System.nanoTime() - began) / 1e6 / repeats);
    return new Turn(sums);
  }

  private List<Row> rows(Entry entry, List<Map<String, double[]>> times, int index, int rounds) {
    List<Row> rows = new ArrayList<>();
    times
        .get(index)
        .forEach(
            (part, all) -> {
              double[] ms = Arrays.copyOf(all, rounds);
              Double gflop = entry.gflop().get(part);
              double median = StudyResult.median(ms);
              boolean counted = gflop != null && gflop > 0;
              rows.add(
                  new Row(
                      part.isEmpty() ? entry.name() : entry.name() + " · " + part,
                      median,
                      (StudyResult.quantile(0.75, ms) - StudyResult.quantile(0.25, ms)) / median,
                      counted ? gflop : null,
                      counted ? gflop / median * 1e3 : null,
                      null,
                      part.isEmpty() ? entry.baseline() : null,
                      part.isEmpty() ? ratio(ms, entry.baseline(), times) : null,
                      Map.of()));
            });
    return rows;
  }

  private Double ratio(double[] ms, String baseline, List<Map<String, double[]>> times) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).name().equals(baseline)) {
        double[] base = times.get(i).get("");
        double[] ratios = new double[ms.length];
        Arrays.setAll(ratios, round -> ms[round] / base[round]);
        return StudyResult.median(ratios);
      }
    }
    return null;
  }
}
