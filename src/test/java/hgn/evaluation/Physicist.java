package hgn.evaluation;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.dynamics.Hamiltonian;
import hgn.dynamics.Integrator;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Scalars;
import hgn.models.FilmModel;
import hgn.render.Renderer;
import hgn.systems.PhysicalSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model whose energy is the true one. It is told the true state of the films, in their order, and
 * looks whether the frames that it is shown are those which that state belongs to.
 */
final class Physicist implements FilmModel {
  private final Split films;
  private final DatasetSpec spec;
  private final Integrator integrator;
  private final double clock;
  private final int present;
  private final int seen;
  private int told;
  private double friction;
  private double noise = 1e-4;

  /**
   * A physicist.
   *
   * @param spec what the films show
   * @param films that will be shown
   * @param integrator of its rollouts
   * @param clock how fast its time runs
   * @param present the frame of the films whose state is told
   * @param seen which one of the frames shown has to be that frame
   */
  Physicist(
      DatasetSpec spec, Split films, Integrator integrator, double clock, int present, int seen) {
    this.films = films;
    this.spec = spec;
    this.integrator = integrator;
    this.clock = clock;
    this.present = present;
    this.seen = seen;
  }

  /** Momenta fall by this share of themselves a unit of time, whichever way it runs. */
  Physicist withFriction(double share) {
    friction = share;
    return this;
  }

  /** Frames that it is shown may differ by so much from those of the true state. */
  Physicist withNoise(double most) {
    noise = most;
    return this;
  }

  @Override
  public Hamiltonian hamiltonian() {
    return spec.physics().hamiltonian();
  }

  @Override
  public double dt() {
    return spec.dt() * clock;
  }

  @Override
  public PhaseState infer(NDArray frames) {
    int n = (int) frames.getShape().get(0);
    int[] indices = IntStream.range(told, told + n).toArray();
    told += n;
    PhaseState all = films.states(frames.getManager(), DataType.FLOAT64, indices);
    NDIndex now = new NDIndex(":,{}", present);
    PhaseState state = new PhaseState(all.q().get(now), all.p().get(now));
    NDArray shown = frames.get(new NDIndex(":,{}", seen));
    double difference =
        shown.sub(frame(state)).abs().max().toType(DataType.FLOAT64, true).getDouble();
    assertTrue(difference < noise, "frame " + seen + " shows another state: off by " + difference);
    return state;
  }

  /** Ten small steps for one. */
  @Override
  public List<PhaseState> rollout(PhaseState start, double dt, int steps) {
    List<PhaseState> states = new ArrayList<>(List.of(start));
    for (int t = 0; t < steps; t++) {
      PhaseState next = integrator.rollout(hamiltonian(), states.get(t), dt / 10, 10).get(10);
      double left = 1 - friction * Math.abs(dt);
      states.add(friction == 0 ? next : new PhaseState(next.q(), Scalars.times(next.p(), left)));
    }
    return states;
  }

  @Override
  public NDArray frame(PhaseState s) {
    PhysicalSystem system = spec.physics();
    return new Renderer(spec.rendering())
        .render(system.positions(s.q().toType(DataType.FLOAT32, false)));
  }
}
