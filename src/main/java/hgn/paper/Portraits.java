package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import hgn.data.Simulate;
import hgn.data.Simulation;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.io.UserError;
import hgn.results.Grid2D;
import hgn.results.PhasePortrait;
import hgn.systems.InitialState;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Phase portraits of the systems with one degree of freedom. */
public final class Portraits {
  private static final int FINE = 161;
  private static final int ARROWS = 11;
  private static final int FRAMES = 240;
  private static final double FRAME = 0.02;
  private static final int PATHS = 5;

  /** Initial states that show how far motions reach. */
  private static final int DRAWN = 64;

  private static final double AIR = 1.25;

  private Portraits() {}

  /**
   * Energy, flow and trajectories of a system over the states its datasets start from.
   *
   * @param system name of a system with one degree of freedom, for example "pendulum"
   * @return the portrait
   */
  public static PhasePortrait of(String system) {
    return of(Systems.named(system));
  }

  /**
   * The same of a system that need not have been added.
   *
   * @param system with one degree of freedom
   * @throws UserError if it has more
   */
  public static PhasePortrait of(PhysicalSystem system) {
    if (system.dimension() != 1) {
      throw UserError.usage(
          "'%s' has %d degrees of freedom: a phase portrait shows a system with one;"
              + " Simulate.exactly(system).rollout(…) follows yours",
          system.id(), system.dimension());
    }
    Hamiltonian h = system.hamiltonian();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      PhaseState drawn = system.sample(manager, DRAWN, new SplittableRandom(1), 0);
      PhaseState motion = Simulation.trajectories(system, drawn, 4 * FRAME, FRAMES / 4);
      double reachQ = motion.q().abs().max().getDouble();
      double qMax = AIR * reachQ;
      double pMax = AIR * motion.p().abs().max().getDouble();
      double[] fineQ = Grid2D.linspace(-qMax, qMax, FINE);
      double[] fineP = Grid2D.linspace(-pMax, pMax, FINE);
      double[] coarseQ = Grid2D.linspace(-0.9 * qMax, 0.9 * qMax, ARROWS);
      double[] coarseP = Grid2D.linspace(-0.9 * pMax, 0.9 * pMax, ARROWS);
      PhaseState fine = mesh(manager, fineQ, fineP);
      PhaseState coarse = mesh(manager, coarseQ, coarseP);
      return new PhasePortrait(
          system.title(),
          Plane.phase(system),
          Grid2D.of(fineQ, fineP, h.energy(fine).toDoubleArray()),
          Grid2D.of(coarseQ, coarseP, h.dHdp(coarse).toDoubleArray()),
          Grid2D.of(coarseQ, coarseP, h.dHdq(coarse).neg().toDoubleArray()),
          IntStream.rangeClosed(1, PATHS)
              .mapToObj(k -> InitialState.of(reachQ * k / PATHS, 0))
              .map(start -> Simulate.exactly(system).rollout(start, FRAME, FRAMES))
              .toList());
    }
  }

  private static PhaseState mesh(NDManager manager, double[] q, double[] p) {
    NDList halves = manager.create(Grid2D.points(q, p)).split(2, 1);
    return new PhaseState(halves.get(0), halves.get(1));
  }
}
