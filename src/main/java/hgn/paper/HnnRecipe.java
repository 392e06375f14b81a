package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.FilmData;
import hgn.evaluation.HnnCollapse;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.models.Hnn;
import hgn.models.HnnBlueprint;
import hgn.results.CollapseFinding;
import hgn.results.Metric;
import hgn.results.SequenceScore;
import hgn.training.HnnObjective;
import hgn.training.Objective;
import java.util.Map;
import java.util.SplittableRandom;

/** Recipe of a PixelHNN. */
final class HnnRecipe extends FilmRecipe {
  /** Frames of a clip: two overlapping pairs. */
  private static final int CLIP = 3;

  private final HnnBlueprint model;
  private final HnnExperimentSpec hnn;

  HnnRecipe(Experiment experiment, HnnExperimentSpec spec, Workspace workspace) {
    this(experiment, spec, new HnnBlueprint(spec.model()), workspace);
  }

  private HnnRecipe(
      Experiment experiment, HnnExperimentSpec spec, HnnBlueprint model, Workspace workspace) {
    super(experiment, spec, model, spec.model().coder().id(), workspace, null);
    this.model = model;
    this.hnn = spec;
  }

  @Override
  Objective objective(FilmData data, Device device) {
    int batch = training.batch();
    Batches batches = new Batches(hnn.seed(), data.train().size(), batch);
    int starts = data.train().frames() - CLIP + 1;
    return new HnnObjective(
        model,
        hnn.hnn(),
        iteration -> {
          SplittableRandom random = new SplittableRandom(hnn.seed() + 31 * iteration);
          int[] first = random.ints(batch, 0, starts).toArray();
          return data.train().upload(CLIP, first, batches.indices(iteration));
        });
  }

  @Override
  void particular(
      FilmModel trained,
      FilmData data,
      SequenceScore test,
      NDManager manager,
      Map<String, Object> metrics) {
    HnnCollapse collapse =
        HnnCollapse.measure((Hnn) trained, data.test(), hnn.evaluationSequences(), test, manager);
    CollapseFinding finding =
        new CollapseFinding(
            collapse.autoencodingMse(),
            collapse.rolloutMse(),
            meanImageMse(data),
            collapse.encodedMotion(),
            collapse.rolledMotion(),
            collapse.energySpread());
    Metric.AUTOENCODING_MSE.put(metrics, collapse.autoencodingMse());
    Metric.ENCODED_MOTION.put(metrics, collapse.encodedMotion());
    Metric.LATENT_SPREAD.put(metrics, collapse.latentSpread());
    Metric.ROLLED_MOTION.put(metrics, collapse.rolledMotion());
    Metric.ENERGY_SPREAD.put(metrics, test.energySpread());
    Metric.HAMILTONIAN_CONSTANT.put(metrics, finding.hamiltonianConstant());
    Metric.FINDING.put(metrics, finding.words());
  }
}
