package hgn.evaluation;

import hgn.render.Disc;
import hgn.render.RenderSpec;
import java.util.Arrays;
import java.util.List;

/**
 * Tracker of the discs in rendered frames: centroids of the pixels nearest to each disc's colour,
 * then the positions whose drawing is closest to the frame in the least squares (Levenberg and
 * Marquardt), so that discs which cover one another are found as well. Of frames drawn by {@link
 * hgn.render.Renderer} they are found within a thousandth of a pixel.
 */
public final class DiscTracker {
  private static final int ITERATIONS = 25;
  private static final double REST = 1e-5;

  private final RenderSpec spec;
  private final double[] ground;
  private final double[][] colours;
  private final double[] centres;

  /**
   * A tracker.
   *
   * @param spec how the discs are drawn
   */
  public DiscTracker(RenderSpec spec) {
    this.spec = spec;
    ground = unit(spec.background());
    colours = spec.discs().stream().map(disc -> unit(disc.colour())).toArray(double[][]::new);
    centres = new double[spec.size()];
    Arrays.setAll(centres, i -> ((i + 0.5) / spec.size() * 2 - 1) * spec.halfWidth());
  }

  private static double[] unit(Disc.Colour c) {
    return new double[] {c.red() / 255.0, c.green() / 255.0, c.blue() / 255.0};
  }

  /**
   * Follows the discs of a film.
   *
   * @param frames red, green and blue planes each
   * @return x and y of one disc after the other in world coordinates, [frames][2 · bodies]; NaN
   *     where a frame is no number
   */
  public double[][] track(List<float[]> frames) {
    double[][] track = new double[frames.size()][];
    for (int t = 0; t < track.length; t++) {
      float[] frame = frames.get(t);
      double[] start = centroids(frame);
      double error = new Drawing(start, frame).error;
      if (!Double.isFinite(error)) {
        Arrays.fill(start, Double.NaN);
        track[t] = start;
        continue;
      }
      // Where a disc is hidden, it is about where it was.
      boolean before = t > 0 && new Drawing(track[t - 1], frame).error < error;
      track[t] = fitted(before ? track[t - 1].clone() : start, frame);
    }
    return track;
  }

  private double[] centroids(float... frame) {
    int size = spec.size();
    double[] sums = new double[3 * colours.length];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int nearest = 0;
        double opacity = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < colours.length; i++) {
          double along = 0;
          double square = 0;
          double length = 0;
          for (int c = 0; c < 3; c++) {
            double contrast = colours[i][c] - ground[c];
            double value = frame[(c * size + row) * size + column] - ground[c];
            along += contrast * value;
            square += contrast * contrast;
            length += value * value;
          }
          double share = Math.max(0, Math.min(1, along / square));
          double rest = length - 2 * share * along + share * share * square;
          if (rest < least) {
            least = rest;
            nearest = i;
            opacity = share;
          }
        }
        double weight = opacity * opacity;
        sums[3 * nearest] += weight * centres[column];
        sums[3 * nearest + 1] -= weight * centres[row];
        sums[3 * nearest + 2] += weight;
      }
    }
    double[] at = new double[2 * colours.length];
    Arrays.setAll(at, i -> sums[i / 2 * 3 + i % 2] / Math.max(1e-9, sums[i / 2 * 3 + 2]));
    return at;
  }

  private double[] fitted(double[] start, float... frame) {
    double[] at = start;
    Drawing best = new Drawing(at, frame);
    double damping = 1e-3;
    for (int i = 0; i < ITERATIONS; i++) {
      double[] step = best.step(damping);
      double[] next = at.clone();
      double longest = 0;
      for (int j = 0; j < next.length; j++) {
        next[j] += step[j];
        longest = Math.max(longest, Math.abs(step[j]));
      }
      Drawing other = new Drawing(next, frame);
      if (other.error < best.error) {
        at = next;
        best = other;
        damping /= 5;
      } else {
        damping *= 10;
      }
      if (longest < REST * spec.halfWidth()) {
        break;
      }
    }
    return at;
  }

  /** The squared error of discs drawn somewhere, with its slope and curvature. */
  private final class Drawing {
    private final double[][] curvature;
    private final double[] slope;
    private double error;

    Drawing(double[] at, float... frame) {
      int n = colours.length;
      curvature = new double[2 * n][2 * n];
      slope = new double[2 * n];
      int size = spec.size();
      double[] opacity = new double[n];
      double[] fall = new double[2 * n];
      double[][] under = new double[n][3];
      double[] change = new double[2 * n];
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          for (int i = 0; i < n; i++) {
            double dx = at[2 * i] - centres[column];
            double dy = at[2 * i + 1] + centres[row];
            double distance = Math.sqrt(dx * dx + dy * dy);
            double value = (spec.discs().get(i).radius() - distance) / spec.softness() + 0.5;
            boolean ramp = value > 0 && value < 1 && distance > 0;
            opacity[i] = Math.max(0, Math.min(1, value));
            fall[2 * i] = ramp ? -dx / distance / spec.softness() : 0;
            fall[2 * i + 1] = ramp ? -dy / distance / spec.softness() : 0;
          }
          for (int c = 0; c < 3; c++) {
            double colour = ground[c];
            for (int i = 0; i < n; i++) {
              under[i][c] = colour;
              colour += opacity[i] * (colours[i][c] - colour);
            }
            double off = colour - frame[(c * size + row) * size + column];
            error += off * off;
            double through = 1;
            for (int i = n - 1; i >= 0; i--) {
              double by = through * (colours[i][c] - under[i][c]);
              change[2 * i] = by * fall[2 * i];
              change[2 * i + 1] = by * fall[2 * i + 1];
              through *= 1 - opacity[i];
            }
            for (int j = 0; j < change.length; j++) {
              if (change[j] != 0) {
                slope[j] += change[j] * off;
                for (int l = 0; l < change.length; l++) {
                  curvature[j][l] += change[j] * change[l];
                }
              }
            }
          }
        }
      }
    }

    /** Towards the least error, by Gauss's elimination of a damped positive matrix. */
    double[] step(double damping) {
      int n = slope.length;
      double[][] a = new double[n][];
      double[] b = new double[n];
      for (int i = 0; i < n; i++) {
        a[i] = curvature[i].clone();
        a[i][i] += damping * (1e-3 + a[i][i]);
        b[i] = -slope[i];
      }
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          double factor = a[j][i] / a[i][i];
          for (int l = i; l < n; l++) {
            a[j][l] -= factor * a[i][l];
          }
          b[j] -= factor * b[i];
        }
      }
      for (int i = n - 1; i >= 0; i--) {
        for (int l = i + 1; l < n; l++) {
          b[i] -= a[i][l] * b[l];
        }
        b[i] /= a[i][i];
      }
      return b;
    }
  }
}
