package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.util.Float16Utils;
import hgn.dynamics.PhaseState;
import hgn.evaluation.HgnEvaluation;
import hgn.evaluation.Latents;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.models.Architecture;
import hgn.models.Hgn;
import hgn.models.HgnSpec;
import hgn.nn.Activation;
import hgn.nn.Layout;
import hgn.results.FrameSequence;
import hgn.results.LatentModel;
import hgn.results.LatentModel.Plane;
import hgn.results.LatentModel.Start;
import hgn.results.LatentModel.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** Decoders and energies of runs with states to start from: what runs in a browser. */
final class LatentModels {
  private static final int FILMS = 4;
  private static final int DREAMS = 2;
  private static final int CLOUD_FILMS = 24;
  private static final int DIRECTIONS = 3;

  private LatentModels() {}

  /**
   * The model of a run with states of its first test films and of dreams from N(0, I).
   *
   * @param run of an HGN with a vector latent and a separable energy
   * @throws UserError if the run is of another model, or has no weights
   */
  static LatentModel of(Run run) {
    return run.with((model, manager) -> of(run, model, manager));
  }

  private static LatentModel of(Run run, Hgn model, NDManager manager) {
    HgnSpec spec = model.spec();
    if (spec.architecture() != Architecture.COMPACT
        || !spec.separable()
        || !spec.quadratic()
        || !spec.compact().residual()
        || spec.compact().energyActivation() != Activation.SOFTPLUS) {
      throw UserError.usage(
          "%s has a spatial latent, a joint energy or other layers: the explorer runs compact"
              + " architectures with H = T(p) + V(q), soft-plus energies beside a quadratic one and"
              + " a residual decoder, for example hgn-leapfrog.mass-spring",
          run.experiment().name());
    }
    int films = Math.min(CLOUD_FILMS, run.films().test().size());
    NDArray frames = run.films().test().frames(manager, IntStream.range(0, films).toArray());
    List<PhaseState> path =
        HgnEvaluation.infer(model, frames, run.films().test().frames() - run.firstTarget() - 1);
    double[] energies =
        model
            .hamiltonian()
            .energy(path.get(0))
            .toType(ai.djl.ndarray.types.DataType.FLOAT64, false)
            .toDoubleArray();
    List<State> first = states(path.get(0));
    List<State> cloud = path.stream().flatMap(s -> states(s).stream()).toList();

    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < Math.min(FILMS, films); i++) {
      FrameSequence truth = run.rollouts(i).get(0);
      starts.add(new Start("test film " + i, first.get(i), truth));
    }
    List<State> dreams =
        states(
            model.firstState(Latents.normal(model).draw(manager, DREAMS, new SplittableRandom(1))));
    for (int i = 0; i < dreams.size(); i++) {
      starts.add(new Start(Text.of("dream %d, from N(0, I)", i + 1), dreams.get(i), null));
    }
    List<LatentModel.Slot> slots = new ArrayList<>();
    // What encodes is not needed to go on from a state.
    short[] weights =
        halves(run.layout(), run.weights(), "(decoder|kinetic|potential)\\..*", slots);
    return new LatentModel(
        run.experiment().name(),
        run.result().caption(),
        spec.imageSize(),
        first.get(0).q().length,
        spec.dt(),
        spec.integrator(),
        "softplus",
        1,
        spec.sigmoidInBlocks(),
        slots,
        weights,
        starts,
        cloud,
        planes(cloud),
        spread(cloud.stream().map(State::q).toList()),
        spread(cloud.stream().map(State::p).toList()),
        new StandardDeviation().evaluate(energies));
  }

  /**
   * Weights as bits of float16.
   *
   * @param layout of all of them
   * @param all of them
   * @param needed pattern of the names that are taken
   * @param slots where names and shapes of those are added
   */
  static short[] halves(Layout layout, float[] all, String needed, List<LatentModel.Slot> slots) {
    List<Layout.Slot> taken =
        layout.slots().stream().filter(slot -> slot.name().matches(needed)).toList();
    short[] bits = new short[taken.stream().mapToInt(Layout.Slot::size).sum()];
    int to = 0;
    for (Layout.Slot slot : taken) {
      slots.add(new LatentModel.Slot(slot.name(), slot.shape().getShape()));
      for (int i = 0; i < slot.size(); i++) {
        bits[to++] = Float16Utils.floatToHalf(all[slot.offset() + i]);
      }
    }
    return bits;
  }

  private static List<State> states(PhaseState s) {
    NDArray both = NDArrays.concat(new NDList(s.q(), s.p()), 1);
    int width = (int) both.getShape().get(1);
    float[] flat = both.toFloatArray();
    return IntStream.range(0, flat.length / width)
        .mapToObj(
            i ->
                new State(
                    Arrays.copyOfRange(flat, i * width, i * width + width / 2),
                    Arrays.copyOfRange(flat, i * width + width / 2, (i + 1) * width)))
        .toList();
  }

  /** Along the principal directions of q: each with p's part along it, then the first two of q. */
  private static List<Plane> planes(List<State> cloud) {
    int n = cloud.get(0).q().length;
    List<double[]> directions = n == 1 ? List.of(new double[] {1}) : principal(cloud);
    List<Plane> planes = new ArrayList<>();
    for (int i = 0; i < directions.size(); i++) {
      double[] u = directions.get(i);
      String number = Integer.toString(i + 1);
      planes.add(
          new Plane(
              "q and p along direction " + number,
              "q along direction " + number,
              "p along direction " + number,
              placed(u, 0, n),
              placed(u, n, n)));
    }
    if (directions.size() > 1) {
      planes.add(
          new Plane(
              "q along directions 1 and 2",
              "q along direction 1",
              "q along direction 2",
              placed(directions.get(0), 0, n),
              placed(directions.get(1), 0, n)));
    }
    return planes;
  }

  private static double[] placed(double[] direction, int at, int n) {
    double[] both = new double[2 * n];
    System.arraycopy(direction, 0, both, at, n);
    return both;
  }

  private static List<double[]> principal(List<State> cloud) {
    double[][] q = new double[cloud.size()][];
    for (int i = 0; i < q.length; i++) {
      float[] one = cloud.get(i).q();
      q[i] = IntStream.range(0, one.length).mapToDouble(k -> one[k]).toArray();
    }
    EigenDecomposition eigen =
        new EigenDecomposition(new Covariance(new Array2DRowRealMatrix(q)).getCovarianceMatrix());
    double[] values = eigen.getRealEigenvalues();
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -values[i]))
        .limit(DIRECTIONS)
        .map(eigen::getEigenvector)
        .map(RealVector::toArray)
        .toList();
  }

  private static double[] spread(List<float[]> rows) {
    return IntStream.range(0, rows.get(0).length)
        .mapToDouble(
            k -> new StandardDeviation().evaluate(rows.stream().mapToDouble(r -> r[k]).toArray()))
        .toArray();
  }
}
