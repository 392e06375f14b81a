package hgn.bench;

import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.models.Architecture;
import hgn.models.HgnBlueprint;
import hgn.training.Compute;
import hgn.training.HgnTraining;
import java.util.ArrayList;
import java.util.List;

/** The same step in other ways: frames per decode, horizon, the reversible rollout. */
final class VariantsSuite implements Suite {

  @Override
  public String about() {
    return "a compact step: frames per decode, horizon, stored and reversible rollout";
  }

  @Override
  public List<Row> run(Lab lab, double seconds) {
    List<Row> rows = new ArrayList<>();
    rows.addAll(framesPerDecode(lab, seconds / 3));
    rows.addAll(horizons(lab, seconds / 3));
    rows.addAll(rollouts(lab, seconds / 3));
    return rows;
  }

  private static List<Row> framesPerDecode(Lab lab, double seconds) {
    try (Works works = new Works()) {
      Contest contest = new Contest();
      String first = "step compact K=31, 1 frame a decode";
      HgnTraining all = Lab.training(0, Lab.FRAMES, false);
      add(lab, works, contest, first, null, Architecture.COMPACT, all, 1);
      for (int n : new int[] {2, 4, Lab.FRAMES}) {
        String name = "step compact K=31, %d frames a decode".formatted(n);
        add(lab, works, contest, name, first, Architecture.COMPACT, all, n);
      }
      return contest.run(seconds);
    }
  }

  private static List<Row> horizons(Lab lab, double seconds) {
    try (Works works = new Works()) {
      Contest contest = new Contest();
      String full = "step compact K=6, horizon 31";
      for (int horizon : new int[] {Lab.FRAMES, 16, StepSuite.FEW}) {
        String name = "step compact K=6, horizon %d".formatted(horizon);
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

  private static int usual(Lab lab) {
    return Compute.framesPerDecode(lab.device());
  }

  private static void add(
      Lab lab,
      Works works,
      Contest contest,
      String name,
      String baseline,
      Architecture architecture,
      HgnTraining training,
      int framesPerDecode) {
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
                    framesPerDecode,
                    hgn.training.PhaseClock.NONE))));
  }
}
