package hgn.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hgn.results.Film;
import hgn.results.FilmTrack;
import hgn.results.FrameSequence;
import hgn.testing.Browser;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.WebElement;

/** The player as a user has it: in a real browser, from a file, without a network. */
class PlayerTest {
  private static final int FRAMES = 31;
  private static final double DT = 0.125;
  private static Browser shared;

  @TempDir private Path folder;

  @BeforeEach
  void twoPlayersOnAPage() throws IOException {
    if (shared == null) {
      shared = Browser.open();
    }
    Path page = folder.resolve("two.html");
    String second = new Player(predicted(), "a <caption> & \"quotes\"").html();
    Files.writeString(page, new Player(film(0), "one").page().replace("</body>", second));
    shared.sized(1000, 900).visit(page);
  }

  @AfterAll
  static void end() {
    if (shared != null) {
      shared.close();
      shared = null;
    }
  }

  @Test
  void playsAndStandsAndLeavesTheOtherAlone() {
    click(0, "play");
    shared.await("frames advance", () -> frame(0) >= 4);
    click(0, "pause");
    int stood = frame(0);
    // Two redraws later a film that still ran would have got a chance to move.
    shared
        .driver()
        .executeAsyncScript(
            "const done = arguments[0]; let n = 0;"
                + "const wait = () => ++n < 20 ? requestAnimationFrame(wait) : done();"
                + "requestAnimationFrame(wait);");
    assertEquals(stood, frame(0));
    assertEquals(1, frame(1));
    asksForNothing();
  }

  @Test
  void scrubsWithTimeAndErrorOfTheFrame() {
    WebElement slider = part(0, "input");
    shared.run("arguments[0].value = 20; arguments[0].dispatchEvent(new Event('input'))", slider);
    assertEquals(21, frame(0));
    assertTrue(text(0, ".clock").endsWith("t = 2.5"), text(0, ".clock"));
    assertEquals("t = 2.5\nMSE 100.00 × 10⁻⁴", part(0, "figure:nth-of-type(2) .below").getText());
    part(0, ".player").sendKeys(Keys.HOME);
    assertEquals(1, frame(0));
    part(0, ".player").sendKeys(Keys.ARROW_LEFT);
    assertEquals(FRAMES, frame(0));
    part(0, ".player").sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
    assertEquals(2, frame(0));
    assertEquals(1, frame(1));
  }

  @Test
  void turnsRoundAndChangesSpeed() {
    click(0, "last frame");
    click(0, "backward");
    click(0, "speed 4 times");
    part(0, ".player").sendKeys(" ");
    shared.await("it runs backward", () -> frame(0) < FRAMES - 4 && frame(0) > 1);
    part(0, ".player").sendKeys(" ");
    assertEquals("true", part(0, "[title='speed 4 times']").getDomAttribute("aria-pressed"));
    assertEquals("false", part(0, "[title='forward']").getDomAttribute("aria-pressed"));
    assertEquals("true", part(1, "[title='forward']").getDomAttribute("aria-pressed"));
    // The same clock moves the film by twice as much at twice the speed.
    double slow = framesPerSecond("speed 0.5 times");
    double fast = framesPerSecond("speed 2 times");
    assertEquals(0.5 / DT, slow, 1 / 1.2); // whole frames in 1.2 seconds
    assertEquals(2 / DT, fast, 2);
  }

  @Test
  void marksWhatTheEncoderSawAndWhatDoesNotExistYet() {
    assertEquals("screen seen", part(1, "figure:nth-of-type(1) .screen").getDomAttribute("class"));
    assertEquals("screen empty", part(1, "figure:nth-of-type(2) .screen").getDomAttribute("class"));
    click(1, "last frame");
    assertEquals("screen", part(1, "figure:nth-of-type(1) .screen").getDomAttribute("class"));
    assertEquals("screen", part(1, "figure:nth-of-type(2) .screen").getDomAttribute("class"));
    assertTrue(text(1, ".player").contains("a <caption> & \"quotes\""), text(1, ".player"));
    asksForNothing();
  }

  @Test
  void isSmallAndSaysNothingToTheWorld() {
    String html = new Player(film(0), "").html();
    assertTrue(html.length() < 60_000, html.length() + " characters");
    String without = html.replace("http://www.w3.org/2000/svg", ""); // a name, not an address
    assertFalse(without.contains("http:") || without.contains("https:"), without);
    assertEquals(1, html.split("data:image", -1).length - 1);
    assertEquals(1, html.split("</script", -1).length - 1);
  }

  @Test
  void aGifRepeatsWithOnePictureAStep() throws IOException {
    byte[] gif = Gif.of(film(0)).bytes();
    assertTrue(gif.length < 300_000, gif.length + " bytes");
    ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(gif))) {
      reader.setInput(in);
      assertEquals(FRAMES, reader.getNumImages(true));
      BufferedImage first = reader.read(0);
      assertEquals(Color.WHITE.getRGB(), first.getRGB(0, 0), "as it was drawn");
    } finally {
      reader.dispose();
    }
    assertTrue(
        new String(gif, java.nio.charset.StandardCharsets.ISO_8859_1).contains("NETSCAPE2.0"));
  }

  /** Times a film by its own clock: animation frames' time stamps, not this test's. */
  private static double framesPerSecond(String speed) {
    click(0, "first frame");
    click(0, "forward");
    click(0, speed);
    return ((Number)
            shared
                .driver()
                .executeAsyncScript(
                    """
                    const done = arguments[arguments.length - 1];
                    const root = document.querySelectorAll(".hgn-player")[0].shadowRoot;
                    const real = [window.requestAnimationFrame, performance.now];
                    let now = 0, next = null;
                    performance.now = () => now;
                    window.requestAnimationFrame = f => { next = f; return 1; };
                    root.querySelector("[title=play]").click();
                    for (let i = 0; i < 60; i++) { now += 20; const f = next; f(now); }
                    const frame = Number(root.querySelector("input").value);
                    root.querySelector("[title=pause]").click();
                    [window.requestAnimationFrame, performance.now] = real;
                    done(frame / 1.2);
                    """))
        .doubleValue();
  }

  private static void asksForNothing() {
    assertEquals(
        List.of(),
        shared.requests().stream()
            .filter(url -> !url.startsWith("data:") && !url.endsWith("/two.html"))
            .toList());
    assertEquals(List.of(), shared.errors());
    assertEquals(
        List.of(), shared.run("return Object.keys(window).filter(k => /hgn|film/i.test(k))"));
  }

  private static void click(int player, String name) {
    part(player, "[title='" + name + "']").click();
  }

  private static int frame(int player) {
    return Integer.parseInt(text(player, ".clock").split(" ", -1)[1]);
  }

  private static String text(int player, String css) {
    return part(player, css).getText();
  }

  private static WebElement part(int player, String css) {
    SearchContext root = shared.all(".hgn-player").get(player).getShadowRoot();
    return root.findElement(By.cssSelector(css));
  }

  /** A truth and a model that is too bright by 0.1 everywhere. */
  private static Film film(int skipped) {
    FilmTrack truth = new FilmTrack(frames("truth", 0, 0.5f), 0, 0, DT);
    FilmTrack model =
        new FilmTrack(frames("reconstruction", skipped, 0.6f), skipped, skipped * DT, DT);
    return new Film(truth, List.of(model), skipped == 0 ? FRAMES : skipped + 1);
  }

  private static Film predicted() {
    return film(4);
  }

  private static FrameSequence frames(String label, int skipped, float grey) {
    float[][] frames = new float[FRAMES - skipped][3 * 32 * 32];
    for (int t = 0; t < frames.length; t++) {
      java.util.Arrays.fill(frames[t], grey);
      frames[t][32 * 16 + t + skipped] += 0.2f;
    }
    return new FrameSequence(label, 32, frames);
  }
}
