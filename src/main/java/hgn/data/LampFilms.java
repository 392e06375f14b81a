package hgn.data;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import hgn.dynamics.Integrators;
import hgn.dynamics.PhaseState;
import hgn.io.Progress;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.systems.Systems;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/**
 * Films that are not the paper's, to try one's own films with: a lamp that swings on its cord in
 * front of a wall, as PNG pictures.
 */
public final class LampFilms {
  private static final int FILMS = 60;
  private static final int FRAMES = 46;
  private static final int SIZE = 48;
  private static final long SEED = 7;
  private static final double SMALLEST = 0.25;
  private static final double LARGEST = 0.7;
  private static final int SUBSTEPS = 8;

  /** Length of the cord, in pixels. */
  private static final double CORD = 26;

  private LampFilms() {}

  /** Sixty films of 46 frames in {@code data/films/lamp}; what is there is kept. */
  public static Path write(Workspace workspace, Progress progress) {
    return write(workspace.root().resolve("data/films/lamp"), FILMS, FRAMES, progress);
  }

  /**
   * Draws films: the same for the same numbers.
   *
   * @param folder gets a sub-folder a film; films that are there are kept
   * @param films how many
   * @param frames of each
   * @param progress told after every film
   * @return the folder
   * @throws UserError if it cannot be written
   */
  public static Path write(Path folder, int films, int frames, Progress progress) {
    double[][] angles = NativeThreads.single(() -> angles(films, frames));
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < films; i++) {
        RawFilm.checkInterrupt();
        Path film = folder.resolve(Text.of("film-%03d", i));
        if (!Files.exists(film)) {
          // Whole or not at all; the reader passes hidden folders over.
          Path half = Files.createTempDirectory(folder, ".film");
          for (int t = 0; t < frames; t++) {
            Path file = half.resolve(Text.of("frame-%03d.png", t));
            ImageIO.write(picture(angles[i][t]), "png", file.toFile());
          }
          Files.move(half, film);
        }
        progress.update(i + 1L, films, "drawing films");
      }
    } catch (IOException e) {
      throw UserError.environment(
              "could not draw films in %s (%s): free space or permission is missing", folder, e)
          .because(e);
    }
    return folder;
  }

  /** A pendulum's angles, a row a film, from swings of 14 to 40 degrees. */
  private static double[][] angles(int films, int frames) {
    double[] q = new double[films];
    double[] p = new double[films];
    for (int i = 0; i < films; i++) {
      RandomGenerator random = Streams.stream(SEED, Streams.Use.START, 0, i);
      double amplitude = random.nextDouble(SMALLEST, LARGEST);
      double phase = random.nextDouble(2 * Math.PI);
      q[i] = amplitude * Math.cos(phase);
      // Near the bottom the energy is 1.5 q² + p².
      p[i] = amplitude * Math.sqrt(1.5) * Math.sin(phase);
    }
    double[][] angles = new double[films][frames];
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      Shape shape = new Shape(films, 1);
      PhaseState start =
          new PhaseState(
              manager.create(q).reshape(shape).toType(DataType.FLOAT64, false),
              manager.create(p).reshape(shape).toType(DataType.FLOAT64, false));
      List<PhaseState> path =
          Integrators.LEAPFROG.rollout(
              Systems.named("pendulum").hamiltonian(),
              start,
              DatasetSpec.PAPER_DT / SUBSTEPS,
              SUBSTEPS * (frames - 1));
      for (int t = 0; t < frames; t++) {
        double[] now = path.get(SUBSTEPS * t).q().toDoubleArray();
        for (int i = 0; i < films; i++) {
          angles[i][t] = now[i];
        }
      }
    }
    return angles;
  }

  /** A frame. */
  static BufferedImage picture(double angle) {
    BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setPaint(new GradientPaint(0, 0, new Color(0x5f7394), 0, SIZE, new Color(0x8b9bb4)));
    g.fill(new Rectangle2D.Double(0, 0, SIZE, SIZE));
    g.setColor(new Color(0x4a4038));
    g.fill(new Rectangle2D.Double(0, 0, SIZE, 3));
    g.translate(SIZE / 2.0, 3);
    g.rotate(-angle);
    g.setColor(new Color(0x2d2a32));
    g.setStroke(new BasicStroke(1.2f));
    g.draw(new Line2D.Double(0, 0, 0, CORD - 4));
    g.setColor(new Color(0xffe9a8));
    g.fill(new Ellipse2D.Double(-4.5, CORD + 1, 9, 9));
    Path2D shade = new Path2D.Double();
    shade.moveTo(-3, CORD - 5);
    shade.lineTo(3, CORD - 5);
    shade.lineTo(9, CORD + 5);
    shade.lineTo(-9, CORD + 5);
    shade.closePath();
    g.setColor(new Color(0xd8543c));
    g.fill(shade);
    g.dispose();
    return image;
  }
}
