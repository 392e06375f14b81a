package hgn.paper;

import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.results.TrainingWatch;
import hgn.systems.PhysicalSystem;
import hgn.systems.Systems;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A network that learns a system's motion from its true, noisy states: the check that the baseline
 * was implemented well (§2.1, §4).
 *
 * @param hamiltonian the HNN, or its plain twin
 * @param system id of the physical system
 * @param budget how much to spend
 * @param seed of weights and batches
 */
public record StateExperiment(boolean hamiltonian, String system, Budget budget, long seed)
    implements Trainable {

  /** The name: "hnn-states" or "mlp-states", and the system. */
  @Override
  public String name() {
    return model() + "." + system;
  }

  String model() {
    return hamiltonian ? "hnn-states" : "mlp-states";
  }

  /** Every such experiment, at the quick budget. */
  public static List<StateExperiment> all() {
    return Systems.paper().stream()
        .map(PhysicalSystem::id)
        .flatMap(
            id ->
                Stream.of(true, false)
                    .map(h -> new StateExperiment(h, id, Budget.QUICK, Experiment.DEFAULT_SEED)))
        .toList();
  }

  /** The experiment of that name, where there is one. */
  public static Optional<StateExperiment> named(String name) {
    return all().stream().filter(e -> e.name().equals(name)).findFirst();
  }

  @Override
  public StateExperiment within(Budget other) {
    return new StateExperiment(hamiltonian, system, other, seed);
  }

  @Override
  public StateExperiment withSeed(long other) {
    return new StateExperiment(hamiltonian, system, budget, other);
  }

  /** Spec of everything that determines the run. */
  public StateExperimentSpec spec() {
    return StateExperimentSpec.of(hamiltonian, system, budget, seed);
  }

  @Override
  public StateRecipe recipe(Workspace workspace) {
    return new StateRecipe(this, workspace);
  }

  /** {@link #train(Workspace, TrainingWatch)} in this workspace with a progress bar. */
  public StateRun train() {
    return train(Workspace.find(), TrainingWatch.of(Progress.console(name())));
  }

  /** The finished run, as {@link #result} has it trained. */
  public StateRun train(Workspace workspace, TrainingWatch watch) {
    StateRecipe recipe = recipe(workspace);
    return new StateRun(this, recipe, new Lifecycle<>(recipe, workspace).train(watch));
  }

  /** Whether it has been trained, and its weights are there. */
  public boolean finished(Workspace workspace) {
    return Files.exists(folder(workspace).result()) && folder(workspace).hasWeights();
  }
}
