package hgn.bench;

import hgn.io.Text;
import hgn.io.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Report of a run of the bench.
 *
 * @param machine processors, Java, engine and device
 * @param roof fastest arithmetic of a single operation, in 10⁹ operations a second
 * @param rows the measurements
 */
public record Report(Map<String, String> machine, double roof, List<Row> rows) {

  /** The report as aligned text. */
  public String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of("name", "ms", "spread", "GFLOP", "GFLOP/s", "of roof", "ratio", "to", "more"));
    for (Row r : rows) {
      lines.add(
          List.of(
              r.name(),
              number(r.milliseconds(), "%.2f"),
              number(r.spread(), "%.2f"),
              number(r.gflop(), "%.3f"),
              number(r.gflopPerSecond(), "%.0f"),
              number(r.ofRoof(), "%.2f"),
              number(r.ratio(), "%.3f"),
              r.baseline() == null ? "" : r.baseline(),
              r.more().entrySet().stream()
                  .map(e -> e.getKey() + " " + number(e.getValue(), "%.4g"))
                  .collect(Collectors.joining(", "))));
    }
    String head =
        machine.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return head + "\n" + TextTable.of(lines, Set.of(0, 7, 8));
  }

  private static String number(Double value, String format) {
    return value == null || !Double.isFinite(value) ? "" : Text.of(format, value);
  }
}
