package hgn.cli;

import hgn.io.Progress;
import hgn.paper.Budget;
import hgn.results.RunResult;

/** Whoever trains an experiment, as the command line sees them. */
@FunctionalInterface
interface Training {
  /**
   * Trains, or resumes, or loads what is finished.
   *
   * @param experiment its name
   * @param budget how much to spend
   * @param seed the seed, or null for the experiment's own
   * @param progress told at every step
   * @return what was measured
   */
  RunResult train(String experiment, Budget budget, Long seed, Progress progress);
}
