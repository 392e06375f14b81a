package hgn.io;

import java.util.Locale;

/** Formatted text that is the same on every machine. */
public final class Text {

  private Text() {}

  /**
   * A format filled in without a locale, unlike {@link String#formatted}: an Arabic default writes
   * other digits, a German one a decimal comma.
   *
   * @param format as {@link String#format} has it; without arguments it is the text itself
   * @param args what is filled in
   */
  public static String of(String format, Object... args) {
    return args.length == 0 ? format : String.format(Locale.ROOT, format, args);
  }

  /** A duration as m:ss, or h:mm:ss from an hour on. */
  public static String clock(double seconds) {
    long s = Math.round(seconds);
    return s < 3600
        ? of("%d:%02d", s / 60, s % 60)
        : of("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
