package hgn.paper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import hgn.data.Dataset;
import hgn.data.DatasetSpec;
import hgn.data.Split;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.evaluation.HgnEvaluation;
import hgn.evaluation.LinearProbe;
import hgn.evaluation.LongRollouts;
import hgn.evaluation.SampleQuality;
import hgn.io.AtomicFiles;
import hgn.io.Json;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.models.FilmModel;
import hgn.models.Hgn;
import hgn.results.SequenceScore;
import hgn.results.Series;
import hgn.results.StudyResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Study of a trained model beyond the paper's tables: how long its rollouts hold, whether they
 * return, what its latent state knows. Computed once and kept beside the run's result.
 */
final class Study {
  /** Not one that any model has seen, nor the test set. */
  private static final long SEED = 2021;

  /** Ten times the training horizon. */
  private static final int LONG_STEPS = 10 * DatasetSpec.PAPER_STEPS;

  private static final int SMOKE_STEPS = 35;
  private static final int SEQUENCES = 32;
  private static final int SMOKE_SEQUENCES = 4;
  private static final int PROBED = 128;
  private static final int PORTRAITS = 3;

  /** Films whose frames are compared one by one: of both splits, and drawn from the prior. */
  private static final int COMPARED = 64;

  private final Run run;
  private final Workspace workspace;
  private final int firstTarget;

  Study(Run run, Workspace workspace, int firstTarget) {
    this.run = run;
    this.workspace = workspace;
    this.firstTarget = firstTarget;
  }

  /** The study: read where it was made of this very run, else made. */
  StudyResult result() {
    Path file = run.experiment().folder(workspace).path().resolve(StudyResult.FILE_NAME);
    String key = StudyKey.of(run.result());
    StudyResult known = Json.readOf(key, file, StudyResult.class);
    if (known != null) {
      return known;
    }
    StudyResult made = run.withModel((model, manager) -> make(key, model, manager));
    AtomicFiles.writeText(file, Json.compact(made) + "\n");
    return made;
  }

  /** Number of steps of rollouts, forward and backward. */
  int steps() {
    return smoke() ? SMOKE_STEPS : LONG_STEPS;
  }

  /**
   * Films whose frame number {@link #steps} has so many before it and more behind it. That frame is
   * a start as the training films have it: three bodies that have been under way for long are where
   * no film was.
   */
  Split films() {
    DatasetSpec own = run.dataset().spec();
    DatasetSpec starts = Probing.fresh(own, smoke() ? SMOKE_SEQUENCES : SEQUENCES, SEED);
    return Dataset.open(starts, workspace, Progress.NONE)
        .test()
        .extended(steps(), steps() + own.steps());
  }

  private boolean smoke() {
    return run.experiment().budget() == Budget.SMOKE;
  }

  private StudyResult make(String key, FilmModel model, NDManager manager) {
    Dataset dataset = run.dataset();
    DatasetSpec own = dataset.spec();
    int steps = steps();
    Split films = films();
    int sequences = films.size();
    LongRollouts rollouts = LongRollouts.of(model, films, firstTarget, steps, manager);
    double spread =
        Math.sqrt(
            StatUtils.populationVariance(
                Arrays.stream(rollouts.energies()).mapToDouble(e -> e[0]).toArray()));
    double[][] drift =
        Arrays.stream(rollouts.energies())
            .map(e -> Arrays.stream(e).map(x -> Math.abs(x - e[0]) / spread).toArray())
            .toArray(double[][]::new);
    double dt = own.dt();
    PhaseState start =
        model.infer(
            dataset
                .test()
                .frames(manager, Probing.range(Math.min(Probing.CHUNK, dataset.test().size()))));
    int there = DatasetSpec.PAPER_STEPS;
    Probe probe = probe(model, manager);
    int compared = smoke() ? SMOKE_SEQUENCES : COMPARED;
    SampleQuality quality = quality(model, compared, manager);
    return new StudyResult(
        key,
        run.experiment().name(),
        run.experiment().budget().id(),
        run.experiment().seed(),
        sequences,
        oneRollout(model, dataset.train(), manager),
        oneRollout(model, dataset.test(), manager),
        Series.times(steps + 1, dt),
        Probing.quantiles(0.5, rollouts.forward()),
        Probing.quantiles(0.25, rollouts.forward()),
        Probing.quantiles(0.75, rollouts.forward()),
        Probing.quantiles(0.5, rollouts.backward()),
        Probing.quantiles(0.5, drift),
        Probing.times(dt, rollouts.valid(false)),
        Probing.times(dt, rollouts.valid(true)),
        LongRollouts.returnErrors(model::rollout, start, model.dt(), there),
        LongRollouts.returnErrors(
            (s, h, n) -> Integrators.EULER.rollout(model.hamiltonian(), s, h, n),
            start,
            model.dt(),
            there),
        probe.q(),
        probe.p(),
        score(model, dataset.train(), compared, manager).frameDeviations(),
        score(model, dataset.test(), compared, manager).frameDeviations(),
        quality.distance(),
        quality.coverage(),
        quality.floor(),
        probe.portraits());
  }

  private double oneRollout(FilmModel model, Split split, NDManager manager) {
    return score(model, split, 1, manager).energyVariance();
  }

  private SequenceScore score(FilmModel model, Split split, int count, NDManager manager) {
    int skipped = run.experiment().protocol() == Protocol.PREDICT ? 1 : 0;
    return HgnEvaluation.score(
        "", model, split, count, firstTarget, skipped, manager, Progress.NONE);
  }

  /** A PixelHNN has no prior. */
  private SampleQuality quality(FilmModel model, int compared, NDManager manager) {
    if (model instanceof Hgn hgn) {
      Split test = run.dataset().test();
      return SampleQuality.of(hgn, test, compared, new SplittableRandom(SEED), manager);
    }
    return new SampleQuality(Double.NaN, Double.NaN, Double.NaN);
  }

  private record Probe(double[] q, double[] p, StudyResult.Portrait[] portraits) {}

  private Probe probe(FilmModel model, NDManager manager) {
    try (NDManager scope = manager.newSubManager()) {
      Split train = run.dataset().train();
      Split test = run.dataset().test();
      int trained = Math.min(PROBED, train.size());
      int tested = Math.min(PROBED, test.size());
      NDArray trainLatents = Probing.latents(model, train, trained, firstTarget, scope);
      NDArray testLatents = Probing.latents(model, test, tested, firstTarget, scope);
      PhaseState trainStates = Probing.truth(train, trained, firstTarget, scope);
      PhaseState testStates = Probing.truth(test, tested, firstTarget, scope);
      LinearProbe q = LinearProbe.fit(trainLatents, trainStates.q());
      LinearProbe p = LinearProbe.fit(trainLatents, trainStates.p());
      double[] readQ = first(q.read(testLatents));
      double[] readP = first(p.read(testLatents));
      double[] trueQ = first(testStates.q());
      double[] trueP = first(testStates.p());
      int frames = test.frames() - firstTarget;
      StudyResult.Portrait[] portraits =
          IntStream.range(0, Math.min(PORTRAITS, test.size()))
              .mapToObj(
                  i ->
                      new StudyResult.Portrait(
                          part(trueQ, i, frames),
                          part(trueP, i, frames),
                          part(readQ, i, frames),
                          part(readP, i, frames)))
              .toArray(StudyResult.Portrait[]::new);
      return new Probe(
          q.determination(testLatents, testStates.q()),
          p.determination(testLatents, testStates.p()),
          portraits);
    }
  }

  private static double[] first(NDArray x) {
    return x.get(new NDIndex(":,0")).toDoubleArray();
  }

  private static double[] part(double[] all, int i, int frames) {
    return Arrays.copyOfRange(all, i * frames, (i + 1) * frames);
  }
}
