package hgn.site;

import hgn.io.Text;
import hgn.site.Notebook.Code;
import hgn.site.Notebook.Output;
import hgn.site.Notebook.Printed;
import hgn.site.Notebook.Shown;
import hgn.site.Notebook.Thrown;
import hgn.site.Notebook.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.nodes.Entities;

/** A notebook's cells as HTML. */
final class NotebookBody {
  private static final Pattern TERMINAL_CODES = Pattern.compile("\u001B\\[[0-9;?]*[A-Za-z]");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+?)\\s*#*$");

  /** Pictures by the order in which they are preferred, with the ends of their files' names. */
  private static final List<Map.Entry<String, String>> PICTURES =
      List.of(
          Map.entry("image/svg+xml", "svg"),
          Map.entry("image/gif", "gif"),
          Map.entry("image/png", "png"),
          Map.entry("image/jpeg", "jpg"));

  private final Notebook notebook;
  private final Pictures pictures;
  private final List<String> problems;
  private final StringBuilder html = new StringBuilder();
  private String heading;
  private int figures;

  private NotebookBody(Notebook notebook, Pictures pictures, List<String> problems) {
    this.notebook = notebook;
    this.pictures = pictures;
    this.problems = problems;
    this.heading = notebook.name();
  }

  /**
   * The notebook as an HTML fragment.
   *
   * @param notebook what to show
   * @param pictures where its pictures go
   * @param problems is told of every exception among the outputs
   * @throws IOException if a picture cannot be stored
   */
  static String html(Notebook notebook, Pictures pictures, List<String> problems)
      throws IOException {
    NotebookBody body = new NotebookBody(notebook, pictures, problems);
    for (int i = 0; i < notebook.cells().size(); i++) {
      Notebook.Cell cell = notebook.cells().get(i);
      if (cell instanceof Words words) {
        body.words(words);
      } else if (cell instanceof Code code && !code.source().isBlank()) {
        body.code(code, i + 1);
      }
    }
    return body.html.toString();
  }

  private void words(Words words) {
    HEADING.matcher(words.source()).results().forEach(h -> heading = h.group(1));
    html.append("<div class=\"words\">\n").append(Markdown.html(words.source())).append("</div>\n");
  }

  private void code(Code code, int number) throws IOException {
    // What is imported is rarely what a reader came for.
    boolean imports = code.source().lines().allMatch(l -> l.isBlank() || l.startsWith("import "));
    html.append(Text.of("<section class=\"cell\" id=\"cell-%d\">\n", number))
        .append("<details class=\"code\"%s>".formatted(imports ? "" : " open"))
        .append("<summary>%s</summary>".formatted(imports ? "Imports" : "Code"))
        .append("<pre><code class=\"language-java\">")
        .append(Entities.escape(code.source().strip()))
        .append("</code></pre></details>\n");
    if (!code.executed()) {
      html.append("<p class=\"note\">This cell has not been executed.</p>\n");
    }
    for (Output output : code.outputs()) {
      output(output, number);
    }
    html.append("</section>\n");
  }

  private void output(Output output, int number) throws IOException {
    html.append("<div class=\"output\">");
    if (output instanceof Printed printed) {
      plain(settled(printed.text()), "stream");
    } else if (output instanceof Thrown thrown) {
      problems.add(
          Text.of(
              "notebooks/%s.ipynb, cell %d ended with %s: mend it and execute the notebook again",
              notebook.name(), number, thrown.what()));
      String trace = String.join("\n", thrown.traceback());
      plain(trace.isBlank() ? thrown.what() : trace, "error");
    } else if (output instanceof Shown shown) {
      shown(shown.data());
    }
    html.append("</div>\n");
  }

  private void shown(Map<String, String> data) throws IOException {
    if (data.containsKey("text/html")) {
      html.append(data.get("text/html"));
      return;
    }
    for (Map.Entry<String, String> picture : PICTURES) {
      String content = data.get(picture.getKey());
      if (content != null) {
        picture(content, picture.getValue());
        return;
      }
    }
    if (data.containsKey("text/markdown")) {
      html.append(Markdown.html(data.get("text/markdown")));
    } else if (data.containsKey("text/latex")) {
      html.append(Markdown.html(data.get("text/latex")));
    } else {
      plain(data.getOrDefault("text/plain", ""), "stream");
    }
  }

  private void picture(String content, String extension) throws IOException {
    figures++;
    if (extension.equals("svg") && !Scrub.isClean(content)) {
      // Within a page its scripts do not run; opened by itself they would.
      html.append(
          Text.of(
              "<img alt=\"Figure %d\" src=\"data:image/svg+xml;base64,%s\">",
              figures,
              Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8))));
      return;
    }
    byte[] bytes =
        extension.equals("svg")
            ? content.getBytes(StandardCharsets.UTF_8)
            : Base64.getMimeDecoder().decode(content);
    Pictures.Placed placed =
        pictures.place(bytes, Text.of("%s-%d.%s", notebook.name(), figures, extension));
    String name = placed.figure().map(n -> " (" + n + ")").orElse("");
    html.append(
        "<figure><a href=\"%s\"><img src=\"%s\" alt=\"%s\"></a></figure>"
            .formatted(
                placed.link(),
                placed.link(),
                Entities.escape(Text.of("Figure %d, %s%s", figures, heading, name))
                    .replace("\"", "&quot;")));
  }

  private void plain(String text, String kind) {
    String shown = TERMINAL_CODES.matcher(text).replaceAll("").stripTrailing();
    if (!shown.isBlank()) {
      html.append("<pre class=\"%s\">%s</pre>".formatted(kind, Entities.escape(shown)));
    }
  }

  /** Text as a terminal shows it in the end: a carriage return begins its line anew. */
  private static String settled(String text) {
    return Arrays.stream(text.replace("\r\n", "\n").split("\n", -1))
        .map(line -> line.replaceAll("\r+$", ""))
        .map(line -> line.substring(line.lastIndexOf('\r') + 1))
        .collect(Collectors.joining("\n"));
  }
}
