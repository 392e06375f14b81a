/**
 * The Jupyter kernel that ships with the project: what starts it, runs a cell and shows its result.
 */
package hgn.notebook;
