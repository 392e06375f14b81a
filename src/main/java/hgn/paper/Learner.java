package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.FilmData;
import hgn.models.FilmModel;
import hgn.models.ModelBlueprint;
import hgn.results.SequenceScore;
import hgn.training.Objective;
import java.util.Map;

/** What is particular to a family of models in a run: everything else is {@link Experiment}'s. */
sealed interface Learner permits HgnLearner, HnnLearner {

  /** The learner of a spec. */
  static Learner of(ExperimentSpec spec, Protocol protocol) {
    if (spec instanceof HnnExperimentSpec hnn) {
      return new HnnLearner(hnn);
    } else if (spec instanceof FilmsExperimentSpec own) {
      return new HgnLearner(own.model(), own.training(), own.hgn(), own.seed(), protocol);
    }
    HgnExperimentSpec hgn = (HgnExperimentSpec) spec;
    return new HgnLearner(hgn.model(), hgn.training(), hgn.hgn(), hgn.seed(), protocol);
  }

  /** The model, without weights. */
  ModelBlueprint<? extends FilmModel> blueprint();

  /** Its name in results. */
  String architecture();

  /** What it is trained for. */
  Objective objective(FilmData data, Device device);

  /** Which frame the inferred state belongs to. */
  int firstTarget(FilmData data);

  /** How many frames after it are not scored. */
  int skipped();

  /**
   * What is measured beside errors and energies.
   *
   * @param model with its weights
   * @param data what it learned from
   * @param test its score on test sequences
   * @param manager owner of what is computed meanwhile
   * @return by name
   */
  Map<String, Object> metrics(
      FilmModel model, FilmData data, SequenceScore test, NDManager manager);
}
