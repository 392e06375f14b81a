package hgn.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.io.Workspace;
import hgn.testing.Browser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole site in a browser that has no network. */
class SiteBrowserTest {
  private static final int PHONE = 390;

  @Test
  void everyPageShowsItsFormulasFitsAPhoneAndAsksForNothing(@TempDir Path folder)
      throws IOException {
    Path site = folder.resolve("site");
    Site.build(new Workspace(Path.of("")), site, true, false, Optional.empty(), List.of());
    try (Browser browser = Browser.open().sized(PHONE, 844)) {
      long formulas = 0;
      for (Path page : SiteLaws.pages(site)) {
        browser.visit(site.resolve(page));
        String drawn = "document.querySelectorAll('.math > .katex, .math .katex-display').length";
        String written = "document.querySelectorAll('.math').length";
        browser.await(
            "the formulas of " + page + " are drawn",
            () -> number(browser, drawn) == number(browser, written));
        formulas += number(browser, drawn);
        if (!browser.all(".hgn-player").isEmpty()) {
          playerPlays(browser);
        }
        assertEquals(
            0, number(browser, "document.querySelectorAll('.katex-error').length"), page::toString);
        String words =
            (String)
                browser.run(
                    "const all = document.querySelector('article').cloneNode(true);"
                        + "all.querySelectorAll('pre, code, .katex').forEach((e) => e.remove());"
                        + "return all.textContent");
        assertFalse(words.contains("$$"), page::toString);
        assertEquals(List.of(), browser.errors(), page::toString);
        String home = site.toUri().toString();
        List<String> outside =
            browser.requests().stream()
                .filter(
                    r -> !r.startsWith(home) && !r.startsWith("data:") && !r.startsWith("blob:"))
                .toList();
        assertEquals(List.of(), outside, page::toString);
        assertEquals(
            number(browser, "document.documentElement.clientWidth"),
            number(browser, "document.documentElement.scrollWidth"),
            () -> page + " scrolls sideways");
      }
      assertTrue(formulas > 100, "formulas: " + formulas);
    }
  }

  private static long number(Browser browser, String expression) {
    return ((Number) browser.run("return " + expression)).longValue();
  }

  /** The player of a notebook's film survives being put into a page. */
  private static void playerPlays(Browser browser) {
    String player = "document.querySelector('.hgn-player').shadowRoot";
    browser.await(
        "the player has its buttons",
        () ->
            Boolean.TRUE.equals(
                browser.run("return " + player + "?.querySelector('button') != null")));
    String frame = "Number(" + player + ".querySelector('input[type=range]').value)";
    long first = number(browser, frame);
    browser.run(player + ".querySelector('button[title=play]')?.click()");
    browser.await("the film moves", () -> number(browser, frame) != first);
  }
}
