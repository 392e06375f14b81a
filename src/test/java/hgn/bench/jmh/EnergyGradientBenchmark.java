package hgn.bench.jmh;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.dynamics.Separable;
import hgn.nn.Activation;
import hgn.nn.Blueprint;
import hgn.nn.Blueprints;
import hgn.nn.EnergyNet;
import hgn.nn.Layer;
import hgn.nn.Layout;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is smaller than a training step: the gradient of the compact energy by its layers' pullbacks
 * and by the engine's graph, and a rollout of 30 steps. Run by docs/PERFORMANCE.md's command.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EnergyGradientBenchmark {
  private static final int CHANNELS = 16;
  private static final int UNITS = 200;
  private static final int STEPS = 30;

  /** States at once. */
  @Param({"16", "256"})
  private int batch;

  private NDManager manager;
  private EnergyNet energy;
  private Separable hamiltonian;
  private NDArray x;

  /** Binds the energies. */
  @Setup(Level.Trial)
  public void bind() {
    manager = NDManager.newBaseManager();
    Layout layout = new Layout();
    Blueprint<Layer> kinetic = net(layout, "kinetic");
    Blueprint<Layer> potential = net(layout, "potential");
    Layout.Weights weights = layout.bind(manager.create(layout.initial(1)));
    energy = new EnergyNet(potential.bind(weights), new Shape(1), 1);
    hamiltonian = new Separable(new EnergyNet(kinetic.bind(weights), new Shape(1), 1), energy);
    x = manager.randomNormal(new Shape(batch, CHANNELS));
  }

  private static Blueprint<Layer> net(Layout layout, String name) {
    return Blueprints.mlp(layout, name, Activation.SOFTPLUS, 0.1, CHANNELS, UNITS, UNITS, UNITS, 1);
  }

  /** Frees them. */
  @TearDown(Level.Trial)
  public void free() {
    manager.close();
  }

  /** By the pullbacks. */
  @Benchmark
  public float pullback() {
    try (NDManager scope = manager.newSubManager()) {
      NDArray here = x.duplicate();
      here.attach(scope);
      return energy.gradient(here).sum().getFloat();
    }
  }

  /** By the engine. */
  @Benchmark
  public float engine() {
    try (NDManager scope = manager.newSubManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray here = x.duplicate();
      here.attach(scope);
      here.setRequiresGradient(true);
      gradients.backward(energy.value(here).sum());
      NDArray gradient = here.getGradient();
      gradient.attach(scope);
      return gradient.sum().getFloat();
    }
  }

  /** Thirty leapfrog steps. */
  @Benchmark
  public float rollout() {
    try (NDManager scope = manager.newSubManager()) {
      NDArray q = x.duplicate();
      NDArray p = x.duplicate();
      q.attach(scope);
      p.attach(scope);
      List<PhaseState> states =
          Integrators.LEAPFROG.rollout(hamiltonian, new PhaseState(q, p), 0.125, STEPS);
      return states.get(STEPS).q().sum().getFloat();
    }
  }
}
