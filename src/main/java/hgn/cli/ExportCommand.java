package hgn.cli;

import hgn.exhibits.Exhibits;
import hgn.io.Progress;
import hgn.io.Workspace;
import hgn.paper.Budget;
import hgn.report.Format;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the workbook's figures and tables from what is on disk. */
@Command(
    name = "export",
    description = {
      "Writes every figure as PNG, SVG and PDF and every table as CSV, Markdown, LaTeX and HTML,",
      "from finished runs, without notebooks and without training."
    },
    mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      paramLabel = "PART",
      defaultValue = "",
      description = "A notebook's number such as 03, or how names begin, such as fig07.")
  private String only;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/export",
      description = "Where to: DIR/figures and DIR/tables (${DEFAULT-VALUE}).")
  private Path out;

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "png|svg|pdf",
      description = "Only these formats of figures.")
  private List<Format> formats;

  @Option(
      names = "--budget",
      paramLabel = "smoke|quick|paper",
      defaultValue = "quick",
      description = "Of the runs at this budget (${DEFAULT-VALUE}).")
  private String budget;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    EnumSet<Format> wanted =
        formats == null ? EnumSet.allOf(Format.class) : EnumSet.copyOf(formats);
    Exhibits.Exported exported =
        Exhibits.finished(Budget.parse(budget), Workspace.find())
            .export(only, out, wanted, Progress.console("export"));
    PrintWriter print = spec.commandLine().getOut();
    exported.missing().forEach(print::println);
    print.println(
        "%d files in %s, %d figures and tables left out"
            .formatted(exported.files().size(), out.toAbsolutePath(), exported.missing().size()));
    print.flush();
    return exported.missing().isEmpty() ? 0 : Main.FAILED;
  }
}
