package hgn.cli;

import hgn.io.Progress;
import hgn.paper.Budget;
import hgn.results.RunResult;

/** Trainer of experiments, as the command line sees it. */
@FunctionalInterface
interface Training {
  /**
   * Trains, or resumes, or loads what is finished.
   *
   * @param experiment its name
   * @param budget how much to spend
   * @param seed the seed, or null for the experiment's own
   * @param fresh whether an earlier run of that name is moved aside first
   * @param progress told at every step
   * @return what was measured
   */
  RunResult train(String experiment, Budget budget, Long seed, boolean fresh, Progress progress);
}
