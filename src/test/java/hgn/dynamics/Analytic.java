package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.systems.PhysicalSystem;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/** References that share no code with what they judge. */
public final class Analytic {

  private Analytic() {}

  /** H = q² + p²: the phase plane turns clockwise at angular speed 2. */
  public static double[] massSpring(double q, double p, double t) {
    double c = Math.cos(2 * t);
    double s = Math.sin(2 * t);
    return new double[] {q * c + p * s, p * c - q * s};
  }

  /** Dormand–Prince 8(5,3) with forces written out by hand; returns q then p at time t. */
  public static double[] reference(PhysicalSystem system, double[] q, double[] p, double t) {
    int d = q.length;
    double[] y = new double[2 * d];
    System.arraycopy(q, 0, y, 0, d);
    System.arraycopy(p, 0, y, d, d);
    OrdinaryDifferentialEquation equation =
        new OrdinaryDifferentialEquation() {
          @Override
          public int getDimension() {
            return 2 * d;
          }

          @Override
          public double[] computeDerivatives(double time, double[] state) {
            return flow(system.id(), state);
          }
        };
    return new DormandPrince853Integrator(1e-12, 0.05, 1e-13, 1e-13)
        .integrate(equation, new ODEState(0, y), t)
        .getPrimaryState();
  }

  private static double[] flow(String id, double[] y) {
    int d = y.length / 2;
    double[] dy = new double[2 * d];
    switch (id) {
      case "mass-spring" -> {
        dy[0] = 2 * y[1];
        dy[1] = -2 * y[0];
      }
      case "pendulum" -> {
        dy[0] = 2 * y[1];
        dy[1] = -3 * Math.sin(y[0]);
      }
      case "double-pendulum" -> {
        double bend = y[0] - y[1];
        double mass = 1 + Math.sin(bend) * Math.sin(bend);
        dy[0] = (y[2] - y[3] * Math.cos(bend)) / mass;
        dy[1] = (2 * y[3] - y[2] * Math.cos(bend)) / mass;
        double pull = dy[0] * dy[1] * Math.sin(bend);
        dy[2] = -2 * Math.sin(y[0]) - pull;
        dy[3] = -Math.sin(y[1]) + pull;
      }
      default -> {
        System.arraycopy(y, d, dy, 0, d);
        for (int i = 0; i < d; i += 2) {
          for (int j = 0; j < d; j += 2) {
            if (i != j) {
              double x = y[j] - y[i];
              double z = y[j + 1] - y[i + 1];
              double cube = Math.pow(x * x + z * z, 1.5);
              dy[d + i] += x / cube;
              dy[d + i + 1] += z / cube;
            }
          }
        }
      }
    }
    return dy;
  }

  /** One state as a batch of one, float64. */
  public static PhaseState state(NDManager manager, double[] q, double[] p) {
    Shape shape = new Shape(1, q.length);
    return new PhaseState(manager.create(q, shape), manager.create(p, shape));
  }

  /** Largest difference of two arrays. */
  public static double distance(NDArray a, NDArray b) {
    return a.sub(b).abs().max().getDouble();
  }
}
