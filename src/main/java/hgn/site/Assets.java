package hgn.site;

import hgn.io.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Style, scripts and fonts of the site: ours, KaTeX for formulas, Prism for coloured code. */
final class Assets {
  static final String FOLDER = "assets";

  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final List<String> PRISM = List.of("core", "clike", "java", "bash");

  /** Fonts in three formats, of which every browser since 2018 reads the first. */
  private static final Pattern FONT =
      Pattern.compile("src:url\\((fonts/[^)]+\\.woff2)\\)[^;}]*(?=[;}])");

  private Assets() {}

  /**
   * Writes them.
   *
   * @param site the folder in which the site is being built
   * @throws IOException if they cannot be written
   */
  static void write(Path site) throws IOException {
    Path folder = Files.createDirectories(site.resolve(FOLDER));
    for (String own : List.of("site.css", "site.js")) {
      Files.write(folder.resolve(own), resource("/hgn/site/" + own));
    }
    String katex = WEBJARS + "katex/" + version("katex") + "/";
    Files.write(folder.resolve("katex.js"), resource(katex + "dist/katex.min.js"));
    Files.writeString(folder.resolve("katex.css"), withFonts(katex + "dist/"));
    Files.write(folder.resolve("katex.LICENSE.txt"), resource(katex + "LICENSE"));
    String prism = WEBJARS + "prismjs/" + version("prismjs") + "/";
    Files.writeString(
        folder.resolve("prism.js"),
        PRISM.stream()
            .map(part -> text(prism + "components/prism-" + part + ".min.js"))
            .collect(Collectors.joining(";\n")));
    Files.write(folder.resolve("prism.LICENSE.txt"), resource(prism + "LICENSE"));
  }

  /** Fonts within the style sheet, since some browsers load none from beside a local page. */
  private static String withFonts(String dist) {
    return FONT.matcher(text(dist + "katex.min.css"))
        .replaceAll(
            font ->
                Matcher.quoteReplacement(
                    "src:url(data:font/woff2;base64,%s) format(\"woff2\")"
                        .formatted(
                            Base64.getEncoder().encodeToString(resource(dist + font.group(1))))));
  }

  private static String version(String library) {
    Properties properties = new Properties();
    try (InputStream in =
        Assets.class.getResourceAsStream(
            "/META-INF/maven/org.webjars.npm/%s/pom.properties".formatted(library))) {
      properties.load(in);
    } catch (IOException | NullPointerException e) {
      throw missing(library);
    }
    return properties.getProperty("version");
  }

  private static String text(String resource) {
    return new String(resource(resource), StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) {
    return Resources.bytes(Assets.class, name);
  }

  private static IllegalStateException missing(String what) {
    return new IllegalStateException(what + " is not on the class path: build with Maven");
  }
}
