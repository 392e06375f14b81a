package hgn.cli;

import hgn.bench.Bench;
import hgn.bench.Report;
import hgn.io.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures what things cost on this machine. */
@Command(
    name = "bench",
    description = {
      "Measures what a step costs on this machine, and what it is made of.",
      "What is compared is measured in turns. --list names the measurements."
    },
    mixinStandardHelpOptions = true)
final class BenchCommand extends PrintingCommand {
  @Parameters(
      paramLabel = "<name>",
      arity = "0..*",
      description = "What to measure; by default all that does not take minutes.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--json", description = "As JSON, unrounded.")
  private boolean json;

  @Option(
      names = "--seconds",
      paramLabel = "<n>",
      defaultValue = "20",
      description = "About how long to measure each (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(names = "--list", description = "Says what can be measured, and measures nothing.")
  private boolean list;

  @Override
  public Integer call() {
    if (list) {
      Bench.names().forEach((name, about) -> out().printf(Locale.ROOT, "%-12s %s%n", name, about));
    } else {
      Report report = Bench.run(names, seconds, name -> err().println("measuring " + name + " …"));
      out().println(json ? Json.pretty(report) : report.text());
    }
    return 0;
  }
}
