package hgn.cli;

import hgn.io.Progress;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the static site. */
@Command(
    name = "report",
    description = {
      "Makes one static site of the executed notebooks, the documents, all tables and all figures.",
      "It opens from the disk and needs no network."
    },
    mixinStandardHelpOptions = true)
final class ReportCommand extends PrintingCommand {
  /** Folders of Maven's Javadoc plug-in, by its version. */
  private static final List<String> API_DOCS =
      List.of("target/reports/apidocs", "target/site/apidocs");

  @Option(
      names = "--out",
      paramLabel = "<folder>",
      description = "Where the site goes; an earlier one is replaced (default: target/report).")
  private Path out;

  @Option(names = "--open", description = "Opens it in the browser.")
  private boolean open;

  @Option(
      names = "--api",
      description = "Makes the API docs first, with Maven; docs that are there are always taken.")
  private boolean api;

  @Option(
      names = "--explorers",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "With pages on which finished runs' networks run in the browser, of some megabytes each;"
              + " --no-explorers leaves them out.")
  private boolean explorers;

  @Option(
      names = "--unexecuted",
      description = "Shows notebooks with cells that have not been executed as they are.")
  private boolean unexecuted;

  @Option(
      names = "--trust",
      description =
          "Keeps scripts, handlers and frames that notebooks and documents bring; else only those"
              + " of this project's own players stay.")
  private boolean trust;

  @Override
  public Integer call() throws InterruptedException {
    Workspace workspace = Workspace.find();
    if (api) {
      run(workspace.root(), "mvn", "-B", "-q", "javadoc:javadoc");
    }
    Optional<Path> docs =
        API_DOCS.stream()
            .map(workspace.root()::resolve)
            .filter(d -> Files.isRegularFile(d.resolve("index.html")))
            .findFirst();
    Path target =
        out == null ? workspace.root().resolve("target/report") : out.toAbsolutePath().normalize();
    List<Site.Extra> extras =
        explorers ? Explorers.of(workspace, Progress.console("explorers")) : List.of();
    Site.Made made = Site.build(workspace, target, unexecuted, trust, docs, extras);
    out().printf(Locale.ROOT, "%d pages: %s%n", made.pages(), made.index());
    made.problems().forEach(err()::println);
    if (open) {
      run(workspace.root(), opener(), made.index().toString());
    }
    return made.problems().isEmpty() ? 0 : Main.FAILED;
  }

  private static String opener() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
        ? "open"
        : "xdg-open";
  }

  private static void run(Path folder, String... command) throws InterruptedException {
    int state;
    try {
      state = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw UserError.environment(
              "could not start %s (%s): install it, or leave the option out",
              command[0], e.getMessage())
          .because(e);
    }
    if (state != 0) {
      throw UserError.environment(
          "'%s' ended with %d: see its lines above", String.join(" ", command), state);
    }
  }
}
