package hgn.systems;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.Hashes;
import hgn.io.Text;
import hgn.io.UserError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Checks of a system of the reader's own, before anything is simulated or trained: shapes, the
 * gradient against finite differences of the energy, and whether the motions stay in the picture.
 */
final class SystemCheck {
  private static final int STATES = 32;
  private static final double STEP = 1e-3;
  private static final double TOLERANCE = 1e-5;

  /** Time of a training film (§4): 30 steps of 0.125. */
  private static final double HORIZON = 3.75;

  private static final int SUBSTEPS = 60;

  private final PhysicalSystem system;
  private final int d;
  private final InitialState[] starts = new InitialState[STATES];

  private SystemCheck(PhysicalSystem system) {
    this.system = system;
    if (!system.id().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw UserError.usage(
          "system id '%s': expected lower-case letters, digits and single dashes, for example"
              + " 'henon-heiles'",
          system.id());
    }
    this.d = system.dimension();
    SplittableRandom random = new SplittableRandom(7);
    Arrays.setAll(starts, i -> system.draw(random, 0));
    for (InitialState start : starts) {
      if (start.q().length != d || start.p().length != d || d == 0) {
        throw wrong(
            "its sampler gives %s, expected %d positions and %d momenta: return InitialState.of(q₁,"
                + " …, p₁, …) with one of each a degree of freedom",
            start, d, d);
      }
    }
  }

  /**
   * A key of the physics: of start states, energies, gradients and pictures, rounded so that it is
   * the same on every machine.
   *
   * @param system to be checked
   * @throws UserError naming the value that does not fit
   */
  static String fingerprint(PhysicalSystem system) {
    SystemCheck check = new SystemCheck(system);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      PhaseState s = system.batch(manager, check.starts);
      StringBuilder facts = new StringBuilder();
      View view = system.view();
      facts.append(view.halfWidth()).append(view.discs());
      for (NDArray part : check.parts(s)) {
        for (double x : part.toDoubleArray()) {
          facts.append(rounded(x));
        }
      }
      return Hashes.sha256(facts.toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }
  }

  private static String rounded(double x) {
    return Math.abs(x) < 1
        ? Text.of("%d ", Math.round(x * 1e6))
        : String.format(Locale.ROOT, "%.5e ", x);
  }

  private NDList parts(PhaseState s) {
    Hamiltonian h = system.hamiltonian();
    Shape shape = new Shape(STATES, d);
    NDArray energy = h.energy(s);
    require("energy", energy, new Shape(STATES));
    PhaseState gradient = h.gradient(s);
    require("∂H/∂q", gradient.q(), shape);
    require("∂H/∂p", gradient.p(), shape);
    requireGradient(s, gradient);
    NDArray positions = system.positions(s.q());
    require("picture", positions, new Shape(STATES, system.view().discs().size(), 2));
    NDArray film = system.positions(s.q().toType(DataType.FLOAT32, true));
    require("picture in float32", film, positions.getShape());
    requireInPicture(s);
    return new NDList(s.q(), s.p(), energy, gradient.q(), gradient.p(), positions);
  }

  private void require(String what, NDArray values, Shape expected) {
    if (!values.getShape().equals(expected)) {
      throw wrong(
          "the %s of %d states with %d coordinates has shape %s, expected %s: keep the states of a"
              + " batch apart, for example by sum(new int[] {1})",
          what, STATES, d, values.getShape(), expected);
    }
    double[] flat = values.toType(DataType.FLOAT64, false).toDoubleArray();
    for (int i = 0; i < flat.length; i++) {
      if (!Double.isFinite(flat[i])) {
        throw wrong(
            "the %s is %s at %s: draw states where it is finite",
            what, flat[i], starts[i / (flat.length / STATES)]);
      }
    }
  }

  /** Fourth-order central differences, a coordinate at a time. */
  private void requireGradient(PhaseState s, PhaseState gradient) {
    NDArray all = NDArrays.concat(new NDList(s.q(), s.p()), 1);
    NDArray given = NDArrays.concat(new NDList(gradient.q(), gradient.p()), 1);
    double[] claimed = given.toDoubleArray();
    double worst = 0;
    UserError error = null;
    for (int j = 0; j < 2 * d; j++) {
      double[] wide = change(all, j, 2 * STEP);
      double[] near = change(all, j, STEP);
      for (int i = 0; i < STATES; i++) {
        double measured = (8 * near[i] - wide[i]) / (12 * STEP);
        double value = claimed[i * 2 * d + j];
        double off = Math.abs(value - measured) / Math.max(1, Math.abs(measured));
        if (!(off <= TOLERANCE) && !(off <= worst)) {
          worst = off;
          error =
              wrong(
                  "∂H/∂%s%d is given as %.6g, but the energy changes by %.6g there (the worst of %d"
                      + " states, at %s): correct the gradient or the energy; a motion with"
                      + " friction has no energy that it belongs to",
                  j < d ? "q" : "p", j % d + 1, value, measured, STATES, starts[i]);
        }
      }
    }
    if (error != null) {
      throw error;
    }
  }

  /** H(x + h eⱼ) − H(x − h eⱼ) of each state. */
  private double[] change(NDArray all, int j, double h) {
    double[] shift = new double[2 * d];
    shift[j] = h;
    NDArray by = all.getManager().create(shift, new Shape(1, 2L * d));
    return energy(all.add(by)).sub(energy(all.sub(by))).toDoubleArray();
  }

  private NDArray energy(NDArray all) {
    NDList halves = all.split(2, 1);
    return system.hamiltonian().energy(new PhaseState(halves.get(0), halves.get(1)));
  }

  private void requireInPicture(PhaseState start) {
    Hamiltonian h = system.hamiltonian();
    double edge = system.view().halfWidth();
    PhaseState s = start;
    int discs = system.view().discs().size();
    for (int k = 0; k <= SUBSTEPS; k++) {
      double[] at = system.positions(s.q()).toType(DataType.FLOAT64, false).toDoubleArray();
      for (int i = 0; i < at.length; i++) {
        // Where a step this long fails there is NaN; the simulator takes shorter ones.
        if (Math.abs(at[i]) > edge) {
          throw wrong(
              "disc %d is at (%.3g, %.3g) after a time of %.3g from %s, outside the picture of"
                  + " half-width %s: show a wider world or start closer",
              i / 2 % discs + 1,
              at[i & ~1],
              at[i | 1],
              k * HORIZON / SUBSTEPS,
              starts[i / (2 * discs)],
              edge);
        }
      }
      s = Integrators.eighthOrder(h).step(h, s, HORIZON / SUBSTEPS);
    }
  }

  private UserError wrong(String format, Object... args) {
    return UserError.usage("'" + system.id() + "': " + format, args);
  }
}
