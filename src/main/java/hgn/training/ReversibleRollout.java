package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.models.Hgn;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Back-propagation that keeps no intermediate states: the adjoint sweep runs the integrator
 * backward and differentiates one step at a time, so memory does not grow with the number of steps.
 * Costs one more evaluation of every step.
 */
final class ReversibleRollout implements TrainedRollout {
  private final HgnBlueprint blueprint;
  private final Step step;
  private final PhaseState start;
  private final int[] times;
  private final List<NDArray> positions = new ArrayList<>();
  private final Integrator integrator;
  private final double dt;
  private PhaseState end;

  ReversibleRollout(HgnBlueprint blueprint, Step step, PhaseState start, int[] times) {
    this.blueprint = blueprint;
    this.step = step;
    this.start = start;
    this.times = times.clone();
    Hgn frozen = blueprint.bind(blueprint.layout().bind(step.weights().stopGradient()));
    integrator = frozen.integrator();
    dt = frozen.spec().dt();
    walk(frozen.hamiltonian());
  }

  /**
   * Says whether a model can be trained so.
   *
   * @throws IllegalArgumentException if its integrator does not undo its own steps
   */
  static void check(HgnSpec spec) {
    boolean reversible =
        spec.separable() && hgn.dynamics.Integrators.named(spec.integrator()).reversible();
    if (!reversible) {
      throw new IllegalArgumentException(
          "reversible training needs a reversible integrator and a separable Hamiltonian, got %s, %s"
              .formatted(spec.integrator(), spec.separable() ? "separable" : "joint"));
    }
  }

  private void walk(Hamiltonian frozen) {
    PhaseState state = start.detached();
    int now = 0;
    for (int time : times) {
      for (; now < time; now++) {
        state = advanced(frozen, state, dt, step.manager());
      }
      positions.add(state.q());
    }
    end = state;
  }

  /** One step whose intermediates are freed at once. */
  private PhaseState advanced(Hamiltonian h, PhaseState s, double signed, NDManager keeper) {
    try (NDManager scope = keeper.newSubManager()) {
      PhaseState local = new PhaseState(s.q().duplicate(), s.p().duplicate());
      local.q().attach(scope);
      local.p().attach(scope);
      PhaseState next = integrator.step(h, local, signed);
      next.q().attach(keeper);
      next.p().attach(keeper);
      return next;
    }
  }

  @Override
  public List<NDArray> positions() {
    return positions;
  }

  @Override
  public NDArray surrogate(List<NDArray> gradients) {
    NDArray adjointQ = gradients.get(gradients.size() - 1);
    NDArray adjointP = adjointQ.zerosLike();
    PhaseState state = end;
    int pending = times.length - 2;
    for (int now = times[times.length - 1]; now > 0; now--) {
      try (NDManager scope = step.manager().newSubManager()) {
        NDArray weights = step.weights().stopGradient();
        weights.attach(scope);
        Hamiltonian frozen = blueprint.bind(blueprint.layout().bind(weights)).hamiltonian();
        PhaseState before = advanced(frozen, state, -dt, step.manager());
        NDArray q = step.leaf(before.q());
        NDArray p = step.leaf(before.p());
        q.attach(scope);
        p.attach(scope);
        Hamiltonian live = blueprint.bind(blueprint.layout().bind(step.weights())).hamiltonian();
        PhaseState after = integrator.step(live, new PhaseState(q, p), dt);
        step.backward(
            TrainedRollout.product(after.q(), adjointQ)
                .add(TrainedRollout.product(after.p(), adjointP)));
        adjointQ = q.getGradient();
        adjointP = p.getGradient();
        if (pending >= 0 && times[pending] == now - 1) {
          adjointQ = adjointQ.add(gradients.get(pending));
          pending--;
        }
        adjointQ.attach(step.manager());
        adjointP.attach(step.manager());
        state = before;
      }
    }
    return TrainedRollout.product(start.q(), adjointQ)
        .add(TrainedRollout.product(start.p(), adjointP));
  }
}
