package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Simulation;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.results.Grid2D;
import hgn.results.PhasePortrait;
import hgn.results.Trajectory;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import java.util.ArrayList;
import java.util.List;

/** Phase portraits of the systems with one degree of freedom. */
public final class Portraits {
  private static final int FINE = 161;
  private static final int ARROWS = 11;
  private static final int FRAMES = 240;
  private static final double FRAME = 0.02;

  private Portraits() {}

  /**
   * Energy, flow and trajectories of a system over the states its datasets start from.
   *
   * @param system "mass-spring" or "pendulum"
   * @return the portrait
   */
  public static PhasePortrait of(String system) {
    PhysicalSystem physics = Systems.named(system);
    return switch (system) {
      case "mass-spring" ->
          portrait(physics, "position q", "momentum p", 1.25, 1.25, 0.25, 0.5, 0.75, 1.0);
      case "pendulum" ->
          portrait(
              physics, "angle q (rad)", "momentum p", 1.25 * Math.PI, 3.1, 0.5, 1.0, 1.5, 2.0, 2.3);
      default ->
          throw new IllegalArgumentException(
              "no phase portrait of %s, expected mass-spring or pendulum".formatted(system));
    };
  }

  private static PhasePortrait portrait(
      PhysicalSystem physics, String q, String p, double qMax, double pMax, double... starts) {
    Hamiltonian h = physics.hamiltonian();
    double[] fineQ = Grid2D.linspace(-qMax, qMax, FINE);
    double[] fineP = Grid2D.linspace(-pMax, pMax, FINE);
    double[] coarseQ = Grid2D.linspace(-0.9 * qMax, 0.9 * qMax, ARROWS);
    double[] coarseP = Grid2D.linspace(-0.9 * pMax, 0.9 * pMax, ARROWS);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      PhaseState fine = mesh(manager, fineQ, fineP);
      PhaseState coarse = mesh(manager, coarseQ, coarseP);
      return new PhasePortrait(
          physics.title(),
          q,
          p,
          grid(fineQ, fineP, h.energy(fine).toDoubleArray()),
          grid(coarseQ, coarseP, h.dHdp(coarse).toDoubleArray()),
          grid(coarseQ, coarseP, h.dHdq(coarse).neg().toDoubleArray()),
          paths(manager, physics, starts));
    }
  }

  private static List<Trajectory> paths(
      NDManager manager, PhysicalSystem physics, double... starts) {
    double[][] q = new double[starts.length][1];
    double[][] p = new double[starts.length][1];
    for (int i = 0; i < starts.length; i++) {
      q[i][0] = starts[i];
    }
    PhaseState path =
        Simulation.trajectories(
            physics, new PhaseState(manager.create(q), manager.create(p)), FRAME, FRAMES);
    double[] qs = path.q().toDoubleArray();
    double[] ps = path.p().toDoubleArray();
    List<Trajectory> out = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      double[] t = new double[FRAMES + 1];
      double[][] qi = new double[FRAMES + 1][1];
      double[][] pi = new double[FRAMES + 1][1];
      for (int k = 0; k <= FRAMES; k++) {
        t[k] = k * FRAME;
        qi[k][0] = qs[i * (FRAMES + 1) + k];
        pi[k][0] = ps[i * (FRAMES + 1) + k];
      }
      out.add(new Trajectory("q₀ = " + starts[i], t, qi, pi));
    }
    return out;
  }

  /** All pairs, q running fastest. */
  private static PhaseState mesh(NDManager manager, double[] q, double[] p) {
    double[][] qs = new double[q.length * p.length][1];
    double[][] ps = new double[q.length * p.length][1];
    for (int j = 0; j < p.length; j++) {
      for (int i = 0; i < q.length; i++) {
        qs[j * q.length + i][0] = q[i];
        ps[j * q.length + i][0] = p[j];
      }
    }
    return new PhaseState(manager.create(qs), manager.create(ps));
  }

  private static Grid2D grid(double[] q, double[] p, double[] flat) {
    double[][] values = new double[p.length][q.length];
    for (int j = 0; j < p.length; j++) {
      System.arraycopy(flat, j * q.length, values[j], 0, q.length);
    }
    return new Grid2D(q, p, values);
  }
}
