package hgn.bench;

import java.util.List;
import java.util.function.BiFunction;

/**
 * A group of measurements.
 *
 * @param name by which it is asked for
 * @param about its subject, in a line
 * @param usual whether it runs where no suite is named: those that take minutes do not
 * @param work measures in a lab for about so many seconds
 */
record Suite(String name, String about, boolean usual, BiFunction<Lab, Double, List<Row>> work) {}
