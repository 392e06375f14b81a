package hgn.paper;

import hgn.io.UserError;
import java.util.List;
import java.util.Locale;

/** Effort spent on an experiment: sizes of data, iterations and evaluation. */
public enum Budget {
  /** Seconds: enough to show that everything runs. For tests and continuous integration. */
  SMOKE,
  /** Minutes per model on two cores: enough to see the physics learned. The default. */
  QUICK,
  /** The paper's: 15 000 iterations on 50 000 trajectories. */
  PAPER;

  /**
   * The budget that {@code HGN_BUDGET} names; {@link #QUICK} where it is not set.
   *
   * @throws UserError if it names none
   */
  public static Budget fromEnvironment() {
    String name = System.getProperty("hgn.budget", System.getenv("HGN_BUDGET"));
    return name == null || name.isBlank() ? QUICK : parse(name);
  }

  /**
   * The budget of that name, in any case.
   *
   * @throws UserError if there is none
   */
  public static Budget parse(String name) {
    String id = name.strip().toLowerCase(Locale.ROOT);
    return UserError.lookUp("budget", id, List.of(values()), Budget::id);
  }

  /** Number of sequences of each split that a film model is scored on. */
  public int evaluationSequences() {
    return switch (this) {
      case SMOKE -> 8;
      case QUICK -> 256;
      case PAPER -> 1024;
    };
  }

  /** The name in lower case: "smoke", "quick" or "paper". */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
