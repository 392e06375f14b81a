package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Json;
import hgn.io.UserError;
import hgn.systems.Systems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The models that came after the paper: named like the others, in none of its tables. */
class SuccessorsTest {

  @ParameterizedTest
  @EnumSource(Budget.class)
  void everySystemHasThemWithFilmsThatAreLongEnough(Budget budget) {
    List<Experiment> all = Paper.successors();
    assertEquals(2 * Systems.paper().size(), all.size());
    for (Experiment experiment : all) {
      Experiment named = Paper.experiment(experiment.name()).within(budget);
      HgnExperimentSpec spec = named.hgnSpec();
      assertTrue(spec.films().steps() + 1 >= spec.hgn().longestClip(spec.model()), named.name());
      assertEquals(
          named.of(Model.HGN_LEAPFROG).hgnSpec().dataset(), spec.dataset(), "what is scored");
      String json = Json.compact(spec);
      assertEquals(json, Json.compact(Json.parse(json, HgnExperimentSpec.class)));
    }
  }

  @Test
  void theyStandInNoTableOfThePaper() {
    for (Experiment experiment : Paper.successors()) {
      assertFalse(Paper.experiments().contains(experiment), experiment.name());
      assertTrue(Double.isNaN(PaperTables.of(experiment.model(), "pendulum").testMse()));
      for (String grid : Grids.names()) {
        assertFalse(Grids.experiments(grid).contains(experiment), grid);
      }
    }
  }

  @Test
  void filmsOfOnesOwnAndPredictionAreLeftToThePapersModels() {
    Experiment consistent = Paper.experiment("hgn-consistent.pendulum");
    assertThrows(UserError.class, () -> consistent.by(Protocol.PREDICT));
    assertThrows(UserError.class, () -> Paper.experiment("hgn-consistent.films:data/films/lamp"));
  }

  /** One part is taken away, and the rest is what it was. */
  @Test
  void ingredientsAreTakenAwayOneAtATime() {
    HgnExperimentSpec whole = Physics.ingredients().get(0).hgnSpec();
    assertEquals(5, Physics.ingredients().size());
    for (Experiment part : Physics.ingredients().subList(1, 5)) {
      HgnExperimentSpec less = Paper.experiment(part.name()).hgnSpec();
      assertEquals(
          1, differences(Json.map(whole), Json.map(less)), part.name() + " changes one thing");
      assertEquals(less, part.hgnSpec());
    }
    UserError error =
        assertThrows(
            UserError.class,
            () -> Paper.experiment("hgn-leapfrog.pendulum+no-consistency").hgnSpec());
    assertTrue(error.getMessage().contains("hgn-consistent"), error.getMessage());
  }

  @SuppressWarnings("unchecked")
  private static int differences(Map<String, Object> a, Map<String, Object> b) {
    Set<String> keys = new HashSet<>(a.keySet());
    keys.addAll(b.keySet());
    int count = 0;
    for (String key : keys) {
      Object left = a.get(key);
      Object right = b.get(key);
      count +=
          left instanceof Map<?, ?> && right instanceof Map<?, ?>
              ? differences((Map<String, Object>) left, (Map<String, Object>) right)
              : Objects.equals(left, right) ? 0 : 1;
    }
    return count;
  }
}
