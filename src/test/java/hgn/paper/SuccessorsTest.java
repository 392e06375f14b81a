package hgn.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Json;
import hgn.io.UserError;
import hgn.systems.Systems;
import java.util.List;
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
}
