package hgn.cli;

import hgn.io.AtomicFiles;
import hgn.io.NativeSettings;
import hgn.io.Progress;
import hgn.io.Text;
import hgn.io.UserError;
import hgn.io.Workspace;
import hgn.paper.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Executes notebooks. */
@Command(
    name = "run",
    description = {
      "Executes notebooks from first cell to last, those of notebooks/ in order where none is"
          + " named",
      "(as a path, or by the start of its name: 03). A failing notebook does not keep the others",
      "from running. At smoke the executed notebooks go to target/notebooks/ and figures and"
          + " tables",
      "to target/smoke/, so that the outputs in notebooks/ stay those of a real run; else they",
      "replace the notebook when it succeeded. Nothing that is kept says how long it took: a",
      "notebook that runs again with the same runs has the same bytes."
    },
    mixinStandardHelpOptions = true)
final class RunCommand extends PrintingCommand {
  private static final String ERROR = "CellExecutionError: ";

  @Parameters(paramLabel = "<notebook>", arity = "0..*", description = "Which; by default all.")
  private List<String> names = List.of();

  @Mixin private BudgetOption budget;

  @Option(
      names = "--retrain",
      description =
          "Trains anew what the notebooks need, each run once, instead of using the results and"
              + " weights in data/runs/; those are moved to data/runs-old/. A few pixels of the"
              + " figures differ from those of another processor until the notebooks run without"
              + " it.")
  private boolean retrain;

  @Override
  public Integer call() throws InterruptedException {
    Workspace workspace = Workspace.find();
    Budget chosen = budget.chosen();
    List<Path> notebooks = new ArrayList<>();
    for (String name : names) {
      notebooks.add(notebook(name, workspace));
    }
    if (names.isEmpty()) {
      notebooks.addAll(all(workspace));
    }
    Jupyter jupyter = new Jupyter(workspace);
    if (!jupyter.has("nbconvert")) {
      throw Jupyter.missing("nbconvert");
    }
    long since = System.currentTimeMillis() / 1000;
    long began = System.nanoTime();
    List<String> failed = new ArrayList<>();
    for (Path notebook : notebooks) {
      if (!execute(jupyter, notebook, chosen, since, workspace)) {
        failed.add(stem(notebook));
      }
    }
    out()
        .printf(
            Locale.ROOT,
            "%d notebooks, %d failed, %s at budget %s%n",
            notebooks.size(),
            failed.size(),
            clock(began),
            chosen.id());
    if (!failed.isEmpty()) {
      err().println("failed: " + String.join(" ", failed));
    }
    return failed.isEmpty() ? 0 : Main.FAILED;
  }

  private static List<Path> all(Workspace workspace) {
    Path folder = workspace.root().resolve("notebooks");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
    } catch (IOException e) {
      throw UserError.environment("no notebooks in %s (%s): take them from git again", folder, e)
          .because(e);
    }
  }

  private static Path notebook(String name, Workspace workspace) {
    Path file = Path.of(name).toAbsolutePath().normalize();
    return Files.isRegularFile(file)
        ? file
        : all(workspace).stream()
            .filter(f -> f.getFileName().toString().startsWith(name))
            .findFirst()
            .orElseThrow(
                () ->
                    UserError.usage(
                        "no notebook '%s': expected a file, or the start of a name in notebooks/",
                        name));
  }

  private boolean execute(
      Jupyter jupyter, Path notebook, Budget chosen, long since, Workspace workspace)
      throws InterruptedException {
    String name = stem(notebook);
    Path folder = workspace.root().resolve("target").resolve("notebooks");
    Path executed = folder.resolve(name + ".ipynb");
    Path log = folder.resolve(name + ".log");
    err().println("%s … (budget %s)".formatted(name, chosen.id()));
    long began = System.nanoTime();
    try {
      Files.createDirectories(folder);
      ProcessBuilder builder =
          jupyter
              .command(
                  "nbconvert",
                  "--log-level=WARN",
                  "--to",
                  "notebook",
                  "--execute",
                  "--ExecutePreprocessor.timeout=-1",
                  "--ExecutePreprocessor.kernel_name=java",
                  "--ExecutePreprocessor.startup_timeout=120",
                  "--ExecutePreprocessor.record_timing=False",
                  "--KernelManager.shutdown_wait_time=60",
                  "--output-dir",
                  folder.toString(),
                  "--output",
                  executed.getFileName().toString(),
                  notebook.getFileName().toString())
              .directory(notebook.getParent().toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(log.toFile());
      builder.environment().put("HGN_BUDGET", chosen.id());
      // What is kept depends neither on how long a cell took nor on what was made already.
      builder.environment().put(Progress.VARIABLE, Progress.NOT_DRAWN);
      if (chosen == Budget.SMOKE) {
        // Nothing that is committed is replaced: neither outputs nor figures nor tables.
        builder.environment().put("HGN_OUTPUT", "target/smoke");
      }
      if (retrain) {
        builder.environment().put("HGN_RETRAIN", Long.toString(since)); // What is older is.
      } else {
        NativeSettings.sameDigits().forEach(builder.environment()::putIfAbsent);
      }
      boolean good = Jupyter.run(builder) == 0;
      if (!good) {
        err().println(reason(log));
      } else if (chosen != Budget.SMOKE) {
        byte[] content = Files.readAllBytes(executed);
        AtomicFiles.write(notebook.toRealPath(), out -> out.write(content));
      }
      out().printf(Locale.ROOT, "%-44s %-7s %s%n", name, good ? "ok" : "FAILED", clock(began));
      return good;
    } catch (IOException e) {
      throw UserError.environment(
              "%s could not be executed in %s (%s): mend permissions or space there",
              name, folder, e)
          .because(e);
    }
  }

  /**
   * The error that a cell threw, or the last line of Python's: its stack says nothing of the cell.
   */
  private static String reason(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(l -> !l.isBlank()).toList();
    String all =
        lines.stream().dropWhile(l -> !l.contains(ERROR)).collect(Collectors.joining("\n"));
    return !all.isEmpty()
        ? all
        : lines.isEmpty()
            ? "Jupyter ended without a word"
            : "%s (all of it in %s)".formatted(lines.get(lines.size() - 1), log);
  }

  private static String stem(Path notebook) {
    return notebook.getFileName().toString().replaceFirst("\\.ipynb$", "");
  }

  private static String clock(long began) {
    return Text.clock((System.nanoTime() - began) / 1e9);
  }
}
