/** The Jupyter kernel that ships with the project: what starts it, and runs a notebook's cells. */
package hgn.kernel;
