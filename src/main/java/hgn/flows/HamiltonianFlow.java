package hgn.flows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.dynamics.ScalarField;
import hgn.dynamics.Separable;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of leapfrog steps, each along its own separable Hamiltonian (§3.3). Volume-preserving by
 * construction: ln |det J| = 0. The inverse is the same chain from its end with −dt.
 *
 * <p>It maps [q, p] side by side. The step is learned, so it multiplies the energy: a step of dt
 * along H is a step of 1 along dt·H, and the leapfrog of the true physics takes it.
 *
 * @param hamiltonians dt·H of each step
 */
public record HamiltonianFlow(List<Separable> hamiltonians) implements Flow {

  /** Copies the list. */
  public HamiltonianFlow {
    hamiltonians = List.copyOf(hamiltonians);
  }

  /**
   * dt·H, with a dt that can be learned.
   *
   * @param field H
   * @param dt one value, [1]
   */
  record Scaled(ScalarField field, NDArray dt) implements ScalarField {
    @Override
    public NDArray value(NDArray x) {
      return field.value(x).mul(dt);
    }

    @Override
    public NDArray gradient(NDArray x) {
      return field.gradient(x).mul(dt);
    }
  }

  @Override
  public Mapped forward(NDArray x) {
    List<PhaseState> states = states(halves(x));
    return mapped(states.get(states.size() - 1));
  }

  @Override
  public Mapped inverse(NDArray y) {
    PhaseState s = halves(y);
    for (int i = hamiltonians.size() - 1; i >= 0; i--) {
      s = Integrators.LEAPFROG.step(hamiltonians.get(i), s, -1);
    }
    return mapped(s);
  }

  /**
   * Every state on the way.
   *
   * @param start states of the prior
   * @return start, then the state after each step
   */
  public List<PhaseState> states(PhaseState start) {
    List<PhaseState> states = new ArrayList<>(List.of(start));
    PhaseState s = start;
    for (Separable h : hamiltonians) {
      s = Integrators.LEAPFROG.step(h, s, 1);
      states.add(s);
    }
    return states;
  }

  static PhaseState halves(NDArray x) {
    NDList parts = x.split(2, 1);
    return new PhaseState(parts.get(0), parts.get(1));
  }

  private static Mapped mapped(PhaseState s) {
    NDArray q = s.q();
    NDArray zero = q.getManager().zeros(new Shape(q.getShape().get(0)), q.getDataType());
    return new Mapped(NDArrays.concat(new NDList(q, s.p()), 1), zero);
  }
}
