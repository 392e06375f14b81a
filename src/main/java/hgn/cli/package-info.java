/** The command line behind {@code ./workbook}. */
package hgn.cli;
