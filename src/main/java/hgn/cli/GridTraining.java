package hgn.cli;

import hgn.io.Gpu;
import hgn.io.Text;
import hgn.io.TextTable;
import hgn.io.UserError;
import hgn.paper.GridCell;
import hgn.results.RunResult;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Trains the runs of a grid, each in a process of its own, some at once. A run that is finished is
 * skipped, one that was begun goes on, one that another process has is left to it. Runs are files,
 * so several machines that share a folder share a grid.
 */
final class GridTraining {
  private static final int BUSY = UserError.busy("").exitCode();
  private static final long REDRAW_MILLIS = 1000;
  private static final long CHECKPOINT_SECONDS = 60;
  private static final String UP = "\u001b[%dA";
  private static final String CLEAR_LINE = "\u001b[K";

  /** State of a run. */
  private enum State {
    WAITING("waiting"),
    RUNNING("running"),
    FINISHED("finished"),
    ELSEWHERE("in another process"),
    STOPPED("stopped"),
    FAILED("failed");

    private final String title;

    State(String title) {
      this.title = title;
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final boolean fresh;
  private final int jobs;
  private final Function<GridCell, ProcessBuilder> command;
  private final PrintWriter out;
  private final boolean live;
  private int drawn;

  /** A run with what its process last said. */
  private static final class Row {
    private final GridCell cell;
    private State state = State.WAITING;
    private String said = "";
    private Process process;

    Row(GridCell cell) {
      this.cell = cell;
    }
  }

  /**
   * A grid's training.
   *
   * @param cells the runs
   * @param fresh whether earlier runs are moved aside first, and trained again
   * @param jobs how many processes at once
   * @param command the process that trains a run
   * @param out where progress is shown
   * @param live whether the table is redrawn in place: else a line is printed for every change
   */
  GridTraining(
      List<GridCell> cells,
      boolean fresh,
      int jobs,
      Function<GridCell, ProcessBuilder> command,
      PrintWriter out,
      boolean live) {
    cells.forEach(cell -> rows.add(new Row(cell)));
    this.fresh = fresh;
    this.jobs = jobs;
    this.command = command;
    this.out = out;
    this.live = live;
  }

  /**
   * Trains what is not finished.
   *
   * @return 0, or 1 where a run failed
   */
  int run() throws InterruptedException {
    for (Row row : rows) {
      if (fresh) {
        moveAside(row);
      } else {
        row.cell.result().ifPresent(result -> finished(row, result));
      }
    }
    ExecutorService pool = Executors.newFixedThreadPool(jobs);
    try {
      rows.stream()
          .filter(row -> row.state == State.WAITING)
          .forEach(row -> pool.execute(() -> train(row)));
      pool.shutdown();
      do {
        redraw();
      } while (!pool.awaitTermination(REDRAW_MILLIS, TimeUnit.MILLISECONDS));
      redraw();
    } catch (InterruptedException e) {
      stop(pool);
      throw e;
    }
    List<RunResult> results =
        rows.stream()
            .filter(row -> row.state != State.FAILED)
            .flatMap(row -> row.cell.result().stream())
            .toList();
    if (!results.isEmpty()) {
      out.println(ResultsTable.of(results));
    }
    out.println(summary());
    if (rows.stream().anyMatch(row -> row.state == State.FAILED)) {
      return Main.FAILED;
    }
    // A run that somebody stopped is not finished: whoever called this may call it again.
    return rows.stream().anyMatch(row -> row.state == State.STOPPED) ? Main.INTERRUPTED : 0;
  }

  /** All before the first begins: the same command without --fresh then goes on with all. */
  private void moveAside(Row row) {
    try {
      row.cell.moveAside();
    } catch (UserError e) {
      if (e.kind() != UserError.Kind.BUSY) {
        throw e;
      }
      change(row, State.ELSEWHERE);
    }
  }

  /** Every process writes its checkpoint before it ends. */
  private void stop(ExecutorService pool) throws InterruptedException {
    pool.shutdownNow();
    synchronized (this) {
      for (Row row : rows) {
        if (row.process != null) {
          row.process.destroy();
        }
      }
    }
    for (Row row : rows) {
      if (row.process != null) {
        row.process.waitFor();
      }
    }
    pool.awaitTermination(CHECKPOINT_SECONDS, TimeUnit.SECONDS);
    String how = fresh ? "without --fresh it goes on" : "the same command goes on";
    out.println(summary() + "; " + how);
  }

  private void train(Row row) {
    try {
      ProcessBuilder builder = command.apply(row.cell).redirectErrorStream(true);
      Files.createDirectories(row.cell.folder());
      Process process = begin(row, builder);
      if (process == null) {
        return;
      }
      try (BufferedReader lines =
              new BufferedReader(
                  new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
          BufferedWriter log =
              // Somebody else who trains this run, or the session before, wrote there too.
              Files.newBufferedWriter(
                  row.cell.folder().resolve("console.log"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          log.write(line);
          log.newLine();
          row.said = line.strip();
        }
      }
      ended(row, process.waitFor());
    } catch (IOException e) {
      // Stopping a process closes what it says.
      boolean stopped = Thread.currentThread().isInterrupted();
      row.said = stopped ? row.said : "could not be started: " + e.getMessage();
      change(row, stopped ? State.STOPPED : State.FAILED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      change(row, State.STOPPED);
    } catch (UserError e) {
      // Of a result that cannot be used: nobody else hears what this thread throws.
      row.said = e.getMessage();
      change(row, State.FAILED);
    }
  }

  /** Not after the grid was stopped. */
  private synchronized Process begin(Row row, ProcessBuilder builder) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      return null;
    }
    row.process = builder.start();
    row.process.getOutputStream().close();
    change(row, State.RUNNING);
    return row.process;
  }

  private void ended(Row row, int code) {
    if (code == 0) {
      row.cell.result().ifPresentOrElse(result -> finished(row, result), () -> failed(row, code));
    } else if (code == BUSY) {
      change(row, State.ELSEWHERE);
    } else if (code == Main.INTERRUPTED) {
      change(row, State.STOPPED);
    } else {
      failed(row, code);
    }
  }

  private void failed(Row row, int code) {
    row.said =
        Text.of(
            "%s (exit code %d; all of it in %s)",
            row.said, code, row.cell.folder().resolve("console.log"));
    change(row, State.FAILED);
  }

  private void finished(Row row, RunResult result) {
    row.said = ResultsTable.summary(result);
    change(row, State.FINISHED);
  }

  private synchronized void change(Row row, State state) {
    row.state = state;
    if (!live) {
      out.printf(
          Locale.ROOT,
          "%d/%d %s %s%s%n",
          rows.indexOf(row) + 1,
          rows.size(),
          row.cell.title(),
          state.title,
          row.said.isEmpty() ? "" : ": " + row.said);
    }
  }

  private synchronized void redraw() {
    if (!live) {
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("", "experiment", "", ""));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String said =
          row.said.replaceFirst(
              "^" + java.util.regex.Pattern.quote(row.cell.experiment()) + " ?", "");
      lines.add(
          List.of(Integer.toString(i + 1), row.cell.title(), row.state.title, shortened(said)));
    }
    String[] text = TextTable.of(lines, Set.of(1, 2, 3)).split("\n", -1);
    StringBuilder screen = new StringBuilder();
    if (drawn > 0) {
      screen.append(Text.of(UP, drawn));
    }
    for (String line : text) {
      screen.append(line).append(CLEAR_LINE).append('\n');
    }
    drawn = text.length;
    out.print(screen);
    out.flush();
  }

  private static String shortened(String said) {
    int most = 72;
    return said.length() <= most ? said : said.substring(0, most - 1) + "…";
  }

  private String summary() {
    List<String> parts = new ArrayList<>();
    for (State state : State.values()) {
      long count = rows.stream().filter(row -> row.state == state).count();
      if (count > 0) {
        parts.add(Text.of("%d %s", count, state.title));
      }
    }
    return Text.of("%d runs: %s", rows.size(), String.join(", ", parts));
  }

  /**
   * This Java with its settings, training one experiment with a share of the processors.
   *
   * @param arguments of the command line
   * @param threads native threads of the process
   * @param processes that share a GPU's memory
   */
  static ProcessBuilder child(List<String> arguments, int threads, int processes) {
    List<String> command = new ArrayList<>();
    command.add(java.nio.file.Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.matches("-[XD-].*"))
            .toList());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
    builder.environment().put(Gpu.PROCESSES, Integer.toString(processes));
    builder.environment().put("HGN_PROGRESS", "lines");
    return builder;
  }
}
