package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.Dataset;
import hgn.models.FilmModel;
import hgn.models.HgnBlueprint;
import hgn.results.SequenceScore;
import hgn.training.Compute;
import hgn.training.HgnObjective;
import hgn.training.Objective;
import java.util.Map;

/** How an HGN is trained and scored. */
record HgnLearner(HgnExperimentSpec spec, Protocol protocol, HgnBlueprint blueprint)
    implements Learner {

  HgnLearner(HgnExperimentSpec spec, Protocol protocol) {
    this(spec, protocol, new HgnBlueprint(spec.model()));
  }

  @Override
  public String architecture() {
    return spec.model().architecture().id();
  }

  @Override
  public Objective objective(Dataset dataset, Device device) {
    Batches batches = new Batches(spec.seed(), dataset.train().size(), spec.training().batch());
    return new HgnObjective(
        blueprint,
        spec.hgn(),
        (manager, iteration) -> dataset.train().frames(manager, batches.indices(iteration)),
        Compute.division(device));
  }

  @Override
  public int firstTarget(Dataset dataset) {
    return HgnObjective.firstTarget(dataset.train().frames(), protocol.contextFrames());
  }

  /** A predicted sequence is scored on the frames that the encoder has not seen. */
  @Override
  public int skipped() {
    return protocol == Protocol.PREDICT ? 1 : 0;
  }

  @Override
  public Map<String, Object> metrics(
      FilmModel model, Dataset dataset, SequenceScore test, NDManager manager) {
    return Map.of();
  }
}
