package hgn.cli;

import hgn.io.Text;
import hgn.results.RunResult;
import java.util.List;

/** Cost of a grid in wall time. */
final class WallTime {

  private WallTime() {}

  /**
   * A sentence: the stored wall times of some runs, added up. Runs that were trained at the same
   * time count each by itself.
   *
   * @param runs of Table 1, finished
   */
  static String of(List<RunResult> runs) {
    double seconds = runs.stream().mapToDouble(RunResult::wallSeconds).sum();
    double longest = runs.stream().mapToDouble(RunResult::wallSeconds).max().orElse(0);
    return Text.of(
        "%d finished runs of Table 1: their stored wall times add up to %.0f minutes (longest"
            + " %.0f); runs that shared the machine count each by itself.",
        runs.size(), seconds / 60, longest / 60);
  }
}
