package hgn.paper;

import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.FilmData;
import hgn.data.OwnFilms;
import hgn.io.Progress;
import hgn.io.Records;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.results.PaperScore;
import hgn.results.RunResult;
import hgn.results.TrainingWatch;
import hgn.systems.Systems;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One cell of Table 1: a model on a system, by a protocol, at a budget; or an HGN on films of the
 * user's own.
 *
 * @param model which HGN or PixelHNN
 * @param system id of the physical system, for example "mass-spring"; or "films:" and the path of a
 *     folder of PNG sequences or of an npz archive, see {@link OwnFilms}
 * @param protocol what the encoder sees
 * @param budget how much to spend
 * @param seed of weights, batches and noise
 * @param variation what is changed in it
 */
public record Experiment(
    Model model, String system, Protocol protocol, Budget budget, long seed, Variation variation)
    implements Trainable {

  /** Prefix of the names of experiments on films of one's own. */
  public static final String FILMS = "films:";

  /** The seed where none is asked for. */
  public static final long DEFAULT_SEED = 1;

  /**
   * Checks that there is such a cell.
   *
   * @throws UserError if the model is not trained by that protocol
   */
  public Experiment {
    if (!model.has(protocol)) {
      throw UserError.usage(
          "%s sees two frames: it is trained by the protocol 'reconstruct' only, not by '%s'",
          model.title(), protocol.id());
    }
    if (system.startsWith(FILMS)
        && (!model.isHgn() || model.successor() != null || !variation.isNone())) {
      throw UserError.usage(
          "films of your own are learned by an HGN as it is in Table 1, not by '%s': use one of"
              + " hgn-*",
          variation.isNone() ? model.id() : variation.id());
    }
    if (!variation.suits(model)) {
      throw UserError.usage(
          "%s has no variation '%s': it belongs to %s",
          model.title(),
          variation.id(),
          Model.all().stream()
              .filter(variation::suits)
              .map(Model::title)
              .collect(Collectors.joining(", ")));
    }
    if (variation.isOwn()) {
      try {
        spec(model, system, protocol, budget, seed, variation);
      } catch (IllegalArgumentException e) {
        throw UserError.usage(
            "the change '%s' makes no valid experiment: %s", variation.id(), e.getMessage());
      }
    }
  }

  /** A cell of Table 1. */
  Experiment(Model model, String system, Protocol protocol, Budget budget, long seed) {
    this(model, system, protocol, budget, seed, Variation.NONE);
  }

  /**
   * The name: {@code <model>.<system>}, with ".predict" for the second protocol and {@code
   * +<variation>} where something is changed.
   */
  @Override
  public String name() {
    String changed = variation.isNone() ? "" : "+" + variation.id();
    return model.id() + "." + system + (protocol == Protocol.PREDICT ? ".predict" : "") + changed;
  }

  /** The paper's numbers of the same model on the same system; NaN where it has none. */
  public PaperScore paper() {
    return PaperTables.of(model, system);
  }

  /** The name in tables and legends: the model, or what is changed in it. */
  String title() {
    return variation.title(model);
  }

  /** The same at another budget. */
  @Override
  public Experiment within(Budget other) {
    return Records.with(this, "budget", other);
  }

  /** The same with another seed; such a run has a folder of its own. */
  @Override
  public Experiment withSeed(long other) {
    return Records.with(this, "seed", other);
  }

  /** The same with one thing changed. */
  public Experiment with(Variation other) {
    return Records.with(this, "variation", other);
  }

  /**
   * The same under a name of its own, to be changed: its run has a folder of its own.
   *
   * <pre>{@code
   * Paper.experiment("hgn-leapfrog.pendulum").named("small-latent")
   *     .with(spec -> spec.latent(2).dt(0.0625)).train();
   * }</pre>
   *
   * @param name letters, digits, '.', '_' and '-'; none of {@link Variation#all()}
   * @throws UserError if the name cannot be a folder's, or is taken
   */
  public Experiment named(String name) {
    return with(variation.renamed(name));
  }

  /**
   * The same with a change of an HGN's spec, once it is {@link #named}.
   *
   * @param change of everything that determines the run
   * @throws UserError if it has no name of its own yet, or the changed spec is not valid
   */
  public Experiment with(UnaryOperator<HgnExperimentSpec> change) {
    return with(own().then(change));
  }

  /** The same with a change of a PixelHNN's spec, once it is {@link #named}. */
  public Experiment withHnn(UnaryOperator<HnnExperimentSpec> change) {
    return with(own().thenHnn(change));
  }

  private Variation own() {
    if (!variation.isOwn()) {
      throw UserError.usage(
          "%s is changed under a name of its own only, or its run would lie where the unchanged one"
              + " does: named(\"…\").with(…)",
          name());
    }
    return variation;
  }

  /** The same by another protocol. */
  public Experiment by(Protocol other) {
    return Records.with(this, "protocol", other);
  }

  /** Another model on the same system. */
  public Experiment of(Model other) {
    return Records.with(this, "model", other);
  }

  /**
   * Spec of everything that determines the run: of films of the user's own, as they lie on disk
   * now.
   */
  public ExperimentSpec spec() {
    return ownFilms() ? recipe(Workspace.find()).films() : simulatedSpec();
  }

  private ExperimentSpec simulatedSpec() {
    return spec(model, system, protocol, budget, seed, variation);
  }

  private static ExperimentSpec spec(
      Model model, String system, Protocol protocol, Budget budget, long seed, Variation change) {
    return model.isHgn()
        ? change.hgn().apply(HgnExperimentSpec.of(model, system, protocol, budget, seed))
        : change.hnn().apply(HnnExperimentSpec.of(model, system, budget, seed));
  }

  /** Whether the reader added the system in a cell. */
  boolean ownSystem() {
    return !ownFilms() && Systems.paper().stream().noneMatch(known -> known.id().equals(system));
  }

  boolean ownFilms() {
    return system.startsWith(FILMS);
  }

  /**
   * Spec of everything that determines the run of an HGN.
   *
   * @throws IllegalArgumentException if the model is none
   */
  public HgnExperimentSpec hgnSpec() {
    if (simulatedSpec() instanceof HgnExperimentSpec spec) {
      return spec;
    }
    throw new IllegalArgumentException(model.title() + " is no HGN");
  }

  /** The dataset, simulated where it is not on disk. */
  public Dataset dataset(Workspace workspace, Progress progress) {
    return Dataset.open(datasetSpec(), workspace, progress);
  }

  DatasetSpec datasetSpec() {
    return simulatedSpec() instanceof HnnExperimentSpec hnn ? hnn.dataset() : hgnSpec().dataset();
  }

  /**
   * Films of the experiment: the simulated dataset, or films of one's own, read and checked.
   *
   * @param workspace where relative paths begin and datasets are cached
   * @param progress told while they are read or simulated
   * @throws UserError naming what is wrong with them
   */
  public FilmData films(Workspace workspace, Progress progress) {
    return ownFilms()
        ? OwnFilms.open(system.substring(FILMS.length()), workspace, protocol.steps(), progress)
        : dataset(workspace, progress);
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace with a progress bar. */
  public Run train() {
    return train(Workspace.find(), TrainingWatch.of(Progress.console(name())));
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace. */
  public Run train(TrainingWatch watch) {
    return train(Workspace.find(), watch);
  }

  /** The finished run, as {@link #result} has it trained. */
  public Run train(Workspace workspace, TrainingWatch watch) {
    return new Run(this, new Lifecycle<>(recipe(workspace, watch), workspace).train(watch));
  }

  @Override
  public FilmRecipe recipe(Workspace workspace) {
    return recipe(workspace, Progress.NONE);
  }

  /** Films of the reader's own decide the spec, so they are read for it. */
  private FilmRecipe recipe(Workspace workspace, Progress progress) {
    OwnFilms own = ownFilms() ? (OwnFilms) films(workspace, progress) : null;
    if (own != null) {
      FilmsExperimentSpec spec = FilmsExperimentSpec.of(model, own.spec(), protocol, budget, seed);
      return new HgnRecipe(this, spec, workspace, own);
    }
    return simulatedSpec() instanceof HnnExperimentSpec hnn
        ? new HnnRecipe(this, hnn, workspace)
        : new HgnRecipe(this, hgnSpec(), workspace);
  }

  /**
   * The run if it is finished; nothing is trained.
   *
   * @param workspace where it is kept
   * @throws UserError if it is not there, or is of another spec
   */
  public Run finished(Workspace workspace) {
    return finished(workspace, Integer.MAX_VALUE);
  }

  /**
   * The run if it is finished, with the first films of its dataset only: to look at what was
   * trained at the paper's budget without simulating its 60 000 trajectories.
   *
   * @param workspace where it is kept
   * @param sequences how many films of each split; all, of films of the user's own
   * @throws UserError if it is not there, or is of another spec
   */
  public Run finished(Workspace workspace, int sequences) {
    folder(workspace).requireFinished(this);
    FilmRecipe recipe = recipe(workspace);
    Trained<FilmData, FilmModel> run =
        new Lifecycle<>(recipe, workspace).finished(() -> recipe.first(sequences));
    return new Run(this, run);
  }

  /**
   * Looks whether there is a finished run with its weights, before its films are simulated.
   *
   * @param workspace where it is kept
   * @throws UserError if there is none, or the repository has its result alone
   */
  public void requireWeights(Workspace workspace) {
    RunFolder folder = folder(workspace);
    folder.requireFinished(this);
    if (!folder.hasWeights()) {
      throw RunFolder.weightless(folder.path().toString(), this);
    }
  }

  /**
   * Scores a run that is not finished by its last checkpoint, and notes it beside that. Whoever
   * trains it may go on meanwhile.
   *
   * @param workspace where it is kept
   * @param watch who is told
   * @return what was measured; its iterations are those behind it
   * @throws UserError if the run is finished, was never begun, or is of another spec
   */
  public RunResult score(Workspace workspace, TrainingWatch watch) {
    return new Lifecycle<>(recipe(workspace, watch), workspace).score(watch);
  }
}
