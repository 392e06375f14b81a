package hgn.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import hgn.models.Architecture;
import hgn.models.HgnBlueprint;
import hgn.nn.Layout;
import hgn.training.AdamTrial;
import java.util.ArrayList;
import java.util.List;

/** Adam on one flat vector against the engine's, which has an array for every weight. */
final class UpdateSuite {

  private UpdateSuite() {}

  static List<Row> run(Lab lab, double seconds) {
    try (NDManager manager = lab.manager().newSubManager()) {
      Contest contest = new Contest();
      for (Architecture architecture : Architecture.values()) {
        HgnBlueprint blueprint = Lab.blueprint(architecture);
        Layout layout = blueprint.layout();
        String name = "update %s, an array a weight".formatted(architecture.id());
        contest
            .add(name, null, 0, djl(manager, layout))
            .add(
                "update %s, one vector".formatted(architecture.id()),
                name,
                0,
                AdamTrial.of(manager, layout.initial(Lab.SEED)));
      }
      return contest.run(seconds);
    }
  }

  /** Without the clip by the global norm, which DJL's cannot. */
  private static Runnable djl(NDManager manager, Layout layout) {
    Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-4f)).build();
    List<NDArray> weights = new ArrayList<>();
    List<NDArray> gradients = new ArrayList<>();
    for (Layout.Slot slot : layout.slots()) {
      weights.add(manager.zeros(slot.shape()));
      gradients.add(manager.randomNormal(slot.shape()));
    }
    return () -> {
      for (int i = 0; i < weights.size(); i++) {
        adam.update(layout.slots().get(i).name(), weights.get(i), gradients.get(i));
      }
    };
  }
}
