package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.nn.Blueprint;
import hgn.nn.Layout;
import hgn.results.Metric;
import hgn.results.RunResult;
import hgn.results.Series;
import hgn.results.TrainingWatch;
import hgn.training.Objective;
import hgn.training.TrainingLoop;
import hgn.training.TrainingSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Everything that is particular to one experiment in the {@link Lifecycle} that all runs have: what
 * determines it, what is trained, for what, and what is measured.
 *
 * @param <D> what it learns from and is judged by
 * @param <M> the model with its weights
 */
abstract class Recipe<D, M> {
  final Trainable experiment;
  final Record spec;
  final TrainingSpec training;
  final Layout layout;
  final Blueprint<? extends M> blueprint;
  final RunResult.Heading heading;

  /**
   * A recipe.
   *
   * @param experiment name, budget and seed
   * @param spec all that determines the run
   * @param training the part of it that says how long and how fast
   * @param layout where the model's weights lie
   * @param blueprint the model without weights
   * @param heading the result without a number
   */
  Recipe(
      Trainable experiment,
      Record spec,
      TrainingSpec training,
      Layout layout,
      Blueprint<? extends M> blueprint,
      RunResult.Heading heading) {
    this.experiment = experiment;
    this.spec = spec;
    this.training = training;
    this.layout = layout;
    this.blueprint = blueprint;
    this.heading = heading;
  }

  /** Data to learn from and to be judged by: simulated, read or drawn now. */
  abstract D data(TrainingWatch watch);

  /** The part of the data that a claim is checked with. */
  D judged() {
    return data(TrainingWatch.NONE);
  }

  /** Training objective. */
  abstract Objective objective(D data, Device device);

  /** Looks at the data before the first step, and says what is worth knowing of them. */
  void begin(D data, TrainingWatch watch) {}

  /** Shows how a training goes, after every row of its log. */
  abstract TrainingLoop.Observer observer(D data, TrainingWatch watch);

  /**
   * The error of weights by which the best of a training are kept; empty where its last are its
   * result.
   */
  Optional<ToDoubleFunction<float[]>> heldOut(D data) {
    return Optional.empty();
  }

  /** An observer that shows the loss alone. */
  static TrainingLoop.Observer loss(String label, TrainingWatch watch) {
    return (log, weights) -> {
      if (log.size() > 0) {
        watch.curves(
            label,
            List.of(new Series("training batches", log.column("iteration"), log.column("loss"))));
      }
    };
  }

  /** Runs what uses the native engine, on as many threads as suit the model. */
  <T> T compute(Supplier<T> work) {
    return work.get();
  }

  /**
   * Measures a trained model.
   *
   * @param metrics where everything is noted but errors of pixels and energies, which are returned
   */
  abstract RunResult.Pixels measure(
      M model, D data, NDManager manager, Map<String, Object> metrics);

  /** Tells what is worth reading in a result. */
  void remark(RunResult result, TrainingWatch watch) {}

  /** Refuses a result of other data than there are now, where the spec says that less well. */
  void requireSameData(RunResult result, RunFolder folder) {}

  /** Makes what is shipped beside a packed run. */
  void shipped(Trained<D, M> run) {}

  /** Claim of a result, so that it can be checked on other data. */
  abstract Claim<D, M> claim();

  /**
   * A claim of a result.
   *
   * @param what for example "test MSE"
   * @param scale by which it is printed
   * @param packed where the same of rounded weights is noted
   * @param claimed what the result says, with its standard error
   * @param measure the same of a model on some data
   * @param fresh data of which no model has seen anything
   */
  record Claim<D, M>(
      String what,
      double scale,
      Metric<Double> packed,
      Function<Trained<D, M>, Mean> claimed,
      BiFunction<Trained<D, M>, D, Mean> measure,
      UnaryOperator<D> fresh) {}

  /**
   * A mean over samples.
   *
   * @param value the mean
   * @param error its standard error
   * @param count how many samples
   */
  record Mean(double value, double error, int count) {}
}
