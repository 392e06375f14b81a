package hgn.bench;

import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.NativeThreads;
import hgn.io.Text;
import hgn.models.Architecture;
import hgn.models.HgnBlueprint;
import hgn.training.Compute;
import hgn.training.Division;
import hgn.training.HgnTraining;
import java.util.ArrayList;
import java.util.List;

/** The same step in other ways: frames per decode, horizon, the reversible rollout. */
final class VariantsSuite {

  private VariantsSuite() {}

  static List<Row> run(Lab lab, double seconds) {
    List<Row> rows = new ArrayList<>();
    rows.addAll(divisions(lab, seconds / 3));
    rows.addAll(horizons(lab, seconds / 3));
    rows.addAll(rollouts(lab, seconds / 3));
    return rows;
  }

  /** The batch as one, its operations spread over all threads, or a part of it for each thread. */
  private static List<Row> divisions(Lab lab, double seconds) {
    List<Row> rows = new ArrayList<>();
    int threads = NativeThreads.count();
    for (Architecture architecture : Architecture.values()) {
      try (Works works = new Works()) {
        Contest contest = new Contest();
        String first = null;
        HgnTraining all = Lab.training(0, Lab.FRAMES, false);
        for (int shards : threads == 1 ? new int[] {1} : new int[] {1, threads}) {
          for (int pictures : new int[] {1, 2, 4, 8}) {
            Division division = new Division(shards, shards * pictures);
            String name =
                Text.of(
                    "step %s K=31, %d × %d sequences, %d frames a decode",
                    architecture.id(), shards, Lab.BATCH / shards, division.framesPerDecode());
            add(lab, works, contest, name, first, architecture, all, division);
            first = first == null ? name : first;
          }
        }
        rows.addAll(contest.run(seconds / 2));
      }
    }
    return rows;
  }

  private static List<Row> horizons(Lab lab, double seconds) {
    try (Works works = new Works()) {
      Contest contest = new Contest();
      String full = "step compact K=6, horizon 31";
      for (int horizon : new int[] {Lab.FRAMES, 16, StepSuite.FEW}) {
        String name = Text.of("step compact K=6, horizon %d", horizon);
        String baseline = horizon == Lab.FRAMES ? null : full;
        HgnTraining training = Lab.training(StepSuite.FEW, horizon, false);
        add(lab, works, contest, name, baseline, Architecture.COMPACT, training, usual(lab));
      }
      return contest.run(seconds);
    }
  }

  private static List<Row> rollouts(Lab lab, double seconds) {
    try (Works works = new Works()) {
      Contest contest = new Contest();
      for (Architecture architecture : Architecture.values()) {
        String stored = "step %s K=6, stored rollout".formatted(architecture.id());
        String reversible = "step %s K=6, reversible rollout".formatted(architecture.id());
        HgnTraining kept = Lab.training(StepSuite.FEW, Lab.FRAMES, false);
        HgnTraining undone = Lab.training(StepSuite.FEW, Lab.FRAMES, true);
        add(lab, works, contest, stored, null, architecture, kept, usual(lab));
        add(lab, works, contest, reversible, stored, architecture, undone, usual(lab));
      }
      return contest.run(seconds);
    }
  }

  private static Division usual(Lab lab) {
    return Compute.division(lab.device(), Lab.BATCH, Lab.SIZE);
  }

  private static void add(
      Lab lab,
      Works works,
      Contest contest,
      String name,
      String baseline,
      Architecture architecture,
      HgnTraining training,
      Division division) {
    HgnBlueprint blueprint = Lab.blueprint(architecture);
    Dataset dataset = lab.dataset(DatasetSpec.PAPER_STEPS);
    contest.add(
        name,
        baseline,
        0,
        Works.next(
            works.keep(
                lab.steps(
                    blueprint,
                    training,
                    dataset,
                    Lab.BATCH,
                    division,
                    hgn.training.PhaseClock.NONE))));
  }
}
