package hgn.report;

import hgn.io.Text;

/** Number formats of figures and tables. */
final class Numbers {
  /** A missing number. */
  static final String NONE = "–";

  /** Factor by which the paper prints its errors. */
  static final double SCALE = 1e4;

  /** Decades of an axis from which on only powers of ten are marked. */
  static final double MANY = 2;

  private static final double FEW = 2 / 3.0;
  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final double[] SHORTEST = {5e-3, 2e4};
  private static final int TICK_DIGITS = 6;
  private static final double SMALLEST_PLAIN = 1e-3;
  private static final double LARGEST_PLAIN = 1e5;

  private Numbers() {}

  /** The number with so many decimals. */
  static String fixed(double v, int decimals) {
    return Double.isNaN(v) ? NONE : Text.of("%." + decimals + "f", v);
  }

  /** The number at so many significant digits, as a power of ten where that reads better. */
  static String significant(double v, int digits) {
    if (Double.isNaN(v)) {
      return NONE;
    } else if (Double.isInfinite(v)) {
      return v > 0 ? "∞" : "−∞";
    } else if (v == 0) {
      return "0";
    }
    double size = Math.abs(v);
    if (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) {
      String[] parts = Text.of("%." + (digits - 1) + "e", v).split("e", -1);
      return minus(parts[0]) + " × 10" + superscript(Integer.parseInt(parts[1]));
    }
    int decimals = Math.max(0, digits - 1 - (int) Math.floor(Math.log10(size)));
    return minus(Text.of("%." + decimals + "f", v));
  }

  /** A tick's label: as few digits as tell it apart from its neighbours. */
  static String tick(double v) {
    if (v == 0) {
      return "0";
    }
    double size = Math.abs(v);
    if (size < SMALLEST_PLAIN || size >= LARGEST_PLAIN) {
      String[] parts = Text.of("%.2e", v).split("e", -1);
      String mantissa = strip(parts[0]);
      String power = "10" + superscript(Integer.parseInt(parts[1]));
      return mantissa.equals("1") ? power : minus(mantissa) + "·" + power;
    }
    int decimals = Math.max(0, TICK_DIGITS - 1 - (int) Math.floor(Math.log10(size)));
    return minus(strip(Text.of("%." + decimals + "f", v)));
  }

  /**
   * A tick's label on a logarithmic axis: plain numbers where all of them are short, else powers.
   *
   * @param v the tick
   * @param from where the axis begins
   * @param to where it ends: over two decades and more only powers of ten are named, below two
   *     thirds all multiples of one, else twice and five times one
   * @return the label, empty for none
   */
  static String decade(double v, double from, double to) {
    double decades = Math.log10(to / from);
    int exponent = (int) Math.floor(Math.log10(v) + 1e-6);
    long mantissa = Math.round(v / Math.pow(10, exponent));
    boolean named = decades < FEW || (decades < MANY && (mantissa == 2 || mantissa == 5));
    if (mantissa != 1 && !named) {
      return "";
    } else if (from > SHORTEST[0] && to < SHORTEST[1]) {
      return tick(v);
    }
    return (mantissa == 1 ? "" : mantissa + "·") + "10" + superscript(exponent);
  }

  private static String strip(String decimal) {
    return decimal.contains(".") ? decimal.replaceFirst("\\.?0+$", "") : decimal;
  }

  private static String minus(String number) {
    return number.replace('-', '−');
  }

  private static String superscript(int exponent) {
    StringBuilder out = new StringBuilder(exponent < 0 ? "⁻" : "");
    for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
      out.append(SUPERSCRIPTS.charAt(digit - '0'));
    }
    return out.toString();
  }
}
