package hgn.results;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Json;
import hgn.io.Workspace;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keys of what was measured: declared once, written and read by their type. */
class MetricTest {

  private static Map<String, Metric<?>> declared() {
    return Arrays.stream(Metric.class.getFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()))
        .map(
            field -> {
              try {
                return (Metric<?>) field.get(null);
              } catch (IllegalAccessException e) {
                throw new AssertionError(e);
              }
            })
        .collect(Collectors.toMap(Metric::name, metric -> metric));
  }

  @Test
  void everythingInResultsOfTheRepositoryIsDeclaredAndReadByItsType() {
    Map<String, Metric<?>> declared = declared();
    List<RunResult> results = RunResult.all(Workspace.find().runs());
    assertTrue(results.size() > 90, "results: " + results.size());
    for (RunResult result : results) {
      for (String name : result.metrics().keySet()) {
        Metric<?> metric = declared.get(name);
        assertNotNull(metric, name + " of " + result.experiment());
        // Not a number is written as null.
        assertEquals(
            result.metrics().get(name) != null,
            metric.in(result.metrics()).isPresent(),
            name + " of " + result.experiment());
      }
    }
  }

  @Test
  void aValueIsReadAsItWasWritten() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    Metric.BOUND.put(metrics, -1.5);
    Metric.SKIPPED_STEPS.put(metrics, 3L);
    Metric.COLLAPSED.put(metrics, true);
    Metric.FINDING.put(metrics, "nothing");
    Metric.MASSES.put(metrics, new double[] {0.25, 0.75});
    Map<String, Object> read = Json.map(metrics);
    for (Map<String, Object> each : List.of(metrics, read)) {
      assertEquals(Optional.of(-1.5), Metric.BOUND.in(each));
      assertEquals(Optional.of(3L), Metric.SKIPPED_STEPS.in(each));
      assertEquals(Optional.of(true), Metric.COLLAPSED.in(each));
      assertEquals(Optional.of("nothing"), Metric.FINDING.in(each));
      assertArrayEquals(new double[] {0.25, 0.75}, Metric.MASSES.in(each).orElseThrow());
      assertEquals(Optional.empty(), Metric.KL.in(each));
    }
  }

  @Test
  void theKindOfAnEarlierResultFollowsFromItsProtocol() {
    Map<String, RunResult.Kind> kinds =
        Map.of(
            "hgn-leapfrog", RunResult.Kind.FILMS,
            "hnn", RunResult.Kind.FILMS,
            "nhf-2", RunResult.Kind.DENSITY,
            "hnn-states", RunResult.Kind.STATES);
    for (RunResult result : RunResult.all(Workspace.find().runs())) {
      if (kinds.containsKey(result.model())) {
        assertEquals(kinds.get(result.model()), result.kind(), result.experiment());
        assertEquals(result, Json.parse(Json.pretty(result), RunResult.class));
      }
    }
  }
}
