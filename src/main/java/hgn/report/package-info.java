/**
 * Figures and tables from result records: one style for all, each figure a PNG and an SVG, each
 * table HTML, Markdown, CSV and LaTeX. Knows nothing of models and arrays.
 */
package hgn.report;
