package hgn.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import hgn.io.Json;
import hgn.io.UserError;
import hgn.models.Architecture;
import hgn.nn.Layout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchTest {
  private static final double INSTANT = 0.01;

  @Test
  void measuresAndSaysSoInJson() {
    Report report = Bench.run(List.of("rollout", "update", "data"), INSTANT, name -> {});
    JsonObject json = new Gson().fromJson(Json.pretty(report), JsonObject.class);
    JsonArray rows = json.getAsJsonArray("rows");
    assertTrue(json.get("roof").getAsDouble() > 0);
    assertEquals(report.rows().size(), rows.size());
    assertTrue(Json.pretty(report).indexOf("NaN") < 0);
    assertTrue(report.rows().stream().anyMatch(row -> row.ofRoof() != null && row.ofRoof() > 0));
    assertTrue(report.text().contains("30 steps compact"));
  }

  @Test
  void anUnknownNameIsAUsageError() {
    assertThrows(UserError.class, () -> Bench.run(List.of("speed"), INSTANT, name -> {}));
    assertThrows(UserError.class, () -> Bench.run(List.of(), 0, name -> {}));
  }

  @Test
  void aRatioIsTheMedianOfTheRounds() {
    List<Row> rows =
        new Contest()
            .add("one", null, 1, () -> spin(2_000_000))
            .add("none", "one", 0, () -> {})
            .add("same", "same", 1, () -> spin(2_000_000))
            .run(0.3);
    assertEquals("one", rows.get(1).baseline());
    // How large a ratio of two works is would be a timed test: nothing is less than something.
    assertTrue(rows.get(1).ratio() < 0.1, () -> "ratio " + rows.get(1).ratio());
    assertEquals(1, rows.get(2).ratio());
    assertEquals(1e3, rows.get(0).gflopPerSecond() * rows.get(0).milliseconds(), 1e-9);
  }

  @Test
  void partsOfAWorkHaveRowsOfTheirOwn() {
    List<Row> rows =
        new Contest().add("whole", null, Map.of("part", 1.0), () -> Map.of("part", 4.0)).run(0.01);
    assertEquals(List.of("whole", "whole · part"), rows.stream().map(Row::name).toList());
    assertEquals(4, rows.get(1).milliseconds(), 1e-9);
    assertEquals(250, rows.get(1).gflopPerSecond(), 1e-6);
  }

  /** §A.1's decoder by hand: 8 × 8, 16 × 16 and 32 × 32, the doublings folded. */
  @Test
  void theArithmeticIsThatOfTheLayers() {
    var blueprint = Lab.blueprint(Architecture.PAPER);
    double perImage = 0;
    for (int size : new int[] {8, 16, 32}) {
      int in = size == 8 ? 16 : 64;
      int cells = size / 2 + 1;
      perImage += 16.0 * cells * cells * in * 64 + 9.0 * size * size * 64 * 64;
    }
    perImage += 4 * 4 * 16 * 64 + 9 * 32 * 32 * 64 * 3;
    Map<String, Double> phases = new Arithmetic(blueprint, 16).step(31, 30);
    assertEquals(2 * 16 * 31 * perImage / 1e9, phases.get("decode"), 1e-9);
    double sum = phases.values().stream().mapToDouble(Double::doubleValue).sum();
    assertEquals(2 * phases.get(""), sum, 1e-9);
    assertEquals(26.43, StepSuite.meanReach(6), 0.01);
    assertEquals(new Shape(64, 16, 3, 3), shape(blueprint.layout(), "decoder.0.first.weight"));
  }

  private static Shape shape(Layout layout, String name) {
    return layout.slots().stream()
        .filter(slot -> slot.name().equals(name))
        .findFirst()
        .orElseThrow()
        .shape();
  }

  private static void spin(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
