package hgn.training;

import ai.djl.ndarray.NDArray;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.models.Hgn;
import java.util.ArrayList;
import java.util.List;

/** The ordinary way: every intermediate of the rollout is kept for the backward pass. */
final class StoredRollout implements TrainedRollout {
  private final List<PhaseState> states = new ArrayList<>();

  StoredRollout(Hgn model, PhaseState start, Course course) {
    Hamiltonian h = course.directed(model.hamiltonian());
    Integrator.Stepper stepper = model.integrator().stepper(h, start, model.spec().dt());
    PhaseState state = start;
    int now = 0;
    for (int time : course.times()) {
      for (; now < time; now++) {
        state = stepper.next();
      }
      states.add(state);
    }
  }

  @Override
  public List<PhaseState> states() {
    return states;
  }

  @Override
  public NDArray surrogate(Gradients gradients) {
    NDArray sum = null;
    for (int at = 0; at < states.size(); at++) {
      sum = added(sum, states.get(at).q(), gradients.position(at));
      sum = added(sum, states.get(at).p(), gradients.momentum(at));
    }
    return sum;
  }

  private static NDArray added(NDArray sum, NDArray x, NDArray gradient) {
    if (gradient == null) {
      return sum;
    }
    NDArray product = TrainedRollout.product(x, gradient);
    return sum == null ? product : sum.add(product);
  }
}
