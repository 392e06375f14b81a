package hgn.data;

import ai.djl.Device;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.io.UserError;
import hgn.results.Trajectory;
import hgn.systems.InitialState;
import hgn.systems.PhysicalSystem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trajectories of a system from one state, as plain numbers: {@code
 * Simulate.exactly(system).rollout(start, 0.125, 300)}.
 */
public final class Simulate {
  private final PhysicalSystem system;
  private final Integrator method;

  private Simulate(PhysicalSystem system, Integrator method) {
    this.system = system;
    this.method = method;
  }

  /**
   * Motion by the simulator of the datasets: eighth order, with shorter steps where energy asks for
   * it.
   */
  public static Simulate exactly(PhysicalSystem system) {
    return new Simulate(system, null);
  }

  /** Motion by steps of a method, each as long as the time between two states. */
  public static Simulate by(Integrator method, PhysicalSystem system) {
    return new Simulate(system, method);
  }

  /**
   * Follows one state.
   *
   * @param start the state at time 0
   * @param dt time between two states; negative runs backward
   * @param steps how many states follow the start
   * @return the path
   * @throws UserError if the motion cannot be followed or becomes NaN
   */
  public Trajectory rollout(InitialState start, double dt, int steps) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      PhaseState s = system.batch(manager, start);
      PhaseState path =
          method == null
              ? Simulation.trajectories(system, s, dt, steps)
              : stacked(method.rollout(system.hamiltonian(), s, dt, steps));
      double[][] q = PhaseState.rows(path.q());
      double[][] p = PhaseState.rows(path.p());
      double[] t = IntStream.rangeClosed(0, steps).mapToDouble(k -> k * dt).toArray();
      for (int k = 0; k <= steps; k++) {
        if (Double.isNaN(Arrays.stream(q[k]).sum() + Arrays.stream(p[k]).sum())) {
          throw UserError.usage(
              "%s gives NaN for '%s' at time %.4g from %s: correct its step, take a smaller dt than"
                  + " %s, or start where the forces are finite",
              method == null ? "the simulator" : method.name(), system.id(), t[k], start, dt);
        }
      }
      return new Trajectory(method == null ? "exact" : method.name(), t, q, p);
    }
  }

  private static PhaseState stacked(List<PhaseState> path) {
    return new PhaseState(
        NDArrays.stack(new NDList(path.stream().map(PhaseState::q).toList()), 1),
        NDArrays.stack(new NDList(path.stream().map(PhaseState::p).toList()), 1));
  }
}
