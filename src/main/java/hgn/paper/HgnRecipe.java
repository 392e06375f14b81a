package hgn.paper;

import ai.djl.Device;
import hgn.data.Batches;
import hgn.data.Dataset;
import hgn.data.FilmData;
import hgn.data.Films;
import hgn.data.OwnFilms;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.models.HgnBlueprint;
import hgn.training.ClipSource;
import hgn.training.Compute;
import hgn.training.Division;
import hgn.training.HgnObjective;
import hgn.training.HgnTraining;
import hgn.training.Objective;
import java.util.function.Supplier;

/** Recipe of an HGN. */
final class HgnRecipe extends FilmRecipe {
  private final HgnBlueprint model;
  private final HgnTraining hgn;
  private final Supplier<FilmData> longer;

  private HgnRecipe(
      Experiment experiment,
      ExperimentSpec spec,
      HgnBlueprint model,
      HgnTraining hgn,
      Workspace workspace,
      OwnFilms own,
      Supplier<FilmData> longer) {
    super(experiment, spec, model, model.spec().architecture().id(), workspace, own);
    this.model = model;
    this.hgn = hgn;
    this.longer = longer;
  }

  /** An HGN on simulated films: those that it is scored on, or longer ones. */
  HgnRecipe(Experiment experiment, HgnExperimentSpec spec, Workspace workspace) {
    this(
        experiment,
        spec,
        new HgnBlueprint(spec.model()),
        spec.hgn(),
        workspace,
        null,
        spec.films() == null ? null : () -> Dataset.open(spec.films(), workspace, Progress.NONE));
  }

  /** An HGN on films of the reader's own. */
  HgnRecipe(Experiment experiment, FilmsExperimentSpec spec, Workspace workspace, OwnFilms own) {
    this(experiment, spec, new HgnBlueprint(spec.model()), spec.hgn(), workspace, own, null);
  }

  @Override
  Objective objective(FilmData data, Device device) {
    long seed = experiment.seed();
    FilmData learned = longer == null ? data : longer.get();
    Films films = learned.train();
    Batches batches = new Batches(seed, films.size(), training.batch());
    ClipSource clips = new ClipSource(films, batches, model.spec(), hgn, seed);
    Division division = Compute.division(device, training.batch(), model.spec().imageSize());
    return new HgnObjective(model, hgn, clips, division, learned::meanImage);
  }
}
