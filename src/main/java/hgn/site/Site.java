package hgn.site;

import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;

/**
 * The workbook as a static site: README and documents, the executed notebooks, all tables and all
 * figures, in one folder that opens from the disk and asks the network for nothing.
 */
public final class Site {
  /** Folder of the API docs within the site. */
  static final String API = "api";

  private static final String NOTEBOOKS = "Notebooks";
  private static final String RESULTS = "Results";
  private static final String ABOUT = "About";

  private static final String EXPLORERS_HEAD =
      """
      <h1>Explorers</h1>
      <p>Each of these pages runs a trained network in your browser, without a server. Drag the
      latent state of an HGN, change step and integrator, and watch frame, orbit and energy; of a
      flow, drag the number of steps and the prior, and watch points flow to the target.</p>
      <ul>
      """;

  private final Workspace workspace;
  private final boolean unexecuted;
  private final boolean trust;
  private final List<String> problems = new ArrayList<>();

  private Site(Workspace workspace, boolean unexecuted, boolean trust) {
    this.workspace = workspace;
    this.unexecuted = unexecuted;
    this.trust = trust;
  }

  /**
   * Site that was made.
   *
   * @param index the page to open first
   * @param pages how many pages there are, API docs not counted
   * @param problems exceptions among the outputs of notebooks and links that lead nowhere
   */
  public record Made(Path index, int pages, List<String> problems) {}

  /**
   * A page that is complete in itself, such as an explorer.
   *
   * @param target where it goes, relative to the site
   * @param title its name in the list of them
   * @param caption what it shows
   * @param html the whole document
   */
  public record Extra(String target, String title, String caption, String html) {}

  /**
   * Makes the site, whole or not at all.
   *
   * @param workspace the checkout
   * @param target the site's folder; an earlier site in it is replaced
   * @param unexecuted whether notebooks may hold cells that have not been executed
   * @param trust whether scripts and handlers of notebooks and documents stay
   * @param api the folder of the API docs, to become part of the site
   * @param extras pages that are complete in themselves, which a page of their own lists
   * @return what was made
   * @throws UserError if a notebook is corrupt or not executed, if the target holds something else,
   *     or if the disk does not let us
   */
  public static Made build(
      Workspace workspace,
      Path target,
      boolean unexecuted,
      boolean trust,
      Optional<Path> api,
      List<Extra> extras) {
    Site site = new Site(workspace, unexecuted, trust);
    List<Page> pages = new ArrayList<>();
    try {
      SiteFolder.replace(target, folder -> site.write(folder, pages, api, extras));
    } catch (IOException e) {
      throw UserError.environment(
              "could not write the site to %s (%s): space or permission is missing; nothing was"
                  + " replaced",
              target, e)
          .because(e);
    }
    return new Made(target.resolve("index.html"), pages.size(), List.copyOf(site.problems));
  }

  private void write(Path folder, List<Page> pages, Optional<Path> api, List<Extra> extras)
      throws IOException {
    List<Page> notebooks = notebooks(folder);
    document("README.md", "index.html", "Start", "Overview").ifPresent(pages::add);
    if (pages.isEmpty()) {
      pages.add(Page.of("README.md", "index.html", "Start", "Overview", "<h1>Workbook</h1>"));
    }
    pages.addAll(notebooks);
    document("docs/RESULTS.md", "docs/RESULTS.html", RESULTS, null).ifPresent(pages::add);
    pages.add(
        Page.of(
            TablesPage.TARGET,
            TablesPage.TARGET,
            RESULTS,
            "Tables",
            TablesPage.html(workspace.tables())));
    pages.add(
        Page.of(
            FiguresPage.TARGET,
            FiguresPage.TARGET,
            RESULTS,
            "Figures",
            FiguresPage.html(workspace.figures(), notebooks)));
    for (Path file : FileNames.in(workspace.root().resolve("docs"), ".md")) {
      String name = FileNames.stem(file);
      if (!name.equals("RESULTS")) {
        document("docs/" + name + ".md", "docs/" + name + ".html", RESULTS, null)
            .ifPresent(pages::add);
      }
    }
    for (String name : List.of("CONTRIBUTING", "CHANGELOG")) {
      document(name + ".md", name + ".html", ABOUT, null).ifPresent(pages::add);
    }
    pages.forEach(this::scrub);
    Links links = new Links(workspace.root(), pages, trust, problems);
    pages.forEach(links::rewrite);
    for (Map.Entry<String, Path> file : links.files().entrySet()) {
      FileUtils.copyFile(file.getValue().toFile(), folder.resolve(file.getKey()).toFile());
    }
    if (api.isPresent()) {
      FileUtils.copyDirectory(api.get().toFile(), folder.resolve(API).toFile());
    }
    if (!extras.isEmpty()) {
      pages.add(1 + notebooks.size(), explorers(folder, extras));
    }
    Assets.write(folder);
    PageFrame frame = new PageFrame(pages, api.isPresent());
    for (Page page : pages) {
      Finish.apply(page, folder);
      Path file = folder.resolve(page.target());
      Files.createDirectories(file.getParent());
      Files.writeString(file, frame.html(page));
    }
  }

  /** Added when links have been checked: what it leads to is written here. */
  private static Page explorers(Path folder, List<Extra> extras) throws IOException {
    StringBuilder list = new StringBuilder(EXPLORERS_HEAD);
    for (Extra extra : extras) {
      Path file = folder.resolve(extra.target());
      Files.createDirectories(file.getParent());
      Files.writeString(file, extra.html());
      list.append(
          Text.of(
              "<li><a href=\"%s\">%s</a><br>%s, %.1f MB</li>\n",
              extra.target(),
              Entities.escape(extra.title()),
              Entities.escape(extra.caption()),
              Files.size(file) / 1e6));
    }
    return Page.of(
        "explorers.html", "explorers.html", RESULTS, "Explorers", list.append("</ul>").toString());
  }

  private void scrub(Page page) {
    Element copy = page.body().clone();
    int active = Scrub.clean(trust ? copy : page.body());
    if (active > 0) {
      page.body()
          .appendElement("p")
          .addClass("note scrubbed")
          .text(
              trust
                  ? Text.of(
                      "This page holds %d scripts, handlers or frames of its author: ./workbook"
                          + " report was told to --trust them.",
                      active)
                  : Text.of(
                      "%d scripts, handlers or frames of this page's author were left out:"
                          + " ./workbook report --trust keeps them.",
                      active));
    }
  }

  private List<Page> notebooks(Path folder) throws IOException {
    Pictures pictures = new Pictures(folder, FileNames.in(workspace.figures(), ".png"));
    List<Page> pages = new ArrayList<>();
    for (Path file : FileNames.in(workspace.root().resolve("notebooks"), ".ipynb")) {
      Notebook notebook = Notebook.read(file);
      int missing = notebook.firstUnexecuted();
      if (missing > 0 && !unexecuted) {
        throw UserError.data(
            "cell %d of notebooks/%s has not been executed: ./workbook run %s does it, --unexecuted"
                + " shows it as it is",
            missing, file.getFileName(), notebook.name());
      }
      String path = "notebooks/" + notebook.name();
      pages.add(
          Page.of(
              path + ".ipynb",
              path + ".html",
              NOTEBOOKS,
              null,
              NotebookBody.html(notebook, pictures, problems)));
    }
    return pages;
  }

  /** A document's page, where there is that document. */
  private Optional<Page> document(String source, String target, String section, String label)
      throws IOException {
    Path file = workspace.root().resolve(source);
    if (!Files.isRegularFile(file) || !FileNames.isPublic(workspace.root(), file)) {
      return Optional.empty();
    }
    return Optional.of(
        Page.of(source, target, section, label, Markdown.html(Files.readString(file))));
  }
}
