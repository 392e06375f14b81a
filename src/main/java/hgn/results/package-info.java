/** Plain records of what was measured: what crosses from the experiments to figures and tables. */
package hgn.results;
