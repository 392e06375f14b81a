package hgn.bench;

import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.io.Progress;
import hgn.io.Text;
import hgn.io.Workspace;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Trajectories simulated and written, and frames rendered. */
final class DataSuite {
  private static final int PER_SECOND = 3000;

  private DataSuite() {}

  static List<Row> run(Lab lab, double seconds) {
    int paper = DatasetSpec.PAPER_TRAIN + DatasetSpec.PAPER_TEST;
    int count = (int) Math.min(paper, Math.max(120, seconds * PER_SECOND));
    List<Row> rows = new ArrayList<>();
    double all = 0;
    for (PhysicalSystem system : Systems.paper()) {
      double took = generate(system, count, lab.workspace());
      all += took;
      rows.add(
          Row.of(
              Text.of("data %s, %d trajectories", system.id(), count),
              1e3 * took,
              Map.of("trajectories/s", count / took)));
    }
    Map<String, Double> more = new LinkedHashMap<>();
    more.put("seconds for 60 000 of each", all * paper / count);
    rows.add(Row.of("data, all four systems", 1e3 * all, more));
    rows.addAll(rendering(lab, seconds / 4));
    return rows;
  }

  private static double generate(PhysicalSystem system, int count, Workspace workspace) {
    int test = count / 6;
    DatasetSpec spec = DatasetSpec.of(system.id(), count - test, test, System.nanoTime());
    long began = System.nanoTime();
    Dataset made = Dataset.open(spec, workspace, Progress.NONE);
    double seconds = (System.nanoTime() - began) / 1e9;
    if (made.train().size() != count - test) {
      throw new IllegalStateException("%s lacks trajectories".formatted(spec));
    }
    return seconds;
  }

  private static List<Row> rendering(Lab lab, double seconds) {
    Contest contest = new Contest();
    for (PhysicalSystem system : Systems.paper()) {
      DatasetSpec spec = DatasetSpec.of(system.id(), Lab.BATCH, 1, Lab.SEED);
      Dataset dataset = Dataset.open(spec, lab.workspace(), Progress.NONE);
      int[] batch = IntStream.range(0, Lab.BATCH).toArray();
      contest.add(
          "render %s, 16 × 31 frames".formatted(system.id()),
          null,
          0,
          () -> {
            try (NDManager scope = lab.manager().newSubManager()) {
              // A GPU has only queued it: reading one value waits for it.
              dataset.train().frames(scope, batch).getFloat(0, 0, 0, 0, 0);
            }
          });
    }
    return contest.run(seconds);
  }
}
