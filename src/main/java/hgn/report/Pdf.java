package hgn.report;

import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.apache.fontbox.util.autodetect.FontFileFinder;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/** Figures as PDF of one page, text as text in an embedded font where its file is found. */
final class Pdf {
  /** A fixed time: the same figure is the same file. */
  private static final int YEAR = 2026;

  private static final List<URI> FONTS = new FontFileFinder().find();

  private Pdf() {}

  /** The figure as a PDF document, in its size of print. */
  static byte[] of(Figure figure) {
    try (PDDocument document = new PDDocument();
        ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      float width = (float) (figure.scale() * figure.width());
      float height = (float) (figure.scale() * figure.height());
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      PdfBoxGraphics2D g = new PdfBoxGraphics2D(document, width, height);
      g.setFontTextDrawer(new Embedding());
      g.scale(figure.scale(), figure.scale());
      figure.paint(g);
      g.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(g.getXFormObject());
      }
      PDDocumentInformation about = document.getDocumentInformation();
      about.setTitle(figure.name());
      about.setSubject(figure.caption());
      about.setCreator("hgn-workbook");
      Calendar made = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
      made.clear();
      made.set(YEAR, Calendar.JANUARY, 1);
      about.setCreationDate(made);
      document.setDocumentId((long) figure.name().hashCode());
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("could not draw '%s' as PDF".formatted(figure.name()), e);
    }
  }

  /** Text in the files of the family that pixels are drawn with; outlines where there is none. */
  private static final class Embedding extends PdfBoxGraphics2DFontTextDrawer {
    Embedding() {
      register("DejaVuSans.ttf", Font.PLAIN);
      register("DejaVuSans-Bold.ttf", Font.BOLD);
    }

    private void register(String file, int style) {
      FONTS.stream()
          .map(File::new)
          .filter(f -> f.getName().equals(file))
          .findFirst()
          .ifPresent(
              f -> registerFont(new Font(Style.FAMILY, style, 1).getFontName(Locale.ROOT), f));
    }
  }
}
