package hgn.report;

import hgn.io.Text;
import hgn.results.Film;
import hgn.results.FilmTrack;
import hgn.results.FrameSequence;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Figures from panels and film strips. */
public final class Figures {

  /** Points that a panel needs at least beside another one. */
  private static final int NARROW = 210;

  private Figures() {}

  /**
   * One chart.
   *
   * @param chart the chart
   */
  public static Figure chart(String name, String caption, Panel chart) {
    return new Figure(name, caption, Style.WIDTH * 3 / 4, Style.HEIGHT + 60, chart);
  }

  /**
   * Panels in a grid, lettered A, B, … row by row.
   *
   * @param columns panels a row
   * @param panels the panels
   */
  public static Figure panels(
      String name, String caption, int columns, List<? extends Panel> panels) {
    return panels(name, caption, columns, Style.HEIGHT, panels);
  }

  /**
   * Panels in a grid, lettered A, B, … row by row.
   *
   * @param columns panels a row
   * @param rowHeight height of a row in points
   * @param panels the panels
   * @throws IllegalArgumentException if there are no panels or no columns
   */
  public static Figure panels(
      String name, String caption, int columns, int rowHeight, List<? extends Panel> panels) {
    if (columns < 1 || panels.isEmpty()) {
      throw new IllegalArgumentException(
          Text.of("figure '%s' of %d panels in %d columns", name, panels.size(), columns));
    }
    Grid grid = new Grid(List.copyOf(panels), Math.min(columns, panels.size()));
    int width = Style.WIDTH * grid.columns() / columns;
    int height = grid.rows(grid.columns()) * rowHeight;
    return new Figure(name, caption, width, height - grid.spare(width, height), grid);
  }

  /**
   * Rows of frames, the time running to the right.
   *
   * @param rows the sequences, each with its label
   * @param dt time between two frames of a sequence; negative runs backward
   */
  public static Figure strip(String name, String caption, List<FrameSequence> rows, double dt) {
    return Strip.of(rows, dt).figure(name, caption);
  }

  /**
   * Rows of frames that go at different speeds, or backward: the columns count frames, because no
   * time holds for all rows.
   *
   * @param rows the sequences, each with its label
   */
  public static Figure rollouts(String name, String caption, List<FrameSequence> rows) {
    return Strip.counting(rows).figure(name, caption);
  }

  /**
   * A true film and rollouts of it (Fig 7), each row with its own times; above a rollout that goes
   * faster than the film stand the frames of the film that it has to match.
   *
   * @param film for example {@code run.rolloutFilm(4)}
   */
  public static Figure rollouts(String name, String caption, Film film) {
    List<FilmTrack> rows = new ArrayList<>();
    for (FilmTrack track : film.tracks()) {
      int stride = (int) Math.round(track.dt() / film.truth().dt());
      int first = film.models().stream().mapToInt(FilmTrack::delay).min().orElse(0);
      if (track.equals(film.truth())) {
        rows.add(every(track, first, 1, track.label()));
      } else {
        if (stride > 1) {
          rows.add(every(film.truth(), first, stride, Text.of("truth, every %d dt", stride)));
        }
        rows.add(track);
      }
    }
    return Strip.of(rows).figure(name, caption);
  }

  /** Every so many frames of a track. */
  private static FilmTrack every(FilmTrack track, int first, int stride, String label) {
    float[][] frames =
        IntStream.range(0, (track.length() - first + stride - 1) / stride)
            .mapToObj(i -> track.frames().frames()[first + stride * i])
            .toArray(float[][]::new);
    return new FilmTrack(
        new FrameSequence(label, track.frames().size(), frames),
        0,
        track.time(first),
        stride * track.dt());
  }

  /** Panels in a grid, fewer a row where there is little room. */
  private record Grid(List<Panel> panels, int columns) implements Panel {
    int rows(int across) {
      return (panels.size() + across - 1) / across;
    }

    private int across(int width) {
      return Math.max(1, Math.min(columns, width / NARROW));
    }

    @Override
    public int height(int width, int madeWidth, int madeHeight) {
      int across = across(width);
      double wide = (double) width / across / ((double) madeWidth / columns);
      return (int) Math.round(rows(across) * (madeHeight / (double) rows(columns)) * wide);
    }

    /** The legends of a panel; empty where it has none below. */
    private static List<Legend.Key> keys(Panel panel) {
      return panel instanceof Chart chart ? chart.keysBelow() : List.of();
    }

    /** The one legend that holds for all panels; empty where they differ. */
    private List<Legend.Key> shared() {
      List<Legend.Key> longest =
          panels.stream()
              .map(Grid::keys)
              .max(Comparator.comparingInt(List::size))
              .orElse(List.of());
      boolean holds =
          panels.size() > 1
              && panels.stream()
                  .filter(panel -> !keys(panel).isEmpty())
                  .allMatch(panel -> longest.containsAll(keys(panel)));
      boolean several = panels.stream().filter(panel -> !keys(panel).isEmpty()).count() > 1;
      return holds && several ? longest : List.of();
    }

    @Override
    public void paint(Graphics2D g, int width, int height) {
      List<Legend.Key> shared = shared();
      int across = across(width);
      int legend = legend(width);
      int body = height - Legend.heightBelow(shared, width);
      for (int i = 0; i < panels.size(); i++) {
        int left = width * (i % across) / across;
        int right = width * (i % across + 1) / across;
        int top = body * (i / across) / rows(across);
        int bottom = body * (i / across + 1) / rows(across);
        Graphics2D cell = (Graphics2D) g.create();
        cell.translate(left, top);
        cell.clipRect(0, 0, right - left, bottom - top);
        List<Panel> row = row(i / across, across);
        int[] heights = heights(row, right - left, bottom - top - legend);
        int high = heights[i % across];
        if (panels.get(i) instanceof Chart chart) {
          chart.paintAbove(cell, right - left, high, titles(row));
          if (legend > 0) {
            int foot = Arrays.stream(heights).max().orElse(high);
            Legend.paintBelow(cell, chart.keysBelow(), right - left, foot);
          }
        } else {
          panels.get(i).paint(cell, right - left, high + legend);
        }
        cell.dispose();
        if (panels.size() > 1) {
          g.setFont(Style.LETTER);
          g.setColor(Style.INK);
          g.drawString(letter(i), left + 6, top + 19);
        }
      }
      Legend.paintBelow(g, shared, width, body);
    }

    /** Room for the legend of each panel: as much for all, whatever the length of their own. */
    private int legend(int width) {
      return shared().isEmpty()
          ? panels.stream()
              .mapToInt(panel -> Legend.heightBelow(keys(panel), width / across(width)))
              .max()
              .orElse(0)
          : 0;
    }

    private List<Panel> row(int number, int across) {
      return panels.subList(number * across, Math.min(panels.size(), (number + 1) * across));
    }

    /** Room for titles, the same in all of a row, so that their plots begin at one height. */
    private static int titles(List<Panel> row) {
      return row.stream()
          .mapToInt(panel -> panel instanceof Chart chart ? chart.top() : 0)
          .max()
          .orElse(0);
    }

    /**
     * Heights at which the plots of a row are as high as the flattest of those that keep ranges.
     */
    private static int[] heights(List<Panel> row, int width, int room) {
      int top = titles(row);
      List<double[]> plots =
          row.stream()
              .map(p -> p instanceof Chart chart ? chart.plot(width, room, top) : new double[2])
              .toList();
      double flattest = plots.stream().mapToDouble(p -> p[1]).filter(p -> p > 0).min().orElse(room);
      return plots.stream()
          .mapToInt(p -> p[1] > 0 ? room - (int) Math.round(p[0] - flattest) : room)
          .toArray();
    }

    /** Height that no row of panels fills. */
    int spare(int width, int height) {
      int across = across(width);
      int rows = rows(across);
      int room = (height - Legend.heightBelow(shared(), width)) / rows - legend(width);
      return rows
          * IntStream.range(0, rows)
              .map(
                  i ->
                      room
                          - Arrays.stream(heights(row(i, across), width / across, room))
                              .max()
                              .orElse(room))
              .min()
              .orElse(0);
    }
  }

  private static String letter(int i) {
    return String.valueOf((char) ('A' + i));
  }
}
