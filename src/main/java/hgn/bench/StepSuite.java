package hgn.bench;

import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.io.Text;
import hgn.models.Architecture;
import hgn.models.HgnBlueprint;
import hgn.training.Compute;
import hgn.training.Division;
import hgn.training.FrameDraw;
import hgn.training.TrainingSteps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training step and its phases in both architectures: with all frames, with six that all films
 * share and with two of each film's own.
 */
final class StepSuite {
  static final int FEW = 6;
  private static final int OWN = 2;
  static final double RATE = 1.5e-4;

  private StepSuite() {}

  static List<Row> run(Lab lab, double seconds) {
    Dataset dataset = lab.dataset(DatasetSpec.PAPER_STEPS);
    Division division = Compute.division(lab.device(), Lab.BATCH, Lab.SIZE);
    try (Works works = new Works()) {
      Contest contest = new Contest();
      for (Architecture architecture : Architecture.values()) {
        HgnBlueprint blueprint = Lab.blueprint(architecture);
        Arithmetic arithmetic = new Arithmetic(blueprint, Lab.BATCH);
        String all = "step %s K=31".formatted(architecture.id());
        for (int k : new int[] {0, FEW, OWN}) {
          Map<String, Double> millis = new LinkedHashMap<>();
          TrainingSteps steps =
              works.keep(
                  lab.steps(
                      blueprint,
                      Lab.training(k, Lab.FRAMES, false)
                          .withFrames(k, k == OWN ? FrameDraw.SPREAD : FrameDraw.SHARED),
                      dataset,
                      Lab.BATCH,
                      division,
                      (phase, nanos) -> millis.merge(phase, nanos / 1e6, Double::sum)));
          long[] iteration = new long[1];
          int decoded = k == 0 ? Lab.FRAMES : k;
          contest.add(
              k == 0 ? all : Text.of("step %s K=%d", architecture.id(), k),
              k == 0 ? null : all,
              // Frames that are spread over the horizon reach to its end.
              arithmetic.step(decoded, k == OWN ? Lab.FRAMES - 1 : meanReach(decoded)),
              () -> {
                millis.clear();
                steps.take(iteration[0]++, RATE);
                return millis;
              });
        }
      }
      return contest.run(seconds);
    }
  }

  /** Mean of the last of K times drawn from 31 without repetition. */
  static double meanReach(int k) {
    return k * (Lab.FRAMES + 1.0) / (k + 1) - 1;
  }
}
