package hgn.testing;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium of this machine, without a network: every host name is unknown to it. Tests
 * that ask for one are skipped where Chromium or its driver is not installed.
 */
public final class Browser implements AutoCloseable {
  /** Long, because two busy cores may have other things to do; nothing waits longer than needed. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Path profile;
  private final ChromeDriverService service;
  private final RemoteWebDriver driver;

  private Browser(Path profile, ChromeDriverService service, RemoteWebDriver driver) {
    this.profile = profile;
    this.service = service;
    this.driver = driver;
  }

  /**
   * Starts a browser, or skips the test that calls this.
   *
   * @return a browser with an empty profile, to be closed
   */
  public static Browser open() {
    return open(List.of());
  }

  /**
   * Starts a browser of a device that prefers dark pages, or skips the test that calls this.
   *
   * @return a browser with an empty profile, to be closed
   */
  public static Browser dark() {
    return open(List.of("--blink-settings=preferredColorScheme=0"));
  }

  private static Browser open(List<String> more) {
    Optional<Path> chromium = find("chromium", "chromium-browser", "google-chrome");
    Optional<Path> chromedriver = find("chromedriver");
    Assumptions.assumeTrue(
        chromium.isPresent() && chromedriver.isPresent(),
        "no headless browser here: apt-get install chromium chromium-driver");
    Path profile;
    try {
      profile = Files.createTempDirectory("hgn-browser");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver.orElseThrow().toFile())
            .usingAnyFreePort()
            .withTimeout(PATIENCE)
            .withLogOutput(OutputStream.nullOutputStream())
            .build();
    try {
      service.start();
      // Not ChromeDriver's constructor, which wants the manager that looks for browsers and drivers
      // on the network; both paths are given here.
      RemoteWebDriver driver =
          new RemoteWebDriver(
              service.getUrl(), options(chromium.orElseThrow(), profile).addArguments(more), false);
      return new Browser(profile, service, driver);
    } catch (IOException | RuntimeException e) {
      service.stop();
      delete(profile);
      throw new IllegalStateException("Chromium did not start: " + e.getMessage(), e);
    }
  }

  private static ChromeOptions options(Path chromium, Path profile) {
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    options.setExperimentalOption("perfLoggingPrefs", Map.of("enableNetwork", true));
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--user-data-dir=" + profile);
    return options;
  }

  /**
   * Opens a file by its file:// address and forgets what earlier pages logged.
   *
   * @param file an HTML file
   * @return this
   */
  public Browser visit(Path file) {
    driver.get("about:blank");
    errors();
    requests();
    driver.get(file.toAbsolutePath().toUri().toString());
    return this;
  }

  /**
   * The elements a CSS selector finds on the page.
   *
   * @param css the selector
   * @return the elements in the document's order
   */
  public List<WebElement> all(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /**
   * Runs JavaScript in the page.
   *
   * @param script a function's body
   * @param arguments what it sees as {@code arguments}: elements, numbers, strings, lists
   * @return what it returns, as Long, Double, Boolean, String, List, Map, WebElement or null
   */
  public Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /**
   * Waits until something holds.
   *
   * @param what it, for the error's text
   * @param condition tried again and again
   * @throws org.openqa.selenium.TimeoutException if it does not hold within two minutes
   */
  public void await(String what, BooleanSupplier condition) {
    new WebDriverWait(driver, PATIENCE, Duration.ofMillis(20))
        .withMessage(what)
        .until(page -> condition.getAsBoolean());
  }

  /** The URLs that pages asked for since the last call or visit, data URIs among them. */
  public List<String> requests() {
    List<String> urls = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonObject message =
          JsonParser.parseString(entry.getMessage()).getAsJsonObject().getAsJsonObject("message");
      if (message.get("method").getAsString().equals("Network.requestWillBeSent")) {
        urls.add(
            message.getAsJsonObject("params").getAsJsonObject("request").get("url").getAsString());
      }
    }
    return urls;
  }

  /** What pages wrote on the console as errors, scripts' exceptions among it, since last asked. */
  public List<String> errors() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /**
   * Sets the size of the window.
   *
   * @param width in CSS pixels
   * @param height in CSS pixels
   * @return this
   */
  public Browser sized(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    return this;
  }

  /**
   * Writes what the window shows as PNG.
   *
   * @param file where to
   */
  public void screenshot(Path file) {
    try {
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Selenium's own driver, for what this class does not offer. */
  public RemoteWebDriver driver() {
    return driver;
  }

  @Override
  public void close() {
    try {
      driver.quit();
    } catch (WebDriverException e) {
      // It is gone already.
    } finally {
      service.stop();
      delete(profile);
    }
  }

  private static Optional<Path> find(String... names) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of(names)
        .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1)).map(p -> Path.of(p, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // A process of the browser that ends late may still write; the folder is a temporary one.
    }
  }
}
