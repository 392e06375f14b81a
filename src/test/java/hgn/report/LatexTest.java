package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hgn.io.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class LatexTest {

  @Test
  void aFloatWithCaptionLabelRulesAndGroups() {
    Table table =
        Table.create(
            "Table 1, scores of f_ψ, × 1e4",
            StringColumn.create("model", "HGN (no f_ψ)", "a&b"),
            StringColumn.create("spring train", "0.67 ± 0.33", "–"),
            StringColumn.create("spring test", "**1.20** ± 0.10", "3.00"),
            DoubleColumn.create("drift", 1.25e-7, Double.NaN));
    assertEquals(
        """
% \\usepackage{array,booktabs,graphicx}
\\begin{table}[htbp]
\\centering
\\caption{Scores of $f_\\psi $, $\\times$10$^{4}$}
\\label{tab:scores}
\\normalsize\\setlength{\\tabcolsep}{4pt}
\\sbox0{%
\\begin{tabular}{lrrr}
\\toprule
 & \\multicolumn{2}{c}{spring} &  \\\\
\\cmidrule(lr){2-3}
model & train & test & drift \\\\
\\midrule
HGN (no $f_\\psi $) & 0.67 $\\pm$ 0.33 & \\textbf{1.20} $\\pm$ 0.10 & 1.250 $\\times$10$^{-7}$ \\\\
a\\&b & -- & 3.00 & -- \\\\
\\bottomrule
\\end{tabular}}%
\\ifdim\\wd0>\\textwidth\\resizebox{\\textwidth}{!}{\\usebox0}\\else\\usebox0\\fi
\\end{table}
""",
        Tables.latex(table, "scores"));
  }

  @Test
  void groupsThatDoNotFitStandBelowOneAnother() {
    Table table = Table.create("Wide", StringColumn.create("model", "HGN (leapfrog)"));
    for (String system : List.of("mass-spring", "pendulum", "two-body", "three-body")) {
      for (String split : List.of("train", "test", "paper")) {
        table.addColumns(StringColumn.create(system + " " + split, "110.67 ± 110.33"));
      }
    }
    String latex = Tables.latex(table, "wide");
    assertTrue(latex.contains("{lrrrrrr}"), latex);
    assertEquals(2, latex.split("HGN \\(leapfrog\\)", -1).length - 1, latex);
  }

  @Test
  void everyTableOfTheWorkbookIsTypesetOnAPlainPage(@TempDir Path folder) throws Exception {
    assumeTrue(installed(), "pdflatex is not installed");
    StringBuilder page =
        new StringBuilder(
            "\\documentclass{article}\n\\usepackage{array,booktabs,graphicx}\n\\begin{document}\n");
    int count = 0;
    for (Path csv : tables()) {
      String name = csv.getFileName().toString().replace(".csv", "");
      page.append(Tables.latex(Table.read().csv(csv.toFile()).setName(name), name))
          .append("\\clearpage\n");
      count++;
    }
    assertTrue(count > 10, count + " tables");
    Files.writeString(folder.resolve("page.tex"), page.append("\\end{document}\n"));
    assertEquals(0, pdflatex(folder), () -> log(folder));
    assertTrue(Files.size(folder.resolve("page.pdf")) > 10_000);
    assertFalse(log(folder).contains("Overfull"), () -> log(folder));
  }

  private static List<Path> tables() throws IOException {
    try (Stream<Path> files = Files.list(Workspace.find().tables())) {
      return files.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
    }
  }

  private static boolean installed() {
    return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "pdflatex")));
  }

  private static int pdflatex(Path folder) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page.tex")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return process.waitFor();
  }

  private static String log(Path folder) {
    try {
      return Files.readString(folder.resolve("out.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
