/** What a notebook's cell shows, and how it reaches the kernel it runs on. */
package hgn.notebook;
