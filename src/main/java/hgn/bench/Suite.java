package hgn.bench;

import java.util.List;

/** A group of measurements. */
interface Suite {
  /** A line on its subject. */
  String about();

  /** Whether it runs where no suite is named: those that take minutes do not. */
  default boolean usual() {
    return true;
  }

  /**
   * Measures.
   *
   * @param lab what is shared
   * @param seconds about how long to measure
   * @return the rows
   */
  List<Row> run(Lab lab, double seconds);
}
