package hgn.data;

/**
 * Films to learn from and films to be judged by, with the score of knowing nothing about them:
 * simulated ({@link Dataset}) or the user's own ({@link OwnFilms}).
 */
public sealed interface FilmData permits Dataset, OwnFilms {

  /** The films to learn from. */
  Films train();

  /** The films to be judged by. */
  Films test();

  /** Height and width of a frame: 32 or 64. */
  int imageSize();

  /** Time between two frames. */
  double dt();

  /**
   * Mean over the frames of the first 512 training films: what a model that has learned nothing but
   * the average would show.
   *
   * @return red, green and blue planes of size × size values in [0, 1], row by row
   */
  float[] meanImage();

  /**
   * Mean squared error per value of predicting {@link #meanImage()} for each frame of the first 512
   * test films: the score of a model that has collapsed.
   */
  default double meanImageMse() {
    return meanImageMse(MeanImage.SUBSET, 0);
  }

  /**
   * The same of the films and frames that a model is scored on.
   *
   * @param films how many of the first test films, at most as many as there are
   * @param first the first frame of each that is scored
   */
  default double meanImageMse(int films, int first) {
    return MeanImage.error(meanImage(), test(), imageSize(), films, first);
  }

  /** A line on what there is. */
  String summary();

  /** Mean squared error that noise leaves to a perfect prediction; 0 where none is known of. */
  default double noiseFloor() {
    return 0;
  }

  /** Mean squared error against clean frames of whoever predicts noisy ones best. */
  default double blur() {
    return 0;
  }
}
