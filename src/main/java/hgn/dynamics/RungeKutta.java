package hgn.dynamics;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;

/**
 * A Runge–Kutta method given by its Butcher tableau. An explicit one is neither symplectic nor
 * reversible: the energy of a long rollout drifts (§A.6). An implicit one is where its coefficients
 * say so, and then for every energy, separable or not.
 *
 * <p>The stages of an implicit method are found by fixed-point iteration down to round-off, each
 * state of the batch for itself, so that none depends on its neighbours. Where that does not
 * converge, because dt is too large for the forces, the state after the step is NaN.
 *
 * @param name the method's usual name
 * @param order order of the global error
 * @param a coefficients of the stages: row i of length i for an explicit method, all rows as long
 *     as b for an implicit one
 * @param b weights of the stages; they sum to 1
 */
public record RungeKutta(String name, int order, double[][] a, double[] b) implements Integrator {
  private static final double COEFFICIENT_TOLERANCE = 1e-13;
  private static final int MOST_ITERATIONS = 100;
  private static final int ULPS = 8;

  /**
   * Checks the tableau's shape and consistency.
   *
   * @throws IllegalArgumentException if a is neither strictly lower triangular nor square, or b
   *     does not sum to 1
   */
  public RungeKutta {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %d stages in a and %d weights in b must match",
              name,
              a.length,
              b.length));
    }
    int stages = b.length;
    boolean square = Arrays.stream(a).allMatch(row -> row.length == stages);
    for (int i = 0; i < a.length; i++) {
      if (a[i].length != i && !square) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: row %d of a has %d entries, an explicit method has %d and an implicit one %d"
                    + " in every row",
                name,
                i,
                a[i].length,
                i,
                b.length));
      }
    }
    Integrators.requireSumOne(name, "weights", b);
    a = Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    b = b.clone();
  }

  @Override
  public double[][] a() {
    return Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public double[] b() {
    return b.clone();
  }

  /** Whether stages depend on themselves, so that they have to be solved for. */
  public boolean implicit() {
    return a[0].length > 0;
  }

  /** bᵢaᵢⱼ + bⱼaⱼᵢ = bᵢbⱼ: Hairer, Lubich and Wanner, Geometric Numerical Integration, VI.4.3. */
  @Override
  public boolean symplectic() {
    boolean holds = implicit();
    for (int i = 0; holds && i < b.length; i++) {
      for (int j = 0; j < b.length; j++) {
        holds &= vanishes(b[i] * a[i][j] + b[j] * a[j][i] - b[i] * b[j]);
      }
    }
    return holds;
  }

  /** The tableau read from its other end is that of the adjoint method: V.2.3 there. */
  @Override
  public boolean reversible() {
    int last = b.length - 1;
    boolean holds = implicit();
    for (int i = 0; holds && i <= last; i++) {
      for (int j = 0; j <= last; j++) {
        holds &= vanishes(a[last - i][last - j] + a[i][j] - b[j]);
      }
    }
    return holds;
  }

  private static boolean vanishes(double x) {
    return Math.abs(x) < COEFFICIENT_TOLERANCE;
  }

  @Override
  public PhaseState step(Hamiltonian h, PhaseState s, double dt) {
    return step(VectorField.of(h), s, dt);
  }

  /**
   * One step along any vector field, for motions that no energy is known of.
   *
   * @param field the law of motion
   * @param s the states before the step
   * @param dt the step in units of time; negative runs backward
   * @return the states after the step
   */
  public PhaseState step(VectorField field, PhaseState s, double dt) {
    if (implicit()) {
      return solved(field, s, dt);
    }
    PhaseState[] slopes = new PhaseState[b.length];
    for (int i = 0; i < b.length; i++) {
      slopes[i] = field.velocity(advance(s, slopes, a[i], dt));
    }
    return advance(s, slopes, b, dt);
  }

  private static PhaseState advance(PhaseState s, PhaseState[] slopes, double[] c, double dt) {
    PhaseState sum = s;
    for (int j = 0; j < c.length; j++) {
      if (c[j] != 0) {
        sum = sum.plus(slopes[j], c[j] * dt);
      }
    }
    return sum;
  }

  /** All stages at once, one behind the other along the batch. */
  private PhaseState solved(VectorField field, PhaseState s, double dt) {
    NDArray inner = matrix(s.q(), dt, a);
    PhaseState start = new PhaseState(repeated(s.q()), repeated(s.p()));
    PhaseState stages = start;
    NDArray open = null;
    for (int k = 0; k < MOST_ITERATIONS && (open == null || open.any().getBoolean()); k++) {
      PhaseState slopes = field.velocity(stages);
      PhaseState next =
          new PhaseState(
              start.q().add(weighted(inner, slopes.q())),
              start.p().add(weighted(inner, slopes.p())));
      NDArray moves = moves(next.q(), stages.q()).logicalOr(moves(next.p(), stages.p()));
      open = open == null ? moves : open.logicalAnd(moves);
      stages = where(repeated(open), next, stages);
    }
    PhaseState slopes = field.velocity(stages);
    NDArray outer = matrix(s.q(), dt, b);
    PhaseState end =
        new PhaseState(
            s.q().add(weighted(outer, slopes.q())), s.p().add(weighted(outer, slopes.p())));
    if (!open.any().getBoolean()) {
      return end;
    }
    NDArray nan = end.q().zerosLike().div(end.q().zerosLike());
    return where(open, new PhaseState(nan, nan), end);
  }

  private NDArray repeated(NDArray x) {
    return NDArrays.concat(new NDList(Collections.nCopies(b.length, x)), 0);
  }

  private static NDArray matrix(NDArray like, double dt, double[]... rows) {
    double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).map(x -> x * dt).toArray();
    return like.getManager()
        .create(flat, new Shape(rows.length, rows[0].length))
        .toType(like.getDataType(), false)
        .toDevice(like.getDevice(), false);
  }

  /** Sums over the stages: [rows, stages] and [stages · batch, …] to [rows · batch, …]. */
  private NDArray weighted(NDArray coefficients, NDArray slopes) {
    Shape shape = slopes.getShape();
    long rows = coefficients.getShape().get(0);
    Shape out = new Shape(shape.get(0) / b.length * rows).addAll(shape.slice(1));
    return coefficients.matMul(slopes.reshape(b.length, -1)).reshape(out);
  }

  /** Whether a state's stages are not at rest yet; with a NaN they never are, [batch]. */
  private NDArray moves(NDArray now, NDArray before) {
    double epsilon = now.getDataType() == DataType.FLOAT32 ? Math.ulp(1f) : Math.ulp(1.0);
    NDArray scale = now.abs().maximum(now.onesLike());
    NDArray change = now.sub(before).abs().div(scale).stopGradient();
    NDArray worst = change.reshape(now.getShape().get(0), -1).max(new int[] {1});
    return worst.reshape(b.length, -1).max(new int[] {0}).lte(ULPS * epsilon).logicalNot();
  }

  /** One or the other of two states, row by row, by a flag. */
  private static PhaseState where(NDArray flags, PhaseState yes, PhaseState no) {
    long[] column = new long[yes.q().getShape().dimension()];
    Arrays.fill(column, 1);
    column[0] = flags.size();
    NDArray choice = flags.reshape(column).broadcast(yes.q().getShape());
    return new PhaseState(
        NDArrays.where(choice, yes.q(), no.q()), NDArrays.where(choice, yes.p(), no.p()));
  }

  @Override
  public String toString() {
    return name;
  }
}
