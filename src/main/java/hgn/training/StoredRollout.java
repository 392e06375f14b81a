package hgn.training;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.models.Hgn;
import java.util.ArrayList;
import java.util.List;

/** The ordinary way: every intermediate of the rollout is kept for the backward pass. */
final class StoredRollout implements TrainedRollout {
  private final List<NDArray> positions = new ArrayList<>();

  StoredRollout(Hgn model, PhaseState start, int[] times) {
    Integrator.Stepper stepper =
        model.integrator().stepper(model.hamiltonian(), start, model.spec().dt());
    PhaseState state = start;
    int now = 0;
    for (int time : times) {
      for (; now < time; now++) {
        state = stepper.next();
      }
      positions.add(state.q());
    }
  }

  @Override
  public List<NDArray> positions() {
    return positions;
  }

  @Override
  public NDArray surrogate(List<NDArray> gradients) {
    NDArray sum = TrainedRollout.product(positions.get(0), gradients.get(0));
    for (int i = 1; i < gradients.size(); i++) {
      sum = sum.add(TrainedRollout.product(positions.get(i), gradients.get(i)));
    }
    return sum;
  }
}
