package hgn.site;

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
   * Makes the site, whole or not at all.
   *
   * @param workspace the checkout
   * @param target the site's folder; an earlier site in it is replaced
   * @param unexecuted whether notebooks may hold cells that have not been executed
   * @param trust whether scripts and handlers of notebooks and documents stay
   * @param api the folder of the API docs, to become part of the site
   * @return what was made
   * @throws UserError if a notebook is corrupt or not executed, if the target holds something else,
   *     or if the disk does not let us
   */
  public static Made build(
      Workspace workspace, Path target, boolean unexecuted, boolean trust, Optional<Path> api) {
    Site site = new Site(workspace, unexecuted, trust);
    List<Page> pages = new ArrayList<>();
    try {
      SiteFolder.replace(target, folder -> site.write(folder, pages, api));
    } catch (IOException e) {
      throw UserError.environment(
              "could not write the site to %s (%s): space or permission is missing; nothing was"
                  + " replaced",
              target, e)
          .because(e);
    }
    return new Made(target.resolve("index.html"), pages.size(), List.copyOf(site.problems));
  }

  private void write(Path folder, List<Page> pages, Optional<Path> api) throws IOException {
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
    Assets.write(folder);
    PageFrame frame = new PageFrame(pages, api.isPresent());
    for (Page page : pages) {
      Finish.apply(page, folder);
      Path file = folder.resolve(page.target());
      Files.createDirectories(file.getParent());
      Files.writeString(file, frame.html(page));
    }
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
                  ? "This page holds %d scripts, handlers or frames of its author: ./workbook report was told to --trust them."
                      .formatted(active)
                  : "%d scripts, handlers or frames of this page's author were left out: ./workbook report --trust keeps them."
                      .formatted(active));
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
