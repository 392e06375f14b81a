package hgn.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.nn.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Back-propagation that keeps no intermediate states: the adjoint sweep runs the integrator
 * backward and differentiates one step at a time, so memory does not grow with the number of steps.
 * Costs one more evaluation of every step.
 */
final class ReversibleRollout implements TrainedRollout {
  private final Step step;
  private final PhaseState start;
  private final int[] times;
  private final List<NDArray> positions = new ArrayList<>();
  private final Integrator integrator;
  private final double dt;

  /** The energies' weights as leaves: what every step's backward pass adds to. */
  private final Layout.Weights leaves;

  private final Hamiltonian live;
  private final Hamiltonian frozen;
  private PhaseState end;

  ReversibleRollout(HgnBlueprint blueprint, Step step, PhaseState start, int[] times) {
    this.step = step;
    this.start = start;
    this.times = times.clone();
    integrator = Integrators.named(blueprint.spec().integrator());
    dt = blueprint.spec().dt();
    leaves = blueprint.layout().leaves(step.weights());
    live = blueprint.energy(leaves);
    frozen = blueprint.energy(blueprint.layout().bind(step.weights().stopGradient()));
    walk();
  }

  /**
   * Says whether a model can be trained so.
   *
   * @throws IllegalArgumentException if its integrator does not undo its own steps
   */
  static void check(HgnSpec spec) {
    boolean reversible = spec.separable() && Integrators.named(spec.integrator()).reversible();
    if (!reversible) {
      throw new IllegalArgumentException(
          "reversible training needs a reversible integrator and a separable Hamiltonian, got %s, %s"
              .formatted(spec.integrator(), spec.separable() ? "separable" : "joint"));
    }
  }

  private void walk() {
    PhaseState state = start.detached().copy(step.manager());
    int now = 0;
    for (int time : times) {
      for (; now < time; now++) {
        state = replaced(state, dt);
      }
      NDArray position = state.q().duplicate();
      positions.add(position);
    }
    end = state;
  }

  /** One step; what it made on the way and the state that it came from are freed. */
  private PhaseState replaced(PhaseState state, double signed) {
    try (NDManager scope = step.manager().newSubManager()) {
      state.q().attach(scope);
      state.p().attach(scope);
      PhaseState next = integrator.step(frozen, state, signed);
      next.q().attach(step.manager());
      next.p().attach(step.manager());
      return next;
    }
  }

  @Override
  public List<NDArray> positions() {
    return positions;
  }

  @Override
  public NDArray surrogate(List<NDArray> gradients) {
    NDArray last = gradients.get(gradients.size() - 1);
    PhaseState adjoint = new PhaseState(last.duplicate(), last.zerosLike());
    PhaseState state = end;
    int pending = times.length - 2;
    for (int now = times[times.length - 1]; now > 0; now--) {
      state = replaced(state, -dt);
      boolean target = pending >= 0 && times[pending] == now - 1;
      adjoint = pulledBack(state, adjoint, target ? gradients.get(pending) : null);
      pending -= target ? 1 : 0;
    }
    return TrainedRollout.product(start.q(), adjoint.q())
        .add(TrainedRollout.product(start.p(), adjoint.p()))
        .add(TrainedRollout.product(step.weights(), leaves.gradient()));
  }

  /** The adjoint before one step, from that after it, which is freed. */
  private PhaseState pulledBack(PhaseState before, PhaseState after, NDArray target) {
    try (NDManager scope = step.manager().newSubManager()) {
      after.q().attach(scope);
      after.p().attach(scope);
      NDArray q = step.leaf(before.q());
      NDArray p = step.leaf(before.p());
      q.attach(scope);
      p.attach(scope);
      PhaseState stepped = integrator.step(live, new PhaseState(q, p), dt);
      step.backward(
          TrainedRollout.product(stepped.q(), after.q())
              .add(TrainedRollout.product(stepped.p(), after.p())));
      NDArray adjointQ = q.getGradient();
      NDArray adjointP = p.getGradient();
      if (target != null) {
        adjointQ.attach(scope);
        adjointQ = adjointQ.add(target);
      }
      adjointQ.attach(step.manager());
      adjointP.attach(step.manager());
      return new PhaseState(adjointQ, adjointP);
    }
  }
}
