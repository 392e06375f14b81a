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
  private final Course course;
  private final List<PhaseState> states = new ArrayList<>();
  private final Integrator integrator;
  private final double dt;

  /** The energies' weights as leaves: what every step's backward pass adds to. */
  private final Layout.Weights leaves;

  private final Hamiltonian live;
  private final Hamiltonian frozen;

  ReversibleRollout(HgnBlueprint blueprint, Step step, PhaseState start, Course course) {
    this.step = step;
    this.start = start;
    this.course = course;
    integrator = Integrators.named(blueprint.spec().integrator());
    dt = blueprint.spec().dt();
    leaves = blueprint.layout().leaves(step.weights());
    live = course.directed(blueprint.energy(leaves));
    frozen =
        course.directed(blueprint.energy(blueprint.layout().bind(step.weights().stopGradient())));
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
    for (int time : course.times()) {
      for (; now < time; now++) {
        state = replaced(state, dt);
      }
      states.add(state.copy(step.manager()));
    }
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
  public List<PhaseState> states() {
    return states;
  }

  @Override
  public NDArray surrogate(Gradients gradients) {
    int at = gradients.last();
    PhaseState adjoint = new PhaseState(start.q().zerosLike(), start.p().zerosLike());
    PhaseState state = null;
    for (int now = course.times()[at]; ; now--) {
      if (at >= 0 && course.times()[at] == now) {
        // What was kept on the way is exact: round-off of the way back begins anew.
        state = states.get(at).copy(step.manager());
        adjoint = added(adjoint, gradients.position(at), gradients.momentum(at));
        at--;
      }
      if (now == 0) {
        break;
      }
      state = replaced(state, -dt);
      adjoint = pulledBack(state, adjoint);
    }
    return TrainedRollout.product(start, adjoint)
        .add(TrainedRollout.product(step.weights(), leaves.gradient()));
  }

  /** The adjoint with what the loss itself says of the state; the old one is freed. */
  private PhaseState added(PhaseState adjoint, NDArray ofPosition, NDArray ofMomentum) {
    return new PhaseState(added(adjoint.q(), ofPosition), added(adjoint.p(), ofMomentum));
  }

  private static NDArray added(NDArray x, NDArray gradient) {
    if (gradient == null) {
      return x;
    }
    try (x) {
      return x.add(gradient);
    }
  }

  /** The adjoint before one step, from that after it, which is freed. */
  private PhaseState pulledBack(PhaseState before, PhaseState after) {
    try (NDManager scope = step.manager().newSubManager()) {
      after.q().attach(scope);
      after.p().attach(scope);
      NDArray q = step.leaf(before.q());
      NDArray p = step.leaf(before.p());
      q.attach(scope);
      p.attach(scope);
      PhaseState stepped = integrator.step(live, new PhaseState(q, p), dt);
      step.backward(TrainedRollout.product(stepped, after));
      PhaseState adjoint = new PhaseState(q.getGradient(), p.getGradient());
      adjoint.q().attach(step.manager());
      adjoint.p().attach(step.manager());
      return adjoint;
    }
  }
}
