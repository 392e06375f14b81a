/** Output of cells on this project's kernel, on JJava and on IJava. */
package hgn.notebook;
