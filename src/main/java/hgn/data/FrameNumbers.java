package hgn.data;

import hgn.io.Text;
import hgn.io.UserError;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Frame numbers in the names of pictures. Of several numbers in a name the frame's is the one that
 * varies: of {@code 007_32x32.png} the first, of {@code t1.30.png} a time with its decimals.
 */
final class FrameNumbers {
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final String EXAMPLE = "frame-007.png";

  /**
   * A file's name in parts.
   *
   * @param file whose
   * @param text what stands before, between and behind the numbers
   * @param numbers the digits between
   */
  private record Name(Path file, List<String> text, List<String> numbers) {
    static Name of(Path file) {
      String stem = file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
      Matcher m = DIGITS.matcher(stem);
      List<String> numbers = m.results().map(r -> r.group()).toList();
      return new Name(file, List.of(DIGITS.split(stem, -1)), numbers);
    }

    /** The number that reaches from one group of digits to another, with a point between. */
    BigDecimal number(int from, int to) {
      return new BigDecimal(
          from == to ? numbers.get(from) : numbers.get(from) + "." + numbers.get(to));
    }

    /** Rest of the name without that number. */
    String without(int from, int to) {
      StringBuilder rest = new StringBuilder(text.get(0));
      for (int i = 0; i < numbers.size(); i++) {
        if (i == from) {
          rest.replace(0, rest.length(), rest.toString().replaceFirst("[_-]$", ""));
        }
        rest.append(i < from || i > to ? numbers.get(i) : "");
        rest.append(i < from || i >= to ? text.get(i + 1) : "");
      }
      return rest.toString();
    }
  }

  /** The groups of digits, from one to another, that are a frame's number. */
  private record Place(int from, int to) {}

  private FrameNumbers() {}

  /**
   * The pictures of one film in the order of their frames.
   *
   * @param film its folder
   * @param files in any order
   * @throws UserError if a name has no number, two have the same, or one is missing between
   */
  static List<Path> ordered(Path film, List<Path> files) {
    List<Name> names = files.stream().map(Name::of).toList();
    requireNumbers(names, EXAMPLE);
    return inOrder(
        Text.of("film '%s' of %s", film.getFileName(), film.getParent()), names, place(names));
  }

  /**
   * The films of pictures that lie in one folder: the number that varies last in a name is the
   * frame's, and the rest is the film's name.
   *
   * @param folder where they lie
   * @param files in any order
   * @throws UserError as of {@link #ordered}
   */
  static Map<String, List<Path>> films(Path folder, List<Path> files) {
    List<Name> names = files.stream().map(Name::of).toList();
    requireNumbers(names, "film-a_007.png");
    Map<List<String>, List<Name>> alike =
        names.stream()
            .collect(Collectors.groupingBy(Name::text, LinkedHashMap::new, Collectors.toList()));
    Map<String, List<Name>> films = new TreeMap<>(PictureFolder.NATURAL);
    Map<String, Place> places = new LinkedHashMap<>();
    for (List<Name> group : alike.values()) {
      List<Integer> varying = varying(group);
      int last = varying.isEmpty() ? group.get(0).numbers().size() - 1 : lastOf(varying);
      boolean time = varying.contains(last - 1) && isDecimal(group, last);
      Place place = new Place(time ? last - 1 : last, last);
      for (Name name : group) {
        String film = name.without(place.from(), place.to());
        films.computeIfAbsent(film, f -> new ArrayList<>()).add(name);
        places.put(film, place);
      }
    }
    Map<String, List<Path>> ordered = new LinkedHashMap<>();
    films.forEach(
        (film, frames) ->
            ordered.put(
                film, inOrder(Text.of("film '%s' of %s", film, folder), frames, places.get(film))));
    return ordered;
  }

  private static int lastOf(List<Integer> list) {
    return list.get(list.size() - 1);
  }

  private static void requireNumbers(List<Name> names, String example) {
    for (Name name : names) {
      if (name.numbers().isEmpty()) {
        throw UserError.data(
            "%s has no frame number in its name, expected for example %s: rename it",
            name.file(), example);
      }
    }
  }

  /** Null where names are of several kinds: then it is the last number of each. */
  private static Place place(List<Name> names) {
    if (names.isEmpty() || names.stream().map(Name::text).distinct().count() > 1) {
      return null;
    }
    List<Integer> varying = varying(names);
    if (varying.size() < 2) {
      int only = varying.isEmpty() ? names.get(0).numbers().size() - 1 : varying.get(0);
      return new Place(only, only);
    }
    List<Place> candidates = new ArrayList<>();
    for (int i : varying) {
      candidates.add(new Place(i, i));
      if (varying.contains(i - 1) && isDecimal(names, i)) {
        candidates.add(new Place(i - 1, i));
      }
    }
    List<Place> different =
        candidates.stream().filter(p -> numbers(names, p).size() == names.size()).toList();
    return different.stream()
        .filter(p -> firstBreak(List.copyOf(numbers(names, p).keySet())) < 0)
        .findFirst()
        .orElse(different.isEmpty() ? null : different.get(0));
  }

  private static List<Integer> varying(List<Name> names) {
    return IntStream.range(0, names.get(0).numbers().size())
        .filter(i -> names.stream().map(n -> n.numbers().get(i)).distinct().count() > 1)
        .boxed()
        .toList();
  }

  /** Whether a group of digits is the decimals of the one before: all of one length. */
  private static boolean isDecimal(List<Name> names, int i) {
    Set<Integer> lengths = new HashSet<>();
    names.forEach(name -> lengths.add(name.numbers().get(i).length()));
    return lengths.size() == 1 && names.get(0).text().get(i).equals(".");
  }

  private static SortedMap<BigDecimal, Name> numbers(List<Name> names, Place place) {
    SortedMap<BigDecimal, Name> numbers = new TreeMap<>();
    names.forEach(name -> numbers.put(number(name, place), name));
    return numbers;
  }

  private static BigDecimal number(Name name, Place place) {
    int last = name.numbers().size() - 1;
    return place == null ? name.number(last, last) : name.number(place.from(), place.to());
  }

  private static List<Path> inOrder(String film, List<Name> names, Place place) {
    SortedMap<BigDecimal, Name> order = new TreeMap<>();
    for (Name name : names) {
      BigDecimal number = number(name, place);
      Name other = order.put(number, name);
      if (other != null) {
        throw UserError.data(
            "%s and %s are both frame %s of %s: the numbers in these names do not tell its"
                + " frames apart; expected one number that counts them, as in %s",
            other.file(), name.file(), number, film, EXAMPLE);
      }
    }
    List<BigDecimal> numbers = List.copyOf(order.keySet());
    int at = firstBreak(numbers);
    if (at > 0) {
      // A missing frame would look like a jump of what is filmed.
      throw UserError.data(
          "%s goes from frame %s to frame %s, expected steps of %s as before: add what is"
              + " missing, or number its frames anew",
          film, numbers.get(at - 1), numbers.get(at), numbers.get(1).subtract(numbers.get(0)));
    }
    requireSteady(film, List.copyOf(order.values()), place == null ? 0 : place.from());
    return order.values().stream().map(Name::file).toList();
  }

  /** Check that the counting number is no part of a time: minutes after hours begin anew. */
  private static void requireSteady(String film, List<Name> order, int place) {
    List<List<BigDecimal>> before =
        order.stream()
            .map(n -> IntStream.range(0, place).mapToObj(g -> n.number(g, g)).toList())
            .toList();
    if (Set.copyOf(before).size() == order.size()) {
      return; // Something measured, a number for each frame.
    }
    for (int i = 1; i < order.size(); i++) {
      if (Arrays.compare(key(before.get(i - 1)), key(before.get(i))) > 0) {
        throw UserError.data(
            "%s would come before %s in %s, by the last of the numbers that vary in their names,"
                + " and behind it by those before: expected one number that counts the frames, as"
                + " in %s; rename them",
            order.get(i - 1).file(), order.get(i).file(), film, EXAMPLE);
      }
    }
  }

  private static BigDecimal[] key(List<BigDecimal> numbers) {
    return numbers.toArray(BigDecimal[]::new);
  }

  /** Index at which the steps between numbers change first; negative where they do not. */
  private static int firstBreak(List<BigDecimal> numbers) {
    for (int i = 2; i < numbers.size(); i++) {
      BigDecimal step = numbers.get(1).subtract(numbers.get(0));
      if (numbers.get(i).subtract(numbers.get(i - 1)).compareTo(step) != 0) {
        return i;
      }
    }
    return -1;
  }
}
