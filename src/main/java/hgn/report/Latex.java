package hgn.report;

import hgn.io.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * LaTeX of tables: a float with caption, label, the booktabs package's rules and grouped columns,
 * never wider than the text. Adjacent columns whose names differ in their last word alone are a
 * group; equal groups that do not fit side by side stand below one another.
 */
final class Latex {
  /** Points of a line of the article class, and of a character at ten points. */
  private static final double TEXT_WIDTH = 345;

  private static final double CHARACTER = 4.8;
  private static final int GAP = 8;
  private static final int LONG_TEXT = 40;
  private static final int LONG_HEAD = 11;

  /** The smallest print that can be read, as a share of ten points. */
  private static final double SMALLEST = 0.64;

  private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
  private static final Pattern BOLD = Pattern.compile("\\*\\*(.+?)\\*\\*");
  private static final Pattern RAISED = Pattern.compile("[⁻" + SUPERSCRIPTS + "]+");
  private static final Pattern LOWERED = Pattern.compile("[ᵢⱼₓ" + SUBSCRIPTS + "]+");

  private static final Map<Character, String> MATHS =
      Map.ofEntries(
          Map.entry('±', "\\pm"),
          Map.entry('×', "\\times"),
          Map.entry('·', "\\cdot"),
          Map.entry('−', "-"),
          Map.entry('≥', "\\geq"),
          Map.entry('≤', "\\leq"),
          Map.entry('→', "\\to"),
          Map.entry('‖', "\\|"),
          Map.entry('∞', "\\infty"),
          Map.entry('½', "\\frac12"),
          Map.entry('β', "\\beta"),
          Map.entry('λ', "\\lambda"),
          Map.entry('ψ', "\\psi"),
          Map.entry('σ', "\\sigma"),
          Map.entry('Δ', "\\Delta"),
          Map.entry('Σ', "\\Sigma"),
          Map.entry('<', "<"),
          Map.entry('>', ">"),
          Map.entry('|', "|"));

  /** A column in LaTeX: its group, empty for none, its own name and its cells. */
  private record Column(String group, String head, List<String> cells, boolean right) {
    int widest() {
      return cells.stream().mapToInt(Latex::length).max().orElse(0);
    }

    double width() {
      return CHARACTER * Math.max(Math.min(widest(), LONG_TEXT), Math.min(length(head), LONG_HEAD))
          + GAP;
    }

    String alignment() {
      return widest() > LONG_TEXT
          ? Text.of(">{\\raggedright\\arraybackslash}p{%dem}", LONG_TEXT / 2)
          : right ? "r" : "l";
    }

    /** The name, in lines where it is longer than the cells. */
    String stacked() {
      int room = Math.max(LONG_HEAD, widest());
      StringBuilder out = new StringBuilder();
      int line = 0;
      for (String word : head.split(" ", -1)) {
        boolean breaks = line > 0 && line + 1 + length(word) > room;
        out.append(line == 0 ? "" : breaks ? "\\\\" : " ").append(word);
        line = breaks ? length(word) : line + 1 + length(word);
      }
      return out.indexOf("\\\\") < 0
          ? head
          : "\\shortstack[%s]{%s}".formatted(right ? "r" : "l", out);
    }
  }

  private Latex() {}

  /**
   * The table as LaTeX that needs the packages array, booktabs and graphicx.
   *
   * @param table whose name is the caption
   * @param label after {@code tab:}
   */
  static String of(Table table, String label) {
    List<List<Column>> blocks = blocks(columns(table));
    double width = blocks.stream().mapToDouble(Latex::width).max().orElse(0);
    double share = TEXT_WIDTH / width;
    String size =
        share >= 1
            ? "normalsize"
            : share >= 0.9 ? "small" : share >= 0.8 ? "footnotesize" : "scriptsize";
    StringBuilder out = new StringBuilder("% \\usepackage{array,booktabs,graphicx}\n");
    out.append("\\begin{table}[htbp]\n\\centering\n");
    if (Tables.titled(table)) {
      out.append("\\caption{").append(escape(caption(table.name()))).append("}\n");
    }
    out.append("\\label{tab:").append(label).append("}\n");
    out.append("\\").append(size).append("\\setlength{\\tabcolsep}{4pt}\n");
    // Whatever the class and its fonts, the box is at most as wide as the text.
    out.append("\\sbox0{%\n\\begin{tabular}{");
    out.append(blocks.get(0).stream().map(Column::alignment).collect(Collectors.joining()));
    out.append("}\n\\toprule\n");
    for (List<Column> block : blocks) {
      out.append(block == blocks.get(0) ? "" : "\\midrule\n").append(head(block));
      for (int row = 0; row < table.rowCount(); row++) {
        int r = row;
        out.append(block.stream().map(c -> c.cells().get(r)).collect(Collectors.joining(" & ")))
            .append(" \\\\\n");
      }
    }
    return out.append("\\bottomrule\n\\end{tabular}}%\n")
        .append("\\ifdim\\wd0>\\textwidth\\resizebox{\\textwidth}{!}{\\usebox0}")
        .append("\\else\\usebox0\\fi\n\\end{table}\n")
        .toString();
  }

  /** The title without the number that LaTeX gives it. */
  private static String caption(String title) {
    String words = title.replaceFirst("^Table \\d+, ", "");
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Names of groups over their rules, where there are any, and names of columns. */
  private static String head(List<Column> block) {
    StringBuilder groups = new StringBuilder();
    StringBuilder rules = new StringBuilder();
    for (int from = 0; from < block.size(); ) {
      String group = block.get(from).group();
      int to = from + 1;
      while (!group.isEmpty() && to < block.size() && block.get(to).group().equals(group)) {
        to++;
      }
      groups.append(from == 0 ? "" : " & ");
      if (!group.isEmpty()) {
        groups.append(Text.of("\\multicolumn{%d}{c}{%s}", to - from, group));
        rules.append(Text.of("\\cmidrule(lr){%d-%d}", from + 1, to));
      }
      from = to;
    }
    String names = block.stream().map(Column::stacked).collect(Collectors.joining(" & "));
    return (rules.isEmpty() ? "" : groups + " \\\\\n" + rules + "\n")
        + names
        + " \\\\\n\\midrule\n";
  }

  private static List<Column> columns(Table table) {
    List<String> names = table.columnNames();
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < names.size(); c++) {
      String name = names.get(c);
      String stem = stem(name);
      boolean grouped =
          !stem.isEmpty()
              && ((c > 0 && stem.equals(stem(names.get(c - 1))))
                  || (c + 1 < names.size() && stem.equals(stem(names.get(c + 1)))));
      var column = table.column(c);
      List<String> texts =
          IntStream.range(0, table.rowCount()).mapToObj(r -> Tables.cell(column, r)).toList();
      columns.add(
          new Column(
              grouped ? escape(stem.replaceFirst(",$", "")) : "",
              escape(grouped ? name.substring(stem.length() + 1) : name),
              texts.stream().map(Latex::escape).toList(),
              Tables.numeric(column)
                  || texts.stream().allMatch(t -> t.matches("([-−–≥*\\d].*|N/A)?"))));
    }
    return columns;
  }

  /** A name without its last word. */
  private static String stem(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf(' ')));
  }

  /** All columns, or the first ones with a few groups at a time where all are too many. */
  private static List<List<Column>> blocks(List<Column> columns) {
    List<Column> keys = columns.stream().takeWhile(c -> c.group().isEmpty()).toList();
    Map<String, List<Column>> groups =
        columns.stream()
            .skip(keys.size())
            .collect(Collectors.groupingBy(Column::group, LinkedHashMap::new, Collectors.toList()));
    List<List<Column>> all = List.copyOf(groups.values());
    boolean alike = all.stream().map(List::size).distinct().count() == 1;
    for (int each = all.size(); each >= 1 && alike; each--) {
      List<List<Column>> blocks = new ArrayList<>();
      for (int from = 0; from < all.size(); from += each) {
        List<Column> block = new ArrayList<>(keys);
        all.subList(from, Math.min(all.size(), from + each)).forEach(block::addAll);
        blocks.add(block);
      }
      if (each == 1 || blocks.stream().allMatch(block -> SMALLEST * width(block) <= TEXT_WIDTH)) {
        return blocks;
      }
    }
    return List.of(columns);
  }

  private static double width(List<Column> block) {
    return block.stream().mapToDouble(Column::width).sum();
  }

  /** Characters that are seen. */
  private static int length(String latex) {
    return latex.replaceAll("\\\\[a-z]+\\*?|[\\\\${}^]", "").length();
  }

  static String escape(String text) {
    String out =
        text.replaceAll("([&%$#_{}])", "\\\\$1")
            .replaceAll("f\\\\_ψ", "\\$f_ψ\\$")
            .replaceAll("× 1e(\\d+)", "×10\\$^{$1}\\$")
            .replaceAll("× 10(?=[⁻⁰¹²³⁴-⁹])", "×10");
    out = BOLD.matcher(out).replaceAll("\\\\textbf{$1}");
    out = RAISED.matcher(out).replaceAll(m -> math("^{" + digits(m.group(), SUPERSCRIPTS) + "}"));
    out = LOWERED.matcher(out).replaceAll(m -> math("_{" + digits(m.group(), SUBSCRIPTS) + "}"));
    StringBuilder latex = new StringBuilder();
    boolean maths = false;
    for (int i = 0; i < out.length(); i++) {
      char c = out.charAt(i);
      maths ^= c == '$' && !latex.toString().endsWith("\\");
      String command = MATHS.get(c);
      if (command == null) {
        latex.append(c);
      } else {
        latex.append(maths ? command + " " : "$" + command + "$");
      }
    }
    return latex
        .toString()
        .replace("\\$", "\u0000")
        .replace("$$", "")
        .replace("\u0000", "\\$")
        .replace("–", "--")
        .replaceAll("(?<=[a-z])/(?=[a-z])", "/\\\\allowbreak{}");
  }

  private static String math(String inner) {
    return Matcher.quoteReplacement("$" + inner + "$");
  }

  private static String digits(String raised, String alphabet) {
    return raised
        .chars()
        .mapToObj(
            c ->
                alphabet.indexOf(c) >= 0
                    ? Integer.toString(alphabet.indexOf(c))
                    : c == '⁻' ? "-" : c == 'ᵢ' ? "i" : c == 'ⱼ' ? "j" : "x")
        .collect(Collectors.joining());
  }
}
