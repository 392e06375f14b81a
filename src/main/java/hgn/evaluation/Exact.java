package hgn.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.data.Simulation;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.PhaseState;
import hgn.io.UserError;
import hgn.models.FilmModel;
import hgn.render.RenderSpec;
import hgn.render.Renderer;
import hgn.systems.PhysicalSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The exact simulator as a film model, from the states that a learned model infers: how long films
 * can be foreseen with what is known of their start, however well the physics is known. Bodies that
 * meet too closely to be simulated are no numbers from there on.
 */
public final class Exact implements FilmModel {
  /** Simulated at once; where bodies meet, films go on one by one. */
  private static final int SEGMENT = 10;

  /** Size of a difference that grows, in units of phase space. */
  private static final double SMALL = 1e-7;

  private static final double NO_LONGER_SMALL = 0.01;

  /** Largest Ȳ of regular motion: above 2, as a finite time leaves some room. */
  private static final int REGULAR = 3;

  private final PhysicalSystem system;
  private final Renderer renderer;
  private final double dt;
  private final UnaryOperator<NDArray> read;

  /**
   * A model.
   *
   * @param system the physics
   * @param rendering how it is drawn
   * @param dt time between frames
   * @param read the true state, q and p side by side, [batch, 2d], from frames
   */
  public Exact(
      PhysicalSystem system, RenderSpec rendering, double dt, UnaryOperator<NDArray> read) {
    this.system = system;
    this.renderer = new Renderer(rendering);
    this.dt = dt;
    this.read = read;
  }

  @Override
  public Hamiltonian hamiltonian() {
    return system.hamiltonian();
  }

  @Override
  public double dt() {
    return dt;
  }

  @Override
  public PhaseState infer(NDArray frames) {
    NDList halves = read.apply(frames).toType(DataType.FLOAT64, false).split(2, 1);
    return new PhaseState(halves.get(0), halves.get(1));
  }

  @Override
  public List<PhaseState> rollout(PhaseState start, double step, int steps) {
    List<PhaseState> states = new ArrayList<>(List.of(start));
    while (states.size() <= steps) {
      int next = Math.min(SEGMENT, steps + 1 - states.size());
      PhaseState path = segment(states.get(states.size() - 1), step, next);
      for (int t = 1; t <= next; t++) {
        states.add(
            new PhaseState(
                path.q().get(":,{}", t).duplicate(), path.p().get(":,{}", t).duplicate()));
      }
    }
    return states;
  }

  private PhaseState segment(PhaseState start, double step, int steps) {
    try {
      return Simulation.trajectories(system, start, step, steps);
    } catch (UserError tooClose) {
      int films = (int) start.q().getShape().get(0);
      if (films == 1) {
        Shape shape = new Shape(1, steps + 1, system.dimension());
        NDArray nothing = start.q().getManager().full(shape, Float.NaN, DataType.FLOAT64);
        return new PhaseState(nothing, nothing.duplicate());
      }
      NDList q = new NDList();
      NDList p = new NDList();
      for (int i = 0; i < films; i++) {
        PhaseState one =
            segment(
                new PhaseState(start.q().get("{}:{}", i, i + 1), start.p().get("{}:{}", i, i + 1)),
                step,
                steps);
        q.add(one.q());
        p.add(one.p());
      }
      return new PhaseState(NDArrays.concat(q, 0), NDArrays.concat(p, 0));
    }
  }

  @Override
  public NDArray frame(PhaseState s) {
    return renderer.render(system.positions(s.q()));
  }

  /**
   * Lyapunov times: in which a small difference grows by e. From MEGNO (Cincotta and Simó, 2000),
   * the time average Ȳ of Y(t) = 2/t ∫ s d ln δ(s), up to the time T at which the difference is no
   * longer small: Ȳ tends to 2 where differences grow linearly, as between orbits of two periods,
   * and to T / 2 Lyapunov times where they grow exponentially.
   *
   * @param start states, each half [n, d], float64
   * @param steps of dt, at least 2
   * @return one a state, infinite where Ȳ is not above {@value #REGULAR}; NaN where bodies meet too
   *     closely
   */
  public double[] lyapunovTimes(PhaseState start, int steps) {
    List<PhaseState> one = rollout(start, dt, steps);
    List<PhaseState> other =
        rollout(new PhaseState(beside(start.q(), 0), beside(start.p(), 1)), dt, steps);
    double[][] apart =
        IntStream.rangeClosed(0, steps)
            .mapToObj(t -> distances(one.get(t), other.get(t)))
            .toArray(double[][]::new);
    return IntStream.range(0, apart[0].length)
        .mapToDouble(i -> lyapunovTime(Rows.column(apart, i)))
        .toArray();
  }

  private double lyapunovTime(double... apart) {
    double y = 0;
    double sum = 0;
    int t = 1;
    for (; t < apart.length && !(apart[t] > NO_LONGER_SMALL); t++) {
      y += 2 * (t - 0.5) * dt * Math.log(apart[t] / apart[t - 1]);
      sum += y / (t * dt);
    }
    double mean = sum / (t - 1);
    return Double.isNaN(mean)
        ? Double.NaN
        : mean > REGULAR ? (t - 1) * dt / (2 * mean) : Double.POSITIVE_INFINITY;
  }

  /** Moved a little, every coordinate by another amount: not along a symmetry. */
  private static NDArray beside(NDArray x, int half) {
    double[] off =
        IntStream.range(0, (int) x.getShape().get(1))
            .mapToDouble(i -> SMALL * Math.cos(1 + 2 * i + half))
            .toArray();
    return x.add(x.getManager().create(off));
  }

  private static double[] distances(PhaseState a, PhaseState b) {
    NDArray q = a.q().sub(b.q()).square().sum(new int[] {1});
    NDArray p = a.p().sub(b.p()).square().sum(new int[] {1});
    return Arrays.stream(q.add(p).toDoubleArray()).map(Math::sqrt).toArray();
  }
}
