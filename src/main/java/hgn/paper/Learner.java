package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Dataset;
import hgn.models.FilmModel;
import hgn.models.ModelBlueprint;
import hgn.results.SequenceScore;
import hgn.training.Objective;
import java.util.Map;

/** What is particular to a family of models in a run: everything else is {@link Experiment}'s. */
sealed interface Learner permits HgnLearner, HnnLearner {

  /** The learner of a spec. */
  static Learner of(ExperimentSpec spec, Protocol protocol) {
    return spec instanceof HnnExperimentSpec hnn
        ? new HnnLearner(hnn)
        : new HgnLearner((HgnExperimentSpec) spec, protocol);
  }

  /** The model, without weights. */
  ModelBlueprint<? extends FilmModel> blueprint();

  /** Its name in results. */
  String architecture();

  /** What it is trained for. */
  Objective objective(Dataset dataset, Device device);

  /** Which frame the inferred state belongs to. */
  int firstTarget(Dataset dataset);

  /** How many frames after it are not scored. */
  int skipped();

  /**
   * What is measured beside errors and energies.
   *
   * @param model with its weights
   * @param dataset what it learned from
   * @param test its score on test sequences
   * @param manager owner of what is computed meanwhile
   * @return by name
   */
  Map<String, Object> metrics(
      FilmModel model, Dataset dataset, SequenceScore test, NDManager manager);
}
