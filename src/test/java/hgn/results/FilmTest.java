package hgn.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FilmTest {
  private final FilmTrack truth = new FilmTrack(frames("truth", 9), 0, 0, 0.5);

  @Test
  void everyTrackMeetsTheTruthOfItsOwnTime() {
    FilmTrack backward = new FilmTrack(frames("backward", 9), 0, 4, -0.5);
    FilmTrack twice = new FilmTrack(frames("twice", 9), 0, 0, 1);
    FilmTrack half = new FilmTrack(frames("half", 9), 0, 0, 0.25);
    Film film = new Film(truth, List.of(backward, twice, half), 9);
    assertEquals(8, film.truthAt(backward, 0).orElseThrow());
    assertEquals(6, film.truthAt(twice, 3).orElseThrow());
    assertTrue(film.truthAt(twice, 5).isEmpty(), "past the end");
    assertEquals(1, film.truthAt(half, 2).orElseThrow());
    assertTrue(film.truthAt(half, 1).isEmpty(), "between two frames");
    // Frame t of every film holds t, so frame 0 of what runs backward is 8 off.
    assertEquals(64, film.mse(backward, 0), 1e-9);
    assertTrue(Double.isNaN(film.mse(half, 1)));
  }

  @Test
  void leavingStepsOutMovesNothingInTime() {
    FilmTrack late = new FilmTrack(frames("late", 6), 3, 1.5, 0.5);
    Film film = new Film(truth, List.of(late), 4).every(2);
    assertEquals(5, film.length());
    FilmTrack kept = film.models().get(0);
    assertEquals(2, kept.delay());
    assertEquals(2.0, kept.time(0));
    assertEquals(1f, kept.frames().frames()[0][0]);
    assertEquals(2, film.truthAt(kept, 0).orElseThrow());
    assertEquals(2, film.seen());
  }

  @Test
  void refusesFilmsOfTwoSizes() {
    FilmTrack large = new FilmTrack(new FrameSequence("large", 2, new float[1][12]), 0, 0, 1);
    assertThrows(IllegalArgumentException.class, () -> new Film(truth, List.of(large), 0));
  }

  private static FrameSequence frames(String label, int n) {
    float[][] frames = new float[n][3];
    for (int t = 0; t < n; t++) {
      java.util.Arrays.fill(frames[t], t);
    }
    return new FrameSequence(label, 1, frames);
  }
}
