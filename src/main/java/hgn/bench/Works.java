package hgn.bench;

import hgn.training.TrainingSteps;
import java.util.ArrayList;
import java.util.List;

/** Trainings that take part in a contest, closed after it. */
final class Works implements AutoCloseable {
  private final List<TrainingSteps> kept = new ArrayList<>();

  TrainingSteps keep(TrainingSteps steps) {
    kept.add(steps);
    return steps;
  }

  /** A work that takes the next step. */
  static Runnable next(TrainingSteps steps) {
    long[] iteration = new long[1];
    return () -> steps.take(iteration[0]++, StepSuite.RATE);
  }

  @Override
  public void close() {
    kept.forEach(TrainingSteps::close);
  }
}
