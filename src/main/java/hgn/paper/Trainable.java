package hgn.paper;

import hgn.io.Workspace;

/** An experiment of any kind that a process of its own can train: what grids are made of. */
public interface Trainable {

  /** Its name, as {@code ./workbook train} takes it. */
  String name();

  /**
   * The same at another budget.
   *
   * @param other how much to spend
   */
  Trainable within(Budget other);

  /**
   * The same with another seed.
   *
   * @param other of weights, data and noise
   */
  Trainable withSeed(long other);

  /**
   * Where its run lies and what determines it.
   *
   * @param workspace where runs are kept
   */
  GridCell cell(Workspace workspace);
}
