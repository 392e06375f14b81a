package hgn.report;

/**
 * One axis of a chart: its range in data and on paper.
 *
 * @param from the smallest value shown
 * @param to the largest value shown
 * @param log whether it is logarithmic
 * @param start where {@code from} lies on paper
 * @param end where {@code to} lies on paper
 */
record Axis(double from, double to, boolean log, double start, double end) {

  /** Place of a value on paper; NaN where the axis has no place for it. */
  double at(double value) {
    if (log && value <= 0) {
      return Double.NaN;
    }
    double share =
        log
            ? (Math.log(value) - Math.log(from)) / (Math.log(to) - Math.log(from))
            : (value - from) / (to - from);
    return start + share * (end - start);
  }

  /** The value that lies at a place on paper. */
  double value(double place) {
    double share = (place - start) / (end - start);
    return log
        ? Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from)))
        : from + share * (to - from);
  }
}
