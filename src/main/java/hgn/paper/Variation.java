package hgn.paper;

import hgn.models.Architecture;
import hgn.models.HgnSpec;
import hgn.training.FrameDraw;
import hgn.training.Geco;
import hgn.training.HgnTraining;
import hgn.training.Horizon;
import hgn.training.Schedule;
import hgn.training.TrainingSpec;

/** One thing changed in an experiment: what the studies beyond the paper compare. */
public enum Variation {
  /** Nothing changed. */
  NONE("", "as in Table 1") {
    @Override
    String title(Model model) {
      return model.title();
    }
  },
  /** A tolerance² of a quarter: PAPER.md, point 13, sweeps what it trades. */
  TOLERANCE_QUARTER("tolerance-0.5e-4", "tolerance² 0.5e-4") {
    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      return tolerance(spec, 0.5e-4);
    }
  },
  /** Five times the tolerance². */
  TOLERANCE_FIVE("tolerance-10e-4", "tolerance² 10e-4") {
    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      return tolerance(spec, 10e-4);
    }
  },
  /** Twenty times the tolerance². */
  TOLERANCE_TWENTY("tolerance-40e-4", "tolerance² 40e-4") {
    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      return tolerance(spec, 40e-4);
    }
  },
  /** All frames may be drawn from the first step on. */
  FULL_HORIZON("full-horizon", "full horizon from the start") {
    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      return with(spec, spec.model(), spec.training(), spec.hgn().withHorizon(Horizon.FULL));
    }
  },
  /**
   * Two target frames a step, every film its own, instead of six that all films share: 0.4 of the
   * step's cost. Compact, so that it can be had at the paper's budget.
   */
  OWN_FRAMES("own-frames", "compact, two own frames a step") {
    @Override
    String title(Model model) {
      return behind(model);
    }

    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      return frames(spec.compact(), 2, FrameDraw.SPREAD);
    }
  },
  /** The same work as {@link #OWN_FRAMES} with the times that all films share: what that buys. */
  SHARED_FRAMES("two-frames", "two shared frames a step") {
    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      return frames(spec, 2, FrameDraw.SHARED);
    }
  },
  /** Twice the learning rate. Where training is short, that is what it lacks. */
  RATE_DOUBLED("rate-doubled", "twice the rate") {
    @Override
    String title(Model model) {
      return behind(model);
    }

    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      TrainingSpec t = spec.training();
      return with(
          spec,
          spec.model(),
          new TrainingSpec(t.iterations(), t.batch(), doubled(t), t.clipNorm(), t.logEvery()),
          spec.hgn());
    }
  },
  /**
   * {@link #OWN_FRAMES} at twice the rate for four times as many iterations as most models train at
   * the quick budget, in twice the time: what HGN (determ) lacks there.
   */
  LONGER("longer", "longer, twice the rate, two own frames a step") {
    private static final int TIMES = 4;

    @Override
    String title(Model model) {
      return behind(model);
    }

    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      HgnExperimentSpec own = OWN_FRAMES.applied(spec);
      TrainingSpec t = own.training();
      int iterations = longer(t, TIMES);
      return with(
          own,
          own.model(),
          new TrainingSpec(iterations, t.batch(), doubled(t), t.clipNorm(), t.logEvery()),
          own.hgn());
    }
  },
  /**
   * A PixelHNN with convolutions for five times as many iterations as at the quick budget: whether
   * that is what its rollouts lack. At the paper's budget it has more already, and keeps them.
   */
  FIVE_TIMES("five-times", "five times as many iterations") {
    private static final int TIMES = 5;

    @Override
    String title(Model model) {
      return behind(model);
    }

    @Override
    boolean suits(Model model) {
      return model == Model.HNN_CONV;
    }

    @Override
    HnnExperimentSpec applied(HnnExperimentSpec spec) {
      TrainingSpec t = spec.training();
      int iterations = longer(t, TIMES);
      return new HnnExperimentSpec(
          spec.model(),
          spec.dataset(),
          new TrainingSpec(iterations, t.batch(), t.schedule(), t.clipNorm(), t.logEvery()),
          spec.hnn(),
          spec.seed(),
          spec.evaluationSequences());
    }
  },
  /** Training as the paper's text has it: every frame of every rollout, at §A.1's constant rate. */
  LITERAL("literal", "all frames, full horizon, constant rate") {
    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      TrainingSpec t = spec.training();
      return with(
          spec,
          spec.model(),
          new TrainingSpec(
              t.iterations(),
              t.batch(),
              Schedule.constant(HgnExperimentSpec.PAPER_RATE),
              t.clipNorm(),
              t.logEvery()),
          new HgnTraining(0, Horizon.FULL, spec.hgn().geco(), spec.hgn().reversible()));
    }
  },
  /**
   * The compact architecture and the training of the quick budget. With the iterations of the paper
   * that is 15 000 of them on its data; at the quick budget it changes nothing.
   */
  COMPACT("compact", "compact") {
    @Override
    String title(Model model) {
      return behind(model);
    }

    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      return spec.compact();
    }
  },
  /**
   * §A.1's architecture, energies without the quadratic, for the wall time of the compact one: its
   * step with six frames takes 2.1 times as long ({@code ./workbook bench step}). Its horizon grows
   * faster by as much, or the last frames would never be targets.
   */
  PAPER_SHAPE("paper-shape", "§A.1's architecture, equal wall time") {
    private static final double SLOWER = 2.1;

    @Override
    HgnExperimentSpec applied(HgnExperimentSpec spec) {
      TrainingSpec t = spec.training();
      int iterations = (int) Math.round(t.iterations() / SLOWER);
      Horizon usual = spec.hgn().horizon();
      Horizon faster = new Horizon(usual.first(), (int) Math.round(usual.every() / SLOWER));
      return with(
          spec,
          spec.model().in(Architecture.PAPER),
          new TrainingSpec(iterations, t.batch(), t.schedule(), t.clipNorm(), t.logEvery()),
          spec.hgn().withHorizon(faster));
    }
  };

  private final String id;
  private final String title;

  Variation(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** What stands behind "+" in an experiment's name; empty for {@link #NONE}. */
  public String id() {
    return id;
  }

  /**
   * The name in tables and legends.
   *
   * @param model what is varied
   */
  String title(Model model) {
    return title;
  }

  /** The title where several models are varied so. */
  String behind(Model model) {
    return model.title() + ", " + title;
  }

  /** Whether it says anything of that model: most belong to the HGNs. */
  boolean suits(Model model) {
    return this == NONE || model.hgn();
  }

  HgnExperimentSpec applied(HgnExperimentSpec spec) {
    return spec;
  }

  HnnExperimentSpec applied(HnnExperimentSpec spec) {
    return spec;
  }

  private static HgnExperimentSpec tolerance(HgnExperimentSpec spec, double squared) {
    HgnTraining hgn = spec.hgn();
    Geco.Spec geco = new Geco.Spec(squared, hgn.geco().rate(), hgn.geco().memory());
    return with(spec, spec.model(), spec.training(), hgn.withGeco(geco));
  }

  /** So many times the iterations, but no more than fit into half an hour, and never fewer. */
  private static int longer(TrainingSpec training, int times) {
    int most = 4000;
    return Math.max(training.iterations(), Math.min(times * training.iterations(), most));
  }

  private static Schedule doubled(TrainingSpec training) {
    Schedule usual = training.schedule();
    return new Schedule(2 * usual.rate(), usual.warmup(), usual.finalFraction());
  }

  private static HgnExperimentSpec frames(HgnExperimentSpec spec, int frames, FrameDraw draw) {
    return with(spec, spec.model(), spec.training(), spec.hgn().withFrames(frames, draw));
  }

  private static HgnExperimentSpec with(
      HgnExperimentSpec spec, HgnSpec model, TrainingSpec training, HgnTraining hgn) {
    return new HgnExperimentSpec(
        model, spec.dataset(), training, hgn, spec.seed(), spec.evaluationSequences());
  }
}
