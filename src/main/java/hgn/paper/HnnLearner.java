package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.FilmData;
import hgn.evaluation.HnnCollapse;
import hgn.models.FilmModel;
import hgn.models.Hnn;
import hgn.models.HnnBlueprint;
import hgn.results.CollapseFinding;
import hgn.results.SequenceScore;
import hgn.training.HnnObjective;
import hgn.training.Objective;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** How a PixelHNN is trained and scored. */
record HnnLearner(HnnExperimentSpec spec, HnnBlueprint blueprint) implements Learner {
  /** Frames of a clip: two overlapping pairs. */
  private static final int CLIP = 3;

  HnnLearner(HnnExperimentSpec spec) {
    this(spec, new HnnBlueprint(spec.model()));
  }

  @Override
  public String architecture() {
    return spec.model().coder().id();
  }

  @Override
  public Objective objective(FilmData data, Device device) {
    int batch = spec.training().batch();
    Batches batches = new Batches(spec.seed(), data.train().size(), batch);
    int starts = data.train().frames() - CLIP + 1;
    return new HnnObjective(
        blueprint,
        spec.hnn(),
        (manager, iteration) -> {
          SplittableRandom random = new SplittableRandom(spec.seed() + 31 * iteration);
          int[] first = random.ints(batch, 0, starts).toArray();
          return data.train().clips(manager, CLIP, first, batches.indices(iteration));
        });
  }

  @Override
  public int firstTarget(FilmData data) {
    return 0;
  }

  @Override
  public int skipped() {
    return 0;
  }

  @Override
  public Map<String, Object> metrics(
      FilmModel model, FilmData data, SequenceScore test, NDManager manager) {
    HnnCollapse collapse =
        HnnCollapse.measure((Hnn) model, data.test(), spec.evaluationSequences(), test, manager);
    CollapseFinding finding =
        new CollapseFinding(
            collapse.autoencodingMse(),
            collapse.rolloutMse(),
            data.meanImageMse(),
            collapse.encodedMotion(),
            collapse.rolledMotion(),
            collapse.energySpread());
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("autoencodingMse", collapse.autoencodingMse());
    metrics.put("encodedMotion", collapse.encodedMotion());
    metrics.put("latentSpread", collapse.latentSpread());
    metrics.put("rolledMotion", collapse.rolledMotion());
    metrics.put("energySpread", test.energySpread());
    metrics.put("hamiltonianConstant", finding.hamiltonianConstant());
    metrics.put("finding", finding.words());
    return metrics;
  }
}
