package hgn.paper;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.FilmData;
import hgn.models.FilmModel;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.results.SequenceScore;
import hgn.training.ClipSource;
import hgn.training.Compute;
import hgn.training.HgnObjective;
import hgn.training.HgnTraining;
import hgn.training.Objective;
import hgn.training.TrainingSpec;
import java.util.Map;

/** How an HGN is trained and scored. */
record HgnLearner(
    TrainingSpec training, HgnTraining hgn, long seed, Protocol protocol, HgnBlueprint blueprint)
    implements Learner {

  HgnLearner(HgnSpec model, TrainingSpec training, HgnTraining hgn, long seed, Protocol protocol) {
    this(training, hgn, seed, protocol, new HgnBlueprint(model));
  }

  @Override
  public String architecture() {
    return blueprint.spec().architecture().id();
  }

  @Override
  public Objective objective(FilmData data, Device device) {
    Batches batches = new Batches(seed, data.train().size(), training.batch());
    ClipSource clips = new ClipSource(data.train(), batches, blueprint.spec(), hgn, seed);
    return new HgnObjective(blueprint, hgn, clips, Compute.division(device), data::meanImage);
  }

  @Override
  public int firstTarget(FilmData data) {
    return HgnObjective.firstTarget(data.train().frames(), protocol.contextFrames());
  }

  /** A predicted sequence is scored on the frames that the encoder has not seen. */
  @Override
  public int skipped() {
    return protocol == Protocol.PREDICT ? 1 : 0;
  }

  @Override
  public Map<String, Object> metrics(
      FilmModel model, FilmData data, SequenceScore test, NDManager manager) {
    return Map.of();
  }
}
