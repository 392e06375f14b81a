package hgn.kernel;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Records that a cell declares with a constructor of their own. JShell makes them public, and the
 * canonical constructor of a public record has to be public too: what the reader need not write.
 */
final class RecordConstructors {
  private static final Pattern RECORD = Pattern.compile("\\brecord\\s+\\w+\\s*[<(]");
  private static final Set<Modifier> ACCESS =
      Set.of(Modifier.PUBLIC, Modifier.PROTECTED, Modifier.PRIVATE);

  private RecordConstructors() {}

  /** A piece of a cell with its records' constructors public. */
  static String published(String piece) {
    return RECORD.matcher(piece).find() ? published(piece, places(piece)) : piece;
  }

  private static String published(String piece, List<Integer> places) {
    StringBuilder text = new StringBuilder(piece);
    for (int i = places.size() - 1; i >= 0; i--) {
      text.insert(places.get(i), "public ");
    }
    return text.toString();
  }

  /** Beginnings of the constructors without an access of their own. */
  private static List<Integer> places(String piece) {
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("mem:///Cell.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreErrors) {
            return piece;
          }
        };
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problem -> {}, null, null, List.of(file));
    List<Integer> places = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree record && type.getKind() == Tree.Kind.RECORD) {
            constructors(record)
                .forEach(
                    c ->
                        places.add(
                            (int)
                                Trees.instance(task)
                                    .getSourcePositions()
                                    .getStartPosition(unit, c)));
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      return List.of(); // What cannot be parsed is what the compiler complains of.
    }
    return places;
  }

  private static List<MethodTree> constructors(ClassTree record) {
    return record.getMembers().stream()
        .filter(MethodTree.class::isInstance)
        .map(MethodTree.class::cast)
        .filter(method -> method.getName().contentEquals("<init>"))
        .filter(method -> method.getModifiers().getFlags().stream().noneMatch(ACCESS::contains))
        .toList();
  }
}
