package hgn.notebook;

import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.report.Explorer;
import hgn.report.Figure;
import hgn.report.FlowExplorer;
import hgn.report.Gif;
import hgn.report.Player;
import hgn.report.Tables;
import hgn.results.Film;
import hgn.results.FlowField;
import hgn.results.LatentModel;
import hgn.results.TrainingWatch;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.Map;
import tech.tablesaw.api.Table;

/**
 * Display of figures, tables, films and trainings: the last call of a cell. Each method returns a
 * value that, as the cell's bare result, is shown by this project's kernel, by JJava and by IJava;
 * outside a notebook it is the picture or plain text.
 */
public final class Show {

  private Show() {}

  /**
   * Saves a figure as PNG (two pixels to the point) and SVG in this checkout's figures/ and returns
   * its picture at one pixel to the point.
   *
   * @param figure the figure
   * @return its picture, which every kernel shows as PNG
   * @throws hgn.io.UserError if it cannot be saved
   */
  public static BufferedImage figure(Figure figure) {
    figure.save(Workspace.find());
    return figure.preview();
  }

  /**
   * A table.
   *
   * @param table the table
   * @return the kernel's bundle of HTML and plain text, or the plain text
   */
  public static Object table(Table table) {
    return rich("text/html", Tables.html(table), Tables.text(table));
  }

  /**
   * A table that is also saved in data/tables/ as CSV, Markdown, LaTeX and HTML.
   *
   * @param table the table
   * @param name the files' stem
   * @return the kernel's bundle of HTML and plain text, or the plain text
   * @throws hgn.io.UserError if it cannot be saved
   */
  public static Object table(Table table, String name) {
    return table(Tables.save(table, name, Workspace.find()));
  }

  /**
   * A player of films side by side: play, pause, scrub, speed, direction, and each model's
   * difference from the truth.
   *
   * @param film the films, for example {@code run.film(0)}
   * @param caption what stands below: experiment, budget, seed; empty for none
   * @return the kernel's bundle of HTML and plain text, or the plain text
   */
  public static Object player(Film film, String caption) {
    Player player = new Player(film, caption);
    return rich("text/html", player.html(), player.text());
  }

  /**
   * An interactive page that runs a trained network in the browser: drag its latent state, change
   * step and integrator, see frame, orbit and energy.
   *
   * @param source for example a run of an HGN
   * @return the kernel's bundle of HTML and plain text, or the plain text
   */
  public static Object explorer(LatentModel.Source source) {
    Explorer explorer = new Explorer(source.latentModel());
    return rich("text/html", explorer.html(), explorer.text());
  }

  /**
   * An interactive page that runs a trained flow in the browser: drag the number of steps and the
   * prior, see points flow to the target.
   *
   * @param source for example a run of an NHF in the plane
   * @return the kernel's bundle of HTML and plain text, or the plain text
   */
  public static Object explorer(FlowField.Source source) {
    FlowExplorer explorer = new FlowExplorer(source.flowField());
    return rich("text/html", explorer.html(), explorer.text());
  }

  /**
   * An animated GIF of films side by side, saved in this checkout's figures/.
   *
   * @param film the films, for example {@code run.film(0)}
   * @param name the file's stem
   * @return the kernel's bundle of HTML and plain text, or the plain text
   * @throws hgn.io.UserError if it cannot be saved
   */
  public static Object gif(Film film, String name) {
    Gif gif = Gif.of(film);
    gif.save(name, Workspace.find());
    return rich("text/html", gif.html(), gif.text());
  }

  /**
   * A piece of HTML.
   *
   * @param html the fragment
   * @return the kernel's bundle, or the fragment
   */
  public static Object html(String html) {
    return rich("text/html", html, html);
  }

  /**
   * A piece of Markdown.
   *
   * @param markdown the text
   * @return the kernel's bundle, or the text
   */
  public static Object markdown(String markdown) {
    return rich("text/markdown", markdown, markdown);
  }

  /**
   * The beginning of a page of this checkout, up to its second section, and where the rest is.
   *
   * @param page for example "docs/RESULTS.md"
   * @return the kernel's bundle, or the text; a line that says so where there is no such page
   * @throws hgn.io.UserError if it cannot be read
   */
  public static Object head(String page) {
    return markdown(Pages.head(Workspace.find().root(), page));
  }

  /** A bar on the cell's output with rate and remaining time. */
  public static Progress progress(String title) {
    return Progress.console(title);
  }

  /**
   * A watch for a training: a progress bar, and a chart of the error that updates in place.
   *
   * @param title what is trained
   * @return the watch, for {@code experiment.train(watch)}
   */
  public static TrainingWatch training(String title) {
    return new NotebookWatch(title);
  }

  private static Object rich(String mime, String rich, String plain) {
    Map<String, String> representations = new LinkedHashMap<>();
    representations.put(mime, rich);
    representations.put("text/plain", plain);
    return Displays.current().map(kernel -> kernel.bundle(representations)).orElse(plain);
  }
}
