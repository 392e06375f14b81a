package hgn.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hgn.data.DatasetSpec;
import hgn.dynamics.PhaseState;
import hgn.models.Architecture;
import hgn.models.Hgn;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.nn.Layout;
import java.util.List;

/** 30 leapfrog steps forward: what is kept from step to step, and what it saves. */
final class RolloutSuite {
  private static final int STEPS = DatasetSpec.PAPER_STEPS;

  private RolloutSuite() {}

  static List<Row> run(Lab lab, double seconds) {
    try (NDManager manager = lab.manager().newSubManager()) {
      Contest contest = new Contest();
      for (Architecture architecture : Architecture.values()) {
        HgnBlueprint blueprint = Lab.blueprint(architecture);
        Layout layout = blueprint.layout();
        NDArray flat = manager.create(layout.initial(Lab.SEED));
        PhaseState start = start(manager, architecture);
        String kept = "30 steps %s, slope and kernels kept".formatted(architecture.id());
        contest
            .add(
                kept,
                null,
                new Arithmetic(blueprint, Lab.BATCH).step(1, STEPS).get("rollout"),
                () -> {
                  try (NDManager scope = manager.newSubManager()) {
                    Hgn model = blueprint.bind(layout.bind(in(scope, flat)));
                    model.rollout(in(scope, start), model.spec().dt(), STEPS);
                  }
                })
            .add(
                "30 steps %s, slope anew at every step".formatted(architecture.id()),
                kept,
                0,
                () -> {
                  try (NDManager scope = manager.newSubManager()) {
                    Hgn model = blueprint.bind(layout.bind(in(scope, flat)));
                    walk(model, in(scope, start), 1);
                  }
                })
            .add(
                "30 steps %s, slope and kernels anew at every step".formatted(architecture.id()),
                kept,
                0,
                () -> {
                  try (NDManager scope = manager.newSubManager()) {
                    PhaseState state = in(scope, start);
                    for (int i = 0; i < STEPS; i++) {
                      NDArray weights = in(scope, flat);
                      state = walk(blueprint.bind(layout.bind(weights)), state, STEPS);
                    }
                  }
                });
      }
      return contest.run(seconds);
    }
  }

  /** A share of the steps, each with nothing known from the one before. */
  private static PhaseState walk(Hgn model, PhaseState start, int share) {
    PhaseState state = start;
    for (int i = 0; i < STEPS / share; i++) {
      state = model.integrator().step(model.hamiltonian(), state, model.spec().dt());
    }
    return state;
  }

  private static PhaseState start(NDManager manager, Architecture architecture) {
    Shape shape = new Shape(Lab.BATCH, HgnSpec.CHANNELS);
    Shape latent = architecture == Architecture.COMPACT ? shape : shape.addAll(new Shape(4, 4));
    return new PhaseState(manager.randomNormal(latent), manager.randomNormal(latent));
  }

  private static PhaseState in(NDManager scope, PhaseState state) {
    return new PhaseState(in(scope, state.q()), in(scope, state.p()));
  }

  private static NDArray in(NDManager scope, NDArray x) {
    NDArray here = x.stopGradient();
    here.attach(scope);
    return here;
  }
}
