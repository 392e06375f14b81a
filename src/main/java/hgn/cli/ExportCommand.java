package hgn.cli;

import hgn.io.Workspace;
import hgn.report.Export;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Copies figures and tables for a report. */
@Command(
    name = "export",
    description = {
      "Copies the figures of figures/ and the tables of data/tables/ into a folder.",
      "Nothing is trained or computed: './workbook run' makes them."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand extends PrintingCommand {
  @Option(
      names = "--only",
      paramLabel = "NAME",
      defaultValue = "",
      description = "How names begin, such as fig07, or a pattern, such as '*-mass-spring'.")
  private String only;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to: DIR/figures and DIR/tables (default: target/export).")
  private Path out;

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "FORMAT",
      description =
          "Only these: png, svg, pdf, gif of figures, csv, md, tex of tables, html of tables and"
              + " film players.")
  private List<String> formats = Export.FORMATS;

  @Override
  public Integer call() {
    Workspace workspace = Workspace.find();
    Path folder =
        out == null ? workspace.root().resolve("target/export") : out.toAbsolutePath().normalize();
    List<String> wanted = formats.stream().map(f -> f.strip().toLowerCase(Locale.ROOT)).toList();
    List<Path> files = Export.of(workspace, only, wanted, folder);
    out().printf(Locale.ROOT, "%d files in %s%n", files.size(), folder);
    return 0;
  }
}
