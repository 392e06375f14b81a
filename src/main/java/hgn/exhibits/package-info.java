/**
 * Every figure and table of the workbook under its name: what notebooks show and what {@code
 * ./workbook export} writes. The only place that knows both the paper's runs and how they are
 * drawn.
 */
package hgn.exhibits;
