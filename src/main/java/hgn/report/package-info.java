/**
 * Figures and tables from result records: one style for all, each figure a PNG and an SVG, each
 * table HTML, Markdown, CSV and LaTeX. Knows nothing of models and arrays.
 *
 * <p>Whatever makes a figure takes first its name, the stem of its files, and its caption, which
 * stands below it and may be empty.
 */
package hgn.report;
