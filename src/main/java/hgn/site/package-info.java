/**
 * The executed notebooks, the documents, the tables and the figures as one static site that needs
 * neither a server nor the network. Knows files, never DJL.
 */
package hgn.site;
