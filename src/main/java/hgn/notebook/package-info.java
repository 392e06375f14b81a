/**
 * The Jupyter kernel that ships with the project: what starts it, runs a cell and shows its result;
 * and what a cell shows on any kernel.
 */
package hgn.notebook;
