package hgn.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That a page which asks for something, or fails, is noticed: else the other tests prove little.
 */
class BrowserTest {

  @Test
  void seesRequestsAndErrorsOfAPage(@TempDir Path folder) throws IOException {
    Path page =
        Files.writeString(
            folder.resolve("page.html"),
            """
            <!DOCTYPE html><p>one</p><p>two</p>
            <img src="https://example.invalid/a.png">
            <script>throw new Error("seen");</script>
            """);
    try (Browser browser = Browser.open()) {
      browser.visit(page);
      assertEquals(2, browser.all("p").size());
      assertEquals(3L, browser.run("return arguments[0] + 1", 2));
      List<String> requests = browser.requests();
      assertTrue(requests.contains("https://example.invalid/a.png"), requests::toString);
      List<String> errors = browser.errors();
      assertTrue(errors.stream().anyMatch(e -> e.contains("seen")), errors::toString);
      browser.visit(Files.writeString(folder.resolve("quiet.html"), "<!DOCTYPE html><p>quiet</p>"));
      assertEquals(List.of(), browser.errors());
      assertEquals(List.of(folder.resolve("quiet.html").toUri().toString()), browser.requests());
      Path shot = folder.resolve("shot.png");
      browser.sized(300, 200).screenshot(shot);
      assertTrue(Files.size(shot) > 100);
    }
  }
}
