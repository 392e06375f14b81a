package hgn.report;

/** The interval that an axis has to show, grown value by value. */
final class Range {
  private static final double PADDING = 0.05;
  private static final double EDGE = 1.4;

  private final boolean log;
  private double from = Double.POSITIVE_INFINITY;
  private double to = Double.NEGATIVE_INFINITY;

  Range(boolean log) {
    this.log = log;
  }

  void include(double... values) {
    for (double v : values) {
      if (Double.isFinite(v) && (!log || v > 0)) {
        from = Math.min(from, v);
        to = Math.max(to, v);
      }
    }
  }

  /** The interval with some air, never empty. */
  double[] padded() {
    if (from > to) {
      return log ? new double[] {0.1, 10} : new double[] {0, 1};
    }
    if (log) {
      double air = Math.max(PADDING * Math.log(to / from), Math.log(1.2));
      double low = from * Math.exp(-air);
      double high = to * Math.exp(air);
      // XChart gives no number to a decade on the very edge: the edge steps back from it.
      return new double[] {
        Math.min(low, Math.pow(10, Math.ceil(Math.log10(low))) / EDGE),
        Math.max(high, Math.pow(10, Math.floor(Math.log10(high))) * EDGE)
      };
    }
    double span = to - from;
    double air = span > 0 ? PADDING * span : Math.max(Math.abs(to) * 0.1, 1e-12);
    return new double[] {from - air, to + air};
  }

  /** The interval itself. */
  double[] tight() {
    return from < to ? new double[] {from, to} : padded();
  }

  /** The range about the same middle, so wide. */
  static double[] widen(double[] range, double span) {
    double middle = (range[0] + range[1]) / 2;
    return new double[] {middle - span / 2, middle + span / 2};
  }

  /** The range, refused where it is empty. */
  static double[] ordered(String axis, double from, double to) {
    if (!(from < to)) {
      throw new IllegalArgumentException(
          "%s range from %s to %s is empty".formatted(axis, from, to));
    }
    return new double[] {from, to};
  }
}
