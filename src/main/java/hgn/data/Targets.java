package hgn.data;

import hgn.io.UserError;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The densities of Fig 9 and 10. The paper shows Gaussian mixtures and states none of their
 * numbers. The mixtures of {@link #all} are chosen so that modes lie at least six deviations apart.
 * Those that name their dimension ("-d6") have wider modes, on a circle of the first two
 * coordinates: two lie 8 deviations apart, four 5.7, eight 3.1. In one dimension ("-d1") the circle
 * is projected on a line, where modes of four and of eight coincide.
 */
public final class Targets {
  private static final String MIXED = "mixture-";
  private static final String DIMENSIONS = "-d";

  private Targets() {}

  /** All of the plane. */
  public static List<Target> all() {
    return List.of(
        new Mixture("mixture-2", ring(2, 2, 2), 0.4),
        new Mixture("mixture-4", ring(4, 2, 2), 0.4),
        new Mixture("mixture-8", ring(8, 2.5, 2), 0.3),
        new Mixture("grid-9", grid(), 0.3),
        new Shape("two-moons", Targets::moons),
        new Shape("spiral", Targets::spiral),
        new Checkerboard());
  }

  /**
   * The target of that name. "mixture-2-d6" is a mixture of two modes in six dimensions.
   *
   * @throws UserError naming the known ones if there is none
   */
  public static Target named(String id) {
    if (id.matches("mixture-[248]-d[1-9]\\d?")) {
      int at = id.indexOf(DIMENSIONS);
      int modes = Integer.parseInt(id.substring(MIXED.length(), at));
      int d = Integer.parseInt(id.substring(at + DIMENSIONS.length()));
      if (d == 1 && modes > 2) {
        throw UserError.usage(
            "'%s' would have modes that coincide: a line holds two, mixture-2-d1; %d take"
                + " mixture-%d-d2",
            id, modes, modes);
      }
      return new Mixture(id, ring(modes, 2, d), 0.5);
    }
    return all().stream()
        .filter(t -> t.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "unknown target '%s', expected one of %s, or for example mixture-4-d6",
                    id, all().stream().map(Target::id).toList()));
  }

  /** Centres on a circle of the first two coordinates. */
  private static double[][] ring(int modes, double radius, int d) {
    double[][] centres = new double[modes][d];
    for (int m = 0; m < modes; m++) {
      double angle = 2 * Math.PI * m / modes;
      centres[m][0] = radius * Math.cos(angle);
      if (d > 1) {
        centres[m][1] = radius * Math.sin(angle);
      }
    }
    return centres;
  }

  private static double[][] grid() {
    double[][] centres = new double[9][];
    for (int m = 0; m < 9; m++) {
      centres[m] = new double[] {2.0 * (m % 3 - 1), 2.0 * (m / 3 - 1)};
    }
    return centres;
  }

  private static double[] moons(RandomGenerator random) {
    double angle = Math.PI * random.nextDouble();
    boolean upper = random.nextBoolean();
    double x = upper ? Math.cos(angle) : 1 - Math.cos(angle);
    double y = upper ? Math.sin(angle) : 0.5 - Math.sin(angle);
    double noise = 0.15;
    return new double[] {
      1.5 * (x - 0.5) + noise * random.nextGaussian(),
      1.5 * (y - 0.25) + noise * random.nextGaussian()
    };
  }

  private static double[] spiral(RandomGenerator random) {
    // The square root spreads the points evenly along the arm.
    double turn = Math.sqrt(random.nextDouble()) * 3 * Math.PI;
    double sign = random.nextBoolean() ? 1 : -1;
    double radius = sign * 2.5 * turn / (3 * Math.PI);
    double noise = 0.1;
    return new double[] {
      radius * Math.cos(turn) + noise * random.nextGaussian(),
      radius * Math.sin(turn) + noise * random.nextGaussian()
    };
  }

  private interface Draw {
    double[] point(RandomGenerator random);
  }

  /** A target of the plane known by its sampler alone. */
  private record Shape(String id, Draw draw) implements Target {
    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double[] sample(RandomGenerator random) {
      return draw.point(random);
    }
  }

  /** The eight dark squares of a 4 × 4 board over (−3, 3)². */
  private record Checkerboard() implements Target {
    private static final double SIDE = 1.5;

    @Override
    public String id() {
      return "checkerboard";
    }

    @Override
    public int dimension() {
      return 2;
    }

    @Override
    public double[] sample(RandomGenerator random) {
      int row = random.nextInt(4);
      int column = 2 * random.nextInt(2) + row % 2;
      return new double[] {
        SIDE * (column - 2 + random.nextDouble()), SIDE * (row - 2 + random.nextDouble())
      };
    }

    @Override
    public boolean exact() {
      return true;
    }

    @Override
    public double logDensity(double[] x) {
      int column = (int) Math.floor(x[0] / SIDE) + 2;
      int row = (int) Math.floor(x[1] / SIDE) + 2;
      boolean dark = row >= 0 && row < 4 && column >= 0 && column < 4 && (row + column) % 2 == 0;
      return dark ? -Math.log(8 * SIDE * SIDE) : Double.NEGATIVE_INFINITY;
    }
  }
}
