/** The experiments: every number of the paper in one place, each with its section. */
package hgn.paper;
