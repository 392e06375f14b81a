package hgn.results;

import hgn.io.Text;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A true film and what models make of it, to be played side by side.
 *
 * @param truth what happened
 * @param models what stands beside it: reconstructions, rollouts at any speed, in any direction
 * @param seen how many of the truth's first frames the models were given; 0 where that does not
 *     matter
 */
public record Film(FilmTrack truth, List<FilmTrack> models, int seen) {

  /**
   * Keeps its own list and checks that all frames have one size.
   *
   * @throws IllegalArgumentException if they differ
   */
  public Film {
    models = List.copyOf(models);
    for (FilmTrack model : models) {
      if (model.frames().size() != truth.frames().size()) {
        throw new IllegalArgumentException(
            Text.of(
                "'%s' has frames of %d pixels, '%s' of %d: expected one size",
                truth.label(), truth.frames().size(), model.label(), model.frames().size()));
      }
    }
  }

  /**
   * A film that nothing is compared with.
   *
   * @param frames the film
   * @param dt time between two frames
   */
  public static Film of(FrameSequence frames, double dt) {
    return new Film(new FilmTrack(frames, 0, 0, dt), List.of(), 0);
  }

  /** The truth, then the models. */
  public List<FilmTrack> tracks() {
    return Stream.concat(Stream.of(truth), models.stream()).toList();
  }

  /** Steps from the first frame of any track to the last of any. */
  public int length() {
    return tracks().stream().mapToInt(t -> t.delay() + t.length()).max().orElseThrow();
  }

  /**
   * The frame of the truth at the time of a model's frame.
   *
   * @param model one of the models
   * @param frame from 0
   * @return the truth's frame, if one has that time
   */
  public OptionalInt truthAt(FilmTrack model, int frame) {
    double place = (model.time(frame) - truth.start()) / truth.dt();
    long nearest = Math.round(place);
    boolean there = Math.abs(place - nearest) < 1e-6 && nearest >= 0 && nearest < truth.length();
    return there ? OptionalInt.of((int) nearest) : OptionalInt.empty();
  }

  /**
   * Mean squared error a pixel and channel.
   *
   * @param model one of the models
   * @param frame from 0
   * @return the error, NaN where the truth of that time is not known
   */
  public double mse(FilmTrack model, int frame) {
    OptionalInt known = truthAt(model, frame);
    if (known.isEmpty()) {
      return Double.NaN;
    }
    float[] x = model.frames().frames()[frame];
    float[] y = truth.frames().frames()[known.getAsInt()];
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (double) (x[i] - y[i]) * (x[i] - y[i]);
    }
    return sum / x.length;
  }

  /**
   * Every n-th step of it, for films that would be too long to ship.
   *
   * @param n from 1
   */
  public Film every(int n) {
    return new Film(
        truth.every(n), models.stream().map(m -> m.every(n)).toList(), (seen + n - 1) / n);
  }
}
