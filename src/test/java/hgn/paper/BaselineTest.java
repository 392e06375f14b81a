package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Json;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.report.BaselineTables;
import hgn.report.StateFigures;
import hgn.results.FrameSequence;
import hgn.results.Metric;
import hgn.results.RunResult;
import hgn.results.StepFinding;
import hgn.results.TrainingWatch;
import hgn.training.TrainingInterrupted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The baselines as experiments: their specs, what they leave behind and what they report. */
class BaselineTest {
  @TempDir Path root;

  private Workspace workspace() {
    return new Workspace(root);
  }

  @AfterEach
  void forgetInterrupts() {
    Thread.interrupted();
  }

  @Test
  void specsAreThePapers() {
    HnnExperimentSpec spec =
        (HnnExperimentSpec) Paper.experiment("hnn-conv.three-body").within(Budget.PAPER).spec();
    assertEquals(64, spec.training().batch());
    assertEquals(15_000, spec.training().iterations());
    assertEquals(1e-3, spec.training().schedule().at(14_999, 15_000));
    assertEquals(0.1, spec.hnn().hamiltonian());
    assertEquals(1e-5, spec.hnn().decay());
    assertEquals(6, spec.model().coordinates());
    assertEquals(50_000, spec.dataset().train());
    Map<String, Object> map = Json.map(spec);
    assertEquals(spec, Json.parse(Json.compact(map), HnnExperimentSpec.class));
    StateExperimentSpec states =
        StateExperiment.named("hnn-states.two-body").orElseThrow().within(Budget.QUICK).spec();
    assertEquals(states, Json.parse(Json.compact(Json.map(states)), StateExperimentSpec.class));
  }

  /** Runs that were trained before the baselines came must still load. */
  @Test
  void specsOfHgnsHaveNotChanged() {
    assertEquals(
        "{\"model\":{\"architecture\":\"COMPACT\",\"integrator\":\"leapfrog\",\"variational\":true,"
            + "\"transform\":true,\"separable\":true,\"energy\":\"FLAT\",\"quadratic\":true,"
            + "\"sigmoidInBlocks\":false,\"imageSize\":32,\"contextFrames\":31,\"dt\":0.125},"
            + "\"dataset\":{\"system\":\"mass-spring\",\"train\":20000,\"test\":2000,\"steps\":30,"
            + "\"dt\":0.125,\"imageSize\":32,\"noise\":{\"states\":0.1,\"positions\":0.0,"
            + "\"orbit\":0.0},\"seed\":2020},\"training\":{\"iterations\":1000,\"batch\":16,"
            + "\"schedule\":{\"rate\":0.001,\"warmup\":20,\"finalFraction\":0.01},\"clipNorm\":1.0,"
            + "\"logEvery\":10},\"hgn\":{\"framesPerStep\":6,\"horizon\":{\"first\":2,\"every\":20},"
            + "\"geco\":{\"toleranceSquared\":2.0E-4,\"rate\":0.1,\"memory\":0.99},"
            + "\"reversible\":false},\"seed\":1,\"evaluationSequences\":256}",
        Json.compact(Paper.MASS_SPRING.with(Variation.COMPACT).hgnSpec().iterations(1000)));
  }

  @Test
  void aPixelHnnHasOneProtocolAndNoPrior() {
    assertThrows(UserError.class, () -> Paper.experiment("hnn.pendulum.predict"));
    assertThrows(
        UserError.class,
        () -> new Experiment(Model.HNN, "pendulum", Protocol.PREDICT, Budget.SMOKE, 1));
    PixelHnnStudy study =
        PixelHnnStudy.of("mass-spring", Budget.SMOKE, workspace(), TrainingWatch.NONE);
    assertEquals(List.of("truth", "HNN", "HNN (conv)"), labels(study.beside(0)));
    UserError error = assertThrows(UserError.class, () -> study.hnn().samples(2, 1));
    assertTrue(error.getMessage().contains("no HGN"), error.getMessage());
    assertEquals(31, study.hnn().frameErrors().mean().length);
    assertEquals(51, study.conv().energies(2, 50).get(1).y().length);
    assertEquals(0.125, study.conv().dt());
    assertEquals(104.37e-4, study.hnn().paper().testMse(), 1e-12);
    assertTrue(Double.isNaN(study.hnn().paper().testEnergyVariance()));
    assertEquals(List.of("HNN", "HNN (conv)"), stepsObeyTheTriangle(study.steps(3)));
    Map<String, Object> metrics = new TreeMap<>(study.hnn().result().metrics());
    assertTrue(
        metrics
            .keySet()
            .containsAll(
                List.of(
                    "autoencodingMse",
                    "encodedMotion",
                    "rolledMotion",
                    "latentSpread",
                    "hamiltonianConstant",
                    "finding",
                    "collapsed")),
        metrics::toString);
    assertEquals(5, BaselineTables.pixels(study.hnn().result(), study.hnn().paper()).rowCount());
    assertFalse(BaselineTables.finding(study.hnn().result()).isBlank());
  }

  /** Root mean squares are distances: no step is further from what is seen than both together. */
  private static List<String> stepsObeyTheTriangle(List<StepFinding> findings) {
    for (StepFinding f : findings) {
      double seen = Math.sqrt(f.seen());
      double stepped = Math.sqrt(f.stepped());
      double error = Math.sqrt(f.error());
      assertTrue(seen > 0 && stepped > 0, f::toString);
      assertTrue(error <= (seen + stepped) * 1.0001, f::toString);
      assertTrue(error >= Math.abs(seen - stepped) * 0.9999, f::toString);
    }
    assertEquals(2, BaselineTables.steps(findings).rowCount());
    return findings.stream().map(StepFinding::model).toList();
  }

  private static List<String> labels(List<FrameSequence> strips) {
    return strips.stream().map(FrameSequence::label).toList();
  }

  @Test
  void statesAreLearnedLoadedAndShown() {
    StateHnnStudy first =
        StateHnnStudy.of("two-body", Budget.SMOKE, workspace(), TrainingWatch.NONE);
    StateHnnStudy again =
        StateHnnStudy.of("two-body", Budget.SMOKE, workspace(), TrainingWatch.NONE);
    assertEquals(Json.map(first.hnn().result()), Json.map(again.hnn().result()));
    assertEquals(
        List.of("truth", "HNN", "plain twin"),
        first.rollouts(2).stream().map(r -> r.label()).toList());
    assertArrayEquals(
        first.rollouts(2).get(1).energies().get(1).y(),
        again.rollouts(2).get(1).energies().get(1).y());
    // The truth that rollouts are held against keeps its energy.
    for (double change : first.rollouts(1).get(0).energies().get(0).y()) {
      assertEquals(0, change, 1e-8);
    }
    List<RunResult> results = List.of(first.hnn().result(), first.twin().result());
    assertEquals(2, BaselineTables.states(results).rowCount());
    assertTrue(
        StateFigures.rollouts("states", "caption", List.of(first.rollouts(2))).image().getWidth()
            > 0);
  }

  @Test
  void anInterruptedTrainingOnStatesGoesOn() {
    StateExperiment smoke =
        StateExperiment.named("hnn-states.mass-spring").orElseThrow().within(Budget.SMOKE);
    RunResult whole =
        smoke.train(new Workspace(root.resolve("other")), TrainingWatch.NONE).result();
    TrainingWatch interrupting =
        TrainingWatch.of(
            (done, total, note) -> {
              if (total == 20 && done == 5) {
                Thread.currentThread().interrupt();
              }
            });
    assertThrows(TrainingInterrupted.class, () -> smoke.train(workspace(), interrupting));
    RunResult rest = smoke.train(workspace(), TrainingWatch.NONE).result();
    assertEquals(whole.metrics(), rest.metrics());
  }

  /** The paper's own check of its baseline (§4). */
  @Test
  @Tag("learning")
  void theHnnConservesEnergyTenTimesBetterThanItsTwin() {
    for (String system : List.of("mass-spring", "two-body")) {
      StateHnnStudy study = StateHnnStudy.of(system, Budget.QUICK, workspace(), TrainingWatch.NONE);
      double gain =
          study.twin().result().metric(Metric.ROLLOUT_ENERGY_MSE)
              / study.hnn().result().metric(Metric.ROLLOUT_ENERGY_MSE);
      assertTrue(gain > 10, system + " " + gain);
    }
  }
}
