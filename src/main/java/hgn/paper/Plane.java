package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.results.Axes;
import hgn.results.Series;
import hgn.results.Trajectory;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The plane that tells most of a system's motions: (q, p) of one degree of freedom, else the
 * picture, in which every disc has a path of its own.
 */
final class Plane {

  private Plane() {}

  /** Labels of the first coordinate and its momentum. */
  static Axes phase(PhysicalSystem system) {
    return new Axes(system.view().q(), system.view().p());
  }

  /** The same of a system by its name; films of the user's own have no such labels. */
  static Axes phase(String system) {
    return Systems.all().stream()
        .filter(s -> s.id().equals(system))
        .map(Plane::phase)
        .findFirst()
        .orElse(Axes.UNNAMED);
  }

  /** Whether the plane is that of (q, p). */
  static boolean isPhase(PhysicalSystem system) {
    return system.dimension() == 1;
  }

  /** Labels of the plane. */
  static Axes axes(PhysicalSystem system) {
    return isPhase(system) ? phase(system) : Axes.PICTURE;
  }

  /** A motion's curves in the plane: one, or one a disc. */
  static List<Series> curves(PhysicalSystem system, Trajectory path) {
    if (isPhase(system)) {
      return List.of(path.phase(0));
    }
    int discs = system.view().discs().size();
    double[] at;
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      at = system.positions(manager.create(path.q())).toDoubleArray();
    }
    return IntStream.range(0, discs)
        .mapToObj(
            disc ->
                new Series(
                    path.label(),
                    every(at, 2 * disc, 2 * discs),
                    every(at, 2 * disc + 1, 2 * discs)))
        .toList();
  }

  private static double[] every(double[] flat, int first, int stride) {
    double[] out = new double[flat.length / stride];
    Arrays.setAll(out, k -> flat[first + k * stride]);
    return out;
  }
}
