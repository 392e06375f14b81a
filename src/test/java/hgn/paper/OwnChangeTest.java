package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.models.HgnSpec;
import hgn.results.TrainingWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Experiments that a reader composes in a cell, and models of the reader's own. */
class OwnChangeTest {
  private static final Experiment SMOKE =
      Paper.experiment("hgn-leapfrog.pendulum").within(Budget.SMOKE);

  @TempDir Path root;

  private static String said(Executable executable) {
    return assertThrows(UserError.class, executable).getMessage();
  }

  @Test
  void aChangedExperimentHasANameAndAFolderOfItsOwn() {
    Experiment fast =
        SMOKE.named("fast").with(spec -> spec.latent(2).dt(0.0625).rate(3e-3).batch(2));
    Workspace workspace = new Workspace(root);
    Run run = fast.train(workspace, TrainingWatch.NONE);
    assertEquals("hgn-leapfrog.pendulum+fast", run.result().experiment());
    assertTrue(
        Files.exists(root.resolve("data/runs/hgn-leapfrog.pendulum+fast/smoke/result.json")));
    assertEquals(0.0625, run.dt());
    assertEquals(0.0625, fast.hgnSpec().model().dt());
    assertEquals(2, fast.hgnSpec().model().channels());
    assertEquals(3e-3, fast.spec().training().schedule().rate());
    assertEquals(2, fast.spec().training().batch());
    assertEquals(SMOKE.spec().seed(), fast.spec().seed());
    assertEquals("HGN (leapfrog), fast", fast.title());
    assertEquals(
        run.result().testMse(), fast.train(workspace, TrainingWatch.NONE).result().testMse());
  }

  @Test
  void changesFollowOneAnotherAndKeepWhatWasChangedBefore() {
    Experiment own = SMOKE.with(Variation.OWN_FRAMES).named("mine").with(s -> s.iterations(7));
    assertEquals(2, own.hgnSpec().hgn().framesPerStep());
    assertEquals(7, own.with(s -> s.rate(1e-4)).spec().training().iterations());
    Experiment hnn = SMOKE.of(Model.HNN).named("short").withHnn(s -> s.iterations(3));
    assertEquals(3, hnn.spec().training().iterations());
  }

  @Test
  void twoRunsOfOneNameWithDifferentSpecsAreRefusedByTheDifference() {
    Workspace workspace = new Workspace(root);
    SMOKE.named("mine").with(s -> s.iterations(3)).train(workspace, TrainingWatch.NONE);
    Experiment other = SMOKE.named("mine").with(s -> s.iterations(4));
    String said = said(() -> other.train(workspace, TrainingWatch.NONE));
    assertTrue(said.contains("its 'training.iterations' is 3, not 4"), said);
    assertTrue(said.contains("named(…)") && !said.contains("--fresh"), said);
  }

  @Test
  void whatCannotBeIsSaidBeforeAnyTraining() {
    Experiment named = SMOKE.named("mine");
    String step = said(() -> named.with(s -> s.dt(-1)));
    assertTrue(step.contains("'mine'") && step.contains("dt is -1.0, expected"), step);
    String latent = said(() -> named.with(s -> s.latent(0)));
    assertTrue(latent.contains("latent size: 0, expected at least 1"), latent);
    String paper = said(() -> named.within(Budget.PAPER).with(s -> s.latent(2)));
    assertTrue(paper.contains("compact()"), paper);
    String rate = said(() -> named.with(s -> s.rate(0)));
    assertTrue(rate.contains("learning rate 0.0"), rate);
    String nameless = said(() -> SMOKE.with(s -> s.rate(1)));
    assertTrue(nameless.contains("named(\"…\").with"), nameless);
    String listed = said(() -> SMOKE.with(Variation.WIDE).with(s -> s.rate(1)));
    assertTrue(listed.contains("named(\"…\").with"), listed);
    String taken = said(() -> SMOKE.named("wide"));
    assertTrue(taken.contains("'wide'") && taken.contains("take another"), taken);
    String folder = said(() -> SMOKE.named("../up"));
    assertTrue(folder.contains("'../up'") && folder.contains("letters"), folder);
    String unknown = said(() -> Paper.experiment("hgn-leapfrog.pendulum+larger"));
    assertTrue(unknown.contains("'larger'") && unknown.contains("wide"), unknown);
    String mine = said(() -> Paper.experiment("hgn-leapfrog.swing+wide"));
    assertTrue(mine.contains("unknown experiment 'hgn-leapfrog.swing+wide'"), mine);
  }

  @Test
  void aModelOfOnesOwnIsOneLine() {
    Experiment joint =
        SMOKE.of(new Model("hgn-joint", "HGN (joint)", HgnSpec::joint)).within(Budget.SMOKE);
    assertEquals("hgn-joint.pendulum", joint.name());
    assertFalse(joint.hgnSpec().model().separable());
    assertNotEquals(SMOKE.spec(), joint.spec());
    // The paper has no numbers of it.
    assertTrue(Double.isNaN(PaperTables.of(joint.model(), "pendulum").testMse()));
    assertTrue(Double.isNaN(PaperTables.of(Model.HNN, "swing").testMse()));
  }
}
