package hgn.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import hgn.data.Batches;
import hgn.data.Dataset;
import hgn.evaluation.HgnEvaluation;
import hgn.io.Progress;
import hgn.models.Architecture;
import hgn.models.Hgn;
import hgn.models.HgnBlueprint;
import hgn.models.HgnSpec;
import hgn.paper.Budget;
import hgn.paper.Experiment;
import hgn.paper.HgnExperimentSpec;
import hgn.paper.Paper;
import hgn.training.Compute;
import hgn.training.HgnObjective;
import hgn.training.HgnTraining;
import hgn.training.Horizon;
import hgn.training.PhaseClock;
import hgn.training.Schedule;
import hgn.training.TrainingSpec;
import hgn.training.TrainingSteps;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Training time to a given test error: of the quick recipe to the paper's own on its first three
 * systems, and on the mass-spring to a fifth of the mean image's beside other ways, either the
 * paper's literal one alone, or single steps of the way from the one to the other.
 */
final class ConvergenceSuite {
  private static final double SHARE = 5;
  private static final int SEQUENCES = 64;

  /** Largest share of the time that is given to looking at the test set. */
  private static final double LOOKING = 0.05;

  /** Factor up to which the slower way is followed: a factor of eight is asked for. */
  private static final double BOUND = 8.5;

  private static final String QUICK = "convergence, quick budget";

  private ConvergenceSuite() {}

  /**
   * The quick way to the paper's test errors, and beside the literal one: §A.1's networks, all
   * frames, full horizon, its constant rate, and what the paper does not state (initial values,
   * Adam's ε) as PyTorch has it.
   */
  static List<Row> literal(Lab lab, double seconds) {
    List<Row> rows = new ArrayList<>(toPaper(lab, seconds));
    rows.addAll(run(lab, seconds, false));
    return rows;
  }

  /** The quick recipe to the test error that the paper has for HGN (leapfrog). */
  private static List<Row> toPaper(Lab lab, double seconds) {
    return Stream.of(Paper.MASS_SPRING, Paper.PENDULUM, Paper.TWO_BODY)
        .map(
            e -> {
              String name = "to the paper's test error, " + e.system();
              return Way.quick(lab, e).run(name, e.paper().testMse(), seconds);
            })
        .toList();
  }

  /**
   * The quick way, the literal one from our initial values, and the compact networks without the
   * growing horizon and trained as the paper says.
   */
  static List<Row> ways(Lab lab, double seconds) {
    return run(lab, seconds, true);
  }

  private static List<Row> run(Lab lab, double seconds, boolean single) {
    Way way = Way.quick(lab, Paper.MASS_SPRING);
    HgnExperimentSpec quick = way.spec();
    Dataset dataset = way.dataset();
    HgnTraining hgn = quick.hgn();
    HgnTraining full = new HgnTraining(hgn.framesPerStep(), Horizon.FULL, hgn.geco(), false);
    HgnTraining literal = new HgnTraining(0, Horizon.FULL, hgn.geco(), false);
    Schedule falling = quick.training().schedule();
    Schedule constant = Schedule.constant(HgnExperimentSpec.PAPER_RATE);
    HgnSpec compact = quick.model();
    HgnSpec paper = HgnSpec.of(Architecture.PAPER, compact.contextFrames());
    double target = dataset.meanImageMse() / SHARE;
    List<Row> rows = new ArrayList<>();
    rows.add(way.run(QUICK, target, seconds));
    if (single) {
      rows.add(
          new Way(lab, quick, paper, dataset, literal, constant, true)
              .run("convergence, literal from our initial values", target, seconds));
      rows.add(
          new Way(lab, quick, compact, dataset, full, falling, true)
              .run("convergence, full horizon", target, seconds));
      rows.add(
          new Way(lab, quick, compact, dataset, literal, constant, true)
              .run("convergence, compact trained literally", target, seconds));
    } else {
      rows.add(
          new Way(lab, quick, paper, dataset, literal, constant, false)
              .run("convergence, literal (§A.1)", target, cap(seconds, rows.get(0))));
    }
    Double baseline = rows.get(0).milliseconds();
    return rows.stream().map(row -> compared(row, QUICK, baseline)).toList();
  }

  /** Enough to say that it takes longer than so many times the quick way. */
  private static double cap(double seconds, Row baseline) {
    return baseline.milliseconds() == null ? seconds : BOUND * baseline.milliseconds() / 1e3;
  }

  private static Row compared(Row row, String baseline, Double milliseconds) {
    boolean comparable =
        !row.name().equals(baseline) && row.milliseconds() != null && milliseconds != null;
    return new Row(
        row.name(),
        row.milliseconds(),
        null,
        null,
        null,
        null,
        comparable ? baseline : null,
        comparable ? row.milliseconds() / milliseconds : null,
        row.more());
  }

  /** One way to train. */
  private record Way(
      Lab lab,
      HgnExperimentSpec spec,
      HgnSpec model,
      Dataset dataset,
      HgnTraining training,
      Schedule schedule,
      boolean ours) {

    /** As the quick budget trains an experiment. */
    static Way quick(Lab lab, Experiment experiment) {
      HgnExperimentSpec spec = experiment.within(Budget.QUICK).hgnSpec();
      Dataset dataset = Dataset.open(spec.dataset(), lab.workspace(), Progress.NONE);
      Schedule schedule = spec.training().schedule();
      return new Way(lab, spec, spec.model(), dataset, spec.hgn(), schedule, true);
    }

    /**
     * The row; its time is empty where the target was not reached within the cap: then "trained s"
     * is a lower bound.
     */
    Row run(String name, double target, double cap) {
      HgnBlueprint blueprint = new HgnBlueprint(model);
      TrainingSpec loop = spec.training();
      Batches batches = new Batches(spec.seed(), dataset.train().size(), loop.batch());
      HgnObjective objective =
          new HgnObjective(
              blueprint,
              training,
              iteration -> dataset.train().upload(batches.indices(iteration)),
              Compute.division(lab.device(), loop.batch(), Lab.SIZE));
      Map<String, Double> more = new LinkedHashMap<>();
      double trained = 0;
      double looked = 0;
      double mse = Double.POSITIVE_INFINITY;
      long iteration = 0;
      try (TrainingSteps steps = steps(objective)) {
        while (trained < cap && mse > target) {
          long began = System.nanoTime();
          // Beyond the budget's iterations the schedule stays at its end.
          long scheduled = Math.min(iteration, loop.iterations());
          steps.take(iteration++, schedule.at(scheduled, loop.iterations()));
          trained += (System.nanoTime() - began) / 1e9;
          if (looked <= LOOKING * trained) {
            long looking = System.nanoTime();
            mse = testMse(blueprint, steps.weights());
            looked += (System.nanoTime() - looking) / 1e9;
          }
        }
      }
      more.put("trained s", trained);
      more.put("iterations", (double) iteration);
      more.put("test MSE", mse);
      more.put("target", target);
      return mse > target ? Row.of(name, more) : Row.of(name, 1e3 * trained, more);
    }

    private TrainingSteps steps(HgnObjective objective) {
      double clip = spec.training().clipNorm();
      return ours
          ? TrainingSteps.fresh(objective, clip, spec.seed(), lab.device(), PhaseClock.NONE)
          : TrainingSteps.customary(objective, clip, spec.seed(), lab.device(), PhaseClock.NONE);
    }

    private double testMse(HgnBlueprint blueprint, float[] weights) {
      try (NDManager scope = lab.manager().newSubManager()) {
        NDArray flat = scope.create(weights);
        Hgn model = blueprint.bind(blueprint.layout().bind(flat));
        return HgnEvaluation.score(
                "test", model, dataset.test(), SEQUENCES, 0, 0, scope, Progress.NONE)
            .mse();
      }
    }
  }
}
