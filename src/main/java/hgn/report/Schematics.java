package hgn.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Schematics of the paper (Fig 1 to 4): the manifold, the HGN, flows, the NHF's two paths. */
public final class Schematics {
  private static final Pattern PART = Pattern.compile("_(?:\\{[^}]*}|.)|[^_]+");
  private static final Axis PAPER = new Axis(0, 1, false, 0, 1);
  private static final Color DATA = new Color(0xE8, 0xF1, 0xF8);
  private static final Color NETWORK = new Color(0xFB, 0xEB, 0xDF);
  private static final Color PHYSICS = new Color(0xE2, 0xF3, 0xED);
  private static final int BOX = 58;
  private static final int MESH = 16;
  private static final int FINE = 60;

  private Schematics() {}

  /**
   * The manifold hypothesis (Fig 1): images are points of a low-dimensional surface in the space of
   * pixels, and a film is a path on it that a Hamiltonian draws.
   */
  public static Figure manifold(String name, String caption) {
    return new Figure(
        name,
        caption,
        560,
        330,
        page(
            560,
            d -> {
              for (int k = 0; k < 3; k++) {
                double[] tip = {new double[] {150, 510, 60}[k], new double[] {30, 280, 300}[k]};
                d.arrow(150, 235, tip[0], tip[1], Style.FAINT_INK);
              }
              d.text("pixel 1", 505, 300, Style.FAINT_INK, true);
              d.text("pixel 2", 195, 42, Style.FAINT_INK, true);
              d.text("pixel 3", 60, 320, Style.FAINT_INK, true);
              for (int i = 0; i <= MESH; i++) {
                double u = (double) i / MESH;
                d.curve(t -> surface(u, t), 0, 1, Style.fade(Style.color(0), 0.35));
                d.curve(t -> surface(t, u), 0, 1, Style.fade(Style.color(0), 0.35));
              }
              d.curve(Schematics::path, 0, 1, Style.color(1));
              for (int i = 0; i < 6; i++) {
                double[] at = path(i / 5.0);
                d.dot(at[0], at[1], Style.color(1));
                d.text("x" + (char) ('₀' + i), at[0] + 10, at[1] - 10, Style.INK, true);
              }
              d.text("manifold of natural images", 420, 62, Style.color(0), true);
              d.text("a film: ṡ = (∂H/∂p, −∂H/∂q)", 430, 222, Style.color(1), true);
            }));
  }

  private static double[] surface(double u, double v) {
    double height = 26 * Math.sin(2.6 * u + 0.5) * Math.cos(3 * v) + 18 * u;
    return new double[] {130 + 300 * u + 90 * v, 220 - 110 * v - height};
  }

  private static double[] path(double t) {
    double angle = 0.6 + 4.6 * t;
    return surface(0.5 + 0.36 * Math.cos(angle), 0.5 + 0.36 * Math.sin(angle));
  }

  /**
   * The Hamiltonian Generative Network (Fig 2): encoder, f_ψ, Hamiltonian with its integrator, and
   * decoder, with the shapes that pass between them.
   *
   * @param shapes of the frames seen, of z, of q and of a decoded frame, as a run's {@code
   *     shapes()} gives them
   */
  public static Figure hgn(String name, String caption, List<String> shapes) {
    return new Figure(
        name,
        caption,
        Style.WIDTH,
        270,
        page(
            Style.WIDTH,
            d -> {
              List<String> names =
                  List.of(
                      "x₀ … x_T", "encoder", "z", "f_ψ", "s₀ = (q₀, p₀)", "decoder", "x̂₀ … x̂_T");
              List<String> notes =
                  List.of(
                      shapes.get(0),
                      "q(z | x)",
                      shapes.get(1),
                      "",
                      "q, p: " + shapes.get(2),
                      "sees q alone",
                      shapes.get(3));
              double x = 14;
              double[] centres = new double[names.size()];
              for (int i = 0; i < names.size(); i++) {
                boolean network = i % 2 == 1;
                Color color = network ? NETWORK : i == 4 ? PHYSICS : DATA;
                double wide = i == 4 ? 150 : i == 3 ? 60 : network ? 90 : 118;
                d.box(x, 60, wide, names.get(i), notes.get(i), color);
                centres[i] = x + wide / 2;
                if (i + 1 < names.size()) {
                  d.arrow(x + wide + 2, 60 + BOX / 2.0, x + wide + 20, 60 + BOX / 2.0, Style.INK);
                }
                x += wide + 22;
              }
              double middle = centres[4];
              d.box(
                  middle - 105,
                  180,
                  210,
                  "Hamiltonian H_γ(q, p)",
                  "integrator: s_t → s_{t+dt}",
                  PHYSICS);
              d.arrow(middle - 40, 60 + BOX + 2, middle - 40, 178, Style.INK);
              d.arrow(middle + 40, 178, middle + 40, 60 + BOX + 2, Style.INK);
              d.text("T times, forward or backward", middle + 150, 150, Style.FAINT_INK, true);
              d.text("z ∼ N(0, I) to dream", centres[2], 40, Style.FAINT_INK, true);
            }));
  }

  /**
   * A normalising flow and a Hamiltonian flow (Fig 3): any invertible maps, each with the
   * determinant of its Jacobian, beside leapfrog steps, which keep the volume.
   */
  public static Figure flows(String name, String caption) {
    return Figures.panels(
        name,
        caption,
        1,
        140,
        List.of(
            page(
                Style.WIDTH,
                d ->
                    chain(
                        d,
                        List.of("z ∼ π(z)", "f₁", "…", "f_N", "x = f_N ∘ … ∘ f₁(z)"),
                        "ln p(x) = ln π(z) − Σ ln |det ∂f_i|: each map has to be inverted, and its"
                            + " determinant computed",
                        NETWORK)),
            page(
                Style.WIDTH,
                d ->
                    chain(
                        d,
                        List.of(
                            "(q₀, p₀) ∼ π",
                            "step of H₁",
                            "…",
                            "step of H_N",
                            "(q_T, p_T), x = q_T"),
                        "ln p(q_T, p_T) = ln π(q₀, p₀): a step is undone by −dt, and its"
                            + " determinant is 1",
                        PHYSICS))));
  }

  private static void chain(Drawing d, List<String> names, String note, Color inner) {
    double x = 40;
    for (int i = 0; i < names.size(); i++) {
      boolean end = i == 0 || i == names.size() - 1;
      double wide = end ? 190 : i == 2 ? 60 : 110;
      d.box(x, 32, wide, names.get(i), "", end ? DATA : inner);
      if (i + 1 < names.size()) {
        d.arrow(x + wide + 2, 32 + BOX / 2.0, x + wide + 33, 32 + BOX / 2.0, Style.INK);
      }
      x += wide + 35;
    }
    d.text(note, Style.WIDTH / 2.0, 122, Style.FAINT_INK, true);
  }

  /**
   * The two paths of a Neural Hamiltonian Flow (Fig 4): sampling runs the steps forward and drops
   * the momentum; training draws a momentum for a point and runs them backward.
   *
   * @param steps leapfrog steps of the flow
   */
  public static Figure nhf(String name, String caption, int steps) {
    String way = steps == 1 ? "1 leapfrog step" : steps + " leapfrog steps";
    return Figures.panels(
        name,
        caption,
        1,
        140,
        List.of(
            page(
                Style.WIDTH,
                d ->
                    path(
                        d,
                        List.of(
                            "(q₀, p₀) ∼ π", way + ", +dt", "(q_T, p_T)", "x = q_T, p_T dropped"),
                        false,
                        "sampling")),
            page(
                Style.WIDTH,
                d ->
                    path(
                        d,
                        List.of("ln π(q₀, p₀)", way + ", −dt", "(q_T, p_T)", "x, p_T ∼ f_ψ(p | x)"),
                        true,
                        "training: ELBO = ln π(q₀, p₀) − ln f_ψ(p_T | x)"))));
  }

  private static void path(Drawing d, List<String> names, boolean back, String note) {
    Color[] colors = {DATA, PHYSICS, DATA, back ? NETWORK : DATA};
    double x = 40;
    for (int i = 0; i < names.size(); i++) {
      double wide = i == 2 ? 130 : 190;
      d.box(x, 32, wide, names.get(i), "", colors[i]);
      if (i + 1 < names.size()) {
        double from = x + wide + 2;
        double y = 32 + BOX / 2.0;
        d.arrow(back ? from + 34 : from, y, back ? from : from + 34, y, Style.INK);
      }
      x += wide + 38;
    }
    d.text(note, Style.WIDTH / 2.0, 122, Style.FAINT_INK, true);
  }

  /** A drawing made for one width, as large as its panel lets it be. */
  private static Panel page(int width, Consumer<Drawing> drawing) {
    return (g, w, h) -> {
      double scale = Math.min(1, (double) w / width);
      g.scale(scale, scale);
      drawing.accept(new Drawing(g));
    };
  }

  /** Boxes, arrows, curves and words on a page. */
  private record Drawing(Graphics2D g) {

    void box(double x, double y, double width, String name, String note, Color fill) {
      var shape = new RoundRectangle2D.Double(x, y, width, BOX, 10, 10);
      g.setColor(fill);
      g.fill(shape);
      g.setColor(Style.INK);
      g.setStroke(Style.THIN);
      g.draw(shape);
      boolean noted = !note.isEmpty();
      text(name, x + width / 2, y + (noted ? BOX / 2.0 - 4 : BOX / 2.0 + 5), Style.INK, false);
      text(note, x + width / 2, y + BOX / 2.0 + 16, Style.FAINT_INK, true);
    }

    /** Words about a centre; what follows an underscore, alone or in braces, is an index. */
    void text(String words, double centre, double base, Color color, boolean small) {
      Font font = small ? Style.SMALL : Style.LABEL;
      Font index = font.deriveFont(0.75f * font.getSize());
      List<MatchResult> parts = PART.matcher(words).results().toList();
      double x = centre;
      for (MatchResult part : parts) {
        x -= Figure.width(letters(part), lowered(part) ? index : font) / 2;
      }
      g.setColor(color);
      for (MatchResult part : parts) {
        Font own = lowered(part) ? index : font;
        g.setFont(own);
        g.drawString(letters(part), (float) x, (float) (lowered(part) ? base + 3 : base));
        x += Figure.width(letters(part), own);
      }
    }

    private static boolean lowered(MatchResult part) {
      return part.group().startsWith("_");
    }

    private static String letters(MatchResult part) {
      return part.group().replaceAll("[_{}]", "");
    }

    void arrow(double x0, double y0, double x1, double y1, Color color) {
      Marks.arrow(x0, y0, x1, y1, color, Style.LINE).paint(g, PAPER, PAPER);
    }

    void dot(double x, double y, Color color) {
      g.setColor(color);
      g.fill(new java.awt.geom.Ellipse2D.Double(x - 4, y - 4, 8, 8));
    }

    void curve(
        java.util.function.DoubleFunction<double[]> at, double from, double to, Color color) {
      Path2D line = new Path2D.Double();
      for (int i = 0; i <= FINE; i++) {
        double[] p = at.apply(from + (to - from) * i / FINE);
        if (i == 0) {
          line.moveTo(p[0], p[1]);
        } else {
          line.lineTo(p[0], p[1]);
        }
      }
      g.setColor(color);
      g.setStroke(color.getAlpha() < 255 ? Style.THIN : Style.LINE);
      g.draw(line);
    }
  }
}
